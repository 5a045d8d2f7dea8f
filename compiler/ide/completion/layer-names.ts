import { activations, layers } from '../../layers/index.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Offer } from './offer.ts';

/** Layers by their names alone, as a `let` or a parameter holds them: activations, which are meant as a rule, first. */
export function layerNames({ names }: Snapshot): readonly Offer[] {
  const own = names.declared.filter(({ kind }) => kind === 'act' || kind === 'block');
  return [
    ...own.map(({ name, kind, doc }): Offer => {
      return {
        label: name,
        kind: kind === 'act' ? 'activation' : 'block',
        ...(doc !== undefined && { documentation: doc }),
        text: name,
      };
    }),
    ...[...activations].map(
      ({ name, summary }): Offer => ({ label: name, kind: 'activation', documentation: summary, text: name }),
    ),
    ...layers.map(({ name, summary }): Offer => ({ label: name, kind: 'layer', documentation: summary, text: name })),
  ];
}
