import type { Argument, Call } from '../../../grammar/ast.ts';
import { parse } from '../../../grammar/parse.ts';
import { longName, shortForm } from '../../1-check/option-names.ts';
import { expressionText } from '../../expression-text.ts';
import { type AnyLayer, exampleText } from '../../layer.ts';
import { stagesIn } from '../stages.ts';

/** A value that an option of a layer may have, to begin with: of those that its examples give the first plain number, or the first. */
export function exampleValue(layer: AnyLayer, option: string): string | undefined {
  const known = values.get(layer) ?? valuesOf(layer);
  values.set(layer, known);
  return known.get(option);
}

/** A part of a constant table, which is made as far as it is needed. */
const values = new WeakMap<AnyLayer, ReadonlyMap<string, string>>();

function valuesOf(layer: AnyLayer): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const example of layer.examples) {
    for (const call of callsIn(exampleText(example), layer)) {
      const [next] = layer.positional ?? [];
      for (const argument of call.arguments) {
        const [option, text] = given(layer, argument, next) ?? [];
        if (option === undefined || text === undefined) continue;
        const before = found.get(option);
        if (before === undefined || (!isPlain(before) && isPlain(text))) found.set(option, text);
      }
    }
  }
  return found;
}

function isPlain(text: string): boolean {
  return /^\d+$/.test(text);
}

/** The calls of a layer in the lines of an example, those in branches aside. */
function callsIn(text: string, { name }: AnyLayer): readonly Call[] {
  return parse({ name: 'example.net', text }).value.declarations.flatMap((net) => {
    if (net.kind !== 'net') return [];
    const stages = stagesIn(net.body.lines);
    return stages.filter((stage): stage is Call => stage.kind === 'call' && stage.callee.text === name);
  });
}

function given(
  layer: AnyLayer,
  argument: Argument,
  positional: string | undefined,
): readonly [option: string | undefined, text: string] | undefined {
  if (argument.kind === 'option') {
    const { name, value } = argument;
    return value.kind === 'body' ? undefined : [longName(layer, name.text), expressionText(value)];
  }
  if (argument.kind !== 'positional') return undefined;
  const { value } = argument;
  const short = value.kind === 'name' ? shortForm(layer, value.text, value.span) : undefined;
  if (short) return [short.option, expressionText(short.value)];
  return value.kind === 'name' ? undefined : [positional, expressionText(value)];
}
