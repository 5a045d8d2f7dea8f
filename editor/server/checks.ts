import { Interrupted } from '../../compiler/ide.ts';
import type { Session } from './session.ts';

/**
 * Texts that wait to be checked. One is checked whenever no message waits, so that a text which is being typed is checked as
 * it is in the end, and at once.
 */
export class Checks {
  private readonly session: Session;
  private readonly check: (name: string) => void;
  private readonly waiting = new Set<string>();
  private isRunning = false;

  constructor(session: Session, check: (name: string) => void) {
    this.session = session;
    this.check = check;
  }

  add(names: Iterable<string>): void {
    for (const name of names) this.waiting.add(name);
    if (!this.isRunning) void this.run();
  }

  private async run(): Promise<void> {
    this.isRunning = true;
    await this.session.host.quiet();
    // A set that grows goes on with what is new.
    for (const name of this.waiting) {
      this.waiting.delete(name);
      this.checkOne(name);
      await this.session.host.quiet();
    }
    this.isRunning = false;
  }

  private checkOne(name: string): void {
    try {
      this.check(name);
    } catch (error) {
      // An outdated text is checked again, as the message says that is on its way.
      if (error instanceof Interrupted) this.waiting.add(name);
      else this.session.log(error);
    }
  }
}
