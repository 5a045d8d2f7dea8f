import { isPerChannel } from '../../activation.ts';
import { type Fault, fault, type Outcome } from '../../fault.ts';
import type { Graph, LayerNode, Value } from '../../graph.ts';
import { type Formula, fixed, type Initializer, type TfjsChannels, type TfjsLayer } from '../../layer.ts';
import { layerText } from '../../layer-text.ts';
import type { ElementType } from '../../shape.ts';
import { type CustomActivation, customActivation, ownActivation } from './activation.ts';
import { commonOrder, type LaidOut, laidOut, permutation, sizesIn } from './layout.ts';
import { type FollowingActivation, followingActivations, neededNodes } from './reading.ts';

/** A net as layers of tfjs that are applied to values: all that the printed code says, and in its order. */
export interface Plan {
  readonly inputs: readonly PlannedInput[];
  readonly applications: readonly Application[];
  /** Names of values, in the order of the net's results. */
  readonly outputs: readonly string[];
  /** Activations that tfjs lacks, in the order of their first use. */
  readonly activations: readonly CustomActivation[];
  /** Where the tensors of a file are in the model, by their names in the file. */
  readonly places: ReadonlyMap<string, Place>;
}

export interface PlannedInput {
  /** The name of the layer. */
  readonly name: string;
  /** The name of the value. */
  readonly result: string;
  readonly shape: readonly number[];
  readonly element: ElementType;
}

/** A layer that makes a value of others. */
export interface Application {
  readonly layer: PlannedLayer;
  readonly operands: readonly string[];
  /** The name of the value. */
  readonly result: string;
  /** What it stands for, as one would write it in a net; of the first of several layers only. */
  readonly text?: string;
}

/** A layer of the model. Where weights are shared, one layer is applied several times. */
export interface PlannedLayer {
  /** Unique in the model. */
  readonly name: string;
  /** A constructor of `tf.layers`, a class of `support/`, or an activation that tfjs lacks. */
  readonly type: string | CustomActivation;
  readonly config: Readonly<Record<string, unknown>>;
  /** How weights begin, by keys of the configuration. */
  readonly initializers: readonly (readonly [key: string, init: Initializer])[];
}

export interface Place {
  readonly layer: string;
  /** Which of the layer's weights it is. */
  readonly index: number;
  /** PyTorch's axes in tfjs's order. */
  readonly axes: readonly number[];
}

/** A layer before it has a name; as rows of `layer.ts` give it. */
type Spelt = Omit<TfjsLayer, 'layer'> & Pick<PlannedLayer, 'type'>;

/** Plans all layers that the results need. Faults are what tfjs cannot do; the plan is not to be used then. */
export function planOf(graph: Graph): Outcome<Plan> {
  const { needed, idle } = neededNodes(graph);
  const following = followingActivations(graph, needed);
  const faults: Fault[] = [];
  const applications: Application[] = [];
  const activations = new Map<string, CustomActivation>();
  const places = new Map<string, Place>();
  const values = new Map<Value, LaidOut>();
  const layers = new Map<string, PlannedLayer>();
  const layerName = uniqueNames();
  const valueName = uniqueNames();

  // A file has tensors for them, but a model of tfjs is only what leads to its results.
  for (const node of idle.filter(({ weights }) => weights.length > 0))
    refuse(node, 'nothing of it reaches a result', 'return its value, or leave it out');
  const inputs = graph.inputs.map(planInput);
  for (const node of needed) planNode(node);
  const outputs = faults.length > 0 ? [] : planOutputs();
  return { value: { inputs, applications, outputs, activations: [...activations.values()], places }, faults };

  function planInput(value: Value): PlannedInput {
    const shape = fixed(value.type.shape);
    const input = { name: layerName(value.name), result: valueName(value.name), element: value.type.element };
    if (shape.length > 0) {
      values.set(value, laidOut(value.name, shape, 'first', input.result));
      return { ...input, shape };
    }
    // tfjs takes a single number for each item as a row of one.
    values.set(value, reshaped(laidOut(value.name, [1], 'first', input.result), []));
    return { ...input, shape: [1] };
  }

  function planNode(node: LayerNode): void {
    // A layer that reads nothing is applied to an input all the same, which says how many items there are.
    const read = node.layer.operands === 'none' ? graph.inputs.slice(0, 1) : node.inputs;
    const operands = read.flatMap((input) => values.get(input) ?? []);
    // What a refused layer would have given is missing, which has been said.
    if (operands.length < read.length) return;
    const { formula, tfjs } = node.layer;
    const own = read.length === 0 ? 'the net has no input' : tfjs?.refuses?.(node);
    const refused = formula ? undefined : tfjs ? own : 'tfjs has no such layer';
    if (refused !== undefined) refuse(node, refused, 'compile it to TypeScript');
    else if (formula) planActivation(node, operands[0]!, formula);
    else planLayers(node, operands);
  }

  function planActivation(node: LayerNode, operand: LaidOut, formula: Formula): void {
    // The layer before may apply it.
    if (values.has(node.output)) return;
    const activation = ownActivation(node, formula);
    const weights = node.weights.map(({ spec }) => ({ name: spec.name, axes: spec.shape.map((_, axis) => axis) }));
    const spelt =
      activation === undefined
        ? { type: known(customActivation(node, formula)), config: {}, weights }
        : { type: 'activation', config: { activation } };
    // What is learned for each channel lies along the last axis.
    applyLayers(node, [operand], [spelt], isPerChannel(node) ? 'last' : commonOrder([operand]));
  }

  /** Equal activations are one class. */
  function known(activation: CustomActivation): CustomActivation {
    const key = JSON.stringify(activation);
    const found = activations.get(key) ?? activation;
    activations.set(key, found);
    return found;
  }

  function planLayers(node: LayerNode, given: readonly LaidOut[]): void {
    const row = node.layer.tfjs!;
    const rank = node.output.type.shape.length;
    const operands = node.layer.operands === 'join' ? given.map((each) => broadcast(each, rank)) : given;
    const wanted = row.channels(node);
    const channels = wanted === 'any' ? commonOrder(operands) : wanted;
    const spelt: Spelt[] = row.build(node, channels).map(({ layer, ...each }) => ({ ...each, type: layer }));
    const last = spelt.pop();
    const next = last?.activates ? following.get(node.output) : undefined;
    if (!last) values.set(node.output, operands[0]!);
    else if (!next) applyLayers(node, operands, [...spelt, last], channels);
    else {
      const config = { ...last.config, activation: next.activation };
      applyLayers(node, operands, [...spelt, { ...last, config }], channels, next);
    }
  }

  /** Operands with fewer axes than the result get axes of one place in front. */
  function broadcast(operand: LaidOut, rank: number): LaidOut {
    const missing = rank - operand.shape.length;
    return missing > 0 ? reshaped(operand, [...new Array<number>(missing).fill(1), ...operand.shape]) : operand;
  }

  function reshaped(operand: LaidOut, shape: readonly number[]): LaidOut {
    const name = `${operand.name}.reshape`;
    const layer = newLayer(name, { type: 'reshape', config: { targetShape: shape } });
    return laidOut(name, shape, 'first', apply(layer, [inOrder(operand, 'first')], name));
  }

  function inOrder(operand: LaidOut, channels: TfjsChannels): string {
    const found = operand.results.get(channels);
    if (found !== undefined) return found;
    const name = `${operand.name}.${channels}`;
    const layer = newLayer(name, { type: 'permute', config: { dims: permutation(operand.shape.length, channels) } });
    const result = apply(layer, [...operand.results.values()].slice(0, 1), name);
    operand.results.set(channels, result);
    return result;
  }

  /**
   * The operands in this order, each a value of its own. tfjs counts a layer that reads a value twice as one reader but
   * discounts two, so that it would free the value before its other readers come.
   */
  function distinct(operands: readonly LaidOut[], channels: TfjsChannels): readonly string[] {
    const results = operands.map((each) => inOrder(each, channels));
    return results.map((result, place) => {
      const { name, shape } = operands[place]!;
      return results.indexOf(result) < place ? copied(result, sizesIn(shape, channels), `${name}.copy`) : result;
    });
  }

  function copied(result: string, shape: readonly number[], name: string): string {
    return apply(newLayer(name, { type: 'reshape', config: { targetShape: shape } }), [result], name);
  }

  /** Applies layers in sequence, the first of them to the operands. */
  function applyLayers(
    node: LayerNode,
    operands: readonly LaidOut[],
    spelt: readonly Spelt[],
    channels: TfjsChannels,
    next?: FollowingActivation,
  ): void {
    let results = distinct(operands, channels);
    const text = [node, ...(next ? [next.node] : [])].map(layerText).join(' | ');
    const explained = node.weights.length > 0 || spelt.length > 1;
    // The layer with the weights bears the name of the node.
    const weighted = spelt.findIndex(({ weights = [] }) => weights.length > 0);
    const main = weighted < 0 ? spelt.length - 1 : weighted;
    for (const [index, each] of spelt.entries()) {
      const name = index === main ? node.path : `${node.path}.${String(each.type)}`;
      const layer = layerOf(node, index, name, each);
      const isExplained = explained && index === 0;
      results = [apply(layer, results, name, isExplained ? `${node.path}: ${text}` : undefined)];
    }
    const value = laidOut(node.path, fixed(node.output.type.shape), channels, results[0]!);
    values.set(node.output, value);
    if (next) values.set(next.node.output, value);
  }

  /** The layer of a node, which others that share its path have as well. */
  function layerOf(node: LayerNode, index: number, name: string, spelt: Spelt): PlannedLayer {
    const key = `${index} ${node.path}`;
    const found = layers.get(key);
    const { weights = [] } = spelt;
    if (found && JSON.stringify([found.type, found.config]) === JSON.stringify([spelt.type, spelt.config]))
      return found;
    if (found && weights.length > 0)
      refuse(node, 'a layer that shares its weights is padded in another way', 'give both values the same sizes');
    const inits = new Map(node.weights.map((weight) => [weight.spec.name, weight]));
    const layer = newLayer(name, spelt, (weight) => inits.get(weight)!.spec.init);
    layers.set(key, layer);
    for (const [place, weight] of weights.entries())
      if (weight) places.set(inits.get(weight.name)!.name, { layer: layer.name, index: place, axes: weight.axes });
    return layer;
  }

  function newLayer(
    name: string,
    { type, config, weights = [] }: Spelt,
    init?: (weight: string) => Initializer,
  ): PlannedLayer {
    const initializers = weights.flatMap((weight) =>
      weight?.initializer !== undefined && init ? [[weight.initializer, init(weight.name)] as const] : [],
    );
    return { name: layerName(name), type, config, initializers };
  }

  function apply(layer: PlannedLayer, operands: readonly string[], name: string, text?: string): string {
    const result = valueName(name);
    applications.push({ layer, operands, result, ...(text !== undefined && { text }) });
    return result;
  }

  /** In PyTorch's order. tfjs wants values that are all different. */
  function planOutputs(): readonly string[] {
    const outputs = new Set<string>();
    for (const { name, value } of graph.outputs) {
      const result = inOrder(values.get(value)!, 'first');
      outputs.add(outputs.has(result) ? copied(result, fixed(value.type.shape), name) : result);
    }
    return [...outputs];
  }

  function refuse(node: LayerNode, why: string, instead: string): void {
    faults.push(fault('use/target', node.span, { layer: node.layer.name, target: 'tfjs', why, instead }));
  }
}

/** Gives each text a name of its own that tfjs allows for layers, which is the text itself where it can be. */
function uniqueNames(): (text: string) => string {
  const used = new Set<string>();
  return (text) => {
    const base = text.replaceAll(/[^A-Za-z0-9._-]/g, '_').replace(/^(?![A-Za-z0-9])/, 'n');
    let name = base;
    for (let count = 2; used.has(name); count++) name = `${base}_${count}`;
    used.add(name);
    return name;
  };
}
