import { type Dim, divideCeil, equal, subtract } from '../dim.ts';
import { type Edit, type Fix, replacement } from '../fault.ts';
import type { Operand } from '../layer.ts';
import type { Shape } from '../shape.ts';
import type { AnyCall } from './rules.ts';
import { sidesText } from './sides.ts';

/** Edits that repair a call, which the shape rules of several layers offer. */

/** Puts a stage before the call; further edits of the call go with it. */
export function insertBefore(
  { stage, written }: AnyCall,
  text: string,
  title = `${text} | ${written} …`,
  more: readonly Edit[] = [],
): Fix {
  return { title, edits: [{ span: { ...stage, end: stage.start }, text: `${text} | ` }, ...more] };
}

/** Writes an option of a layer without branches: in its place where it is written already, else behind all others. */
export function setOption(call: AnyCall, option: string, text: string): Fix {
  const title = `${call.written} … ${text}`;
  const span = call.spanOf(option);
  return span === call.span
    ? { title, edits: [{ span: { ...call.stage, start: call.stage.end }, text: ` ${text}` }] }
    : replacement(span, text, title);
}

// --- joins

/** Puts a stage behind one operand of a join, and leaves the others as they are. Undefined where that takes more than an edit. */
export function behindOperand(call: AnyCall, operand: Operand, stage: string): Fix | undefined {
  const { place } = operand;
  const others = call.operands.filter((each) => each !== operand);
  if (!place) {
    const [first] = others;
    // Branches are fed with the flow, which goes on to them as it is; names read something else.
    if (first?.place && others.every(isBranch)) {
      const { span } = first.place;
      return {
        title: `${call.written} { ${stage} } …`,
        edits: [{ span: { ...span, end: span.start }, text: `{ ${stage} } ` }],
      };
    }
    return others.some(isBranch) ? undefined : insertBefore(call, stage);
  }
  if (place.text === '') return replacement(call.span, `add { ${stage} }`, `add { ${stage} } { … }`);
  if (place.text === '{}') return replacement(place.span, `{ ${stage} }`, `${call.written} … { ${stage} }`);
  if (isBranch(operand)) {
    return place.end && { title: `{ … | ${stage} }`, edits: [{ span: place.end, text: ` | ${stage}` }] };
  }
  const branch = `{ ${place.text} | ${stage} }`;
  // Where all operands are branches, the flow is an operand only by a branch of its own.
  const flow = others.length > 1 && others.slice(1).every(isBranch) ? '{} ' : '';
  return replacement(place.span, `${flow}${branch}`, `${call.written} … ${branch}`);
}

function isBranch({ place }: Operand): boolean {
  return place?.text === '' || place?.text.startsWith('{') === true;
}

/** Two operands in the order in which people adapt the one to the other: a shortcut to a named value, to the flow, to a branch. */
function shortcutFirst(one: Operand, other: Operand): readonly [shortcut: Operand, main: Operand] {
  return weightOf(one) <= weightOf(other) ? [one, other] : [other, one];
}

function weightOf({ place }: Operand): number {
  if (!place) return 2;
  if (place.text === '' || place.text === '{}') return 0;
  return place.text.startsWith('{') ? 3 : 1;
}

/**
 * Makes the shapes of two operands the same: by another way to make one of them, by a projection of one as residual networks
 * have it, or by both. Also says which of the two shapes then flows on. Undefined where no edit does it.
 */
export function reconcile(
  call: AnyCall,
  one: Operand,
  other: Operand,
): { readonly fix: Fix; readonly shape: Shape } | undefined {
  const [shortcut, main] = shortcutFirst(one, other);
  for (const [from, to] of [
    [shortcut, main],
    [main, shortcut],
  ] as const) {
    const { shape } = to.type;
    const stage = projection(from.type.shape, shape);
    const fix = (stage !== undefined && local(behindOperand(call, from, stage))) || from.remedy?.(shape);
    if (fix) return { fix, shape };
  }
  const both = remadeAndProjected(call, shortcut, main);
  if (both) return both;
  const aligned = align(call, one, other);
  return aligned && { fix: aligned.fix, shape: aligned.model.type.shape };
}

function local(fix: Fix | undefined): Fix | undefined {
  return fix && { ...fix, isLocal: true };
}

/** A branch that lacks padding and a shortcut that lacks a projection, as in the first block of a stage. */
function remadeAndProjected(call: AnyCall, shortcut: Operand, main: Operand) {
  const [, ...spatial] = shortcut.type.shape;
  if (!main.remedy || spatial.length === 0) return undefined;
  for (const stride of strides) {
    const shape = [main.type.shape[0]!, ...spatial.map((size) => divideCeil(size, stride))];
    const remade = main.remedy(shape);
    const stage = remade && projection(shortcut.type.shape, shape);
    const projected = stage !== undefined && behindOperand(call, shortcut, stage);
    if (!remade || !projected) continue;
    const title = `${remade.title}, ${projected.title}`;
    return { fix: { title, edits: [...remade.edits, ...projected.edits], isLocal: true }, shape };
  }
  return undefined;
}

/**
 * Makes the sizes of two operands the same, the channels and the axis along which they are joined aside. Also says whose
 * sizes then flow on.
 */
export function align(
  call: AnyCall,
  one: Operand,
  other: Operand,
  along?: number,
): { readonly fix: Fix; readonly model: Operand } | undefined {
  const differences = one.type.shape.map((size, axis) => {
    const difference = axis === along ? 0 : subtract(size, other.type.shape[axis] ?? Number.NaN);
    return typeof difference === 'number' ? difference : Number.NaN;
  });
  const [channels, ...places] = differences;
  if (one.type.shape.length !== other.type.shape.length || channels !== 0 || places.length > 3) return undefined;
  const isSmaller = places.every((each) => each <= 0);
  if (!isSmaller && !places.every((each) => each >= 0)) return undefined;
  const [smaller, larger] = isSmaller ? [one, other] : [other, one];
  const missing = places.map(Math.abs);
  const isOdd = missing.every((each) => each <= 1);
  const atEnd = `pad ${sidesText(missing.map((each) => [0, each]))}`;

  const behind = (operand: Operand, stage: string, model: Operand) => {
    const fix = behindOperand(call, operand, stage);
    return fix && { fix: { ...fix, isLocal: true, orOtherSizes: isOdd }, model };
  };
  for (const [each, model] of [
    [smaller, larger],
    [larger, smaller],
  ] as const) {
    const wanted = each.type.shape.map((size, axis) => (axis === along ? size : model.type.shape[axis]!));
    const remade = each.remedy?.(wanted);
    if (!remade) continue;
    if (!isOdd) return { fix: remade, model };
    const padded = behind(smaller, atEnd, larger)?.fix;
    const other = { alternative: `or \`${atEnd}\` behind it`, ...(padded && { alternatives: [padded] }) };
    return { fix: { ...remade, ...other, orOtherSizes: true }, model };
  }
  if (isOdd) return behind(smaller, atEnd, larger);
  const factors = missing.map((each, axis) => (each === 0 ? 1 : ratio(larger, smaller, axis + 1)));
  if (factors.every(Number.isInteger)) {
    return behind(smaller, `upsample ${new Set(factors).size === 1 ? factors[0] : factors.join('x')}`, larger);
  }
  const around = missing.map((each) => [Math.floor(each / 2), Math.ceil(each / 2)] as const);
  return behind(larger, `crop ${sidesText(around)}`, smaller);
}

function ratio(larger: Operand, smaller: Operand, axis: number): number {
  const [size, part] = [larger.type.shape[axis], smaller.type.shape[axis]];
  return typeof size === 'number' && typeof part === 'number' ? size / part : Number.NaN;
}

/** A larger one is hardly a projection that somebody forgot. */
const strides = [1, 2, 3, 4];

/** `conv ->128 k1 s2`: the layer that makes the one shape of the other. */
function projection(from: Shape, to: Shape): string | undefined {
  if (from.length !== to.length || from.length === 0 || from.length > 4) return undefined;
  const [features, ...spatial] = to;
  const last = to.at(-1)!;
  const areStepsSame = from.slice(0, -1).every((size, axis) => fits(size, to[axis]!));
  if (to.length <= 2 && areStepsSame) return typeof last === 'number' ? `linear ->${last}` : undefined;
  if (to.length === 1 || typeof features !== 'number') return undefined;
  const stepsTo = (stride: number, axis: number) => fits(divideCeil(from[axis + 1]!, stride), spatial[axis]!);
  const common = strides.find((each) => spatial.every((_, axis) => stepsTo(each, axis)));
  const own = spatial.map((_, axis) => common ?? strides.find((each) => stepsTo(each, axis)));
  if (own.includes(undefined)) return undefined;
  const isPlain = own.every((each) => each === 1);
  // All places into one is a pooling, and nobody's projection.
  if (!isPlain && spatial.every((size) => size === 1)) return undefined;
  const stride = common ?? own.join('x');
  return `conv ->${features} k1${isPlain ? '' : ` s${stride}`}`;
}

/** Whether a size goes with another, which stays as it is. */
function fits(size: Dim, wanted: Dim): boolean {
  return size === 1 || equal(size, wanted) === 'always';
}
