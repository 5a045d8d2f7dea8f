import {
  type CodeBlockWriter,
  type FunctionDeclarationStructure,
  type InterfaceDeclarationStructure,
  StructureKind,
} from 'ts-morph';
import type { Graph } from '../../graph.ts';
import type { CompiledModel, KernelCall } from '../../kernel/kernel.ts';
import { propertyName } from '../literal.ts';
import type { Metadata } from '../metadata.ts';
import { docText, writeList, writeStatement } from '../text.ts';
import { movesWithItem, type Plan, type Port } from './plan.ts';

/** What `load` gives. One input or output is passed as it is, several are passed by name. */
export function modelInterface(graph: Graph, { inputs, outputs }: Plan): InterfaceDeclarationStructure {
  const [input, ...others] = inputs;
  return {
    kind: StructureKind.Interface,
    isExported: true,
    name: 'Model',
    docs: [docText(graph.doc ?? `${graph.name} with its weights.`)],
    methods: [
      {
        name: 'run',
        docs: [
          docText(
            'The numbers of all items, one item after the other, each in row-major order. Nothing is written to the input, and the result is new. Throws a `RangeError` where the length of an input is not that of the batch, which is 1 by default.',
          ),
        ],
        parameters: [
          input && others.length === 0
            ? { name: input.identifier, type: input.type }
            : { name: 'inputs', type: recordType(inputs) },
          { name: 'batch', type: 'number', hasQuestionToken: true },
        ],
        returnType: outputs.length === 1 ? outputs[0]!.type : recordType(outputs),
      },
    ],
  };
}

/** Reads and prepares the weights, and lays out the memory of a run once for all runs. */
export function loadFunction(model: CompiledModel, { weights }: Metadata, plan: Plan): FunctionDeclarationStructure {
  return {
    kind: StructureKind.Function,
    isExported: true,
    name: 'load',
    docs: [
      docText(
        'Makes a model of the bytes of a safetensors file; models share nothing. Throws a `WeightsError` where the file is damaged, or where a tensor is missing, misshapen or not part of the model.',
      ),
    ],
    parameters: [{ name: 'weights', type: 'Uint8Array' }],
    returnType: 'Model',
    statements: (writer) => {
      writeReading(writer, weights, plan);
      if (model.arena > 0) writeStatement(writer, `const arena = new Float32Array(${model.arena});`);
      for (const { identifier, size, place } of plan.buffers.values()) {
        if (place.kind === 'prepared') writeStatement(writer, `const ${identifier} = new Float32Array(${size});`);
        if (place.kind === 'arena')
          writeStatement(writer, `const ${identifier} = arena.subarray(${place.offset}, ${place.offset + size});`);
      }
      for (const call of model.prepare) writeStatement(writer, callText(call, plan));
      writer.write('return ').inlineBlock(() => {
        writer
          .write(`run(${inputPattern(plan.inputs)}, batch = 1) `)
          .inlineBlock(() => writeRun(writer, model, plan))
          .write(',');
      });
      writer.write(';');
    },
  };
}

function writeRun(writer: CodeBlockWriter, model: CompiledModel, plan: Plan): void {
  const { inputs, outputs } = plan;
  for (const [index, { identifier }] of inputs.entries())
    writeStatement(writer, `checkInput(metadata.inputs[${index}], ${identifier}, batch);`);
  for (const { identifier, type, size } of outputs)
    writeStatement(writer, `const ${identifier} = new ${type}(${product('batch', size)});`);
  writer.write('for (let item = 0; item < batch; item++) ').block(() => {
    for (const call of model.run) writeStatement(writer, callText(call, plan));
  });
  const [output, ...others] = outputs;
  writeStatement(writer, `return ${output && others.length === 0 ? output.identifier : recordText(outputs)};`);
}

/** `const [conv1Weight, , conv2Weight] = …`: only those that some kernel reads have a name. */
function writeReading(writer: CodeBlockWriter, weights: Metadata['weights'], { buffers }: Plan): void {
  const names = new Map(
    [...buffers.values()].flatMap(({ identifier, place }) =>
      place.kind === 'weight' ? [[place.name, identifier] as const] : [],
    ),
  );
  const places = weights.map(({ name }) => names.get(name) ?? '');
  const count = places.findLastIndex((name) => name !== '') + 1;
  const reading = 'readWeights(weights, metadata.weights, metadata.ignored);';
  if (count === 0) writer.writeLine(reading);
  else writeList(writer, 'const [', places.slice(0, count), `] = ${reading}`);
}

function callText({ kernel, arguments: names }: KernelCall, { kernels, buffers }: Plan): string {
  const { name, parameters } = kernels.get(kernel)!;
  const passed = names.flatMap((each, index) => {
    const buffer = buffers.get(each)!;
    if (!parameters[index]!.moves) return [buffer.identifier];
    return [buffer.identifier, movesWithItem(buffer) ? product('item', buffer.size) : '0'];
  });
  return `${name}(${passed.join(', ')});`;
}

function product(variable: string, size: number): string {
  return size === 1 ? variable : `${variable} * ${size}`;
}

function inputPattern(inputs: readonly Port[]): string {
  return inputs.length === 1 ? inputs[0]!.identifier : recordText(inputs);
}

/** `{ left, right }`, of the names within the module by those that users know: a pattern, or an object. */
function recordText(ports: readonly Port[]): string {
  const parts = ports.map(({ name, identifier }) =>
    name === identifier ? name : `${propertyName(name)}: ${identifier}`,
  );
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

function recordType(ports: readonly Port[]): string {
  const parts = ports.map(({ name, type }) => `readonly ${propertyName(name)}: ${type}`);
  return parts.length === 0 ? 'Record<never, never>' : `{ ${parts.join('; ')} }`;
}
