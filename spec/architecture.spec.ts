import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { expect } from 'chai';
import { layers } from '../compiler/layers/index.ts';

/** The invariants of `compiler/README.md`, read from the code's own imports. */
describe('the architecture', () => {
  const files = ['grammar', 'compiler', 'runtime', 'cli', 'editor'].flatMap(sourceFiles);

  it('has sources to read', () => {
    expect(files.length).to.be.greaterThan(40);
  });

  it('keeps the grammar to itself, with chevrotain as the one package', () => {
    for (const { path, imported } of importsOf(inFolder('grammar'))) {
      expect(imported === 'chevrotain' || imported.startsWith('grammar/'), `${path} imports ${imported}`).to.equal(
        true,
      );
    }
  });

  it('lets the runtime import nothing but its own files', () => {
    for (const { path, imported } of importsOf(inFolder('runtime'))) {
      expect(imported.startsWith('runtime/'), `${path} imports ${imported}`).to.equal(true);
    }
  });

  it('runs grammar, compiler and runtime in a browser: no module of Node, and nothing of the shells', () => {
    for (const { path, imported } of importsOf(files.filter((file) => !/^(cli|editor)\//.test(file)))) {
      expect(/^(node:|fs$|path$|cli\/|editor\/|spec\/|bench\/)/.test(imported), `${path} imports ${imported}`).to.equal(
        false,
      );
    }
  });

  it('lets command and editors know the compiler by its public API alone', () => {
    for (const { path, imported } of importsOf([...inFolder('cli'), ...inFolder('editor')])) {
      if (imported.startsWith('compiler/')) expect(imported, path).to.match(/^compiler\/(index|ide)\.ts$/);
      if (imported.startsWith('editor/'))
        expect(path, `imports ${imported}`).to.match(/^(editor\/|cli\/commands\/lsp\.ts)/);
    }
  });

  it('runs the language server in a browser, but for the part that is for Node', () => {
    const loaded = reachable('editor/server/browser.ts');
    expect(loaded).to.include('compiler/ide.ts');
    expect(loaded.filter((file) => file.startsWith('node:') || file.startsWith('cli/'))).to.deep.equal([]);
  });

  it('lets only the emitters load ts-morph, and never from the public API at once', () => {
    for (const { path, imported } of importsOf(files)) {
      if (imported === 'ts-morph') expect(path).to.match(/^compiler\/4-emit\//);
    }
    expect(reachable('compiler/index.ts').filter((file) => file === 'ts-morph')).to.deep.equal([]);
  });

  it('lets the phases meet only in their types and in compile.ts', () => {
    const phase = (file: string) => /^compiler\/(\d-[a-z]+)\//.exec(file)?.[1];
    for (const { path, imported } of importsOf(inFolder('compiler'))) {
      const from = phase(path);
      const to = phase(imported);
      if (from && to) expect(to, `${path} imports ${imported}`).to.equal(from);
    }
  });

  it('has no layer named outside of its own record', () => {
    const names = layers.flatMap((layer) => [layer.name, ...(layer.synonyms ?? [])]);
    // Some layers bear the names of scalar operations and of ways to fold, which the emitters must spell, or of parts of tfjs.
    const shared = new Set(['add', 'sub', 'mul', 'div', 'min', 'max', 'select', 'sum', 'mean', 'permute', 'reshape']);
    for (const path of files.filter((file) => /^compiler\/([234]-|1-check\/|ide\/)/.test(file))) {
      const text = readFileSync(path, 'utf8');
      for (const name of names.filter((each) => !shared.has(each))) {
        expect(text.includes(`'${name}'`), `${path} names the layer '${name}'`).to.equal(false);
      }
    }
  });

  it('has no import cycle that is more than types', () => {
    const graph = new Map(files.map((file) => [file, importsOf([file]).map((each) => each.imported)]));
    const done = new Set<string>();
    const visit = (file: string, trail: readonly string[]): void => {
      expect(trail.includes(file), [...trail, file].join(' → ')).to.equal(false);
      if (done.has(file)) return;
      for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
  });

  function inFolder(folder: string): string[] {
    return files.filter((file) => file.startsWith(`${folder}/`));
  }

  /** Everything that one file loads at once, by imports that are not types. */
  function reachable(root: string): string[] {
    const seen = new Set<string>();
    const queue = [root];
    for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      if (file.endsWith('.ts')) queue.push(...importsOf([file]).map((each) => each.imported));
    }
    return [...seen];
  }
});

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('node_modules/'))
    .map((file) => posix.join(folder, file));
}

/** Static imports and re-exports that are there at run time, with relative paths made whole. */
function importsOf(paths: readonly string[]): { path: string; imported: string }[] {
  const pattern = /^(?:import|export)\s+(?!type\b)(?:[^'"`;]*?\sfrom\s+)?'([^']+)'/gm;
  return paths.flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(pattern)].map((match) => {
      const written = match[1]!;
      return { path, imported: written.startsWith('.') ? posix.normalize(join(dirname(path), written)) : written };
    }),
  );
}
