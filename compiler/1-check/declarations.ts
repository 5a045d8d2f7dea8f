import type { Act, Block, File, Let, Name, Net } from '../../grammar/ast.ts';
import type { Span } from '../../grammar/source.ts';
import { activation } from '../activation.ts';
import { type Fault, fault } from '../fault.ts';
import type { AnyLayer } from '../layer.ts';
import { activationNames, findLayer, layers } from '../layers/index.ts';
import { nearest } from '../suggest.ts';
import { unknownName } from '../unknown-name.ts';
import { type Constant, constantKind, constantText } from './constant.ts';
import { type Environment, evaluate } from './evaluate.ts';
import { mentionedNames } from './mentions.ts';
import { dependencyOrder } from './order.ts';
import { type ConstantEntry, type Entry, listing } from './scope.ts';
import { settingSpan } from './setting-span.ts';

/** What the declarations of a file stand for. */
export interface Declarations {
  /** What a stage applies by this name: the file's own declarations come before the built-in layers. */
  callee(name: string): Callee | undefined;
  calleeNames(): Iterable<string>;
  /** The `let`s of the file. */
  readonly constants: { find(name: string): Entry | undefined; names(): Iterable<string> };
  readonly nets: readonly Net[];
}

export type Callee =
  | { readonly kind: 'layer'; readonly layer: AnyLayer; readonly what: string }
  /** `residual { … }`, which is short for `add {} { … }`. */
  | { readonly kind: 'residual'; readonly what: string }
  /** Declared, but nothing more is known: its fault is reported. */
  | { readonly kind: 'unknown'; readonly what: string };

export type Settings = ReadonlyMap<string, number | boolean | string>;

/** Reads the declarations of a file; reports what is wrong with each, whether it is used or not. */
export function declare(file: File, settings: Settings, report: (fault: Fault) => void): Declarations {
  const { lets, callees, nets } = collect(file, report);
  const constants = new Map<string, ConstantEntry>();
  const activationLayers = new Map<string, AnyLayer>();
  const find = (name: string) => constants.get(name);
  const names = listing(() => lets.keys());
  const calleeNames = listing(function* () {
    yield* callees.keys();
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
  const callee = (name: string): Callee | undefined => {
    if (callees.has(name)) {
      const declared = callees.get(name);
      const layer = activationLayers.get(name);
      const what = declared ? described[declared.kind] : described.broken;
      return layer ? { kind: 'layer', layer, what } : { kind: 'unknown', what };
    }
    if (name === residual.kind) return residual;
    const layer = findLayer(name);
    return layer && { kind: 'layer', layer, what: layer.formula ? 'a built-in activation' : 'a built-in layer' };
  };
  define();
  reportUnknownSettings(file, settings, lets, report);
  return { callee, calleeNames, constants: { find, names }, nets };

  /** Gives the lets and the activations their meaning, each after those that it needs. */
  function define(): void {
    const declared = new Map<string, Let | Act>(lets);
    for (const [name, each] of callees) if (each?.kind === 'act') declared.set(name, each);
    const { order, circles } = dependencyOrder(declared.keys(), (name) => neededNames(declared, name));
    reportCircles(declared, circles, report);
    const circular = new Set(circles.flat());
    for (const name of order) {
      const each = declared.get(name)!;
      if (each.kind === 'let') {
        const value = circular.has(name) ? undefined : letValue(each);
        constants.set(name, { kind: 'constant', span: each.name.span, value });
      } else if (!circular.has(name)) {
        const layer = actLayer(each);
        if (layer) activationLayers.set(name, layer);
      }
    }
  }

  function letValue({ name, value: expression }: Let): Constant | undefined {
    const environment: Environment = {
      constant(reference) {
        const entry = find(reference.text);
        if (!entry && !callees.has(reference.text)) {
          const others = [...names()].filter((each) => each !== name.text);
          report(unknownName('constant', reference, others));
        }
        return entry?.value;
      },
      knows: (each) => find(each) !== undefined,
      report,
      require: () => {},
    };
    const written = evaluate(expression, environment);
    const set = settings.get(name.text);
    if (set === undefined || written === undefined) return written;
    if (typeof set === typeof written) return set;
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

interface Collected {
  readonly lets: ReadonlyMap<string, Let>;
  /** What a stage may apply; undefined where nothing more than the name is known. */
  readonly callees: ReadonlyMap<string, Act | Block | undefined>;
  readonly nets: readonly Net[];
}

/** Every name of the file, each once. */
function collect(file: File, report: (fault: Fault) => void): Collected {
  const lets = new Map<string, Let>();
  const callees = new Map<string, Act | Block | undefined>();
  const nets: Net[] = [];
  const first = new Map<string, { readonly span: Span; readonly what: string }>();
  const add = ({ text, span }: Name, what: string): boolean => {
    const before = first.get(text);
    if (!before) first.set(text, { span, what });
    else if (what !== described.broken && before.what !== described.broken) {
      const because = [{ span: before.span, message: `\`${text}\` is ${before.what} here` }];
      report(fault('name/duplicate', span, { name: text, what: before.what }, { because }));
    }
    return before === undefined;
  };
  const addUnknown = (declared: readonly Name[]) => {
    for (const name of declared) if (add(name, described.broken)) callees.set(name.text, undefined);
  };
  for (const declaration of file.declarations) {
    switch (declaration.kind) {
      case 'import':
        report(fault('use/later', declaration.span, { what: '`import`' }));
        addUnknown(declaration.names);
        break;
      case 'let':
        if (add(declaration.name, described.let)) lets.set(declaration.name.text, declaration);
        break;
      case 'act':
      case 'block': {
        const { name, kind } = declaration;
        if (kind === 'block') report(fault('use/later', name.span, { what: '`block`' }));
        if (!add(name, described[kind])) break;
        callees.set(name.text, declaration);
        if (findLayer(name.text) || name.text === residual.kind) {
          report(fault('name/shadow', name.span, { name: name.text, what: `\`${kind}\`` }));
        }
        break;
      }
      case 'net':
        add(declaration.name, described.net);
        nets.push(declaration);
        break;
      case 'broken':
        addUnknown(declaration.declares);
        break;
    }
  }
  return { lets, callees, nets };
}

/** The declared names that a declaration cannot do without. */
function neededNames(declared: ReadonlyMap<string, Let | Act>, name: string): readonly string[] {
  const each = declared.get(name)!;
  const parts = each.kind === 'let' ? [each.value] : [each.parameters, each.body];
  return [...mentionedNames(parts)].filter((needed) => declared.has(needed) && !isOwn(each, needed));
}

/** Reports declarations that need each other; circles that hang together are one mistake. */
function reportCircles(
  declared: ReadonlyMap<string, Let | Act>,
  circles: readonly (readonly string[])[],
  report: (fault: Fault) => void,
): void {
  const circular = new Set<string>();
  for (const circle of circles) {
    const isKnown = circle.some((name) => circular.has(name));
    for (const name of circle) circular.add(name);
    if (isKnown) continue;
    const because = circle.slice(1).map((name) => ({
      span: declared.get(name)!.name.span,
      message: `\`${name}\` is defined here`,
    }));
    const names = [...circle, circle[0]!];
    report(fault('name/cycle', declared.get(circle[0]!)!.name.span, { names }, { because }));
  }
}

/** Reports values from outside for lets that the file does not have. */
function reportUnknownSettings(
  file: File,
  settings: Settings,
  lets: ReadonlyMap<string, Let>,
  report: (fault: Fault) => void,
): void {
  for (const [name, value] of settings) {
    if (lets.has(name)) continue;
    const near = nearest(name, lets.keys());
    const evidence = { file: file.span.source, what: 'let', name, ...(near && { nearest: near }) } as const;
    report(fault('name/setting', settingSpan('set', name, value), evidence));
  }
}

const residual = { kind: 'residual', what: 'a built-in join' } as const;

const described = {
  let: 'a `let`',
  act: 'an `act` of this file',
  block: 'a `block` of this file',
  net: 'a `net`',
  broken: 'a name of this file',
} as const;

/** The parameters of an activation are its own names; its own name within it is a function, if it is anything. */
function isOwn(declared: Let | Act, name: string): boolean {
  return (
    declared.kind === 'act' &&
    [declared.name, declared.variable, ...declared.parameters.map((each) => each.name)].some(
      ({ text }) => text === name,
    )
  );
}
