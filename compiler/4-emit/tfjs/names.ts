import { namer } from '../names.ts';
import { runtime } from '../runtime.generated.ts';
import type { CustomActivation } from './activation.ts';
import type { Plan } from './plan.ts';
import { support } from './support.generated.ts';

/** The names of a generated module. */
export interface ModuleNames {
  /** The class of an activation, or that of this name. */
  readonly classOf: (type: string | CustomActivation) => string;
  /** A name of a value within `build`, which hides no other. */
  readonly valueOf: (value: string) => string;
  /** What the module has a copy of from `support/`. */
  readonly support: readonly string[];
  /** All classes that tfjs must know to read a stored model. */
  readonly classes: readonly string[];
}

export function moduleNames({ applications, activations }: Plan): ModuleNames {
  const own = ['tf', 'metadata', 'build', 'load', 'save', 'places', ...Object.keys(runtime), ...Object.keys(support)];
  const className = namer(own);
  const classNames = new Map(activations.map((each) => [each, className(`${capitalized(each.name)}Layer`)]));
  const types = applications.flatMap(({ layer: { type } }) =>
    typeof type === 'string' && type in support ? [type] : [],
  );
  const supported = [...new Set(types)];
  const named = namer([...own, ...classNames.values()]);
  const values = new Map<string, string>();
  return {
    classOf: (type) => (typeof type === 'string' ? type : classNames.get(type)!),
    valueOf(value) {
      const name = values.get(value) ?? named(value);
      values.set(value, name);
      return name;
    },
    support: [
      'apply',
      ...supported,
      ...(applications.some(({ layer }) => layer.initializers.some(([, { kind }]) => kind === 'uniform'))
        ? ['uniform']
        : []),
      ...(activations.length > 0 ? ['differentiable', 'operandsOf'] : []),
      ...(activations.some(({ perChannel }) => perChannel) ? ['shapeOf'] : []),
    ],
    classes: [...classNames.values(), ...supported],
  };
}

/** `leaky_relu` is `LeakyRelu` as the name of a class. */
function capitalized(name: string): string {
  return name
    .split('_')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
}
