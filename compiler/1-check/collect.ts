import type { Act, Block, File, Import, Let, Name, Net } from '../../grammar/ast.ts';
import type { Span } from '../../grammar/source.ts';
import { type Fault, fault } from '../fault.ts';
import { findLayer } from '../layers/index.ts';

export interface Collected {
  readonly lets: ReadonlyMap<string, Let>;
  /** What a stage may apply; undefined where nothing more than the name is known. */
  readonly callees: ReadonlyMap<string, Act | Block | undefined>;
  readonly imports: readonly { readonly name: Name; readonly declaration: Import }[];
  readonly nets: readonly Net[];
}

/** What names are of, in words. */
export const described = {
  let: 'a `let`',
  act: 'an `act` of this file',
  block: 'a `block` of this file',
  net: 'a `net`',
  import: 'an import',
  broken: 'a name of this file',
} as const;

/** The word of a join that is short for another one, and no layer of its own. */
export const residual = { kind: 'residual', what: 'a built-in join' } as const;

/** Every name of the file, each once. */
export function collect(file: File, report: (fault: Fault) => void): Collected {
  const lets = new Map<string, Let>();
  const callees = new Map<string, Act | Block | undefined>();
  const imports: Collected['imports'][number][] = [];
  const nets: Net[] = [];
  const first = new Map<string, { readonly span: Span; readonly what: string }>();
  const add = ({ text, span }: Name, what: string): boolean => {
    const before = first.get(text);
    if (!before) first.set(text, { span, what });
    else if (what !== described.broken && before.what !== described.broken) {
      const because = [{ span: before.span, message: `\`${text}\` is ${before.what} here` }];
      report(fault('name/duplicate', span, { name: text, what: before.what }, { because }));
    }
    return before === undefined;
  };
  for (const declaration of file.declarations) {
    switch (declaration.kind) {
      case 'import':
        for (const name of declaration.names) if (add(name, described.import)) imports.push({ name, declaration });
        break;
      case 'let':
        if (add(declaration.name, described.let)) lets.set(declaration.name.text, declaration);
        break;
      case 'act':
      case 'block': {
        const { name, kind } = declaration;
        if (!add(name, described[kind])) break;
        callees.set(name.text, declaration);
        if (findLayer(name.text) || name.text === residual.kind) {
          report(fault('name/shadow', name.span, { name: name.text, what: `\`${kind}\`` }));
        }
        break;
      }
      case 'net':
        add(declaration.name, described.net);
        nets.push(declaration);
        break;
      case 'broken':
        for (const name of declaration.declares) if (add(name, described.broken)) callees.set(name.text, undefined);
        break;
    }
  }
  return { lets, callees, imports, nets };
}
