import type { Position, Range, TextDocumentIdentifier } from 'vscode-languageserver-protocol';
import type { Summary } from '../../compiler/index.ts';

/**
 * What the server answers beyond the Language Server Protocol, for clients that show more than text: the preview of VS Code
 * and the playground. Every request names a document; `null` or a `problem` is the answer where there is nothing to show.
 */

/** The net that is meant: the one at a place, or where there is none the one of this name, or else the first one. */
export interface WhichNet {
  readonly textDocument: TextDocumentIdentifier;
  readonly position?: Position;
  readonly net?: string;
}

/** The diagram of a net as SVG. */
export interface DiagramRequest {
  readonly method: 'netc/diagram';
  readonly params: WhichNet;
  readonly result: Diagram | Problem;
}

export interface Diagram {
  readonly net: string;
  readonly svg: string;
  /** `1 error`: what of the text is wrong, in a few words; the picture lacks what was not understood. */
  readonly errors?: string;
  /** The elements of the picture by their `id`, with each stage that they draw. */
  readonly boxes: readonly { readonly id: string; readonly range: Range }[];
}

/** The layers of every net with shapes, parameters and costs. */
export interface SummaryRequest {
  readonly method: 'netc/summary';
  readonly params: { readonly textDocument: TextDocumentIdentifier };
  readonly result: { readonly nets: readonly NetSummary[] };
}

export interface NetSummary extends Omit<Summary, 'layers'> {
  readonly layers: readonly (Summary['layers'][number] & {
    /** Where it stands in the text; absent for what is imported. */
    readonly range?: Range;
  })[];
}

/** The code of a net. */
export interface GenerateRequest {
  readonly method: 'netc/generate';
  readonly params: WhichNet & { readonly target: 'ts' | 'tfjs' };
  readonly result: { readonly text: string } | Problem;
}

/** An activation as a picture: by its name or as it would be called, `leaky_relu slope=0.2`, of the text's own or built in. */
export interface PlotRequest {
  readonly method: 'netc/plot';
  readonly params: { readonly textDocument: TextDocumentIdentifier; readonly activation: string };
  readonly result: { readonly svg: string } | Problem;
}

/** What a net would be with inputs of other shapes: `[3, 64, 64]`, by the names of the inputs. */
export interface WhatIfRequest {
  readonly method: 'netc/whatIf';
  readonly params: {
    readonly textDocument: TextDocumentIdentifier;
    readonly net: string;
    readonly inputs: Readonly<Record<string, string>>;
  };
  /** Words for people: the signature, the costs, or what would be wrong. */
  readonly result: { readonly text: string } | Problem;
}

/** Why there is nothing to show, in a sentence. */
export interface Problem {
  readonly problem: string;
}

/** The text of the activations that are built in, to which a definition may lead: `netc-prelude:/prelude.net`. */
export interface PreludeRequest {
  readonly method: 'netc/prelude';
  readonly params: undefined;
  readonly result: { readonly text: string };
}

/** What a client may say of itself as `initializationOptions`, beyond its capabilities. All of it may be left out. */
export interface InitializationOptions {
  /**
   * It opens documents of the schemes of `virtualSchemes` whose text the server gives. A client that has the capability
   * `workspace.textDocumentContent` does so anyway.
   */
  readonly virtualDocuments?: boolean;
  /** The commands that it carries out itself; the server offers to carry out the others. */
  readonly commands?: readonly string[];
  /** The settings, for a client that is never asked for them. */
  readonly settings?: DeepPartial<Settings>;
}

/** Texts that are nowhere a file. */
export const virtualSchemes = { prelude: 'netc-prelude', manual: 'netc-manual' } as const;

/** What the server asks of the section `netc` of the settings. */
export interface Settings {
  readonly inlayHints: {
    readonly enable: boolean;
    /** The shape behind each stage that changes it. */
    readonly shapes: boolean;
    /** Sizes that are left to be inferred. */
    readonly sizes: boolean;
  };
  readonly codeLens: { readonly enable: boolean };
  /** What is wrong with the files of the workspace that are not open, for clients that ask for it. */
  readonly diagnostics: { readonly workspace: boolean };
}

export const defaultSettings: Settings = {
  inlayHints: { enable: true, shapes: true, sizes: true },
  codeLens: { enable: true },
  diagnostics: { workspace: true },
};

export type DeepPartial<Value> = { readonly [Key in keyof Value]?: DeepPartial<Value[Key]> };

/** The arguments of the command `netc.whatIf`, which a lens has; without shapes it is for the client to ask for them. */
export type WhatIfArguments = readonly [uri: string, net: string, inputs?: Readonly<Record<string, string>>];
