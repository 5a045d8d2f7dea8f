import { type Message, type MessageStrategy, RAL } from 'vscode-languageserver';

/**
 * Sees the messages that a connection handles, so that work may wait for those that have come already. A connection handles
 * one in each turn of the event loop while it has any, so that there is none where a turn has passed without.
 */
export class Traffic {
  private handled = 0;
  readonly strategy: MessageStrategy;

  constructor(onMessage: (message: Message) => void = () => {}) {
    this.strategy = {
      handleMessage: (message, next) => {
        this.handled++;
        onMessage(message);
        return next(message);
      },
    };
  }

  async quiet(): Promise<void> {
    for (let before = -1; before !== this.handled; ) {
      before = this.handled;
      await new Promise<void>((resolve) => RAL().timer.setImmediate(resolve));
    }
  }
}
