import type { Act, Block, File, Let, Net } from '../../grammar/ast.ts';
import { activation } from '../activation.ts';
import { type Fault, fault, replacement } from '../fault.ts';
import type { Imports } from '../imports.ts';
import type { AnyLayer } from '../layer.ts';
import { activationNames, findLayer, layers } from '../layers/index.ts';
import { nearest } from '../suggest.ts';
import { unknownName } from '../unknown-name.ts';
import type { Callee } from './callee.ts';
import { type Collected, collect, described, residual } from './collect.ts';
import { type Constant, constantKind, constantText, isLayer } from './constant.ts';
import { type Environment, evaluate } from './evaluate.ts';
import type { Observer } from './observer.ts';
import { type Dependent, declarationOrder } from './order.ts';
import { type ConstantEntry, type Entry, listing } from './scope.ts';
import { reportStraySettings, type Settings } from './settings.ts';

/** What the declarations of a file stand for. */
export interface Declarations {
  /** What a stage applies by this name: the file's own declarations come before the built-in layers. */
  callee(name: string): Callee | undefined;
  calleeNames(): Iterable<string>;
  /** The `let`s of the file, and those that it imports. */
  readonly constants: { find(name: string): Entry | undefined; names(): Iterable<string> };
  readonly blocks: readonly Block[];
  readonly nets: readonly Net[];
  /** What another file gets that imports this name; undefined where it is not declared here. */
  exported(name: string): Exported | undefined;
  /** The names that other files may import. */
  readonly exports: readonly string[];
}

export type Exported =
  | { readonly kind: 'constant'; readonly entry: ConstantEntry }
  | { readonly kind: 'callee'; readonly callee: Callee }
  | { readonly kind: 'net' };

/** The declarations of a file and of all that it imports, in the order in which they need each other. */
export interface Declared {
  readonly root: Declarations;
  readonly all: readonly Declarations[];
}

/** Reads the declarations of files; reports what is wrong with each, whether it is used or not. `settings` are the root's. */
export function declare(
  root: File,
  settings: Settings,
  imports: Imports,
  report: (fault: Fault) => void,
  observer?: Observer,
): Declared {
  const known = new Map<File, Declarations>();
  const all: Declarations[] = [];
  return { root: declarationsOf(root, settings), all };

  function declarationsOf(file: File, settings: Settings): Declarations {
    const before = known.get(file);
    if (before) return before;
    const collected = collect(file, report);
    const imported = importedNames(collected);
    const declarations = declareFile(file, collected, imported, settings, report, observer);
    known.set(file, declarations);
    all.push(declarations);
    return declarations;
  }

  /** What each imported name stands for; undefined where that is not known, which its fault says. */
  function importedNames({ imports: names }: Collected): ReadonlyMap<string, Exported | undefined> {
    const found = new Map<string, Exported | undefined>();
    for (const { name, declaration } of names) {
      const file = imports.fileOf(declaration);
      const home = file && declarationsOf(file, new Map());
      const exported = home?.exported(name.text);
      found.set(name.text, exported?.kind === 'net' ? undefined : exported);
      if (!home || (exported && exported.kind !== 'net')) continue;
      const near = nearest(name.text, home.exports);
      const evidence = {
        file: file.span.source,
        name: name.text,
        ...(exported && { what: described.net }),
        ...(near !== undefined && { nearest: near }),
      };
      const fix = near === undefined ? {} : { fix: replacement(name.span, near) };
      report(fault('import/name', name.span, evidence, fix));
    }
    return found;
  }
}

function declareFile(
  file: File,
  { lets, callees, nets }: Collected,
  imported: ReadonlyMap<string, Exported | undefined>,
  settings: Settings,
  report: (fault: Fault) => void,
  observer: Observer | undefined,
): Declarations {
  const constants = new Map<string, ConstantEntry>();
  const activationLayers = new Map<string, AnyLayer>();
  /** Blocks that need themselves, which has been said. */
  let circular: ReadonlySet<string> = new Set();
  for (const [name, each] of imported) if (each?.kind === 'constant') constants.set(name, each.entry);
  const find = (name: string) => constants.get(name);
  const names = listing(() => new Set([...lets.keys(), ...constants.keys()]));
  const calleeNames = listing(function* () {
    yield* callees.keys();
    yield* imported.keys();
    yield residual.kind;
    for (const { name, synonyms } of layers) {
      yield name;
      yield* synonyms ?? [];
    }
    yield* activationNames();
  });
  const formulaNames = listing(function* () {
    yield* lets.keys();
    for (const [name, declared] of callees) if (declared?.kind === 'act') yield name;
    yield* activationNames();
  });
  const declarations: Declarations = {
    callee,
    calleeNames,
    constants: { find, names },
    blocks: [...callees.values()].filter((each) => each?.kind === 'block'),
    nets,
    exported(name) {
      if (lets.has(name)) return { kind: 'constant', entry: constants.get(name)! };
      if (callees.has(name)) return { kind: 'callee', callee: callee(name)! };
      return nets.some((net) => net.name.text === name) ? { kind: 'net' } : undefined;
    },
    exports: [...lets.keys(), ...callees.keys()],
  };
  define();
  reportStraySettings('set', settings, lets.keys(), file.span.source, report);
  return declarations;

  function callee(name: string): Callee | undefined {
    if (callees.has(name)) return ownCallee(name);
    if (imported.has(name)) {
      const each = imported.get(name);
      if (each?.kind === 'callee') return each.callee;
      return each ? undefined : { kind: 'unknown', what: described.import };
    }
    if (name === residual.kind) return residual;
    const layer = findLayer(name);
    return layer && { kind: 'layer', layer, what: layer.formula ? 'a built-in activation' : 'a built-in layer' };
  }

  function ownCallee(name: string): Callee {
    const declared = callees.get(name);
    const what = declared ? described[declared.kind] : described.broken;
    const layer = activationLayers.get(name);
    if (layer) return { kind: 'layer', layer, what };
    if (declared?.kind === 'block' && !circular.has(name)) {
      return { kind: 'block', block: declared, home: declarations, what };
    }
    return { kind: 'unknown', what };
  }

  /** Gives the lets and the activations their meaning, each after those that it needs. */
  function define(): void {
    const declared = new Map<string, Dependent>(lets);
    for (const [name, each] of callees) if (each) declared.set(name, each);
    const { order, circular: found } = declarationOrder(declared, report);
    circular = found;
    for (const name of order) {
      const each = declared.get(name)!;
      if (each.kind === 'let') {
        const value = circular.has(name) ? undefined : letValue(each);
        constants.set(name, { kind: 'constant', span: each.name.span, value });
        if (value !== undefined) observer?.constant(each.name.span, value);
      } else if (each.kind === 'act' && !circular.has(name)) {
        const layer = actLayer(each);
        if (!layer) continue;
        activationLayers.set(name, layer);
        observer?.activation(each.name.span, layer);
      }
    }
  }

  function letValue({ name, value: expression }: Let): Constant | undefined {
    const environment: Environment = {
      constant(reference) {
        const entry = find(reference.text);
        if (entry) return entry.value;
        const called = callee(reference.text);
        if (!called) {
          const others = [...names()].filter((each) => each !== name.text);
          report(unknownName('constant', reference, others));
        }
        return called && called.kind !== 'unknown'
          ? { kind: 'layer', text: reference.text, callee: called }
          : undefined;
      },
      callee,
      knows: (each) => find(each) !== undefined,
      report,
      require: () => {},
    };
    const written = evaluate(expression, environment);
    const set = settings.get(name.text);
    if (set === undefined || written === undefined) return written;
    if (typeof set === typeof written) return set;
    const layer = isLayer(written) && typeof set === 'string' ? callee(set) : undefined;
    if (layer && layer.kind !== 'unknown') return { kind: 'layer', text: String(set), callee: layer };
    const evidence = { name: name.text, wanted: constantKind(written), found: constantText(set) };
    report(fault('type/setting', name.span, evidence));
    return undefined;
  }

  function actLayer(act: Act): AnyLayer | undefined {
    // A name that is declared but unknown has had its fault.
    const poisoned = new Set<string>();
    const { value, faults } = activation(act, {
      activation: (name) => {
        const found = callee(name);
        if (found?.kind === 'unknown') poisoned.add(name);
        return found?.kind === 'layer' && found.layer.formula ? found.layer : undefined;
      },
      constant: (name) => {
        const entry = find(name);
        if (entry && entry.value === undefined) poisoned.add(name);
        return typeof entry?.value === 'number' ? entry.value : undefined;
      },
      names: formulaNames,
    });
    for (const each of faults) {
      if (!(each.code === 'name/unknown' && poisoned.has(each.evidence.name))) report(each);
    }
    return value;
  }
}
