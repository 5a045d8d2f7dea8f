import type * as sarif from 'sarif';
import type { Span } from '../../grammar/source.ts';
import { type Because, type Edit, type Fault, type FaultKind, type Severity, severityOf } from '../fault.ts';
import { type FaultCode, faultKinds } from '../faults/index.ts';
import { inOrder, type Locator, locator, type PathOf, type Texts } from './places.ts';
import { faultMessage, shorten } from './report.ts';

export interface SarifOptions {
  /** The version of netc. */
  readonly version: string;
  /** The URI, with a slash at its end, of the folder that relative paths are counted from, where it is to be named. */
  readonly root?: string;
  readonly pathOf?: PathOf;
}

/** Faults in the Static Analysis Results Interchange Format, version 2.1.0, which code scanning services read. */
export function faultsToSarif(faults: readonly Fault[], texts: Texts, options: SarifOptions): sarif.Log {
  const { version, root, pathOf = (source) => source } = options;
  const codes = [...new Set(faults.map(({ code }) => code))].sort();
  const places: Places = { located: locator(texts), pathOf };
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'netc', semanticVersion: version, rules: codes.map(ruleOf) } },
        originalUriBaseIds: {
          [rootId]: {
            ...(root !== undefined && { uri: root }),
            description: { text: 'The folder that relative paths are counted from.' },
          },
        },
        columnKind: 'utf16CodeUnits',
        newlineSequences: ['\r\n', '\n', '\r'],
        results: inOrder(faults, texts).map((fault) => resultOf(fault, codes.indexOf(fault.code), places)),
      },
    ],
  };
}

/** Readers of the format know this name, and resolve it to the root of the repository. */
const rootId = '%SRCROOT%';

const levels: Readonly<Record<Severity, sarif.ReportingConfiguration.level>> = {
  error: 'error',
  warning: 'warning',
  hint: 'note',
};

/** What `netc explain` says of a code. */
function ruleOf(code: FaultCode): sarif.ReportingDescriptor {
  const { severity, explain }: FaultKind<never> = faultKinds[code];
  const prose = unwrapped(explain.replace(/^```.*/ms, ''));
  return {
    id: code,
    shortDescription: { text: /^.*?[.](?=\s|$)/.exec(prose)?.[0] ?? prose },
    fullDescription: { text: prose },
    help: { text: explain, markdown: explain },
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: [code.slice(0, code.indexOf('/'))] },
  };
}

/** Paragraphs as one line each. */
function unwrapped(text: string): string {
  return text
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replaceAll('\n', ' '))
    .join('\n\n');
}

interface Places {
  readonly located: Locator;
  readonly pathOf: PathOf;
}

function resultOf(fault: Fault, ruleIndex: number, places: Places): sarif.Result {
  const { because = [], trace = [], fix } = fault;
  const place = { span: fault.span, message: faultMessage(fault) };
  return {
    ruleId: fault.code,
    ruleIndex,
    level: levels[severityOf(fault)],
    message: { text: plainText(place.message) },
    locations: [{ physicalLocation: physicalLocation(fault.span, places) }],
    ...(because.length > 0 && {
      relatedLocations: because.map((each, index) => ({ id: index + 1, ...location(each, places) })),
    }),
    ...(trace.length > 0 && { codeFlows: [codeFlow([...trace, place], places)] }),
    ...(fix && {
      fixes: [{ description: { text: plainText(fix.title) }, artifactChanges: changes(fix.edits, places) }],
    }),
  };
}

/** The way of the calls into a block, down to the mistake. */
function codeFlow(steps: readonly Because[], places: Places): sarif.CodeFlow {
  return { threadFlows: [{ locations: steps.map((step) => ({ location: location(step, places) })) }] };
}

function changes(edits: readonly Edit[], places: Places): sarif.ArtifactChange[] {
  return [...new Set(edits.map(({ span }) => span.source))].map((source) => ({
    artifactLocation: artifactLocation(places.pathOf(source)),
    replacements: edits
      .filter(({ span }) => span.source === source)
      .map(({ span, text }) => ({ deletedRegion: region(span, places), insertedContent: { text } })),
  }));
}

function location({ span, message }: Because, places: Places): sarif.Location {
  return { physicalLocation: physicalLocation(span, places), message: { text: plainText(message) } };
}

/** A file without a text has no lines to point to. */
function physicalLocation(span: Span, places: Places): sarif.PhysicalLocation {
  return {
    artifactLocation: artifactLocation(places.pathOf(span.source)),
    ...(places.located.text(span.source) && { region: region(span, places) }),
  };
}

function region(span: Span, { located }: Places): sarif.Region {
  const { start, end } = located.region(span);
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** A path as a URI: a relative one counts from the root. What is a URI already stays as it is. */
function artifactLocation(path: string): sarif.ArtifactLocation {
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(path)) return { uri: path };
  if (path.startsWith('/')) return { uri: `file://${encodePath(path)}` };
  const [, drive, rest = ''] = /^([a-z]:)[\\/](.*)$/is.exec(path) ?? [];
  if (drive !== undefined) return { uri: `file:///${drive}/${encodePath(rest.replaceAll('\\', '/'))}` };
  return { uri: encodePath(path), uriBaseId: rootId };
}

function encodePath(path: string): string {
  // Half of a surrogate pair has no encoding.
  return path
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
}

/**
 * Words in which no reader finds a link, which a text of this format may hold. Braces stay single, although they might be
 * doubled beside arguments: readers show a message without arguments as it stands.
 */
function plainText(words: string): string {
  return shorten(words).replaceAll('](', '] (');
}
