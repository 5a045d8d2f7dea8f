import type { Span } from '../../grammar/source.ts';
import { type Fault, type Severity, severityOf } from '../fault.ts';
import { inOrder, locator, type Region, type Texts } from './places.ts';
import { faultMessage, shorten } from './report.ts';

/** What `--json` prints for faults. Lines and columns count from 1, offsets from 0; all are in UTF-16 units. */
export interface FaultsJson {
  /** Of this form; it changes when a reader of it must change. */
  readonly version: 1;
  readonly diagnostics: readonly DiagnosticJson[];
}

export interface DiagnosticJson {
  readonly file: string;
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  readonly range: Region;
  /** The places of the causes, then the calls that led into a block, the outermost first. */
  readonly because?: readonly { readonly file: string; readonly range: Region; readonly message: string }[];
  readonly fix?: { readonly title: string; readonly edits: readonly EditJson[] };
}

export interface EditJson {
  /** Only where it is not the file of the diagnostic. */
  readonly file?: string;
  readonly range: Region;
  readonly text: string;
}

export function faultsToJson(faults: readonly Fault[], texts: Texts): FaultsJson {
  const located = locator(texts);
  const range = (span: Span) => located.region(span);
  const diagnostics = inOrder(faults, texts).map((fault): DiagnosticJson => {
    const because = [...(fault.because ?? []), ...(fault.trace ?? [])].map(({ span, message }) => ({
      file: span.source,
      range: range(span),
      message: shorten(message),
    }));
    return {
      file: fault.span.source,
      severity: severityOf(fault),
      code: fault.code,
      message: faultMessage(fault),
      range: range(fault.span),
      ...(because.length > 0 && { because }),
      ...(fault.fix && {
        fix: {
          title: fault.fix.title,
          edits: fault.fix.edits.map(({ span, text }) => ({
            ...(span.source !== fault.span.source && { file: span.source }),
            range: range(span),
            text,
          })),
        },
      }),
    };
  });
  return { version: 1, diagnostics };
}
