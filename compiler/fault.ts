import type { Span } from '../grammar/source.ts';
import { type FaultCode, faultKinds } from './faults/index.ts';

export type Severity = 'error' | 'warning' | 'hint';

/**
 * What a code means to people. The words stand here, beside the explanation that `netc explain` and the manual print,
 * so that a rule only has to give its evidence. Each category of codes is one file of `faults/`.
 */
export interface FaultKind<Evidence> {
  readonly severity: Severity;
  /** One sentence without a full stop: what was found and what was expected. */
  readonly message: (evidence: Evidence) => string;
  /** A few words beside the carets. */
  readonly label?: (evidence: Evidence) => string;
  /** Markdown: what it means, a wrong example, a right one. */
  readonly explain: string;
}

/** One mistake: a code, its place and its evidence as plain data. Only `report.ts` words it. */
export type Fault = { readonly [Code in FaultCode]: FaultOf<Code> }[FaultCode];

export interface FaultOf<Code extends FaultCode> {
  readonly code: Code;
  readonly span: Span;
  readonly evidence: EvidenceOf<Code>;
  /** Where the cause stands: "gives [576] here: 16 × 6 × 6". */
  readonly because?: readonly Because[];
  /** The edit that repairs it, where one does. */
  readonly fix?: Fix;
  /** The calls that led into a block, outermost first. */
  readonly trace?: readonly Because[];
}

export type EvidenceOf<Code extends FaultCode> = Parameters<(typeof faultKinds)[Code]['message']>[0];

export interface Because {
  readonly span: Span;
  readonly message: string;
}

export interface Fix {
  /** The repaired text or what the edit does: "linear 576->120". */
  readonly title: string;
  /** Other ways, in words: "or let it be inferred: linear ->120". */
  readonly alternative?: string;
  /** Those of them that are edits. */
  readonly alternatives?: readonly Fix[];
  /** An input of another size would do as well, and whoever knows all of the net says of which. */
  readonly orOtherSizes?: boolean;
  /** It holds sizes of this place, so that it is wrong where the same lines are used with others, as those of a block are. */
  readonly isLocal?: boolean;
  readonly edits: readonly Edit[];
}

export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** The edit that puts a text in the place of what stands there. */
export function replacement(span: Span, text: string, title = text): Fix {
  return { title, edits: [{ span, text }] };
}

/** What every phase returns: the best value it could make, and what was wrong. */
export interface Outcome<Value> {
  readonly value: Value;
  readonly faults: readonly Fault[];
}

/** Makes a fault; the evidence is typed by the code. */
export function fault<Code extends FaultCode>(
  code: Code,
  span: Span,
  evidence: EvidenceOf<Code>,
  extra: Pick<FaultOf<Code>, 'because' | 'fix' | 'trace'> = {},
): Fault {
  return { code, span, evidence, ...extra } as FaultOf<FaultCode> as Fault;
}

export function severityOf(fault: Fault): Severity {
  return faultKinds[fault.code].severity;
}

/** Whether any fault forbids to compile. */
export function hasErrors(faults: readonly Fault[]): boolean {
  return faults.some((each) => severityOf(each) === 'error');
}

/** Whether there is no sort of fault that was not there before as often. */
export function areFewer(now: readonly Fault[], before: readonly Fault[]): boolean {
  const left = before.map(({ code }) => code);
  return now.every(({ code }) => {
    const index = left.indexOf(code);
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  });
}
