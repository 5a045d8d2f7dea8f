import type { File } from '../../grammar/ast.ts';
import type { Fault, Outcome } from '../fault.ts';
import type { Graph } from '../graph.ts';
import { type Imports, noImports } from '../imports.ts';
import { blocksOf, checkAlone } from './blocks.ts';
import { type CallMemo, createCallMemo } from './call-memo.ts';
import { declare } from './declarations.ts';
import { distinct } from './distinct.ts';
import { interruption } from './interrupt.ts';
import { checkNet } from './net.ts';
import type { Observer } from './observer.ts';
import { type CheckPart, checkAnew } from './part.ts';
import { reportStraySettings, type Settings } from './settings.ts';

export interface CheckOptions {
  /** Other values for `let`s at the top of the file. */
  readonly set?: Settings;
  /** Numbers for symbolic sizes of the inputs. */
  readonly dims?: ReadonlyMap<string, number>;
  /** Every written size of the inputs but those of their features becomes a symbol: for the question which sizes a net takes. */
  readonly openSizes?: boolean;
  /** Hears of shapes and constants. */
  readonly observer?: Observer;
  /** Asked now and then whether to give up, which throws `Interrupted`: whoever has a newer text waits for no older one. */
  readonly interrupted?: () => boolean;
  /** What is known of calls from checks before. */
  readonly calls?: CallMemo;
  /** How each net and each block is checked; every one anew where it is absent. */
  readonly checkPart?: CheckPart;
}

/**
 * Gives names, arguments and shapes their meaning: a graph for each net of the file whose inputs and results are known.
 * A graph that comes with errors is for editors; it must not be compiled.
 */
export function check(file: File, options: CheckOptions = {}, imports: Imports = noImports): Outcome<readonly Graph[]> {
  const faults: Fault[] = [];
  const report = distinct((found) => void faults.push(found));
  const { root, all } = declare(file, options.set ?? new Map(), imports, report, options.observer);
  const checkpoint = interruption(options.interrupted);
  const calls = options.calls ?? createCallMemo();
  calls.byWords.turn();
  const checkPart = options.checkPart ?? checkAnew(options.observer);
  for (const home of all) {
    for (const block of blocksOf(home)) {
      const { faults } = checkPart(
        block,
        (found, observer) => void checkAlone(block, home, { report: found, observer, checkpoint, calls }),
      );
      faults.forEach(report);
    }
  }
  const checked = root.nets.flatMap((net) => {
    const { net: found, faults } = checkPart(net, (hold, observer) =>
      checkNet(net, root, options, { report: hold, observer, checkpoint, calls }),
    );
    faults.forEach(report);
    return found ?? [];
  });
  const sizes = checked.flatMap((each) => each.sizes);
  reportStraySettings('dim', options.dims ?? new Map(), sizes, file.span.source, report);
  faults.sort((left, right) => left.span.start - right.span.start);
  return { value: checked.flatMap(({ graph }) => graph ?? []), faults };
}
