import type * as vscode from 'vscode';
import {
  type LanguageClient,
  LSPErrorCodes,
  type Position,
  type TextDocumentIdentifier,
} from 'vscode-languageclient/node';
import type {
  DiagramRequest,
  GenerateRequest,
  PlotRequest,
  Problem,
  SummaryRequest,
  WhatIfRequest,
} from '../../server/protocol.ts';

type Requests = DiagramRequest | GenerateRequest | PlotRequest | SummaryRequest | WhatIfRequest;
type Request<Method> = Extract<Requests, { readonly method: Method }>;

/** What the server answers to one of its own requests. */
export function ask<Method extends Requests['method']>(
  client: LanguageClient,
  method: Method,
  params: Request<Method>['params'],
  token?: vscode.CancellationToken,
): Promise<Request<Method>['result']> {
  // A token that is not there would be taken for a parameter.
  return token ? client.sendRequest(method, params, token) : client.sendRequest(method, params);
}

export const isProblem = (answer: object): answer is Problem => 'problem' in answer;

export const identifier = (document: vscode.TextDocument): TextDocumentIdentifier => ({ uri: document.uri.toString() });

/** Where the cursor is, as the protocol has it. */
export const cursorOf = ({ selection: { active } }: vscode.TextEditor): Position => ({
  line: active.line,
  character: active.character,
});

/** What a request that failed has to say, which is nothing where the text has changed since, as whoever changed it asks again. */
export function problemOf(error: Error & { readonly code?: number }): Problem | undefined {
  const isOutdated = error.code === LSPErrorCodes.ContentModified || error.code === LSPErrorCodes.RequestCancelled;
  return isOutdated ? undefined : { problem: error.message };
}
