import type { AnyLayer, Inferred, OptionValue } from '../../layer.ts';
import type { ValueType } from '../../shape.ts';

/** What a layer would give of some operands; undefined where it would be wrong, or where it needs more to be said. */
export function tryLayer(
  layer: AnyLayer,
  operands: readonly ValueType[],
  given: Readonly<Record<string, OptionValue>> = {},
): Inferred | undefined {
  const options: Record<string, OptionValue> = {};
  for (const [name, spec] of Object.entries(layer.options)) {
    if (!Object.hasOwn(given, name) && spec.default === undefined && !spec.optional) return undefined;
    options[name] = given[name] ?? spec.default;
  }
  let isRight = layer.sizes === 'none';
  const span = { source: '', start: 0, end: 0 };
  const inferred = layer.infer({
    written: layer.name,
    span,
    stage: span,
    operands: operands.map((type) => ({ type, span })),
    options,
    sizes: {},
    spanOf: () => span,
    fault: () => {
      isRight = false;
    },
    require: () => {},
  });
  return isRight ? inferred : undefined;
}
