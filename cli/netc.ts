#!/usr/bin/env node
import { main } from './main.ts';
import { reasonOf } from './read.ts';

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough, such as `head`, closes the pipe: nothing is wrong then.
    if (error.code === 'EPIPE') process.exit(0);
    if (stream === process.stdout) process.stderr.write(`error: the output cannot be written: ${reasonOf(error)}\n`);
    process.exit(1);
  });
}

process.exitCode = await main(process.argv.slice(2), {
  folder: process.cwd(),
  environment: process.env,
  output: process.stdout,
  messages: process.stderr,
  // Only touched where it is read: the stream of a terminal keeps a process alive.
  get input() {
    return process.stdin;
  },
});
