/**
 * Functions on one number that JavaScript lacks. Generated files hold copies of those that they use, so each function
 * stands on its own.
 */

/** The nearest whole number; a half goes to the even neighbour, as in IEEE 754 and PyTorch. */
export function roundHalfToEven(x: number): number {
  const rounded = Math.round(x);
  return Math.abs(x % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/** `1 / (1 + e^-x)`. For large negative x the power is infinite and the result 0. */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** `log(1 + e^x)`, for large x too, where the power itself would be infinite. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/**
 * The error function, `2 / √π · ∫ e^-t² dt` from 0 to x, with a relative error below 1e-15.
 *
 * Source: W. J. Cody, *Rational Chebyshev Approximations for the Error Function*, Mathematics of Computation 23, 1969:
 * erf(x) = x · R(x²) up to 0.46875, and 1 - e^-x² · R(x) beyond; from 6 on it is 1 to the last bit.
 */
export function erf(x: number): number {
  const y = Math.abs(x);
  if (y > 6) return Math.sign(x);
  if (y <= 0.46875) {
    const z = y * y;
    let over = 0.18577770618460315 * z + 3.1611237438705655;
    over = (over * z + 113.86415415105016) * z + 377.485237685302;
    let under = (z + 23.601290952344122) * z + 244.02463793444417;
    under = (under * z + 1282.6165260773723) * z + 2844.236833439171;
    return (x * (over * z + 3209.3775891384694)) / under;
  }
  let over = 2.1531153547440383e-8 * y + 0.5641884969886701;
  over = (over * y + 8.883149794388377) * y + 66.11919063714163;
  over = (over * y + 298.6351381974001) * y + 881.952221241769;
  over = (over * y + 1712.0476126340707) * y + 2051.0783778260716;
  let under = (y + 15.744926110709835) * y + 117.6939508913125;
  under = (under * y + 537.1811018620099) * y + 1621.3895745666903;
  under = (under * y + 3290.7992357334597) * y + 4362.619090143247;
  under = (under * y + 3439.3676741437216) * y + 1230.3393548037495;
  return Math.sign(x) * (1 - ((over * y + 1230.3393547979972) / under) * Math.exp(-y * y));
}
