import { readFileSync } from 'node:fs';
import { Text } from '@codemirror/state';
import { expect } from 'chai';
import { analyze } from '../../../compiler/index.ts';
import { offsetOf } from '../../../editor/playground/editor/edits.ts';
import { marks } from '../../../editor/playground/editor/semantic.ts';
import { exampleGroups, exampleOf, firstExample } from '../../../editor/playground/examples.ts';
import { needed } from '../../../editor/playground/imports.ts';
import { lastOnly } from '../../../editor/playground/last-only.ts';
import { activationText, declaredIn } from '../../../editor/playground/panels/activation-text.ts';
import { netAt, netsOf } from '../../../editor/playground/panels/nets.ts';
import { shareOf } from '../../../editor/playground/panels/share-of.ts';
import { nameOf, uriOf } from '../../../editor/playground/project.ts';
import { exampleFiles } from '../../../scripts/generated-examples.ts';

describe('the examples of the page', () => {
  const all = exampleGroups.flatMap(({ examples }) => examples);

  it('are all networks of examples/, and each once', () => {
    const files = all.filter(({ text }) => text === undefined).map(({ file }) => `examples/${file}`);
    expect([...files].sort()).to.deep.equal([...exampleFiles()].sort());
    expect(new Set(all.map(({ file }) => file)).size).to.equal(all.length);
    expect(exampleOf(firstExample)).to.not.equal(undefined);
  });

  it('each say in a line what they show', () => {
    for (const { title, shows } of all) {
      expect(title.length).to.be.within(3, 26);
      expect(shows.length, shows).to.be.within(15, 70);
      expect(shows, shows).to.not.match(/\.$/);
    }
  });

  for (const { file, text } of all.filter((example) => example.text !== undefined)) {
    it(`are right, and ${file} as wrong as it says`, () => {
      const { faults } = analyze({ name: file, text: text! });
      expect(faults.map(({ code }) => code)).to.deep.equal(file === 'mistake.net' ? ['shape/features'] : []);
    });
  }
});

describe('what a text needs', () => {
  const texts: Readonly<Record<string, string>> = {
    'a.net': 'import A, B from "./blocks/b.net"\nimport C from "./c.net"\nimport D from "./missing.net"\n',
    'blocks/b.net': '  import E from "../c.net"\nimport F from "./f.net"',
    'blocks/f.net': 'import A from "../a.net"',
    'c.net': '# import G from "./g.net"\nlet text = "import"',
    'g.net': '',
  };

  it('is itself and all that it imports, each once', () => {
    expect(needed('a.net', (name) => texts[name])).to.deep.equal(['a.net', 'blocks/b.net', 'c.net', 'blocks/f.net']);
  });

  it('does not lead out of all texts', () => {
    expect(needed('a.net', (name) => (name === 'a.net' ? 'import A from "../../a.net"' : undefined))).to.deep.equal([
      'a.net',
    ]);
  });

  it('is what the compiler reads, for every example', () => {
    const read = (name: string) => {
      try {
        return readFileSync(`examples/${name}`, 'utf8');
      } catch {
        return undefined;
      }
    };
    for (const file of exampleFiles().map((path) => path.replace('examples/', ''))) {
      const { value } = analyze(
        { name: file, text: read(file)! },
        { files: { read: (name) => ({ text: read(name)! }) } },
      );
      const names = value.sources.map(({ name }) => name);
      expect([...needed(file, read)].sort(), file).to.deep.equal([...names].sort());
    }
  });
});

describe('an activation that is typed', () => {
  for (const [typed, text, activation] of [
    ['gelu', '', 'gelu'],
    [' leaky_relu slope=0.2 ', '', 'leaky_relu slope=0.2'],
    ['softplus beta = 2', '', 'softplus beta = 2'],
    ['hardtanh min_val=-2', '', 'hardtanh min_val=-2'],
    ['x * sigmoid(x)', 'act f(x) = x * sigmoid(x)', 'f'],
    ['x', 'act f(x) = x', 'f'],
    ['2', 'act f(x) = 2', 'f'],
    ['max(0, x)', 'act f(x) = max(0, x)', 'f'],
    ['act g(y, a = 2) = a * y', 'act g(y, a = 2) = a * y', 'g'],
  ] as const) {
    it(`is ${typed}`, () => {
      expect(activationText(typed)).to.deep.equal({ text, activation });
    });
  }

  it('is none in an empty field', () => {
    expect(activationText('  ')).to.equal(undefined);
  });

  it('may be one that the text declares', () => {
    expect(declaredIn('act a(x) = x\n  act b(x) = x\nact c(x) = x')).to.deep.equal(['a', 'c']);
  });
});

describe('the net at the cursor', () => {
  const text = 'let n = 3\nnet A(x: [3]) { relu }\n\nnet B(x: [3]) { relu }\n';

  it('is the one that it stands in, or else the first', () => {
    expect(netAt(text, 0)).to.equal('A');
    expect(netAt(text, text.indexOf('relu'))).to.equal('A');
    expect(netAt(text, text.length)).to.equal('B');
    expect(netAt('let n = 3', 4)).to.equal(undefined);
    expect(netsOf(text).map(({ name }) => name)).to.deep.equal(['A', 'B']);
  });
});

describe('a share of a whole', () => {
  it('is in percent, and nothing where either is not known', () => {
    expect([shareOf(1, 3), shareOf(null, 3), shareOf(1, null), shareOf(0, 0)]).to.deep.equal([33.3, 0, 0, 0]);
  });
});

describe('names of texts', () => {
  it('are addresses for the server, and back', () => {
    expect(uriOf('blocks/mobile.net')).to.equal('file:///blocks/mobile.net');
    for (const name of ['a.net', 'blocks/mobile.net', 'netc-prelude:/prelude.net'])
      expect(nameOf(uriOf(name))).to.equal(name);
  });
});

describe('semantic tokens', () => {
  const legend = { tokenTypes: ['function', 'number'], tokenModifiers: ['declaration', 'readonly'] };
  const doc = Text.of(['conv 3', '', 'relu']);

  it('are marks in the text', () => {
    expect(found([0, 0, 4, 0, 0, 0, 5, 1, 1, 2, 2, 0, 4, 0, 3])).to.deep.equal([
      [0, 4, 'st-function'],
      [5, 6, 'st-number st-mod-readonly'],
      [8, 12, 'st-function st-mod-declaration st-mod-readonly'],
    ]);
  });

  it('are left out where the text is shorter', () => {
    expect(found([0, 0, 4, 0, 0, 2, 2, 40, 0, 0, 9, 0, 3, 0, 0])).to.deep.equal([[0, 4, 'st-function']]);
  });

  it('have places that end where a line does', () => {
    expect(offsetOf(doc, { line: 0, character: 99 })).to.equal(6);
    expect(offsetOf(doc, { line: 2, character: 1 })).to.equal(9);
    expect(offsetOf(doc, { line: 7, character: 0 })).to.equal(12);
  });

  function found(data: readonly number[]) {
    const all: [number, number, string][] = [];
    marks(data, legend, doc).between(0, doc.length, (from, to, { spec }) => void all.push([from, to, spec.class]));
    return all;
  }
});

describe('one job at a time', () => {
  it('does the first and the last of those that come meanwhile', async () => {
    const done: number[] = [];
    const release: (() => void)[] = [];
    const ask = lastOnly(async (job: number) => {
      await new Promise<void>((resolve) => release.push(resolve));
      done.push(job);
      return job;
    });
    const answers = [1, 2, 3].map(ask);
    release.shift()!();
    expect(await answers[0]).to.equal(1);
    release.shift()!();
    expect(await Promise.all(answers)).to.deep.equal([1, undefined, 3]);
    expect(done).to.deep.equal([1, 3]);
  });

  it('goes on after one that fails', async () => {
    const ask = lastOnly(async (job: number) => {
      if (job === 1) throw new Error('no');
      return job;
    });
    const first = ask(1).catch(() => 'failed');
    const second = ask(2);
    expect(await first).to.equal('failed');
    expect(await second).to.equal(2);
  });
});
