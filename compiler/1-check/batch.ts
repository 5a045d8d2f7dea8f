import type { Expression, Net, TensorType } from '../../grammar/ast.ts';
import { expressionText } from '../expression-text.ts';
import { type Fault, fault } from '../fault.ts';

/** What an axis of the batch is called in other frameworks. */
const batchNames = new Set(['batch', 'batch_size', 'batchsize', 'bs', 'none']);
/** Names that may as well count something else, but not before the axes of a picture. */
const shortNames = new Set(['n', 'b']);

/**
 * The net without an axis for the batch in the shapes of its head, which is reported where it is written. `knows` says whether
 * a name stands for a constant.
 */
export function withoutBatch(net: Net, knows: (name: string) => boolean, report: (fault: Fault) => void): Net {
  const first = net.inputs.map(({ type }) => type).find((type) => startsWithBatch(type, knows));
  if (!first) return net;
  const written = expressionText(first.dims[0]!);
  const hasBatch = ({ dims }: TensorType) => dims[0] !== undefined && expressionText(dims[0]) === written;
  const outputs = net.result?.outputs ?? [];
  const types = [...net.inputs, ...outputs].map(({ type }) => type).filter(hasBatch);
  const title = `[${first.dims.slice(1).map(expressionText).join(', ')}]`;
  const edits = types.map(({ dims: [batch, next] }) => ({
    span: { ...batch!.span, end: next?.span.start ?? batch!.span.end },
    text: '',
  }));
  report(fault('shape/batch', first.dims[0]!.span, { written, meant: title }, { fix: { title, edits } }));
  const rest = <Part extends { readonly type: TensorType }>(part: Part): Part =>
    hasBatch(part.type) ? { ...part, type: { ...part.type, dims: part.type.dims.slice(1) } } : part;
  return {
    ...net,
    inputs: net.inputs.map(rest),
    ...(net.result && { result: { ...net.result, outputs: outputs.map(rest) } }),
  };
}

function startsWithBatch({ dims }: TensorType, knows: (name: string) => boolean): boolean {
  const [first, ...others] = dims;
  if (!first || others.length === 0) return false;
  if (isMinusOne(first)) return true;
  if (first.kind !== 'name' || knows(first.text)) return false;
  const name = first.text.toLowerCase();
  return batchNames.has(name) || (shortNames.has(name) && others.length >= 3);
}

/** ONNX and `reshape` write it so. */
function isMinusOne(size: Expression): boolean {
  return size.kind === 'unary' && size.operator === '-' && size.operand.kind === 'number' && size.operand.value === 1;
}
