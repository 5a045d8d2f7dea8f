import { isSame } from '../dim.ts';
import type { Callee } from './callee.ts';
import { type Constant, isLayer, isList } from './constant.ts';

/** Whether two constants are sure to be the same to whoever gets them. */
export function isSameConstant(left: Constant, right: Constant): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object') return false;
  if (isList(left) || isList(right)) {
    if (!isList(left) || !isList(right) || left.length !== right.length) return false;
    return left.every((value, index) => isSameConstant(value, right[index]!));
  }
  if (isLayer(left) || isLayer(right)) {
    return isLayer(left) && isLayer(right) && left.text === right.text && isSameCallee(left.callee, right.callee);
  }
  return left.divisor === right.divisor && isSame(left.numerator, right.numerator);
}

/** Whether two names are sure to stand for the same; of blocks and lines, which stand at a place, only one object does. */
export function isSameCallee(left: Callee | undefined, right: Callee | undefined): boolean {
  if (left?.kind === 'layer' && right?.kind === 'layer') return left.layer === right.layer;
  return left === right;
}
