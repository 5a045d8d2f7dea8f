import type { Call } from '../../grammar/ast.ts';
import { callableOf, headNames } from '../1-check/callable.ts';
import { defaultOf, kindOf } from '../explain.ts';
import type { LayerNode } from '../graph.ts';
import type { AnyLayer } from '../layer.ts';
import { optionText } from '../option-text.ts';
import { cursorAt, stageAt } from './cursor.ts';
import { bullets, code, paragraphs } from './markdown.ts';
import type { Definition } from './names.ts';
import type { TextRange } from './range.ts';
import type { Snapshot } from './snapshot.ts';
import type { StageInfo } from './stages.ts';
import { writtenArguments } from './written-call.ts';

/** What an option does and takes, its default, and its value in a call. */
export function optionWords(layer: AnyLayer, name: string, node: LayerNode | undefined): string | undefined {
  if (!Object.hasOwn(layer.options, name)) return undefined;
  const spec = layer.options[name]!;
  const value = node?.layer.name === layer.name ? node.options[name] : undefined;
  const rank = (node?.inputs[0]?.type.shape.length ?? 1) - 1;
  const short = spec.short === undefined ? '' : `, or ${code(`${spec.short}…`)} for short,`;
  return paragraphs(
    `${code(`${name}=…`)}${short} of ${code(layer.name)}: ${spec.doc}`,
    bullets([
      `takes ${kindOf(spec)}`,
      spec.default === undefined ? defaultOf(spec) : `default: ${defaultOf(spec)}`,
      ...(value === undefined ? [] : [`here: ${code(optionText(spec, value, rank))}`]),
    ]),
  );
}

/** The option, or the parameter of a block, that a value of a call stands for without a name. */
export function optionByPlace(snapshot: Snapshot, { stage }: StageInfo, value: TextRange): Definition | undefined {
  if (stage.kind !== 'call') return undefined;
  const callee = snapshot.names.at(stage.callee.span.start)?.definition;
  const callable = callee?.layer ?? (callee?.block && callableOf(callee.block));
  if (!callee || !callable) return undefined;
  const found = argumentsOf(snapshot, stage, callable).find(({ start }) => start === value.start);
  if (found?.role.kind !== 'option') return undefined;
  const { option } = found.role;
  if (callee.layer) return { kind: 'option', name: option, layer: callee.layer };
  const block = callee.block!;
  const name = headNames(block).find(({ text }) => text === option);
  return name && { kind: 'parameter', name: option, span: name.span, block };
}

function argumentsOf(snapshot: Snapshot, { callee }: Call, callable: Parameters<typeof writtenArguments>[1]) {
  const cursor = cursorAt(snapshot, callee.span.end);
  if (!cursor) return [];
  const { range } = stageAt(cursor);
  const behind = cursor.after.filter(({ startOffset }) => startOffset < range.end);
  return writtenArguments(behind, callable, () => false);
}
