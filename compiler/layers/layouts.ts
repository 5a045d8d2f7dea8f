import { type Dim, dimText, equal } from '../dim.ts';
import { counted } from '../faults/words.ts';
import type { Operand } from '../layer.ts';
import { type Shape, shapeText } from '../shape.ts';
import { type AnyCall, cameFrom } from './rules.ts';
import type { SpatialShape } from './window.ts';

/** A picture has this many channels at most, unless a layer has made them. */
const mostChannels = 4;

/**
 * What was meant by an input that is written in the order of another framework: with the channels last, or with a batch. It
 * is taken for that only where it fits as it should be written, and not as it is; that is reported then. `takes` says whether
 * the layer can work on a shape.
 */
export function otherLayout(
  call: AnyCall,
  received: SpatialShape,
  takes: (shape: SpatialShape) => boolean,
): SpatialShape | undefined {
  const [operand] = call.operands;
  const written = call.sizes.in?.value;
  if (!operand) return undefined;
  const hasFeatures = (size: Dim) => written === undefined || equal(size, written) === 'always';
  if (hasFeatures(received.features) && takes(received)) {
    if (written === undefined) suspect(call, operand, received, takes);
    return undefined;
  }
  for (const { shape, words } of layoutsOf(operand.type.shape)) {
    const [features, ...spatial] = shape;
    if (features === undefined || spatial.length === 0 || !hasFeatures(features)) continue;
    if (written === undefined && !(typeof features === 'number' && features <= mostChannels)) continue;
    if (!takes({ features, spatial })) continue;
    // A value that another layer has made is in our order.
    const fix = operand.remedy?.(shape);
    if (!fix) continue;
    const evidence = { layer: call.written, received: shapeText(operand.type.shape), meant: shapeText(shape), words };
    call.fault('shape/layout', call.sizes.in?.span ?? call.span, evidence, {
      because: cameFrom(call),
      fix,
    });
    return { features, spatial };
  }
  return undefined;
}

/** A square of at least so many places is taken for a picture where its axes stand in an order that is odd here. */
const leastSide = 16;

/** Warns of an input that the layer can work on, but that looks like a picture in another order. */
function suspect(
  call: AnyCall,
  operand: Operand,
  { features, spatial }: SpatialShape,
  takes: (shape: SpatialShape) => boolean,
): void {
  const { shape } = operand.type;
  for (const { shape: meant, words } of layoutsOf(shape)) {
    const [channels, height, width, ...others] = meant;
    if (channels !== 1 && channels !== 3) continue;
    if (typeof height !== 'number' || height < leastSide || width !== height || others.length > 0) continue;
    const fix = operand.remedy?.(meant);
    if (!fix || !takes({ features: channels, spatial: [height, width] })) continue;
    const taken = `${counted(dimText(features), 'channel')} of ${spatial.map(dimText).join(' × ')}`;
    const evidence = { layer: call.written, received: shapeText(shape), taken, meant: shapeText(meant), words };
    call.fault('shape/order', call.span, evidence, { because: cameFrom(call), fix });
    return;
  }
}

/** The same sizes as they would be written here. */
function layoutsOf(shape: Shape): readonly { readonly shape: Shape; readonly words: string }[] {
  const channelsLast = (from: Shape) => [from.at(-1)!, ...from.slice(0, -1)];
  const last = { shape: channelsLast(shape), words: 'channels come first' };
  if (shape.length < 4 || shape[0] !== 1) return shape.length > 1 ? [last] : [];
  const item = shape.slice(1);
  return [
    { shape: item, words: 'the batch is not written' },
    { shape: channelsLast(item), words: 'channels come first, and the batch is not written' },
    last,
  ];
}
