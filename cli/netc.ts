#!/usr/bin/env node
import { main } from './main.ts';

// A reader that has seen enough, such as `head`, closes the pipe: nothing is wrong then.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

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
