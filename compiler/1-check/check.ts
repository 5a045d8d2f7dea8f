import type { File } from '../../grammar/ast.ts';
import type { Fault, Outcome } from '../fault.ts';
import type { Graph } from '../graph.ts';
import { type Imports, noImports } from '../imports.ts';
import { checkBlocks } from './blocks.ts';
import { declare } from './declarations.ts';
import { distinct } from './distinct.ts';
import { checkNet } from './net.ts';
import type { Observer } from './observer.ts';
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
}

/**
 * Gives names, arguments and shapes their meaning: a graph for each net of the file whose inputs and results are known.
 * A graph that comes with errors is for editors; it must not be compiled.
 */
export function check(file: File, options: CheckOptions = {}, imports: Imports = noImports): Outcome<readonly Graph[]> {
  const faults: Fault[] = [];
  const report = distinct((found) => void faults.push(found));
  const { root, all } = declare(file, options.set ?? new Map(), imports, report, options.observer);
  for (const each of all) checkBlocks(each, report, options.observer);
  const checked = root.nets.map((net) => checkNet(net, root, options, report));
  const sizes = checked.flatMap((each) => each.sizes);
  reportStraySettings('dim', options.dims ?? new Map(), sizes, file.span.source, report);
  faults.sort((left, right) => left.span.start - right.span.start);
  return { value: checked.flatMap(({ graph }) => graph ?? []), faults };
}
