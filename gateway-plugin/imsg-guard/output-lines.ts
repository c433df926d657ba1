/**
 * Our answers and imsg's output on one stream: imsg's bytes go through unchanged, our lines only between two of its
 * lines, and a slow reader slows both down.
 */
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { LineSplitter } from './line-splitter.ts';

const newline = 0x0a;
/** Longer lines from imsg (histories, attachments) are not looked at. */
const observedLineMax = 256 * 1024;

export class OutputLines {
  readonly #out: Writable;
  readonly #observe: (line: Buffer) => void;
  readonly #splitter = new LineSplitter(observedLineMax);
  #pending: string[] = [];
  #midLine = false;
  #last: Promise<void> = Promise.resolve();

  constructor(out: Writable, observe: (line: Buffer) => void) {
    this.#out = out;
    this.#observe = observe;
  }

  /** Resolves when the reader can take more. */
  forward(chunk: Buffer): Promise<void> {
    for (const line of this.#splitter.push(chunk)) if (line !== null) this.#observe(line);
    return this.#inTurn(async () => {
      const end = chunk.lastIndexOf(newline) + 1;
      if (end > 0) {
        await this.#write(chunk.subarray(0, end));
        this.#midLine = false;
        await this.#flush();
      }
      if (end < chunk.length) {
        await this.#write(chunk.subarray(end));
        this.#midLine = true;
      }
    });
  }

  /** Adds a line of our own as soon as imsg's current line is complete. */
  inject(line: string): Promise<void> {
    return this.#inTurn(async () => {
      this.#pending.push(line);
      if (!this.#midLine) await this.#flush();
    });
  }

  /** imsg is gone: what we still had to say is said. */
  end(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#pending.length > 0 && this.#midLine) await this.#write(Buffer.from('\n'));
      await this.#flush();
    });
  }

  async #flush(): Promise<void> {
    const lines = this.#pending;
    this.#pending = [];
    for (const line of lines) await this.#write(Buffer.from(`${line}\n`, 'utf8'));
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #write(bytes: Buffer): Promise<void> {
    await writeAll(this.#out, bytes);
  }
}

/** Writes and waits for room. @throws when the reader is gone */
export async function writeAll(out: Writable, bytes: Buffer): Promise<void> {
  if (out.destroyed || out.writableEnded) throw new Error('The stream is closed.');
  if (out.write(bytes)) return;
  const gone = new AbortController();
  const closed = (): void => {
    gone.abort();
  };
  out.once('close', closed);
  try {
    await once(out, 'drain', { signal: gone.signal });
  } finally {
    out.off('close', closed);
  }
}
