import {
  type ClassDeclarationStructure,
  type CodeBlockWriter,
  type MethodDeclarationStructure,
  StructureKind,
} from 'ts-morph';
import type { Graph } from '../../graph.ts';
import { literal } from '../literal.ts';
import { docText, oneLine, writeStatement } from '../text.ts';
import type { CustomActivation } from './activation.ts';
import { initializerCode } from './model.ts';
import type { TensorFunction } from './scalar.ts';

/** The class of an activation: a layer with its value, its derivatives, and its learned numbers if it has any. */
export function activationClass(
  { name: net }: Graph,
  { doc, learned, perChannel, ...functions }: CustomActivation,
  name: string,
): ClassDeclarationStructure {
  return {
    kind: StructureKind.Class,
    isExported: true,
    name,
    extends: 'tf.layers.Layer',
    docs: [wrapped(doc)],
    properties: [
      // Stored models name their classes, which tfjs keeps by this name, those of all modules together.
      {
        name: 'className',
        isStatic: true,
        isReadonly: true,
        type: 'string',
        initializer: literal(stored(`${net}>${name}`)),
      },
    ],
    methods: [...(learned.length > 0 ? [buildMethod(learned, perChannel)] : []), callMethod(learned, functions)],
  };
}

/** tfjs takes underscores out of the names of classes in what it has stored. */
function stored(name: string): string {
  return name.replaceAll(/_+(\w|$)/g, (_, next: string) => next.toUpperCase());
}

function buildMethod(learned: CustomActivation['learned'], perChannel: boolean): MethodDeclarationStructure {
  const shape = perChannel ? 'shapeOf(inputShape).slice(-1)' : '[1]';
  return {
    kind: StructureKind.Method,
    hasOverrideKeyword: true,
    name: 'build',
    parameters: [{ name: 'inputShape', type: 'tf.Shape | tf.Shape[]' }],
    returnType: 'void',
    statements: [
      ...learned.map(({ name, init }) => {
        const values = [literal(name), shape, "'float32'", initializerCode(init)];
        return `this.addWeight(${values.join(', ')});`;
      }),
      'super.build(inputShape);',
    ],
  };
}

function callMethod(
  learned: CustomActivation['learned'],
  { value, derivatives }: Pick<CustomActivation, 'value' | 'derivatives'>,
): MethodDeclarationStructure {
  const weights = learned.length > 0 ? 'this.weights.map((weight) => weight.read())' : '';
  return {
    kind: StructureKind.Method,
    hasOverrideKeyword: true,
    name: 'call',
    parameters: [{ name: 'inputs', type: 'tf.Tensor | tf.Tensor[]' }],
    returnType: 'tf.Tensor',
    statements: (writer) => {
      writer.writeLine('return differentiable(').indent(() => {
        writer.writeLine(weights === '' ? 'operandsOf(inputs),' : `[...operandsOf(inputs), ...${weights}],`);
        for (const each of [value, ...derivatives]) writeFunction(writer, each);
      });
      writer.write(');');
    },
  };
}

function writeFunction(writer: CodeBlockWriter, { parameters, statements, value }: TensorFunction): void {
  const head = `(${parameters.join(', ')}) =>`;
  if (statements.length === 0) {
    writeStatement(writer, `${head} ${value},`);
    return;
  }
  writer.writeLine(`${head} {`).indent(() => {
    for (const statement of [...statements, `return ${value};`]) writeStatement(writer, statement);
  });
  writer.writeLine('},');
}

function wrapped(text: string): string {
  return oneLine(docText(text))
    .replaceAll(/(.{1,113})(?: |$)/g, '$1\n')
    .trimEnd();
}
