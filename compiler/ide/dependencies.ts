import type { Block, Declaration, File, Net } from '../../grammar/ast.ts';
import { originOf } from '../../grammar/memo.ts';
import { mentionedNames } from '../1-check/mentions.ts';
import type { Imports } from '../imports.ts';

/** What the check of a part depends on: itself, and the declarations that it names, directly or through others. */
export interface Dependencies {
  readonly declarations: readonly Declaration[];
  /** The same objects for as long as the texts of the declarations are the same. */
  readonly origins: readonly object[];
  /** All names of their files: what is suggested for a name that is wrong depends on them. */
  readonly names: string;
}

/** Finds the dependencies of parts of a file and of what it imports. */
export function dependencyFinder(root: File, imports: Imports): (part: Block | Net) => Dependencies {
  const tables = new Map<File, FileNames>();
  const named = new Map<Declaration, Named>();
  return dependenciesOf;

  function dependenciesOf(part: Block | Net): Dependencies {
    const found = new Set<Declaration>([part]);
    const files = new Set<File>();
    // A set goes on over what is added to it on the way.
    for (const declaration of found) {
      const { declarations, files: own } = namedBy(declaration);
      for (const each of declarations) found.add(each);
      for (const file of own) files.add(file);
    }
    const declarations = [...found];
    return {
      declarations,
      origins: declarations.map(originOf),
      names: [...files].map((file) => tableOf(file).all).join('\n'),
    };
  }

  /** What a declaration names itself, by way of imports, and the files that had a say in it. */
  function namedBy(declaration: Declaration): Named {
    const known = named.get(declaration);
    if (known) return known;
    const file = fileOf(declaration);
    const found = { declarations: new Set<Declaration>(), files: new Set([file]) };
    named.set(declaration, found);
    if (declaration.kind === 'import') return found;
    for (const name of mentionedNames(declaration)) {
      for (let from: File | undefined = file; from; ) {
        found.files.add(from);
        const next: Declaration | undefined = tableOf(from).first.get(name);
        if (next) found.declarations.add(next);
        from = next?.kind === 'import' ? imports.fileOf(next) : undefined;
      }
    }
    return found;
  }

  function fileOf({ span }: Declaration): File {
    return span.source === root.span.source ? root : (imports.fileNamed(span.source) ?? root);
  }

  function tableOf(file: File): FileNames {
    const known = tables.get(file) ?? namesOf(file);
    tables.set(file, known);
    return known;
  }
}

interface Named {
  readonly declarations: ReadonlySet<Declaration>;
  readonly files: ReadonlySet<File>;
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
