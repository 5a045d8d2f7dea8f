import type { Declaration } from '../../../grammar/ast.ts';
import type { Edit } from '../../fault.ts';
import { linesOf } from '../lines.ts';
import type { Snapshot } from '../snapshot.ts';
import { lineEndOf } from './layout.ts';
import { startWithComments } from './lines.ts';

/** Puts a declaration above another one and its comments, with a blank line on either side. */
export function declaredAbove({ source: { text } }: Snapshot, { span }: Declaration, declaration: string): Edit {
  const start = startWithComments(text, span.start);
  const lines = linesOf(text);
  const line = lines.at(start);
  const isParted = line === 0 || text.slice(lines.start(line - 1), lines.end(line - 1)).trim() === '';
  const written = `${isParted ? '' : '\n'}${declaration}\n\n`;
  return { span: { ...span, start, end: start }, text: written.replaceAll('\n', lineEndOf(text)) };
}
