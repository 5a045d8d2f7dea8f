import { ErrorCodes, MessageType, ResponseError } from 'vscode-languageserver';
import type { WhatIfArguments } from '../protocol.ts';
import type { Feature } from '../session.ts';
import { whatIfAnswer } from './pictures.ts';

/** What the server does for clients that cannot do it themselves. */
export const commands: Feature = (session) => {
  const { connection, client } = session;
  connection.onExecuteCommand(
    session.answer(({ command, arguments: given }) => {
      if (command !== whatIfCommand) throw new ResponseError(ErrorCodes.InvalidParams, `no command \`${command}\``);
      if (!isWhatIf(given))
        throw new ResponseError(ErrorCodes.InvalidParams, `${command} takes a URI, a net and inputs`);
      const [uri, net, inputs = {}] = given;
      const answer = whatIfAnswer(session.text(uri), net, inputs);
      session.say(MessageType.Info, 'text' in answer ? answer.text : answer.problem);
      return null;
    }),
  );
  const own = [whatIfCommand].filter((each) => !client.options.commands?.includes(each));
  return { executeCommandProvider: { commands: own } };
};

const whatIfCommand = 'netc.whatIf';

function isWhatIf(given: unknown): given is WhatIfArguments {
  if (!Array.isArray(given)) return false;
  const [uri, net, inputs] = given as readonly unknown[];
  return typeof uri === 'string' && typeof net === 'string' && (inputs === undefined || isShapes(inputs));
}

function isShapes(given: unknown): given is Readonly<Record<string, string>> {
  return typeof given === 'object' && given !== null && Object.values(given).every((each) => typeof each === 'string');
}
