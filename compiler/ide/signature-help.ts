import type { TextRange } from './range.ts';
import type { Snapshot } from './snapshot.ts';

export interface SignatureHelp {
  /** `conv [in]->out kernel [stride=1] …` */
  readonly label: string;
  /** Markdown. */
  readonly documentation?: string;
  /** Where each parameter stands in the label, with its own words. */
  readonly parameters: readonly { readonly range: TextRange; readonly documentation?: string }[];
  /** The index of the parameter that is being written; undefined where there is none to name. */
  readonly active?: number;
}

export function signatureHelp(snapshot: Snapshot, offset: number): SignatureHelp | undefined {
  void [snapshot, offset];
  return undefined;
}
