/** Writes down what reached whom (`log.jsonl`): the people a message really went to, not the ones that were named. */
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Service = 'iMessage' | 'SMS';

export interface Delivery {
  /** text, file, reply, effect, poll, reaction, typing, read, rename, launch, … */
  readonly kind: string;
  /** E.164, e-mail or, where nobody could tell, the text as Messages was given it. */
  readonly recipients: readonly string[];
  /** Whatever of it people read. */
  readonly text?: string;
  /** A second text some of them read: the one for older devices, the choices of a poll. */
  readonly also?: readonly string[];
  readonly file?: { readonly path: string; readonly sha256: string | null };
  readonly effect?: string;
  readonly service?: Service;
  readonly transport?: 'bridge' | 'applescript' | 'window';
  readonly via?: 'rpc' | 'cli';
  /** The database rows were looked up in. */
  readonly database?: string;
  /** How the caller named the place. */
  readonly named?: { readonly to: string | null; readonly chatId: number | null };
}

export class DeliveryLog {
  readonly #path: string;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#path = join(folder, 'log.jsonl');
  }

  delivered(delivery: Delivery): void {
    this.#write({ delivered: delivery });
  }

  received(message: object): void {
    this.#write({ received: message });
  }

  asked(call: object): void {
    this.#write({ asked: call });
  }

  #write(facts: object): void {
    const at = new Date().toISOString();
    appendFileSync(this.#path, `${JSON.stringify({ at, pid: process.pid, ...facts })}\n`);
  }
}

/** The bytes that leave, as they are at this moment; null when there is no such file. */
export function fileFacts(path: string): { readonly path: string; readonly sha256: string | null } {
  try {
    return { path, sha256: createHash('sha256').update(readFileSync(path)).digest('hex') };
  } catch {
    return { path, sha256: null };
  }
}
