import type { FaultKind } from '../fault.ts';

/** Files that cannot be read as what they are asked for as. */
export const fileFaults = {
  'file/missing': {
    severity: 'error',
    message: (e) =>
      `there is no file \`${e.path}\`${e.nearest === undefined ? '' : `; did you mean \`${e.nearest}\`?`}`,
    explain: `The path is taken from the folder in which the command runs. \`-\` reads the standard input.`,
  } satisfies FaultKind<{ path: string; nearest?: string }>,

  'file/kind': {
    severity: 'error',
    message: (e) => `\`${e.path}\` is a folder, not a file`,
    explain: `A file is wanted here. Only \`netc check\` and \`netc fmt\` take folders, for all .net files in them.`,
  } satisfies FaultKind<{ path: string }>,

  'file/unreadable': {
    severity: 'error',
    message: (e) => `\`${e.path}\` cannot be read: ${e.why}`,
    explain: `The system refuses to open or to read the file: its permissions, or the disk.`,
  } satisfies FaultKind<{ path: string; why: string }>,

  'file/large': {
    severity: 'error',
    message: (e) => `\`${e.path}\` has more than ${e.limit}, the most that is read of ${e.what}`,
    explain: `A file of this size is not what it is taken for: networks are a few kB of text, and weights and arrays must fit
into memory.`,
  } satisfies FaultKind<{ path: string; limit: string; what: string }>,

  'file/encoding': {
    severity: 'error',
    message: (e) =>
      `the text is not UTF-8: it has the byte 0x${e.byte.toString(16).toUpperCase().padStart(2, '0')} here`,
    label: () => 'from here on',
    explain: `A .net file is UTF-8 text. A byte that no UTF-8 text has is a sign that the file was saved in another encoding
(Latin-1, UTF-16), or that it is no text at all. Save it as UTF-8: \`iconv -f latin1 -t utf8 old.net > new.net\`.`,
  } satisfies FaultKind<{ byte: number }>,
} as const;
