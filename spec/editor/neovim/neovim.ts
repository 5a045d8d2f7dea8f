import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { builtCommand } from '../server/build.ts';

const run = promisify(execFile);

/** How long Neovim waits for what must come, in milliseconds. */
const patience = 20_000;

/** The lines of docs/editors.md for Neovim: those for 0.11 and later, then those for the older ones. */
export function documentedConfigurations(): readonly [recent: string, older: string] {
  const [, section = ''] = /^## Neovim\n([\s\S]*?)^## /m.exec(readFileSync('docs/editors.md', 'utf8')) ?? [];
  const [recent, older, ...more] = [...section.matchAll(/^```lua\n([\s\S]*?)^```/gm)].map(([, block]) => block!);
  if (recent === undefined || older === undefined || more.length > 0) throw new Error('two blocks were expected');
  return [recent, older];
}

/** A Neovim without a screen and without anybody's configuration, that is asked and typed into from outside. */
export class Neovim {
  /** A folder for the files of the test, in which it runs. */
  readonly folder: string;
  private readonly home: string;
  private readonly process: ChildProcess;

  /** Starts it with the lines that the manual has for its version, and with nothing else. */
  static async start(): Promise<Neovim> {
    const home = realpathSync(mkdtempSync(join(tmpdir(), 'netc-neovim-')));
    mkdirSync(join(home, 'bin'));
    symlinkSync(await builtCommand(), join(home, 'bin/netc'));
    const { stdout } = await run('nvim', ['--version']);
    const [, major, minor] = /^NVIM v(\d+)\.(\d+)/.exec(stdout) ?? [];
    const [recent, older] = documentedConfigurations();
    writeFileSync(join(home, 'init.lua'), Number(major) > 0 || Number(minor) >= 11 ? recent : older);
    const neovim = new Neovim(home);
    while (!existsSync(neovim.socket)) await sleep(10);
    return neovim;
  }

  private constructor(home: string) {
    this.home = home;
    this.folder = join(home, 'work');
    mkdirSync(this.folder);
    const folders = ['CONFIG', 'DATA', 'STATE', 'CACHE'].map((each) => [`XDG_${each}_HOME`, join(home, each)]);
    // A message that is longer than a line has to be confirmed by a key.
    const options = ['--headless', '-n', '-i', 'NONE', '--cmd', 'set columns=200', '-u', join(home, 'init.lua')];
    const path = `${join(home, 'bin')}${delimiter}${process.env.PATH}`;
    this.process = spawn('nvim', [...options, '--listen', this.socket], {
      cwd: this.folder,
      env: { ...process.env, ...Object.fromEntries(folders), HOME: home, PATH: path },
      stdio: 'ignore',
    });
  }

  private get socket(): string {
    return join(this.home, 'socket');
  }

  /** What the body of a Lua function returns. */
  async lua(body: string): Promise<unknown> {
    const [asked, answered] = [join(this.home, 'asked.lua'), join(this.home, 'answered.json')];
    writeFileSync(asked, body);
    // What an expression gives is printed as a message is, which breaks long lines.
    const expression = `writefile([json_encode(luaeval('dofile(_A)', '${asked}'))], '${answered}')`;
    await run('nvim', ['--server', this.socket, '--remote-expr', expression]);
    return JSON.parse(readFileSync(answered, 'utf8'));
  }

  /** The same, as soon as it is neither false nor nil. */
  async until(body: string): Promise<unknown> {
    const answer = await this.lua(`
      local ask = function() ${body} end
      local answer
      vim.wait(${patience}, function() answer = ask() return answer end, 20)
      return answer or false`);
    if (!answer) throw new Error(`Neovim has waited in vain for ${body}\n${JSON.stringify(await this.state())}`);
    return answer;
  }

  /** Types keys, in the notation of Vim. */
  async type(keys: string): Promise<void> {
    await run('nvim', ['--server', this.socket, '--remote-send', keys]);
  }

  async command(command: string): Promise<void> {
    await this.lua(`vim.cmd(${JSON.stringify(command)})`);
  }

  /** Puts the cursor on the first of these words. */
  async moveTo(words: string): Promise<void> {
    await this.lua(`vim.fn.cursor(1, 1) return vim.fn.search([[\\V${words}]], 'c')`);
  }

  async text(): Promise<string> {
    return `${((await this.lua('return vim.api.nvim_buf_get_lines(0, 0, -1, true)')) as string[]).join('\n')}\n`;
  }

  /** The mistakes that it shows, by their places from 1. */
  async diagnostics(): Promise<readonly string[]> {
    return (await this.lua(`
      return vim.tbl_map(function(each)
        return ('%d:%d-%d %s'):format(each.lnum + 1, each.col + 1, each.end_col + 1, each.message)
      end, vim.diagnostic.get(0))`)) as string[];
  }

  async stop(): Promise<void> {
    const ended = once(this.process, 'exit');
    await this.type('<C-\\><C-N>:qall!<CR>').catch(() => this.process.kill());
    await ended;
    rmSync(this.home, { recursive: true });
  }

  /** For whoever has to find out why a test fails. */
  private async state(): Promise<unknown> {
    return this.lua(`
      local log = io.open(vim.lsp.get_log_path())
      return {
        text = vim.api.nvim_buf_get_lines(0, 0, -1, true),
        mode = vim.api.nvim_get_mode(),
        messages = vim.api.nvim_exec('messages', true),
        log = log and log:read('*a'),
      }`);
  }
}
