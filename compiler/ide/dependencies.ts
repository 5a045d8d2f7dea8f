import type { Block, Declaration, File, Net } from '../../grammar/ast.ts';
import { mentionedNames } from '../1-check/mentions.ts';
import type { Imports } from '../imports.ts';
import type { Memo } from './memo.ts';

/** What the check of a part depends on: itself, and the declarations that it names, directly or through others. */
export interface Dependencies {
  readonly declarations: readonly Declaration[];
  /** The same objects for as long as the texts of the declarations are the same. */
  readonly origins: readonly object[];
  /** All names of their files: what is suggested for a name that is wrong depends on them, and whether it is wrong. */
  readonly names: string;
}

/** Finds the dependencies of parts of a file and of what it imports. */
export function dependencyFinder(root: File, imports: Imports, memo: Memo): (part: Block | Net) => Dependencies {
  const tables = new Map<File, FileNames>();
  const mentions = new Map<Declaration, ReadonlySet<string>>();

  const fileOf = ({ span }: Declaration) =>
    span.source === root.span.source ? root : (imports.fileNamed(span.source) ?? root);

  const tableOf = (file: File): FileNames => {
    const known = tables.get(file) ?? namesOf(file);
    tables.set(file, known);
    return known;
  };

  const mentionsOf = (declaration: Declaration): ReadonlySet<string> => {
    const known = mentions.get(declaration) ?? mentionedNames(declaration);
    mentions.set(declaration, known);
    return known;
  };

  const originOf = (declaration: Declaration): object => {
    const { source } = declaration.span;
    const parses = source === root.span.source ? memo.parses : memo.imported.get(source)?.parses;
    return parses?.originOf(declaration) ?? declaration;
  };

  return (part) => {
    const found = new Set<Declaration>([part]);
    const files = new Set<File>();
    // A set goes on over what is added to it on the way.
    for (const declaration of found) {
      const file = fileOf(declaration);
      files.add(file);
      if (declaration.kind === 'import') continue;
      for (const name of mentionsOf(declaration)) {
        for (let from: File | undefined = file; from; ) {
          const named: Declaration | undefined = tableOf(from).first.get(name);
          if (named) found.add(named);
          from = named?.kind === 'import' ? imports.fileOf(named) : undefined;
          if (from) files.add(from);
        }
      }
    }
    const declarations = [...found];
    return {
      declarations,
      origins: declarations.map(originOf),
      names: [...files].map((file) => tableOf(file).all).join('\n'),
    };
  };
}

interface FileNames {
  /** What each name stands for: the first of several declarations counts. */
  readonly first: ReadonlyMap<string, Declaration>;
  readonly all: string;
}

function namesOf({ declarations, span }: File): FileNames {
  const first = new Map<string, Declaration>();
  for (const declaration of declarations) {
    for (const { text } of declaredNames(declaration)) if (!first.has(text)) first.set(text, declaration);
  }
  return { first, all: [span.source, ...first.keys()].join(' ') };
}

function declaredNames(declaration: Declaration) {
  switch (declaration.kind) {
    case 'import':
      return declaration.names;
    case 'broken':
      return declaration.declares;
    default:
      return [declaration.name];
  }
}
