import { LSPClient } from '@codemirror/lsp-client';
import type { GenerateRequest, Problem } from '../../server/protocol.ts';
import { lastOnly } from '../last-only.ts';
import { type Project, uriOf } from '../project.ts';
import { orProblem, request } from './requests.ts';
import { workerTransport } from './transport.ts';

export interface GenerateJob extends Pick<GenerateRequest['params'], 'net' | 'target'> {
  readonly project: Project;
}

/**
 * Makes code of the texts of a project, in a language server of its own: that takes a second or two for large networks, in which
 * the other one answers whoever types. Undefined where it was asked for something else before it began.
 */
export function generator(script: string): (job: GenerateJob) => Promise<GenerateRequest['result'] | undefined> {
  const client = new LSPClient({ timeout: 60_000 }).connect(workerTransport(new Worker(script, { type: 'module' })));

  return lastOnly(async ({ project: { main, texts }, ...what }): Promise<{ readonly text: string } | Problem> => {
    const documents = Object.entries(texts).map(([name, text]) => ({ uri: uriOf(name), text }));
    for (const { uri, text } of documents) {
      client.notification('textDocument/didOpen', { textDocument: { uri, languageId: 'netc', version: 0, text } });
    }
    const answer = await orProblem(request(client, 'netc/generate', { textDocument: { uri: uriOf(main) }, ...what }));
    for (const { uri } of documents) client.notification('textDocument/didClose', { textDocument: { uri } });
    return answer;
  });
}
