import type { CodeBlockWriter, WriterFunction } from 'ts-morph';
import type { Float, Index, Kernel, Statement } from '../../kernel/kernel.ts';
import { expressionsOf, visitParts } from '../../kernel/walk.ts';
import { namer } from '../names.ts';
import type { RuntimeName } from '../runtime.ts';
import { width, writeDocComment, writeStatement } from '../text.ts';
import { call, primary } from './expression.ts';
import { type FloatScope, floatExpression } from './float.ts';
import { indexExpression, sum } from './index.ts';
import { lookedUpIn, nonNegativeIn } from './index-facts.ts';
import type { KernelForm } from './plan.ts';
import { type Spelling, spellings } from './scalar.ts';

/** The function of one kernel. */
export function kernelFunction(kernel: Kernel, form: KernelForm): WriterFunction {
  const give = namer(copiesOf(kernel));
  const names = new Map([...namesIn(kernel)].map((name) => [name, give(name)]));
  const moving = kernel.parameters.filter((_, index) => form.parameters[index]!.moves);
  const offsets = new Map(moving.map(({ name }) => [name, give(`${name}At`)]));
  const whole = new Set(kernel.parameters.flatMap(({ name }, index) => (form.parameters[index]!.whole ? [name] : [])));
  const scope: FloatScope = {
    name: (each) => names.get(each)!,
    isNonNegative: nonNegativeIn(kernel),
    isLookedUp: lookedUpIn(kernel),
    floor(value) {
      const expression = floatExpression(value, scope);
      return value.kind === 'load' && whole.has(value.buffer) ? expression : call('Math.floor', [expression]);
    },
    element(buffer, at) {
      const offset = offsets.get(buffer);
      const place = offset === undefined ? at : at.text === '0' ? primary(offset) : sum(primary(offset), at);
      return `${scope.name(buffer)}[${place.text}]`;
    },
  };
  const parameters = kernel.parameters.flatMap(({ name }, index) => {
    const offset = offsets.get(name);
    return [`${scope.name(name)}: ${form.parameters[index]!.type}`, ...(offset ? [`${offset}: number`] : [])];
  });
  return (writer) => {
    writeDocComment(writer, kernel.comment);
    writeHead(writer, form.name, parameters);
    writer.inlineBlock(() => writeStatements(writer, kernel.body, scope));
  };
}

function writeHead(writer: CodeBlockWriter, name: string, parameters: readonly string[]): void {
  const head = `function ${name}(${parameters.join(', ')}): void `;
  if (head.length < width) {
    writer.write(head);
    return;
  }
  writer.writeLine(`function ${name}(`);
  writer.indent(() => {
    for (const parameter of parameters) writer.writeLine(`${parameter},`);
  });
  writer.write('): void ');
}

function writeStatements(writer: CodeBlockWriter, statements: readonly Statement[], scope: FloatScope): void {
  for (const statement of statements) {
    if (statement.kind === 'loop') {
      const variable = scope.name(statement.variable);
      const [from, to] = [indexExpression(statement.from, scope).text, indexExpression(statement.to, scope).text];
      const step = statement.step === 1 ? `${variable}++` : `${variable} += ${statement.step}`;
      writer
        .write(`for (let ${variable} = ${from}; ${variable} < ${to}; ${step}) `)
        .block(() => writeStatements(writer, statement.body, scope));
    } else {
      writeStatement(writer, simpleStatement(statement, scope));
    }
  }
}

function simpleStatement(statement: Exclude<Statement, { kind: 'loop' }>, scope: FloatScope): string {
  switch (statement.kind) {
    case 'local': {
      const { text } = floatExpression(statement.value, scope);
      return `${statement.mutable ? 'let' : 'const'} ${scope.name(statement.name)} = ${text};`;
    }
    case 'index':
      return `const ${scope.name(statement.name)} = ${indexExpression(statement.value, scope).text};`;
    case 'assign':
      return assignment(statement.name, statement.value, scope);
    case 'store': {
      const place = scope.element(statement.buffer, indexExpression(statement.at, scope));
      return `${place} = ${floatExpression(statement.value, scope).text};`;
    }
  }
}

/** `sum += x` for `sum = sum + x`. */
function assignment(name: string, value: Float, scope: FloatScope): string {
  if (value.kind === 'apply' && value.op === 'add') {
    const [left, right] = value.arguments;
    if (left?.kind === 'local' && left.name === name)
      return `${scope.name(name)} += ${floatExpression(right!, scope).text};`;
  }
  return `${scope.name(name)} = ${floatExpression(value, scope).text};`;
}

/** All names of a kernel, of parameters first. */
function namesIn({ parameters, body }: Kernel): ReadonlySet<string> {
  const names = new Set(parameters.map((parameter) => parameter.name));
  const visit = (statement: Statement): void => {
    if (statement.kind === 'loop') {
      names.add(statement.variable);
      statement.body.forEach(visit);
    } else if (statement.kind === 'local' || statement.kind === 'index') {
      names.add(statement.name);
    }
  };
  body.forEach(visit);
  return names;
}

/** What a kernel uses of `runtime/`. */
export function copiesOf({ body }: Kernel): ReadonlySet<RuntimeName> {
  const copies = new Set<RuntimeName>();
  const visitPart = (part: Float | Index): void => {
    if (part.kind !== 'apply') return;
    const spelling: Spelling = spellings[part.op];
    if (spelling.copies) copies.add(spelling.copies);
  };
  const visit = (statement: Statement): void => {
    for (const expression of expressionsOf(statement)) visitParts(expression, visitPart);
    if (statement.kind === 'loop') statement.body.forEach(visit);
  };
  body.forEach(visit);
  return copies;
}
