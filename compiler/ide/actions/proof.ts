import { format } from '../../../grammar/print.ts';
import { requirementText } from '../../dim.ts';
import { areFewer, type Edit, hasErrors } from '../../fault.ts';
import { type Graph, type Value, weightsOf } from '../../graph.ts';
import { layerText } from '../../layer-text.ts';
import { signature, typeText } from '../../signature.ts';
import { applyEdits } from '../edits.ts';
import { type Snapshot, variant } from '../snapshot.ts';
import type { ActionRequest } from './action.ts';
import { draft } from './draft.ts';
import { isLaidOut } from './layout.ts';

/** What is known of edits that keep what all nets compute. */
export interface Proof {
  /** Those that were given, and where the text was in the canonical layout those that keep it so. */
  readonly edits: readonly Edit[];
  /** What becomes of the names of weights; of a block that no net here calls, other files may know. */
  readonly names: 'same' | 'others' | 'unknown';
}

/** The title of an action, with what is to be known before about the names of weights. */
export function titleWith(title: string, { names }: Pick<Proof, 'names'>): string {
  if (names === 'same') return title;
  return `${title} (names of weights ${names === 'others' ? 'change' : 'may change'})`;
}

/**
 * Analyzes the text with edits made. Undefined where a net would compute something else, or anything new would be wrong: the
 * checker decides whether a refactoring holds, so that the refactorings themselves need not foresee all that could go wrong.
 */
export function prove(snapshot: Snapshot, edits: readonly Edit[]): Proof | undefined {
  const edited = laidOutAgain(snapshot, edits);
  const now = variant(snapshot, applyEdits(snapshot.source.text, edited));
  if (!areFewer(now.faults, snapshot.faults)) return undefined;
  const [before, after] = [snapshot.graphs, now.graphs];
  if (before.length !== after.length || !before.every((graph, index) => isSameNet(graph, after[index]!))) {
    return undefined;
  }
  const isSame = String(before.map(namesOf)) === String(after.map(namesOf));
  return { edits: edited, names: !isSame ? 'others' : areInNets(snapshot, edits) ? 'same' : 'unknown' };
}

/** Whether every block that is edited is called in some net, whose weights tell what becomes of their names. */
function areInNets({ file, graphs }: Snapshot, edits: readonly Edit[]): boolean {
  const called = new Set(graphs.flatMap(({ calls }) => calls.map(({ block }) => block)));
  return file.declarations.every(
    (each) =>
      each.kind !== 'block' ||
      called.has(each.name.text) ||
      !edits.some(({ span }) => each.span.start < span.end && span.start < each.span.end),
  );
}

/** Whether the text can be read as it stands, so that places of the tree are places of the text. */
export function isReadable({ faults }: Snapshot): boolean {
  return !faults.some(({ code }) => code.startsWith('syntax/'));
}

/**
 * Whether actions that need a proof may be offered: all of the text is understood, and either somebody asks for them or the
 * text is small, since editors ask for all actions at each move of the cursor.
 */
export function isProvable(request: ActionRequest, kind: string): boolean {
  const { snapshot } = request;
  return !hasErrors(snapshot.faults) && (request.isAsked(kind) || isSmall(snapshot));
}

/** So many layers, of so long a text, are analyzed in the time of a few milliseconds. */
const [mostLayers, longestText] = [60, 10_000];

function isSmall({ graphs, source }: Snapshot): boolean {
  if (source.text.length > longestText) return false;
  return graphs.reduce((sum, { nodes }) => sum + nodes.length, 0) <= mostLayers;
}

function laidOutAgain({ source }: Snapshot, edits: readonly Edit[]): readonly Edit[] {
  const edited = draft(source.name, source.text).edited(edits);
  const { text } = edited;
  if (!isLaidOut(source) || isLaidOut({ name: source.name, text })) return edits;
  const { value, faults } = format({ name: source.name, text });
  if (faults.length > 0) return edits;
  return edited.edited([difference(source.name, text, value)]).edits;
}

/** The one edit that makes the second text of the first. */
function difference(source: string, before: string, after: string): Edit {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let [end, afterEnd] = [before.length, after.length];
  while (end > start && afterEnd > start && before[end - 1] === after[afterEnd - 1]) {
    end--;
    afterEnd--;
  }
  return { span: { source, start, end }, text: after.slice(start, afterEnd) };
}

/** Whether two nets compute the same, of weights of the same shapes, whatever these are called. */
function isSameNet(left: Graph, right: Graph): boolean {
  return formOf(left) === formOf(right);
}

/** A net without its paths: layers and weights go by their order. */
function formOf(graph: Graph): string {
  const values = new Map<Value, number>();
  const numberOf = (value: Value) => values.get(value) ?? values.set(value, values.size).size - 1;
  const weights = new Map(weightsOf(graph).map(({ name }, index) => [name, index]));
  for (const input of graph.inputs) numberOf(input);
  return [
    signature(graph),
    ...graph.nodes.map((node) => {
      const operands = node.inputs.map(numberOf);
      const owned = node.weights.map(({ name, spec }) => `${weights.get(name)}[${spec.shape}]`);
      const what = `${layerText(node)} ${node.layer.formula?.text ?? ''}`;
      return `${numberOf(node.output)} = ${what} ${operands} ${owned} ${typeText(node.output.type)}`;
    }),
    ...graph.outputs.map(({ name, value }) => `${name} = ${numberOf(value)}`),
    ...graph.requirements.map(requirementText),
  ].join('\n');
}

function namesOf(graph: Graph): readonly string[] {
  return weightsOf(graph).map(({ name }) => name);
}
