import { flag, type Inferred, optionalSize, size } from '../layer.ts';
import { type AnyCall, gives } from './rules.ts';
import { axisName, slide, type WindowOptions } from './window.ts';

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
    call.fault('shape/padding', call.spanOf('padding'), evidence, {
      fix: {
        title: `p${Math.floor(kernel / 2)}`,
        edits: [{ span: call.spanOf('padding'), text: `p${Math.floor(kernel / 2)}` }],
      },
    });
  }
  return gives([slid.features, ...slid.spatial]);
}
