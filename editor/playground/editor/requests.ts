import type { LSPClient } from '@codemirror/lsp-client';
import type {
  DiagramRequest,
  GenerateRequest,
  PlotRequest,
  PreludeRequest,
  Problem,
  SummaryRequest,
} from '../../server/protocol.ts';

type Request = DiagramRequest | GenerateRequest | PlotRequest | PreludeRequest | SummaryRequest;
type Of<Method extends Request['method']> = Extract<Request, { readonly method: Method }>;

/** Asks the server for what the protocol of editors does not know. */
export function request<Method extends Request['method']>(
  client: LSPClient,
  method: Method,
  params: Of<Method>['params'],
): Promise<Of<Method>['result']> {
  return client.request<Of<Method>['params'], Of<Method>['result']>(method, params);
}

/** The same where not even an answer is sure to come: a server that fails says so in the place of the result. */
export async function orProblem<Result>(answer: Promise<Result>): Promise<Result | Problem> {
  try {
    return await answer;
  } catch (error) {
    const said = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
    return { problem: String(said) };
  }
}

/** The server is there later than the page, and whoever needs it waits. */
export type Server = Promise<{ readonly client: LSPClient }>;
