import { type Dim, dimText, gcd } from '../dim.ts';
import { replacement } from '../fault.ts';
import { type AnyCall, cameFrom, canSplit } from './rules.ts';

/** Features in groups of equal size. */

export interface GroupedSide {
  readonly side: 'input' | 'output';
  readonly features: Dim;
}

/** Reports groups that do not divide the features of a side. */
export function checkGroups(call: AnyCall, groups: number, sides: readonly GroupedSide[]): void {
  if (groups === 1) return;
  const span = call.spanOf('groups');
  const wrong = sides.find(({ features }) => !canSplit(call, features, groups, span));
  if (!wrong) return;
  const nearest = nearestDivisor(
    sides.map(({ features }) => features),
    groups,
  );
  const { side, features } = wrong;
  call.fault(
    'shape/groups',
    span,
    { groups, features: dimText(features), side },
    {
      ...(side === 'input' && { because: cameFrom(call) }),
      ...(nearest !== undefined && { fix: replacement(span, `g${nearest}`, `${call.written} … g${nearest}`) }),
    },
  );
}

/** The divisor of all sizes that is nearest to a wanted number; of two, the smaller one. Undefined where a size is symbolic. */
export function nearestDivisor(sizes: readonly Dim[], wanted: number): number | undefined {
  const numbers = sizes.filter((size) => typeof size === 'number');
  if (numbers.length < sizes.length) return undefined;
  const common = numbers.reduce(gcd);
  // What no value can have is not tried.
  const most = common < 2 ** 31 ? common : 0;
  let nearest = 1;
  // Divisors come in pairs around the root, so that not even a hostile size takes long.
  for (let divisor = 1; divisor * divisor <= most; divisor++) {
    if (common % divisor !== 0) continue;
    for (const each of [divisor, common / divisor]) {
      const [distance, best] = [Math.abs(each - wanted), Math.abs(nearest - wanted)];
      if (distance < best || (distance === best && each < nearest)) nearest = each;
    }
  }
  return nearest;
}
