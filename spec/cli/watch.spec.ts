import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Running, type Workplace, workplace } from './command.ts';

const right = 'net Right(x: [4]) { linear 4->2 }\n';
const wrong = 'net Wrong(x: [4]) { linear 5->2 }\n';

describe('netc check --watch', () => {
  let place: Workplace;
  let running: Running | undefined;
  beforeEach(() => {
    place = workplace();
    place.write('a.net', right);
  });
  afterEach(async () => {
    await running?.stop();
    running = undefined;
    place.remove();
  });

  const path = (name: string) => join(place.folder, name);

  /** What the next check says, without the time. */
  async function next() {
    const { output, messages } = await running!.until(/\[\d\d:\d\d:\d\d\].*\n/);
    return { output, messages: messages.replace(/\[\d\d:\d\d:\d\d\]/, '[time]') };
  }

  it('checks at once and after each change, with a time and a tally', async () => {
    running = place.start('check a.net --watch');
    expect(await next()).to.deep.equal({
      output: 'a.net: Right(x: [4]) -> [2]\n',
      messages: '[time] no errors; watching 1 file\n',
    });
    place.write('a.net', wrong);
    const { output, messages } = await next();
    expect(output).to.equal('');
    expect(messages)
      .to.match(/^error\[shape\/features\]/)
      .and.match(/\n\n\[time\] 1 error; watching 1 file\n$/);
    place.write('a.net', right);
    expect((await next()).messages).to.equal('[time] no errors; watching 1 file\n');
  });

  it('sees a file that is replaced by another, again and again', async () => {
    running = place.start('check a.net --watch');
    await next();
    for (const text of [wrong, right, wrong]) {
      place.write('draft', text);
      renameSync(path('draft'), path('a.net'));
      expect((await next()).messages).to.include(text === wrong ? '1 error' : 'no errors');
    }
  });

  it('sees files that vanish and come back, with their folders', async () => {
    mkdirSync(path('models/deep'), { recursive: true });
    place.write('models/deep/b.net', right);
    running = place.start('check a.net models/deep/b.net --watch');
    expect((await next()).messages).to.equal('[time] no errors; watching 2 files\n');
    unlinkSync(path('models/deep/b.net'));
    expect((await next()).messages).to.include('there is no file `models/deep/b.net`');
    place.write('models/deep/b.net', wrong);
    expect((await next()).messages).to.include('error[shape/features]');
    rmSync(path('models'), { recursive: true });
    expect((await next()).messages).to.include('there is no file `models/deep/b.net`');
    mkdirSync(path('models/deep'), { recursive: true });
    place.write('models/deep/b.net', right);
    expect((await next()).messages).to.equal('[time] no errors; watching 2 files\n');
  });

  it('sees that a folder above is another one, and that a link leads elsewhere', async () => {
    for (const folder of ['one', 'two']) mkdirSync(path(`${folder}/in`), { recursive: true });
    place.write('one/in/a.net', right);
    place.write('two/in/a.net', wrong);
    renameSync(path('one'), path('project'));
    symlinkSync('project', path('link'));
    running = place.start('check project/in/a.net link/in/a.net --watch');
    expect((await next()).messages).to.equal('[time] no errors; watching 2 files\n');
    unlinkSync(path('link'));
    symlinkSync('two', path('link'));
    expect((await next()).messages).to.include('[time] 1 error');
    renameSync(path('project'), path('old'));
    expect((await next()).messages).to.include('there is no file `project/in/a.net`');
  });

  it('watches what is imported, in files that are not there yet as well, and no longer than it is', async () => {
    place.write('a.net', 'import B from "./lib/b.net"\nnet N(x: [4]) { B }\n');
    running = place.start('check a.net --watch');
    expect((await next()).messages)
      .to.include('error[import/file]')
      .and.include('watching 2 files');
    mkdirSync(path('lib'));
    place.write('lib/b.net', 'import C from "../c.net"\nblock B { C }\n');
    expect((await next()).messages)
      .to.include('`c.net` cannot be imported')
      .and.include('watching 3 files');
    place.write('c.net', 'block C { linear 4->2 }\n');
    expect(await next()).to.deep.equal({
      output: 'a.net: N(x: [4]) -> [2]\n',
      messages: '[time] no errors; watching 3 files\n',
    });
    place.write('c.net', 'block C { linear 5->2 }\n');
    expect((await next()).messages).to.include('c.net:1:18');
    place.write('a.net', right);
    expect((await next()).messages).to.equal('[time] no errors; watching 1 file\n');
  });

  it('sees what is written into the target of a link', async () => {
    mkdirSync(path('elsewhere'));
    place.write('elsewhere/real.net', right);
    symlinkSync('elsewhere/real.net', path('link.net'));
    running = place.start('check link.net --watch');
    await next();
    place.write('elsewhere/real.net', wrong);
    expect((await next()).messages).to.include('link.net:1:28');
  });

  it('takes folders, with the files that come into them, but for hidden ones and packages', async () => {
    for (const folder of ['.hidden', 'node_modules', 'empty']) mkdirSync(path(folder));
    running = place.start('check . --watch');
    expect((await next()).messages).to.equal('[time] no errors; watching 1 file\n');
    for (const file of ['.hidden/b.net', 'node_modules/b.net', 'notes.txt', 'empty/b.net']) place.write(file, right);
    expect(await next()).to.deep.equal({
      output: 'a.net: Right(x: [4]) -> [2]\nempty/b.net: Right(x: [4]) -> [2]\n',
      messages: '[time] no errors; watching 2 files\n',
    });
    rmSync(path('empty'), { recursive: true });
    unlinkSync(path('a.net'));
    expect((await next()).messages).to.equal('[time] there is no .net file in `.`\n');
    place.write('a.net', right);
    expect((await next()).messages).to.equal('[time] no errors; watching 1 file\n');
  });

  it('answers a burst of changes with one check', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `n${index}.net`);
    for (const name of names) place.write(name, right);
    running = place.start('check . --watch');
    await next();
    for (const name of names) place.write(name, wrong);
    expect((await next()).messages).to.include('20 errors; watching 21 files');
    place.write('a.net', wrong);
    expect((await next()).messages).to.include('21 errors; watching 21 files');
    expect(await running.stop()).to.deep.equal({ code: 0, output: '', messages: '' });
  });

  it('clears the screen of a terminal, and nothing else', async () => {
    running = place.start('check a.net --watch', { isTTY: true });
    expect((await next()).output).to.equal('\x1b[2J\x1b[3J\x1b[Ha.net: Right(x: [4]) -> [2]\n');
    await running.stop();
    running = place.start('check a.net --watch', { isTTY: true, environment: { TERM: 'dumb' } });
    expect((await next()).output).to.equal('a.net: Right(x: [4]) -> [2]\n');
  });

  for (const [words, message] of [
    ['check - --watch', 'the standard input does not change'],
    ['check a.net --watch --json', '--watch goes on without end, and json has one'],
    ['check a.net --watch --format sarif', '--watch goes on without end, and sarif has one'],
  ] as const) {
    it(`is refused where it cannot be: netc ${words}`, async () => {
      const { code, messages } = await place.netc(words);
      expect(code).to.equal(2);
      expect(messages).to.include(message);
    });
  }

  it('is ended by the signal of a Ctrl-C, as the process of a watching compiler is', async () => {
    const words = ['--import', 'tsx', 'cli/netc.ts', 'check', path('a.net'), '--watch'];
    const process_ = spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = once(process_, 'exit');
    await once(process_.stderr, 'data');
    process_.kill('SIGINT');
    expect(await ended).to.deep.equal([null, 'SIGINT']);
  });
});
