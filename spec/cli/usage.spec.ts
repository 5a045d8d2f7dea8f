import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { expect } from 'chai';
import { program } from '../../cli/program.ts';
import { type Workplace, workplace } from './command.ts';

describe('netc, as a command,', () => {
  let place: Workplace;
  before(() => {
    place = workplace();
    place.write('two.net', 'net One(x: [4]) { relu }\nnet Two(x: [4]) { linear 4->2 }\n');
    place.write('open.net', 'net Open(x: [3, H, W]) { conv 3->8 k3 }\n');
    place.write('none.net', 'let a = 1\n');
  });
  after(() => place.remove());

  const commands = program({
    ...place!,
    environment: {},
    output: process.stdout,
    messages: process.stderr,
  } as never).commands;
  for (const name of commands.map((command) => command.name())) {
    it(`teaches with an example: netc ${name} --help`, async () => {
      const { code, output, messages } = await place.netc(`${name} --help`);
      expect([code, messages]).to.deep.equal([0, '']);
      expect(output)
        .to.match(new RegExp(`^Usage: netc ${name} `))
        .and.include(`Examples:\n  $ netc ${name}`);
    });
  }

  it('lists its commands and its exit codes', async () => {
    const { code, output } = await place.netc('--help');
    expect(code).to.equal(0);
    for (const command of commands) expect(output).to.include(`  ${command.name()} `);
    expect(output).to.include('The exit code is 0');
  });

  it('says its version', async () => {
    expect((await place.netc('--version')).output).to.match(/^\d+\.\d+\.\d+\n$/);
  });

  const wrong: readonly [words: string, message: string][] = [
    ['chekc two.net', 'Did you mean check?'],
    ['check', "missing required argument 'path'"],
    ['check two.net --jsno', 'Did you mean --json?'],
    ['check two.net --format sarfi', 'It is one of text, json, github, sarif. Did you mean sarif?'],
    ['check two.net --format sarif --json', "option '--json' cannot be used with option '--format <format>'"],
    ['compile two.net --target tjfs', 'It is one of ts, tfjs. Did you mean tfjs?'],
    ['compile two.net --target python', 'It is one of ts, tfjs.'],
    ['compile two.net', 'choose one with --net One, --net Two'],
    ['compile two.net --net Tow', 'did you mean `Two`?'],
    ['compile none.net', 'has no net'],
    ['compile open.net', 'add --dim H=… --dim W=…'],
    ['compile open.net --dim H', 'It is written name=value.'],
    ['compile open.net --dim H=big', 'It is a whole number from 1 on.'],
    ['compile open.net --dim H=4 --dim H=5', 'H is given twice.'],
    ['dump two.net', 'choose one stage: --tokens'],
    ['dump two.net --tokens --ast', 'choose one stage'],
    ['explain shape/featuers', 'did you mean `shape/features`?'],
    ['explain hswissh', 'did you mean `hswish`?'],
    ['weights two.net --net Two --init', '-o'],
    ['weights two.net --net Two --init --seed x -o a', 'It is a whole number from 0 on.'],
    ['run two.net --net Two', "required option '--input"],
    ['run two.net --net Two --input x.npy', 'add --weights FILE'],
  ];
  for (const [words, message] of wrong) {
    it(`ends with 2 and a hint: netc ${words}`, async () => {
      const { code, output, messages } = await place.netc(words);
      expect([code, output]).to.deep.equal([2, '']);
      expect(messages)
        .to.match(/^error: /)
        .and.include(message);
    });
  }

  it('answers a mistake of its own with a request, and no stack trace', async () => {
    const broken = new Proxy(
      {},
      {
        get: () => {
          throw new TypeError('a part is missing');
        },
      },
    );
    const { main } = await import('../../cli/main.ts');
    const said: string[] = [];
    const messages = { write: (text: string) => said.push(text) };
    const code = await main(['check', 'two.net'], {
      ...place,
      environment: {},
      output: broken,
      messages,
      input: broken,
    } as never);
    expect(code).to.equal(70);
    expect(said.join('')).to.match(/^this is a bug in netc: a part is missing\nPlease report it with .*\.txt/);
    expect(said.join('')).to.not.match(/^\s+at /m);
    rmSync(/with (\S+\.txt)/.exec(said.join(''))![1]!);
  });

  it('runs as a process, with its exit code', () => {
    const words = ['--import', 'tsx', 'cli/netc.ts', 'check', 'examples/lenet.net', 'nothing.net'];
    const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
    expect({ status, stdout, stderr }).to.deep.equal({
      status: 1,
      stdout: 'examples/lenet.net: LeNet(image: [3, 32, 32]) -> [10]\n',
      stderr: 'error[file/missing]: there is no file `nothing.net`\n\n1 error\n',
    });
  });
});
