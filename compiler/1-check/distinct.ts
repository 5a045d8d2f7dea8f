import type { Fault } from '../fault.ts';

/**
 * Passes on each fault once. A line that is written out several times, in a block or a repeat, may be wrong each time, which
 * is one mistake: the same words at the same place, or the same mistake at the same place by way of the same calls.
 */
export function distinct(report: (fault: Fault) => void): (fault: Fault) => void {
  const seen = new Set<string>();
  return (found) => {
    const { code, span, evidence, trace = [] } = found;
    const place = JSON.stringify([code, span]);
    const keys = [
      `${place}${JSON.stringify(evidence)}`,
      `${place} by ${JSON.stringify(trace.map((call) => call.span))}`,
    ];
    const isKnown = keys.some((key) => seen.has(key));
    for (const key of keys) seen.add(key);
    if (!isKnown) report(found);
  };
}
