import { type Fault, type Severity, severityOf } from '../fault.ts';
import { visible } from './display.ts';
import { inOrder, type Locator, locator, type PathOf, type Texts } from './places.ts';
import { causesOf, faultMessage, shorten } from './report.ts';

/**
 * Faults as workflow commands of GitHub, one on each line: what a step of a workflow prints so is shown beside the lines of
 * a pull request.
 *
 *     ::error file=lenet.net,line=6,endLine=6,col=15,endColumn=18,title=shape/features::`linear` is written for 400 …
 */
export function faultsToGitHub(faults: readonly Fault[], texts: Texts, pathOf: PathOf = (source) => source): string {
  const located = locator(texts);
  return inOrder(faults, texts)
    .map((fault) => command(fault, located, pathOf))
    .join('\n');
}

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', hint: 'notice' };

function command(fault: Fault, located: Locator, pathOf: PathOf): string {
  const { start, end } = located.region(fault.span);
  // Columns are refused for more than one line, and what ends before the first column of a line ends on the line above.
  const lastLine = end.column === 1 && end.line > start.line ? end.line - 1 : end.line;
  const properties = {
    file: pathOf(fault.span.source),
    line: start.line,
    endLine: lastLine,
    ...(end.line === start.line && { col: start.column, endColumn: end.column }),
    title: fault.code,
  };
  const words = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${commands[severityOf(fault)]} ${words.join(',')}::${escapeData(message(fault, located, pathOf))}`;
}

/** What is wrong, then a line for each cause and for the edit: the annotation shows no frame of code. */
function message(fault: Fault, located: Locator, pathOf: PathOf): string {
  const causes = causesOf(fault).map(({ span, message }) => {
    const { line, column } = located.region(span).start;
    return `${visible(pathOf(span.source))}:${line}:${column}: ${message}`;
  });
  const fix = fault.fix ? [`fix: ${shorten(fault.fix.title)}`] : [];
  return [faultMessage(fault), ...causes, ...fix].join('\n');
}

/** A line ends a command, and a percent sign begins what stands for another sign. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** In a property, the signs that separate properties as well. */
function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
