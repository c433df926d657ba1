/** Stands for the keychain child: answers by a script, and only when the test says so. */
import type { KeychainProcess } from './keychain-process.ts';
import type { KeychainRequest } from './messages.ts';

export class KeychainProcessDouble implements KeychainProcess {
  readonly pid = null;
  readonly requests: KeychainRequest[] = [];
  killed = false;
  #hear: (message: unknown) => void = () => undefined;
  #end: () => void = () => undefined;

  send(message: KeychainRequest): void {
    this.requests.push(message);
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#hear = listener;
  }

  onEnd(listener: () => void): void {
    this.#end = listener;
  }

  kill(): void {
    this.killed = true;
    this.#end();
  }

  /** Answers the newest request well. */
  answer(value: string | boolean | null): void {
    this.say({ id: this.requests.at(-1)?.id, ok: true, value });
  }

  refuse(): void {
    this.say({ id: this.requests.at(-1)?.id, ok: false, reason: 'no' });
  }

  say(message: unknown): void {
    this.#hear(message);
  }
}
