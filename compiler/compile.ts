import type { File } from '../grammar/ast.ts';
import { parse } from '../grammar/parse.ts';
import type { Source } from '../grammar/source.ts';
import { type CheckOptions, check } from './1-check/check.ts';
import { expand } from './2-optimize/expand.ts';
import { optimize } from './2-optimize/passes.ts';
import { lower } from './3-lower/lower.ts';
import type { Fault, Outcome } from './fault.ts';
import type { Graph } from './graph.ts';
import type { CompiledModel } from './kernel/kernel.ts';
import type { TensorProgram } from './tensor/tensor.ts';

/** Text to checked nets: all that `netc check` and editors need. */
export function analyze(source: Source, options: CheckOptions = {}): Outcome<Analysis> {
  const parsed = parse(source);
  const checked = check(parsed.value, options);
  const faults: Fault[] = [...parsed.faults, ...checked.faults];
  return { value: { source, file: parsed.value, graphs: checked.value }, faults };
}

export interface Analysis {
  readonly source: Source;
  readonly file: File;
  /** One for each net of the file that could be checked, in the order of the file. */
  readonly graphs: readonly Graph[];
}

/** A checked net with fixed sizes to kernels and a memory plan: what every code target emits. */
export function build(graph: Graph, options: BuildOptions = {}): Built {
  const expanded = expand(graph);
  const optimized = optimize(expanded, { fuse: options.fuse ?? true });
  return { graph, expanded, optimized, model: lower(optimized) };
}

export interface BuildOptions {
  /** Whether layers may share a kernel; without it every layer keeps its own, to measure what fusion brings. */
  readonly fuse?: boolean;
}

export interface Built {
  readonly graph: Graph;
  readonly expanded: TensorProgram;
  readonly optimized: TensorProgram;
  readonly model: CompiledModel;
}
