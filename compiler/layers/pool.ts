import { replacement } from '../fault.ts';
import { flag, type Inferred, optionalSize, size, type TypedNode } from '../layer.ts';
import { type Scalar, variable } from '../scalar/scalar.ts';
import { accumulator, type Meaning, type Reduction } from '../tensor/tensor.ts';
import { along, input, inputShape, outputShape } from './meaning.ts';
import { type AnyCall, gives } from './rules.ts';
import { tfjsSizes } from './tfjs.ts';
import { axisName, readsOutside, slide, type Window, type WindowOptions, windowIndex, windowOf } from './window.ts';

/** What both pooling layers share. */

export const poolOptions = {
  kernel: size({ short: 'k', minimum: 1, doc: 'Size of the window.' }),
  stride: optionalSize({
    short: 's',
    minimum: 1,
    doc: 'Steps between windows; the kernel by default, so that windows do not overlap.',
  }),
  padding: size({
    short: 'p',
    default: [0],
    minimum: 0,
    doc: 'How far windows may reach out, at most half of the kernel.',
  }),
  ceil: flag({ default: false, doc: 'Whether a last window that is only partly inside counts.' }),
};

/** The shape rule of a pooling window, which keeps the channels. PyTorch limits its padding to half of the kernel. */
export function inferPool(call: AnyCall, options: WindowOptions): Inferred | undefined {
  const slid = slide(call, options);
  if (!slid) return undefined;
  const axis = slid.window.axes.findIndex(({ kernel, before }) => 2 * before > kernel);
  if (axis >= 0) {
    const { kernel, before } = slid.window.axes[axis]!;
    const evidence = { layer: call.written, padding: before, kernel, axis: axisName(axis, slid.spatial.length) };
    const span = call.spanOf('padding');
    call.fault('shape/padding', span, evidence, { fix: replacement(span, `p${Math.floor(kernel / 2)}`) });
  }
  return gives([slid.features, ...slid.spatial]);
}

/** Folds the places of each window, with `outside` around the input; `result` makes the output of the folded value. */
export function lowerPool(
  node: TypedNode<typeof poolOptions>,
  { operator, outside }: { readonly operator: Reduction['operator']; readonly outside: number },
  result: (folded: Scalar) => Scalar,
): Meaning {
  const [channels, ...spatial] = inputShape(node);
  const axes = outputShape(node);
  const window = windowOf(node.options, spatial.length);
  const kernel = window.axes.map((axis) => axis.kernel);
  const all = axes.length + kernel.length;
  const places = window.axes.map((axis, i) => windowIndex(all, axis, i + 1, axes.length + i));
  return [
    {
      axes,
      reduction: { operator, axes: kernel, body: variable('x') },
      loads: [
        {
          name: 'x',
          from: input(),
          view: [channels!, ...spatial],
          index: [...along(all, 0), ...places],
          ...(readsOutside(window, spatial, axes.slice(1)) && { outside }),
        },
      ],
      result: result(variable(accumulator)),
    },
  ];
}

/** Whether tfjs has a layer for the largest of windows: it cannot train volumes where they are not as high as wide. */
export function isTfjsMaxPool(kernel: readonly number[]): boolean {
  return kernel.length < 3 || kernel[1] === kernel[2];
}

/** The sizes of a window for the layers of tfjs, which step by their window where nothing else is said. */
export function tfjsPoolSizes(window: Window): Readonly<Record<string, number | readonly number[]>> {
  const poolSize = tfjsSizes(window.axes.map((axis) => axis.kernel));
  const strides = tfjsSizes(window.axes.map((axis) => axis.stride));
  return { poolSize, ...(`${strides}` !== `${poolSize}` && { strides }) };
}
