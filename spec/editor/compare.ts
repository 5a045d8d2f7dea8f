import { expect } from 'chai';
import {
  codeLenses,
  diagnostics,
  documentSymbols,
  foldingRanges,
  inlayHints,
  type Snapshot,
  semanticTokens,
} from '../../compiler/ide.ts';

/** Expects all that is known of a text to be the same. */
export function expectSame(actual: Snapshot, fresh: Snapshot, message: string): void {
  for (const [part, of] of Object.entries(parts)) {
    const [found, expected] = [plain(of(actual)), plain(of(fresh))];
    if (found === expected) continue;
    expect(JSON.parse(found), `${part} ${message}`).to.deep.equal(JSON.parse(expected));
    throw new Error(`${part} ${message}: another order of fields`);
  }
}

const parts: Readonly<Record<string, (snapshot: Snapshot) => unknown>> = {
  tree: ({ file }) => file,
  sources: ({ sources }) => sources,
  tokens: ({ tokens, comments }) =>
    [tokens, comments].map((all) => all.map(({ image, startOffset }) => [image, startOffset])),
  faults: ({ faults }) => faults,
  graphs: ({ graphs }) => graphs,
  references: ({ names }) => names.references,
  declared: ({ names }) => names.declared,
  visible: ({ names, source: { text } }) =>
    [0.2, 0.5, 0.8].map((part) => names.visible(Math.floor(part * text.length))),
  stages: ({ stages }) => stages.all,
  diagnostics,
  hints: (snapshot) => inlayHints(snapshot, { start: 0, end: snapshot.source.text.length }),
  'semantic tokens': (snapshot) => semanticTokens(snapshot),
  symbols: documentSymbols,
  folds: foldingRanges,
  lenses: codeLenses,
};

/** Records of layers by their names, trees that are told already by their places, and no contexts of the checker. */
function plain(value: unknown): string {
  return JSON.stringify(value, (key, item: unknown) => {
    if (key === 'layer' && isNamed(item)) return item.name;
    if ((key === 'block' || key === 'stage') && isPlaced(item)) return item.span;
    if (key === 'callee' && !isPlaced(item)) return undefined;
    return typeof item === 'number' && Number.isNaN(item) ? 'NaN' : item;
  });
}

function isNamed(item: unknown): item is { readonly name: string } {
  return typeof item === 'object' && item !== null && 'name' in item;
}

function isPlaced(item: unknown): item is { readonly span: unknown } {
  return typeof item === 'object' && item !== null && 'span' in item;
}
