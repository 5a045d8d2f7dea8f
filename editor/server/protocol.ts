import type { Range, TextDocumentIdentifier } from 'vscode-languageserver-protocol';
import type { Summary } from '../../compiler/index.ts';

/**
 * What the server answers beyond the Language Server Protocol, for clients that show more than text: the preview of VS Code
 * and the playground. Every request names a document; `null` or a `problem` is the answer where there is nothing to show.
 */

/** The diagram of a net as SVG. */
export interface DiagramRequest {
  readonly method: 'netc/diagram';
  readonly params: {
    readonly textDocument: TextDocumentIdentifier;
    /** The first net of the text, where it is absent. */
    readonly net?: string;
  };
  readonly result: Diagram | Problem;
}

export interface Diagram {
  readonly net: string;
  readonly svg: string;
  /** The elements of the picture by their `id`, with the stages that they draw. */
  readonly boxes: readonly { readonly id: string; readonly range: Range }[];
}

/** The layers of every net with shapes, parameters and costs. */
export interface SummaryRequest {
  readonly method: 'netc/summary';
  readonly params: { readonly textDocument: TextDocumentIdentifier };
  readonly result: { readonly nets: readonly Summary[] };
}

/** The code of a net. */
export interface GenerateRequest {
  readonly method: 'netc/generate';
  readonly params: {
    readonly textDocument: TextDocumentIdentifier;
    readonly net?: string;
    readonly target: 'ts' | 'tfjs';
  };
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
