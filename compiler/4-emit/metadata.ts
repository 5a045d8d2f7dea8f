import type { WriterFunction } from 'ts-morph';
import { type Graph, weightsOf } from '../graph.ts';
import { fixed } from '../layer.ts';
import type { ElementType } from '../shape.ts';
import { writeLiteral } from './literal.ts';
import { writeDocComment } from './text.ts';

/** What a generated module tells of its model; shapes are without the batch. */
export interface Metadata {
  readonly name: string;
  readonly inputs: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly element: ElementType;
  }[];
  readonly outputs: readonly { readonly name: string; readonly shape: readonly number[] }[];
  /** What must be in the file of weights, in the order of the layers. */
  readonly weights: readonly { readonly name: string; readonly shape: readonly number[] }[];
  /** What may be in the file of weights and is not read. */
  readonly ignored: readonly string[];
}

export function metadataOf(graph: Graph): Metadata {
  const owned = weightsOf(graph);
  return {
    name: graph.name,
    inputs: graph.inputs.map(({ name, type: { shape, element } }) => ({ name, shape: fixed(shape), element })),
    outputs: graph.outputs.map(({ name, value }) => ({ name, shape: fixed(value.type.shape) })),
    weights: owned.flatMap(({ name, spec: { role, shape } }) => (role === 'ignored' ? [] : [{ name, shape }])),
    ignored: owned.filter(({ spec }) => spec.role === 'ignored').map(({ name }) => name),
  };
}

export function metadataStatement(metadata: Metadata): WriterFunction {
  return (writer) => {
    writer.blankLine();
    writeDocComment(
      writer,
      'What the model takes, gives, and reads from its file of weights. Shapes are without the batch.',
    );
    writer.write('export const metadata = ');
    writeLiteral(writer, metadata);
    writer.write(' as const;');
  };
}
