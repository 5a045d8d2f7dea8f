import type { File } from '../grammar/ast.ts';
import type { Source } from '../grammar/source.ts';
import { type CheckOptions, check } from './1-check/check.ts';
import { expand } from './2-optimize/expand.ts';
import { optimize } from './2-optimize/passes.ts';
import { lower } from './3-lower/lower.ts';
import type { Outcome } from './fault.ts';
import type { Graph } from './graph.ts';
import { type Files, readImports } from './imports.ts';
import type { CompiledModel } from './kernel/kernel.ts';
import { readText } from './read.ts';
import { withOtherSizes } from './sizes/advice.ts';
import type { TensorProgram } from './tensor/tensor.ts';

/** Text to checked nets: all that `netc check` and editors need. */
export function analyze(source: Source, options: AnalyzeOptions = {}): Outcome<Analysis> {
  const parsed = readText(source);
  const imports = readImports(parsed.value, options.files);
  const checked = check(parsed.value, options, imports.value);
  const open = () => check(parsed.value, { ...options, openSizes: true }, imports.value);
  const faults = [...parsed.faults, ...imports.faults, ...withOtherSizes(checked.faults, open)];
  const sources = [source, ...imports.value.sources];
  return { value: { source, sources, file: parsed.value, graphs: checked.value }, faults };
}

export interface AnalyzeOptions extends CheckOptions {
  /** Where imports find their files; without it there are none. */
  readonly files?: Files;
}

export interface Analysis {
  readonly source: Source;
  /** The source itself, then all that it imports: the texts that faults speak of. */
  readonly sources: readonly Source[];
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
