import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Workplace, workplace } from './command.ts';

describe('netc check', () => {
  let place: Workplace;
  before(() => {
    place = workplace();
    place.write('right.net', 'net Right(x: [4]) { linear 4->2 }\n');
    place.write('wrong.net', 'net Wrong(x: [4]) {\n  relu\n  linear 5->2\n}\n');
    place.write('open.net', 'net Open(x: [3, H, W]) { conv 3->8 k3 }\n');
    place.write('latin.net', Buffer.from('# caf\xe9\nnet N(x: [4]) { relu }\n', 'latin1'));
    place.write('marked.net', '\ufeffnet Marked(x: [4]) { relu }\n');
    mkdirSync(join(place.folder, 'folder'));
  });
  after(() => place.remove());

  it('says what each right file has, with the sizes that fit, and nothing else', async () => {
    expect(await place.netc('check right.net open.net')).to.deep.equal({
      code: 0,
      output: `\
right.net: Right(x: [4]) -> [2]
open.net: Open(x: [3, H, W]) -> [8, H - 2, W - 2]; H and W: any from 3; H = W is not needed
`,
      messages: '',
    });
  });

  it('ends with 1 for a mistake, and shows it with a count', async () => {
    expect(await place.netc('check wrong.net right.net')).to.deep.equal({
      code: 1,
      output: 'right.net: Right(x: [4]) -> [2]\n',
      messages: `\
error[shape/features]: \`linear\` is written for 5 features, but receives 4
  ┌ wrong.net:3:10
2 │   relu
  │   ---- gives [4] here
3 │   linear 5->2
  │          ^ 4
  = fix: linear 4->2        (or let it be inferred: linear ->2)

1 error
`,
    });
  });

  it('prints JSON for tools, also where all is right', async () => {
    expect(JSON.parse((await place.netc('check right.net --json')).output)).to.deep.equal({
      version: 1,
      diagnostics: [],
    });
    const { code, output, messages } = await place.netc('check wrong.net nothing.net --json');
    const { diagnostics } = JSON.parse(output) as { diagnostics: { code: string; file: string }[] };
    expect([code, messages]).to.deep.equal([1, '']);
    expect(diagnostics.map((each) => [each.code, each.file])).to.deep.equal([
      ['shape/features', 'wrong.net'],
      ['file/missing', 'nothing.net'],
    ]);
  });

  it('reads the standard input', async () => {
    const { code, messages } = await place.netc('check -', { input: 'net N(x: [4]) { linear 5->2 }' });
    expect(code).to.equal(1);
    expect(messages).to.include('┌ <stdin>:1:24');
  });

  it('takes folders, for the .net files at any depth, in the order of their names', async () => {
    mkdirSync(join(place.folder, 'models/b.net'), { recursive: true });
    for (const name of ['z.net', 'a.net', 'b.net/c.net', 'notes.txt']) {
      place.write(`models/${name}`, 'net N(x: [4]) { relu }');
    }
    expect((await place.netc('check right.net models models/a.net')).output).to.equal(`\
right.net: Right(x: [4]) -> [2]
models/a.net: N(x: [4]) -> [4]
models/b.net/c.net: N(x: [4]) -> [4]
models/z.net: N(x: [4]) -> [4]
`);
    expect(await place.netc('check folder')).to.deep.equal({
      code: 2,
      output: '',
      messages: 'error: there is no .net file in `folder`\n',
    });
  });

  it('says once what is wrong in a file that several import', async () => {
    mkdirSync(join(place.folder, 'shared'));
    place.write('shared/blocks.net', 'block B in->out { conv in->out k3 nope=3 }');
    for (const name of ['one', 'two']) {
      place.write(`shared/${name}.net`, `import B from "./blocks.net"\nnet N(x: [3, 9, 9]) { B 3->4 }`);
    }
    const { messages } = await place.netc('check shared');
    expect(messages).to.match(/^error\[name\/option\]: .*\n {2}┌ shared\/blocks.net:1:35\n[\s\S]*\n\n1 error\n$/);
  });

  it('lets no name of a file steer a terminal', async () => {
    place.write('a\x1b[2J\n.net', 'net N(x: [4]) { relu }');
    expect((await place.netc(['check', 'a\x1b[2J\n.net'])).output).to.equal('a␛[2J␊.net: N(x: [4]) -> [4]\n');
  });

  it('takes sizes and settings', async () => {
    expect((await place.netc('check open.net --dim H=8 --dim W=9')).output).to.include(
      'Open(x: [3, 8, 9]) -> [8, 6, 7]',
    );
  });

  for (const [option, message] of [
    ['--set clases=3', '`open.net` has no let `clases`'],
    ['--dim HH=3', '`open.net` has no symbolic size `HH`; did you mean `H`?'],
  ] as const) {
    it(`places a mistake of the command line there: ${option}`, async () => {
      const { code, messages } = await place.netc(`check open.net ${option}`);
      expect([code, messages]).to.deep.equal([1, `error[name/setting]: ${message}\n  ┌ ${option}\n\n1 error\n`]);
    });
  }

  const unreadable: readonly [what: string, words: string, message: RegExp][] = [
    [
      'a file that is not there',
      'check rihgt.net',
      /^error\[file\/missing\]: .*`rihgt.net`; did you mean `right.net`\?/,
    ],
    [
      'a file in a folder that is not there',
      'check no/file.net',
      /^error\[file\/missing\]: there is no file `no\/file.net`\n/,
    ],
    ['a file without end', 'check /dev/zero', /^error\[file\/large\]: `\/dev\/zero` has more than 16 MB/],
    [
      'a file in another encoding',
      'check latin.net',
      /0xE9 here\n {2}┌ latin.net:1:6\n1 │ # caf�\n {2}│ {6}\^ from here on\n/,
    ],
  ];
  for (const [what, words, message] of unreadable) {
    it(`reports ${what}`, async () => {
      const { code, messages } = await place.netc(words);
      expect(code).to.equal(1);
      expect(messages).to.match(message);
    });
  }

  for (const [what, path, why] of [
    ['a device without end', `${'../'.repeat(9)}dev/zero`, 'it is not a regular file'],
    ['a pipe that nobody writes to', './pipe', 'it is not a regular file'],
    ['a folder', './folder', 'it is a folder'],
    ['a name that no file can have', './a\0b', 'no file can be called so'],
    ['a file in another encoding', './latin.net', 'it is not UTF-8 text'],
  ] as const) {
    it(`reports an import of ${what}`, async () => {
      if (path === './pipe') execFileSync('mkfifo', [join(place.folder, 'pipe')]);
      place.write('importing.net', `import A from "${path}"\nnet N(x: [4]) { A }`);
      const { code, messages } = await place.netc('check importing.net');
      expect(code).to.equal(1);
      expect(messages).to.match(new RegExp(`^error\\[import/file\\]: .* cannot be imported: ${why}\n[^]*\n1 error\n$`));
    });
  }

  it('bounds what is read of imported files together', async () => {
    const long = `# ${'x'.repeat(6 * 1024 * 1024)}\n`;
    for (const name of ['u', 'v', 'w']) place.write(`${name}.net`, `${long}let ${name} = 1`);
    place.write(
      'large.net',
      'import u from "./u.net"\nimport v from "./v.net"\nimport w from "./w.net"\nnet N(x: [4]) { relu }',
    );
    const { messages } = await place.netc('check large.net');
    expect(messages).to.match(
      /`w.net` cannot be imported: all imported files together are larger than a .net file may be/,
    );
  });

  it('does not mind the mark that some editors put before UTF-8', async () => {
    expect((await place.netc('check marked.net')).code).to.equal(0);
  });

  it('paints on terminals, unless NO_COLOR is set', async () => {
    const painted = await place.netc('check wrong.net', { isTTY: true });
    expect(painted.messages).to.include('\x1b[31m');
    const plain = await place.netc('check wrong.net', { isTTY: true, environment: { NO_COLOR: '1' } });
    expect(plain.messages).to.equal((await place.netc('check wrong.net')).messages);
  });

  it('bounds what it shows of a file full of mistakes', async () => {
    place.write('many.net', Array.from({ length: 100 }, (_, i) => `net N${i}(x: [4]) { linear 5->2 }`).join('\n'));
    const { messages } = await place.netc('check many.net');
    expect(messages).to.match(/\n\n100 errors, of which the first 50 are shown\n$/);
  });
});
