import { type CodeBlockWriter, type FunctionDeclarationStructure, StructureKind, type WriterFunction } from 'ts-morph';
import type { Graph } from '../../graph.ts';
import type { Initializer } from '../../layer.ts';
import { literal, propertyName, writeLiteral } from '../literal.ts';
import { docText, oneLine, width, writeDocComment, writeStatement } from '../text.ts';
import type { ModuleNames } from './names.ts';
import type { Plan, PlannedLayer } from './plan.ts';

const layout = `The weights are drawn as PyTorch draws them. Values have PyTorch's axes, the batch first and then the channels.
Inside, channels stand last where tfjs wants them so: a \`permute\` stands where that changes, as before a \`flatten\`,
and the tensors of a file are turned when they are read.`;

/** `build`: all layers, applied one after the other. */
export function buildFunction(graph: Graph, plan: Plan, names: ModuleNames): FunctionDeclarationStructure {
  return {
    kind: StructureKind.Function,
    isExported: true,
    name: 'build',
    docs: [`${docText(graph.doc ?? `The net ${graph.name}.`)}\n\n${layout}`],
    returnType: 'tf.LayersModel',
    statements: (writer) => writeLayers(writer, graph, plan, names),
  };
}

function writeLayers(writer: CodeBlockWriter, graph: Graph, plan: Plan, names: ModuleNames): void {
  const { inputs, applications, outputs } = plan;
  for (const { name, result, shape, element } of inputs) {
    const type = element === 'i32' ? { dtype: 'int32' } : {};
    writeStatement(writer, `const ${names.valueOf(result)} = tf.input(${literal({ name, shape, ...type })});`);
  }
  const seen = new Set<PlannedLayer>();
  const repeated = new Set(applications.map(({ layer }) => layer).filter((each) => seen.size === seen.add(each).size));
  const declared = new Map<PlannedLayer, string>();
  for (const { layer, operands, result, text } of applications) {
    if (text !== undefined) writer.writeLine(`// ${oneLine(text)}`);
    if (repeated.has(layer) && !declared.has(layer)) {
      declared.set(layer, names.valueOf(`${layer.name} layer`));
      writeCode(writer, `const ${declared.get(layer)} = `, layerCode(layer, names), ';');
    }
    const applied = declared.get(layer) ?? layerCode(layer, names);
    const call = { open: 'apply(', parts: [applied, ...operands.map(names.valueOf)], close: ')' };
    writeCode(writer, `const ${names.valueOf(result)} = `, call, ';');
  }
  const parts = [
    `name: ${literal(graph.name)}`,
    `inputs: ${listed(inputs.map(({ result }) => names.valueOf(result)))}`,
    `outputs: ${listed(outputs.map(names.valueOf))}`,
  ];
  writeCode(writer, 'return ', { open: 'tf.model({', parts, close: '})' }, ';');
}

export const loadFunction: FunctionDeclarationStructure = {
  kind: StructureKind.Function,
  isExported: true,
  name: 'load',
  docs: [
    'The model with the weights of a safetensors file, which PyTorch may have written. Throws a `WeightsError` where the\nfile is damaged, or where a tensor is missing, misshapen or not part of the model.',
  ],
  parameters: [{ name: 'weights', type: 'Uint8Array' }],
  returnType: 'tf.LayersModel',
  statements: [
    'const values = readWeights(weights, metadata.weights, metadata.ignored);',
    'const model = build();',
    'setWeights(model, places, metadata.weights, values);',
    'return model;',
  ],
};

export const saveFunction: FunctionDeclarationStructure = {
  kind: StructureKind.Function,
  isExported: true,
  name: 'save',
  docs: [
    'The weights of a model that `build` or `load` made, or that tfjs has stored and read, as a safetensors file: for\n`load`, and for PyTorch.',
  ],
  parameters: [{ name: 'model', type: 'tf.LayersModel' }],
  returnType: 'Uint8Array',
  statements: ['return writeTensors(getWeights(model, places, metadata.weights));'],
};

export function placesStatement({ places }: Plan): WriterFunction {
  return (writer) => {
    writeDocComment(
      writer,
      "Where the tensors of a file are: the layer, which of its weights, and PyTorch's axes in tfjs's order.",
    );
    writer.write('const places: Places = ');
    writeLiteral(writer, Object.fromEntries(places));
    writer.write(';');
  };
}

/** Code that may be broken into a line for each of its parts. */
interface Code {
  readonly open: string;
  readonly parts: readonly (string | Code)[];
  readonly close: string;
}

function layerCode({ type, config, name, initializers }: PlannedLayer, names: ModuleNames): Code {
  const entries = [
    ...Object.entries({ name, ...config }).map(([key, value]) => `${propertyName(key)}: ${literal(value)}`),
    ...initializers.map(([key, init]) => `${propertyName(key)}: ${initializerCode(init)}`),
  ];
  const made = typeof type === 'string' && !/^\p{Lu}/u.test(type) ? `tf.layers.${type}` : `new ${names.classOf(type)}`;
  return { open: `${made}({`, parts: entries, close: '})' };
}

export function initializerCode(init: Initializer): string {
  switch (init.kind) {
    case 'uniform':
      return `uniform(${init.bound})`;
    case 'normal':
      return `tf.initializers.randomNormal({ mean: 0, stddev: ${init.deviation} })`;
    case 'constant':
      return `tf.initializers.constant({ value: ${init.value} })`;
  }
}

function writeCode(writer: CodeBlockWriter, before: string, code: Code, after: string): void {
  const line = `${before}${onOneLine(code)}${after}`;
  if (2 * writer.getIndentationLevel() + line.length <= width) {
    writer.writeLine(line);
    return;
  }
  writer.writeLine(`${before}${code.open}`);
  writer.indent(() => {
    for (const part of code.parts) {
      if (typeof part === 'string') writer.writeLine(`${part},`);
      else writeCode(writer, '', part, ',');
    }
  });
  writer.writeLine(`${code.close}${after}`);
}

function onOneLine({ open, parts, close }: Code): string {
  const inner = parts.map((part) => (typeof part === 'string' ? part : onOneLine(part))).join(', ');
  // An object has spaces within its braces.
  return open.endsWith('{') ? `${open} ${inner} ${close}` : `${open}${inner}${close}`;
}

function listed(texts: readonly string[]): string {
  return texts.length === 1 ? texts[0]! : `[${texts.join(', ')}]`;
}
