import type { File, Import } from '../../grammar/ast.ts';
import type { Span } from '../../grammar/source.ts';
import { type Because, type Fault, type Severity, severityOf } from '../fault.ts';
import { counted } from '../faults/words.ts';
import type { Imports } from '../imports.ts';
import { faultMessage } from '../report/report.ts';
import type { Snapshot } from './snapshot.ts';

/** What is wrong at one place of the text. */
export interface Diagnostic {
  /** Always of the text itself; what is wrong in an imported file stands where it is imported or called. */
  readonly span: Span;
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  /** Causes, then the calls that led into a block, in any file. */
  readonly related: readonly Because[];
  /** Nothing uses what stands here, so that it may be shown faded. */
  readonly isUnnecessary: boolean;
  readonly fault: Fault;
}

/** In the order of the text. */
export function diagnostics(snapshot: Snapshot): readonly Diagnostic[] {
  const own: Diagnostic[] = [];
  const foreign = new Map<string, Fault[]>();
  for (const fault of snapshot.faults) {
    const { source } = fault.span;
    const call = fault.trace?.find(({ span }) => span.source === snapshot.source.name);
    if (source === snapshot.source.name) own.push(diagnosed(fault, fault.span));
    else if (call) own.push(diagnosed(fault, call.span));
    else foreign.set(source, [...(foreign.get(source) ?? []), fault]);
  }
  const imported = [...foreign.values()].flatMap((faults) => importDiagnostic(snapshot, faults) ?? []);
  return [...own, ...imported].toSorted((left, right) => left.span.start - right.span.start);
}

/** Where the fault is in an imported block, the place is that of the call, and the fault's own one is related. */
function diagnosed(fault: Fault, span: Span): Diagnostic {
  const message = faultMessage(fault);
  const elsewhere = span === fault.span ? [] : [{ span: fault.span, message }];
  const trace = (fault.trace ?? []).filter((call) => call.span !== span);
  return {
    span,
    severity: severityOf(fault),
    code: fault.code,
    message,
    related: [...elsewhere, ...(fault.because ?? []), ...trace],
    isUnnecessary: fault.code === 'use/unused',
    fault,
  };
}

/** What is wrong with a file that is imported, said where it is; warnings are for those who open it. */
function importDiagnostic({ file, imports }: Snapshot, faults: readonly Fault[]): Diagnostic | undefined {
  const errors = faults.filter((fault) => severityOf(fault) === 'error');
  const [first] = errors;
  const declaration = first && importLeadingTo(first.span.source, file, imports, new Set());
  if (!first || !declaration) return undefined;
  return {
    span: declaration.from.span,
    severity: 'error',
    code: first.code,
    message: `${first.span.source} has ${counted(errors.length, 'error')}: ${faultMessage(first)}`,
    related: errors.map((fault) => ({ span: fault.span, message: faultMessage(fault) })),
    isUnnecessary: false,
    fault: first,
  };
}

/** The import of a file through which another one is read, by itself or by way of others. */
function importLeadingTo(source: string, file: File, imports: Imports, seen: Set<File>): Import | undefined {
  if (seen.has(file)) return undefined;
  seen.add(file);
  return file.declarations.find((each): each is Import => {
    const imported = each.kind === 'import' ? imports.fileOf(each) : undefined;
    if (!imported) return false;
    return imported.span.source === source || importLeadingTo(source, imported, imports, seen) !== undefined;
  });
}
