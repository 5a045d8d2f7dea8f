import type { FaultKind } from '../fault.ts';

/** Other files that a file needs. */
export const importFaults = {
  'import/path': {
    severity: 'error',
    message: (e) => `the path "${e.path}" does not say where the file is: it begins with \`./\` or \`../\``,
    label: () => './…',
    explain: `What is imported is a file whose place is given from the file that imports it.

\`\`\`net
import Bottleneck from "blocks.net"     # wrong
import Bottleneck from "./blocks.net"   # right
\`\`\``,
  } satisfies FaultKind<{ path: string }>,

  'import/file': {
    severity: 'error',
    message: (e) => `\`${e.file}\` cannot be imported: ${e.why}${e.nearest ? `; did you mean ${e.nearest}?` : ''}`,
    label: (e) => (e.nearest ? `${e.nearest}?` : 'cannot be read'),
    explain: `The path is that of a .net file, relative to the file that imports it. A model has at most 1000 files, which import
each other at most 100 deep.

\`\`\`net
import Bottleneck from "./blocks.net"
\`\`\``,
  } satisfies FaultKind<{ file: string; why: string; nearest?: string }>,

  'import/cycle': {
    severity: 'error',
    message: (e) => `files import each other in a circle: ${e.names.join(' → ')}`,
    label: () => 'goes in a circle',
    explain: `A file must be whole before another one can use what it declares. What both of two files need belongs in a third one
that both import.`,
  } satisfies FaultKind<{ names: readonly string[] }>,

  'import/name': {
    severity: 'error',
    message: (e) =>
      e.what
        ? `\`${e.name}\` of \`${e.file}\` is ${e.what}: only what \`let\`, \`act\` and \`block\` declare is imported`
        : `\`${e.file}\` declares no \`${e.name}\`${e.nearest ? `; did you mean \`${e.nearest}\`?` : ''}`,
    label: (e) => (e.nearest ? `${e.nearest}?` : 'not declared there'),
    explain: `What a file declares with \`let\`, \`act\` and \`block\` can be imported, by the same name. What it imports itself
cannot: it is imported from where it is declared.`,
  } satisfies FaultKind<{ file: string; name: string; what?: string; nearest?: string }>,
} as const;
