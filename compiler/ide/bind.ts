import type {
  Act,
  Argument,
  Block,
  Body,
  Broken,
  Call,
  Declaration,
  Expression,
  File,
  FunctionCall,
  Group,
  If,
  Label,
  Line,
  Name,
  Net,
  Parameter,
  Pipeline,
  Repeat,
  Stage,
} from '../../grammar/ast.ts';
import { operandsOf } from '../../grammar/operands.ts';
import type { Span } from '../../grammar/source.ts';
import { functions } from '../1-check/arithmetic.ts';
import { type Callable, callableOf, headNames } from '../1-check/callable.ts';
import { residual } from '../1-check/collect.ts';
import { isLayer } from '../1-check/constant.ts';
import { flagNames, longName, shortForm } from '../1-check/option-names.ts';
import { isShare } from '../1-check/share.ts';
import type { Imports } from '../imports.ts';
import type { AnyLayer } from '../layer.ts';
import { preludeName } from '../layers/activations.ts';
import { findLayer } from '../layers/index.ts';
import { prelude } from '../layers/prelude.generated.ts';
import { scalarFunctions } from '../scalar/functions.ts';
import { callableFor, mayHoldLayer } from './callees.ts';
import type { Facts } from './facts.ts';
import type { Definition, DefinitionKind, Names, Reference } from './names.ts';
import { firstIndex } from './search.ts';

/**
 * Finds what each name of a file means, by where it stands: the same scopes as the checker's, over all lines of the text, those
 * included that are never written out. What values are comes from `facts`, which the checker has found.
 */
export function bind(file: File, imports: Imports, facts: Facts): Names {
  const references: Reference[] = [];
  const scopes: ScopeRange[] = [];
  const top = new Map<string, Definition>();
  const source = file.span.source;
  for (const declaration of file.declarations) bindDeclared(declaration);
  for (const declaration of file.declarations) bindDeclaration(declaration);
  references.sort((left, right) => left.span.start - right.span.start || left.span.end - right.span.end);
  return {
    references,
    declared: [...top.values()],
    at: (offset) => referenceAt(references, offset),
    visible: (offset) => visibleAt(scopes, [...top.values()].filter(isConstant), offset),
  };

  // --- declarations

  /** The names at the top of the file, which everything may use wherever it stands. */
  function bindDeclared(declaration: Declaration): void {
    switch (declaration.kind) {
      case 'import': {
        const from = imports.fileOf(declaration);
        for (const name of declaration.names) {
          const exported = from && exportedBy(from, name.text);
          const definition = exported ?? { kind: 'block', name: name.text, span: name.span };
          references.push({ span: name.span, definition, isDeclaration: exported === undefined });
          if (!top.has(name.text)) top.set(name.text, definition);
        }
        break;
      }
      case 'broken':
        for (const name of declaration.declares) declareTop({ kind: 'block', name: name.text, span: name.span });
        break;
      default:
        declareTop(definitionOf(declaration));
    }
  }

  function declareTop(definition: Definition): void {
    references.push({ span: definition.span!, definition, isDeclaration: true });
    if (!top.has(definition.name)) top.set(definition.name, definition);
  }

  /** A declaration of this file or of one that is imported. */
  function definitionOf(declaration: Exclude<Declaration, { kind: 'import' | 'broken' }>): Definition {
    const { kind, name, doc } = declaration;
    const layer = kind === 'act' ? facts.activation(name.span) : undefined;
    const constant = kind === 'let' ? facts.constant(name.span) : undefined;
    return {
      kind,
      name: name.text,
      span: name.span,
      ...(doc !== undefined && { doc }),
      ...(layer && { layer }),
      ...(kind === 'block' && { block: declaration }),
      ...(constant !== undefined && { constant }),
    };
  }

  function exportedBy(from: File, name: string): Definition | undefined {
    for (const declaration of from.declarations) {
      if (declaration.kind !== 'import' && declaration.kind !== 'broken' && declaration.name.text === name) {
        return definitionOf(declaration);
      }
    }
    return undefined;
  }

  function bindDeclaration(declaration: Declaration): void {
    switch (declaration.kind) {
      case 'import':
        break;
      case 'let':
        bindExpression(declaration.value, createScope(undefined));
        break;
      case 'act':
        bindAct(declaration);
        break;
      case 'block':
        bindBlock(declaration);
        break;
      case 'net':
        bindNet(declaration);
        break;
      case 'broken':
        bindBroken(declaration, createScope(undefined));
        break;
    }
  }

  function bindAct({ variable, parameters, body, span }: Act): void {
    const scope = createScope(undefined, span);
    declare(scope, 'variable', variable);
    for (const parameter of parameters) {
      if (parameter.default) bindDefault(parameter.default, createScope(undefined));
      declare(scope, 'parameter', parameter.name);
    }
    bindExpression(body, scope, scalarFunctions);
  }

  function bindBlock(block: Block): void {
    const scope = createScope(undefined, block.span);
    for (const name of headNames(block)) declare(scope, 'parameter', name, { block });
    for (const { default: value } of block.parameters) if (value) bindDefault(value, scope);
    bindBody(block.body, scope, new Map());
  }

  function bindDefault(value: NonNullable<Parameter['default']>, scope: BindScope): void {
    if (value.kind === 'body') bindBody(value, scope, new Map());
    else bindExpression(value, scope);
  }

  function bindNet({ inputs, result, body, span }: Net): void {
    const scope = createScope(undefined, span);
    for (const { name, type } of inputs) {
      // A name that stands for nothing is a symbolic size from here on.
      for (const reference of type.dims.flatMap(namesIn)) {
        if (!scope.find(reference.text) && !top.has(reference.text) && !Object.hasOwn(functions, reference.text)) {
          declare(scope, 'size', reference);
        } else bindExpression({ kind: 'name', ...reference }, scope);
      }
      declare(scope, 'input', name);
    }
    for (const { type } of result?.outputs ?? []) for (const each of type.dims) bindExpression(each, scope);
    const inside = createScope(scope, body.span);
    bindLines(body.lines, inside, new Map());
    const returned = new Set(body.lines.flatMap((line) => (line.kind === 'return' ? line.names : [])).map(textOf));
    for (const { name } of result?.outputs ?? []) {
      if (!name) continue;
      // A result goes by the name of the value that is returned for it.
      const value = returned.has(name.text) ? inside.find(name.text) : undefined;
      if (value) refer(name.span, value);
      else references.push({ span: name.span, definition: defined('output', name), isDeclaration: true });
    }
  }

  function bindBroken({ mentions }: Pick<Broken, 'mentions'>, scope: BindScope): void {
    for (const name of mentions) {
      const found = scope.find(name.text) ?? top.get(name.text) ?? builtIn(findLayer(name.text));
      if (found) refer(name.span, found);
    }
  }

  // --- bodies

  function bindBody(body: Body, outer: BindScope, labels: Labels): void {
    bindLines(body.lines, createScope(outer, body.span), labels);
  }

  function bindLines(lines: readonly Line[], scope: BindScope, labels: Labels): void {
    for (const line of lines) {
      switch (line.kind) {
        case 'pipeline':
          bindPipeline(line, scope, labels);
          break;
        case 'let':
          bindExpression(line.value, scope);
          declare(scope, 'let', line.name);
          break;
        case 'return':
          for (const name of line.names) referByName(name, scope);
          break;
        case 'broken':
          bindBroken(line, scope);
          for (const name of line.declares) if (!scope.find(name.text)) declare(scope, 'value', name);
          break;
      }
    }
  }

  function bindPipeline({ name, stages }: Pipeline, scope: BindScope, labels: Labels): void {
    for (const [index, stage] of stages.entries()) bindStage(stage, scope, labels, index === 0);
    if (name) declare(scope, 'value', name);
  }

  function bindStage(stage: Stage, scope: BindScope, labels: Labels, isFirst: boolean): void {
    const within = stage.label ? new Map() : labels;
    switch (stage.kind) {
      case 'call':
        bindLabel(stage, scope, labels, sharesLabel(stage, scope));
        bindCall(stage, scope, labels, isFirst);
        break;
      case 'group':
      case 'repeat':
      case 'if':
        bindLabel(stage, scope, labels, false);
        bindBraces(stage, scope, within);
        break;
    }
  }

  function bindBraces(stage: Group | Repeat | If, scope: BindScope, labels: Labels): void {
    switch (stage.kind) {
      case 'group':
        bindBody(stage.body, scope, labels);
        break;
      case 'repeat': {
        bindExpression(stage.count, scope);
        const inside = createScope(scope, stage.span);
        if (stage.index) declare(inside, 'index', stage.index);
        bindBody(stage.body, inside, labels);
        break;
      }
      case 'if':
        bindExpression(stage.condition, scope);
        bindBody(stage.then, scope, labels);
        if (stage.else) bindBody(stage.else, scope, labels);
        break;
    }
  }

  function bindLabel({ label }: Stage, scope: BindScope, labels: Labels, shares: boolean): void {
    if (!label) return;
    for (const part of label.parts) if (typeof part !== 'string') bindExpression(part, scope);
    const name = labelKey(label);
    const known = shares ? labels.get(name) : undefined;
    if (known) {
      refer(label.span, known);
      return;
    }
    const definition: Definition = { kind: 'label', name, span: label.span };
    references.push({ span: label.span, definition, isDeclaration: true });
    if (!labels.has(name)) labels.set(name, definition);
  }

  function bindCall(call: Call, scope: BindScope, labels: Labels, isFirst: boolean): void {
    const { callee } = call;
    const local = scope.find(callee.text);
    const isValue = local?.kind === 'value' || local?.kind === 'input';
    const callable = local && mayHoldLayer(local) ? local : isValue ? local : calleeOf(callee.text);
    if (callable) refer(callee.span, callable);
    // A line that starts with a value goes on from there, and takes no arguments.
    if (isFirst && isValue) return;
    const takes = callable && callableOfDefinition(callable);
    for (const argument of call.arguments) bindArgument(argument, callable, takes, scope, labels);
  }

  function bindArgument(
    argument: Argument,
    callee: Definition | undefined,
    takes: Callable | undefined,
    scope: BindScope,
    labels: Labels,
  ): void {
    switch (argument.kind) {
      case 'sizes':
        if (argument.in) bindExpression(argument.in, scope);
        if (argument.out) bindExpression(argument.out, scope);
        break;
      case 'branch':
        bindBody(argument.body, scope, labels);
        break;
      case 'option':
        referToOption(argument.name.span, argument.name.text, callee, takes);
        if (argument.value.kind === 'body') bindBody(argument.value, scope, new Map());
        else bindExpression(argument.value, scope);
        break;
      case 'positional': {
        const { value } = argument;
        if (value.kind === 'name') bindPositional(value, callee, takes, scope);
        else bindExpression(value, scope);
        break;
      }
    }
  }

  /** A name alone may be an operand, a short form, a flag or a constant, in this order. */
  function bindPositional(
    { text, span }: Name,
    callee: Definition | undefined,
    takes: Callable | undefined,
    scope: BindScope,
  ): void {
    const local = scope.find(text);
    const isOperand = takes?.operands === 'join' && (local?.kind === 'value' || local?.kind === 'input');
    const short = takes && !isOperand ? shortForm(takes, text, span) : undefined;
    if (short) referToOption(span, short.option, callee, takes);
    else if (takes && !isOperand && flagNames(takes).includes(text)) referToOption(span, text, callee, takes);
    else referByName({ text, span }, scope);
  }

  function referToOption(
    span: Span,
    written: string,
    callee: Definition | undefined,
    takes: Callable | undefined,
  ): void {
    const option = takes && longName(takes, written);
    if (option === undefined || !callee) return;
    const definition = optionOf(callee, option);
    if (definition) refer(span, definition);
  }

  // --- expressions

  function bindExpression(expression: Expression, scope: BindScope, known: KnownFunctions = sizeFunctions): void {
    if (expression.kind === 'name') referByName(expression, scope);
    else if (expression.kind === 'function') bindFunction(expression, known);
    for (const operand of operandsOf(expression)) bindExpression(operand, scope, known);
  }

  function bindFunction({ callee, options }: FunctionCall, known: KnownFunctions): void {
    const isFormula = known === scalarFunctions && top.get(callee.text)?.kind === 'act';
    const called = known.has(callee.text) && !isFormula ? functionNamed(callee.text) : calleeOf(callee.text);
    if (!called) return;
    refer(callee.span, called);
    for (const { name } of options) {
      const option = optionOf(called, name.text);
      if (option) refer(name.span, option);
    }
  }

  /** A constant, a value, or a layer as a constant: `act=relu`. */
  function referByName({ text, span }: Name, scope: BindScope): void {
    const found = scope.find(text) ?? calleeOf(text);
    if (found) refer(span, found);
  }

  function refer(span: Span, definition: Definition): void {
    if (span.source === source) references.push({ span, definition, isDeclaration: false });
  }

  // --- definitions

  /** The `act` that declares this name, in the file itself or in one that it imports. */
  function actAt({ source: name, start }: Span): Act | undefined {
    const from = name === source ? file : imports.fileNamed(name);
    for (const declaration of from?.declarations ?? []) {
      if (declaration.kind === 'act' && declaration.name.span.start === start) return declaration;
    }
    return undefined;
  }

  function defined(kind: DefinitionKind, { text, span }: Name, more: Pick<Definition, 'block'> = {}): Definition {
    const constant = facts.constant(span);
    const type = facts.value(span);
    return {
      kind,
      name: text,
      span,
      ...more,
      ...(constant !== undefined && { constant }),
      ...(type !== undefined && { type }),
    };
  }

  function declare(scope: BindScope, kind: DefinitionKind, name: Name, more?: Pick<Definition, 'block'>): void {
    const definition = defined(kind, name, more);
    references.push({ span: name.span, definition, isDeclaration: true });
    if (!scope.own.has(name.text)) scope.own.set(name.text, definition);
  }

  function createScope(outer: BindScope | undefined, span?: Span): BindScope {
    const own = new Map<string, Definition>();
    if (span) scopes.push({ span, own });
    return { own, find: (name) => own.get(name) ?? outer?.find(name) };
  }

  /** What a stage applies by this name: what the file declares comes before what is built in. */
  function calleeOf(name: string): Definition | undefined {
    return top.get(name) ?? (name === residual.kind ? undefined : builtIn(findLayer(name)));
  }

  /** The layer or block that a `let` or a parameter holds, the first time that it is known; anything else is itself. */
  function heldBy(named: Definition): Definition {
    const { constant } = named;
    if (constant === undefined || !isLayer(constant)) return named;
    const { callee, text } = constant;
    const declared = top.get(text);
    if (callee.kind === 'block') return { kind: 'block', name: text, block: callee.block };
    if (callee.kind !== 'layer') return named;
    return declared?.layer === callee.layer ? declared : (builtIn(callee.layer) ?? named);
  }

  /** The parameter of a block or an `act`, or the option of a built-in layer. */
  function optionOf(named: Definition, option: string): Definition | undefined {
    const callee = heldBy(named);
    const { block, layer, span } = callee;
    if (callee.kind === 'block' && block) {
      const name = headNames(block).find(({ text }) => text === option);
      return name && defined('parameter', name, { block });
    }
    const parameter = span && actAt(span)?.parameters.find(({ name }) => name.text === option);
    if (parameter) return defined('parameter', parameter.name);
    return layer && Object.hasOwn(layer.options, option) ? { kind: 'option', name: option, layer } : undefined;
  }
}

/** Names with the definitions that they have in one pair of braces, or in a head. */
interface BindScope {
  readonly own: Map<string, Definition>;
  find(name: string): Definition | undefined;
}

interface ScopeRange {
  readonly span: Span;
  readonly own: ReadonlyMap<string, Definition>;
}

/** The labels of one scope of paths. */
type Labels = Map<string, Definition>;

interface KnownFunctions {
  has(name: string): boolean;
}

const sizeFunctions: KnownFunctions = { has: (name) => Object.hasOwn(functions, name) };

function textOf({ text }: Name): string {
  return text;
}

/** Every name in an expression that is looked up. */
function namesIn(expression: Expression): readonly Name[] {
  return expression.kind === 'name' ? [expression] : operandsOf(expression).flatMap(namesIn);
}

/** What labels that are the same have in common: their words, and the places of what is computed. */
function labelKey({ parts }: Label): string {
  return parts.map((part) => (typeof part === 'string' ? part : `{${part.span.start}}`)).join('');
}

function sharesLabel({ arguments: all }: Call, scope: BindScope): boolean {
  return all.some(isShare) && !scope.find('share');
}

function callableOfDefinition({ kind, block, layer, constant }: Definition): Callable | undefined {
  if (kind === 'block' && block) return callableOf(block);
  return layer ?? (constant !== undefined && isLayer(constant) ? callableFor(constant.callee) : undefined);
}

/** An activation is defined in the prelude, where one can go; any other layer has no text. */
function builtIn(layer: AnyLayer | undefined): Definition | undefined {
  if (!layer) return undefined;
  if (!layer.formula) return { kind: 'layer', name: layer.name, layer };
  const start = prelude.lastIndexOf(` ${layer.name}(`, layer.formula.span.start) + 1;
  const span = { source: preludeName, start, end: start + layer.name.length };
  return { kind: 'activation', name: layer.name, span, layer };
}

function functionNamed(name: string): Definition {
  return { kind: 'function', name };
}

function isConstant({ kind }: Definition): boolean {
  return kind === 'let';
}

function referenceAt(references: readonly Reference[], offset: number): Reference | undefined {
  const behind = firstIndex(references, ({ span }) => span.start > offset);
  // A short form holds no other name, but a label's braces do: the last one that starts before is the innermost.
  return references.slice(Math.max(0, behind - 8), behind).findLast(({ span }) => span.end >= offset);
}

function visibleAt(
  scopes: readonly ScopeRange[],
  constants: readonly Definition[],
  offset: number,
): readonly Definition[] {
  const around = scopes
    .filter(({ span }) => span.start < offset && offset <= span.end)
    .sort((left, right) => left.span.end - left.span.start - (right.span.end - right.span.start));
  const before = around.flatMap(({ own }) => [...own.values()].filter(({ span }) => span!.end <= offset));
  const seen = new Set<string>();
  return [...before, ...constants].filter(({ name }) => !seen.has(name) && seen.add(name));
}
