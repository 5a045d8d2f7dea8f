import { expect } from 'chai';
import { areApart, inOrder } from '../../compiler/ide/actions/ranges.ts';
import { type CodeAction, codeActions } from '../../compiler/ide/code-actions.ts';
import { applyEdits } from '../../compiler/ide/edits.ts';
import type { TextRange } from '../../compiler/ide/range.ts';
import { type Snapshot, snapshot } from '../../compiler/ide/snapshot.ts';
import { expand, fixed, format, type Graph, graphText, interpret, product, weightsOf } from '../../compiler/index.ts';
import { marked } from './marked.ts';

/** All that changes how a net is written, but not the net. */
export const refactorings = ['refactor', 'source.writeSizes', 'source.leaveSizesOut'];

/** What is offered at the cursor, or for the range, of a marked text. */
export function offeredAt(source: string, only: readonly string[] = refactorings): readonly CodeAction[] {
  const { text, offset, ranges } = marked(source);
  const range = ranges[0] ?? { start: offset, end: offset };
  return codeActions(snapshot({ name: 'case.net', text }), range, only);
}

export function titlesAt(source: string, only?: readonly string[]): readonly string[] {
  return offeredAt(source, only).map(({ title }) => title);
}

/** A marked text after an action, which is seen to keep what it promises. */
export function refactored(source: string, title: string): string | undefined {
  const action = offeredAt(source).find((each) => each.title === title);
  if (!action) return undefined;
  const before = snapshot({ name: 'case.net', text: marked(source).text });
  return expectSameNet(before, action);
}

/** Sees that the text after an action is right and computes what it did; gives that text. */
export function expectSameNet(before: Snapshot, { title, edits }: CodeAction): string {
  expect(edits).to.deep.equal(inOrder(edits));
  expect(areApart(edits)).to.equal(true);
  const text = applyEdits(before.source.text, edits);
  const after = snapshot({ name: before.source.name, text }, before.options);
  const why = `${title}:\n${text}`;
  expect(
    after.faults.map(({ code }) => code),
    why,
  ).to.deep.equal(before.faults.map(({ code }) => code));
  expect(after.graphs.map(withoutPaths), why).to.deep.equal(before.graphs.map(withoutPaths));
  const [old, now] = [before.graphs.map(weights), after.graphs.map(weights)];
  const shapes = (all: typeof old) => all.map((each) => each.map(({ shape }) => shape));
  expect(shapes(now), why).to.deep.equal(shapes(old));
  if (!title.includes('names of weights change')) expect(now, why).to.deep.equal(old);
  else expect(now, why).to.not.deep.equal(old);
  if (isFormatted(before.source.text)) expect(isFormatted(text), why).to.equal(true);
  return text;
}

/** What a net of fixed sizes gives for some input, with weights that go by their order. */
export function outputsOf(graph: Graph): readonly (readonly number[])[] {
  const fill = (size: number, seed: number) =>
    Float32Array.from({ length: size }, (_, index) => Math.sin(index + seed));
  const inputs = new Map(graph.inputs.map(({ name, type }, index) => [name, fill(product(fixed(type.shape)), index)]));
  const tensors = new Map(
    weightsOf(graph).map(({ name, spec: { shape } }, index) => [name, { shape, data: fill(product(shape), index) }]),
  );
  return [...interpret(expand(graph), inputs, tensors, 1).values()].map((values) => [...values]);
}

/** The layers of a net, numbered. */
function withoutPaths(graph: Graph): string {
  const numbers = new Map(
    [...new Set(graph.nodes.map(({ path }) => path))].map((path, index) => [path, `layer${index}`]),
  );
  return graphText({ ...graph, nodes: graph.nodes.map((node) => ({ ...node, path: numbers.get(node.path)! })) });
}

function weights(graph: Graph) {
  return weightsOf(graph).map(({ name, spec: { shape } }) => ({ name, shape }));
}

function isFormatted(text: string): boolean {
  const plain = text.replaceAll('\r\n', '\n');
  return format({ name: 'case.net', text: plain }).value === plain;
}

/** Some places of a text, spread over it: a block's name, cursors in words, and ranges over a few lines or stages. */
export function placesIn({ source: { text }, tokens, names }: Snapshot, count: number): readonly TextRange[] {
  const words = tokens.filter(({ image }) => /^\w/.test(image));
  const places = Array.from(
    { length: count },
    (_, index) => words[Math.floor(((index + 0.5) * words.length) / count)]!,
  );
  const lines = [...text.matchAll(/^.*\S.*$/gm)].map(({ index, 0: line }) => ({
    start: index,
    end: index + line.length,
  }));
  const stages = [...text.matchAll(/[^|{}\n]+(\|[^|{}\n]+)+/g)].map(({ index, 0: row }) => ({
    start: index,
    end: index + row.length,
  }));
  const some = <Item>(items: readonly Item[]) =>
    items.filter((_, index) => index % Math.max(1, Math.floor(items.length / count)) === 0).slice(0, count);
  const block = names.references.find((each) => each.isDeclaration && each.definition.kind === 'block');
  return [
    ...(block ? [block.span] : []),
    ...places.map(({ startOffset }) => ({ start: startOffset, end: startOffset })),
    ...some(lines).map(({ start }, index) => ({
      start,
      end: lines[Math.min(lines.length - 1, lines.findIndex((line) => line.start === start) + (index % 4))]!.end,
    })),
    ...some(stages),
  ];
}
