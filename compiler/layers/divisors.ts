/** The divisor of a whole number from 1 that is nearest to a wanted number; of two, the smaller one. */
export function nearestDivisor(size: number, wanted: number): number {
  let nearest = 1;
  // Divisors come in pairs around the root, so that not even a hostile size takes long.
  for (let divisor = 1; divisor * divisor <= size; divisor++) {
    if (size % divisor !== 0) continue;
    for (const each of [divisor, size / divisor]) {
      const [distance, best] = [Math.abs(each - wanted), Math.abs(nearest - wanted)];
      if (distance < best || (distance === best && each < nearest)) nearest = each;
    }
  }
  return nearest;
}
