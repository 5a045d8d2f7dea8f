import type { Block, Name } from '../../grammar/ast.ts';
import type { Span } from '../../grammar/source.ts';
import type { Requirement } from '../dim.ts';
import { type Fault, fault } from '../fault.ts';
import { unknownName } from '../unknown-name.ts';
import { type Builder, createBuilder } from './builder.ts';
import type { CallMemo } from './call-memo.ts';
import { symbolic } from './constant.ts';
import type { Declarations } from './declarations.ts';
import type { Environment } from './evaluate.ts';
import type { Flow } from './flow.ts';
import type { Observer } from './observer.ts';
import { createPaths, type PathScope, type Paths, pathScope } from './paths.ts';
import { innerScope, namesOf, type Scope } from './scope.ts';

/** Where in a net the checker is. */
export interface Context extends Listener {
  readonly declarations: Declarations;
  readonly builder: Builder;
  readonly paths: Paths;
  readonly pathScope: PathScope;
  readonly scope: Scope;
  /** Where values have been named so far in the whole net, inside of any braces. */
  readonly named: Map<string, Span>;
  /** Names that no value may have, but that were given to one: what they stand for is unknown. */
  readonly refused: Set<string>;
  /** The names of the net's inputs. */
  readonly inputs: readonly string[];
  /** The blocks that this place is in, the outermost first. */
  readonly blocks: readonly Block[];
  /** Whether these lines are written out more than once, with other numbers for their names: in a block, or repeated. */
  readonly varies: boolean;
  /** Records what symbolic sizes must satisfy. */
  require(requirement: Requirement): void;
}

/** Who hears of what a check finds, and may end it; and what is known from checks before. */
export interface Listener {
  readonly calls: CallMemo;
  report(fault: Fault): void;
  readonly observer?: Observer | undefined;
  /** Called at each stage; throws `Interrupted` where nobody waits for the check any more. */
  checkpoint(): void;
}

/** The place before the first line of a net, or of a block that nobody calls. */
export function createContext(declarations: Declarations, listener: Listener): Context {
  const builder = createBuilder();
  return {
    ...listener,
    declarations,
    builder,
    require: builder.require,
    paths: createPaths(),
    pathScope: pathScope({ path: '', shared: false }),
    scope: innerScope(declarations.constants),
    named: new Map(),
    refused: new Set(),
    inputs: [],
    blocks: [],
    varies: false,
  };
}

/** What expressions are evaluated in at this point; `dims` are the sizes of what flows here. */
export function environmentOf(context: Context, flow: Flow): Environment {
  const { scope, builder, report, require } = context;
  return {
    constant({ text, span }) {
      const entry = scope.find(text);
      if (entry?.kind === 'constant') return entry.value;
      if (entry?.kind === 'value') {
        report(fault('use/constant', span, { name: text }));
        builder.use(entry.flow);
      } else if (text === 'dims' && flow.kind !== 'absent') {
        return flow.kind === 'known' ? flow.value.type.shape.map(symbolic) : undefined;
      } else {
        const callee = context.declarations.callee(text);
        if (!callee) report(unknownName('constant', { text, span }, [...namesOf(scope, 'constant'), 'true', 'false']));
        else if (callee.kind !== 'unknown') return { kind: 'layer', text, callee };
      }
      return undefined;
    },
    callee: (name) => context.declarations.callee(name),
    knows: (name) => scope.find(name) !== undefined,
    report,
    require,
  };
}

/** Declares a name of a value; reports one that is taken. */
export function declareValue(context: Context, name: Name, flow: Flow): void {
  const { text, span } = name;
  if (flow.kind === 'known') context.observer?.value(span, flow.value.type);
  if (isFree(context, name)) {
    context.scope.declare(text, { kind: 'value', span, flow });
    context.named.set(text, span);
    if (flow.kind === 'known') context.builder.rename(flow.value, text);
  }
}

/** Reports a name of a value that already means something else. */
function isFree(context: Context, { text, span }: Name): boolean {
  const callee = context.declarations.callee(text);
  if (callee) {
    context.report(fault('name/taken', span, { name: text, what: callee.what }));
    context.refused.add(text);
    return false;
  }
  return isUndeclared(context, { text, span });
}

/** Reports a name that already stands for something in this scope or one around it. */
export function isUndeclared(context: Context, { text, span }: Name): boolean {
  const before = context.scope.find(text);
  if (!before) return true;
  const what = before.kind === 'value' ? 'a value' : 'a constant';
  const because = [{ span: before.span, message: `\`${text}\` is ${what} here` }];
  context.report(fault('name/duplicate', span, { name: text, what }, { because }));
  return false;
}

/**
 * Reports a name that should be that of a value. The value that was probably meant is not called unused as well, and one
 * that is named inside of other braces is pointed at.
 */
export function reportUnknown(context: Context, what: string, name: Name, candidates: Iterable<string>): void {
  const { scope, builder, named } = context;
  if (context.refused.has(name.text)) return;
  const found = unknownName(what, name, candidates);
  const near = found.code === 'name/unknown' ? found.evidence.nearest : undefined;
  const meant = near === undefined ? undefined : scope.find(near);
  if (meant?.kind === 'value') builder.use(meant.flow);
  const inside = named.get(name.text);
  const message = `\`${name.text}\` is named inside of these braces, and known only there`;
  context.report(inside ? { ...found, because: [{ span: inside, message }] } : found);
}
