import { derive } from './derive.ts';
import { compileScalar, type Evaluator, evaluateScalar, evaluators } from './evaluate.ts';
import { apply, constant, isApplication, type Scalar, type ScalarOperator } from './scalar.ts';
import { simplify } from './simplify.ts';

/** A place where a function of one number has a corner or a jump. */
export interface Kink {
  readonly at: number;
  /** The function's value there. */
  readonly value: number;
  /** The slopes just before and just after it. */
  readonly slopes: readonly [left: number, right: number];
  /** The values just before and just after it, where they differ. */
  readonly jump?: readonly [left: number, right: number];
}

/** Values and slopes that differ by less, relatively, are the same: f32 holds seven digits. */
const tolerance = 1e-6;

/** More places are not looked at; only a staircase has as many. */
const mostPlaces = 200;

/**
 * The kinks of a function of one variable, from left to right. It can only have one where it goes from one branch to
 * another: where a condition turns, the operands of `min` or `max` are equal, that of `abs` is 0, and so on. On either
 * side of such a place it is an expression without branches, whose value and slope there are exact.
 *
 * Of `floor`, `ceil` and `round` the steps from -16 to 16 are looked at.
 */
export function kinksOf(scalar: Scalar, name: string): readonly Kink[] {
  const places = turningPlaces(scalar, name);
  return places.flatMap((at, index): readonly Kink[] => {
    const reach = 1e-3 * Math.max(1, Math.abs(at));
    const before = Math.max(at - reach, ((places[index - 1] ?? Number.NEGATIVE_INFINITY) + at) / 2);
    const after = Math.min(at + reach, ((places[index + 1] ?? Number.POSITIVE_INFINITY) + at) / 2);
    const [left, right] = [sideAt(at, before), sideAt(at, after)];
    const jumps = !same(left.value, right.value);
    if (!jumps && same(left.slope, right.slope)) return [];
    // Adding 0 makes 0 of -0, which nobody wants to read.
    const value = evaluateScalar(scalar, { [name]: at }) + 0;
    return [
      { at, value, slopes: [left.slope, right.slope], ...(jumps && { jump: [left.value, right.value] as const }) },
    ];
  });

  /** What the function is at a place by the branches that it takes beside it. */
  function sideAt(at: number, beside: number): { readonly value: number; readonly slope: number } {
    const branch = simplify(branchAt(scalar, name, beside).scalar);
    return { value: limit(branch, at, beside), slope: limit(derive(branch, name), at, beside) };
  }

  /** What has no value at the place itself, such as x / x at 0, is taken close by. */
  function limit(branch: Scalar, at: number, beside: number): number {
    // 0 is reached as -0 from below, so that 1 / x is -∞ there.
    const value = evaluateScalar(branch, { [name]: at === 0 ? Math.sign(beside) * 0 : at });
    return Number.isNaN(value) ? evaluateScalar(branch, { [name]: at + (beside - at) * tolerance }) : value;
  }
}

function same(left: number, right: number): boolean {
  if (left === right || (Number.isNaN(left) && Number.isNaN(right))) return true;
  const difference = Math.abs(left - right);
  return (
    difference < Number.POSITIVE_INFINITY && difference <= tolerance * Math.max(1, Math.abs(left), Math.abs(right))
  );
}

// --- the branches

/** The scalar without the branches that it does not take at a place, and its value there. */
function branchAt(scalar: Scalar, name: string, at: number): { readonly scalar: Scalar; readonly value: number } {
  if (!isApplication(scalar)) return { scalar, value: evaluateScalar(scalar, { [name]: at }) };
  const { op } = scalar;
  const [x, y, z] = scalar.arguments.map((each) => branchAt(each, name, at));
  if (op === 'select') return x!.value !== 0 ? y! : z!;
  if (op === 'min') return x!.value <= y!.value ? x! : y!;
  if (op === 'max') return x!.value >= y!.value ? x! : y!;
  const value = (evaluators[op] as Evaluator)(x!.value, y?.value ?? 0, 0);
  // What only takes steps is a constant between them.
  if (stepping.has(op)) return { scalar: constant(value), value };
  if (op === 'abs') return x!.value < 0 ? { scalar: apply('neg', x!.scalar), value } : x!;
  return { scalar: apply(op, ...[x!, ...(y ? [y] : [])].map((each) => each.scalar)), value };
}

const stepping: ReadonlySet<ScalarOperator> = new Set(['sign', 'floor', 'ceil', 'round', 'less', 'lessEqual', 'equal']);

// --- where they change

/**
 * What decides between the branches of an operation: one is taken where the first number is smaller, another where it is
 * larger. A condition is made of comparisons, so that `select` itself decides nothing.
 */
const deciding: { readonly [Op in ScalarOperator]?: (x: Scalar, y: Scalar) => readonly Decision[] } = {
  abs: (x) => [[x, constant(0)]],
  sign: (x) => [[x, constant(0)]],
  floor: (x) => wholes.map((each) => [x, constant(each)]),
  ceil: (x) => wholes.map((each) => [x, constant(each)]),
  round: (x) => wholes.map((each) => [x, constant(each + 0.5)]),
  min: (x, y) => [[x, y]],
  max: (x, y) => [[x, y]],
  less: (x, y) => [[x, y]],
  lessEqual: (x, y) => [[x, y]],
  equal: (x, y) => [[x, y]],
};

type Decision = readonly [Scalar, Scalar];

const wholes = Array.from({ length: 33 }, (_, index) => index - 16);

/** Every place where a branch may change, from left to right. */
function turningPlaces(scalar: Scalar, name: string): readonly number[] {
  const grid = gridPlaces();
  const places = new Set<number>();
  const known = new Map<Scalar, Float64Array>();
  const visited = new Set<Scalar>();
  const visit = (each: Scalar): void => {
    if (!isApplication(each) || visited.has(each)) return;
    visited.add(each);
    each.arguments.forEach(visit);
    const [x, y] = each.arguments;
    for (const [left, right] of deciding[each.op]?.(x!, y!) ?? []) {
      if (places.size >= mostPlaces) return;
      for (const place of crossings(left, right)) places.add(place);
    }
  };
  visit(scalar);
  return merged([...places].sort((left, right) => left - right));

  /** Where one of two scalars overtakes the other. Where they are the same for a while, what makes them so is found itself. */
  function crossings(left: Scalar, right: Scalar): readonly number[] {
    const [ofLeft, ofRight] = [samples(left), samples(right)];
    const difference = grid.map((_, index) => ofLeft[index]! - ofRight[index]!);
    const evaluate = compileScalar(apply('sub', left, right), [name]);
    return grid.flatMap((place, index) => {
      const [before, here, after] = [difference[index - 1], difference[index]!, difference[index + 1]];
      if (here === 0) return before !== 0 && after !== 0 ? [place] : [];
      return before !== undefined && before * here < 0 ? [bisect((x) => evaluate([x]), grid[index - 1]!, place)] : [];
    });
  }

  /** The values on the grid; each part of the function is evaluated once. */
  function samples(each: Scalar): Float64Array {
    const found = known.get(each);
    if (found) return found;
    const values = sample(each);
    known.set(each, values);
    return values;
  }

  function sample(each: Scalar): Float64Array {
    if (!isApplication(each)) return Float64Array.from(grid, (x) => evaluateScalar(each, { [name]: x }));
    const evaluator: Evaluator = evaluators[each.op];
    const [x, y, z] = each.arguments.map(samples);
    return Float64Array.from(grid, (_, index) => evaluator(x![index]!, y?.[index] ?? 0, z?.[index] ?? 0));
  }
}

/** Eighths up to 64 on both sides of 0, and powers of two from far inside to far beyond. */
function gridPlaces(): readonly number[] {
  const eighths = Array.from({ length: 513 }, (_, index) => index / 8);
  const powers = Array.from({ length: 61 }, (_, index) => 2 ** (index - 20));
  const positive = [...eighths, ...powers];
  return [...new Set([...positive.map((each) => 0 - each), ...positive])].sort((left, right) => left - right);
}

/** The number at which a function changes its sign, to the last bit; one where it is exactly 0, if there is one. */
function bisect(evaluate: (x: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  const sign = Math.sign(evaluate(low));
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    const value = evaluate(middle);
    if (value === 0) return middle;
    if (Math.sign(value) === sign) low = middle;
    else high = middle;
  }
  return Math.abs(evaluate(low)) <= Math.abs(evaluate(high)) ? low : high;
}

/** Places that differ by rounding only are one. */
function merged(places: readonly number[]): readonly number[] {
  return places.filter(
    (place, index) => index === 0 || place - places[index - 1]! > 1e-12 * Math.max(1, Math.abs(place)),
  );
}
