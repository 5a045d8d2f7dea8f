import { serveStdio } from './node.ts';

/** The server as a program of its own, for an extension that brings it along. */
process.exitCode = await serveStdio();
