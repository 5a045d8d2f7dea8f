import type { Project } from '../project.ts';
import { type Network, networkOf } from './interpreter.ts';
import type { Reading } from './reading.ts';
import { loadWeights } from './weights.ts';

/** What the page asks of this worker: to read a picture with the network of a text. */
export interface InterpreterRequest {
  readonly project: Project;
  readonly image: Float32Array;
}

export type InterpreterAnswer = Reading | { readonly problem: string };

const weights = await loadWeights();
let known: { readonly key: string; readonly network: Network } | undefined;

addEventListener('message', ({ data: { project, image } }: MessageEvent<InterpreterRequest>) => {
  const key = JSON.stringify(project);
  if (known?.key !== key) known = { key, network: networkOf(project, weights) };
  const { network } = known;
  const answer: InterpreterAnswer = 'problem' in network ? network : network.read(image);
  postMessage(answer);
});
postMessage('ready');
