/** The log on disk: JSON lines, redacted here and nowhere earlier, bounded in size, for the owner's eyes only. Never throws. */
import { renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { Redactor } from '../../../core/log/redact.ts';
import type { Clock, Logger, LogLevel } from '../../../core/ports.ts';
import { closeGrowingFile, openGrowingFile, type GrowingFile } from '../system/growing-file.ts';

export interface FileLogOptions {
  /** Made when missing. */
  readonly directory: string;
  readonly redactor: Redactor;
  readonly clock: Clock;
  /** Lines below it are not written. */
  readonly lowest?: LogLevel;
  /** One file may grow this large; it and its predecessor are kept, so twice this is the most on disk. */
  readonly maxBytes?: number;
}

const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];
const longestLine = 32_000;

export class FileLog implements Logger {
  readonly path: string;
  readonly #previous: string;
  readonly #options: FileLogOptions;
  readonly #lowest: number;
  readonly #maxBytes: number;
  #file: GrowingFile | null = null;
  /** Lines that could not be written since the last one that could. */
  #lost = 0;

  constructor(options: FileLogOptions) {
    this.#options = options;
    this.#lowest = levels.indexOf(options.lowest ?? 'info');
    this.#maxBytes = options.maxBytes ?? 1_000_000;
    this.path = path.join(options.directory, 'portcullis.log');
    this.#previous = path.join(options.directory, 'portcullis.1.log');
  }

  log(level: LogLevel, event: string, facts?: Readonly<Record<string, unknown>>): void {
    if (levels.indexOf(level) < this.#lowest) return;
    try {
      const lost = this.#lost === 0 ? {} : { lostBefore: this.#lost };
      this.#write(this.#line(level, event, { ...facts, ...lost }));
      this.#lost = 0;
    } catch {
      // A full disk must not stop the gatekeeper. The number of missing lines is written once there is room.
      this.#lost += 1;
      this.dispose();
    }
  }

  /** The next line opens the file again. */
  dispose(): void {
    closeGrowingFile(this.#file);
    this.#file = null;
  }

  #line(level: LogLevel, event: string, facts: Readonly<Record<string, unknown>>): Buffer {
    const { clock, redactor } = this.#options;
    const head = { time: new Date(clock.now()).toISOString(), level, event: redactor.text(event) };
    const safe = redactor.facts(facts);
    const line = JSON.stringify({ ...head, facts: safe });
    return Buffer.from(
      `${line.length <= longestLine ? line : JSON.stringify({ ...head, facts: '[too long]' })}\n`,
    );
  }

  /** Synchronous: the last line before a crash is the one that matters, and lines are few. */
  #write(line: Buffer): void {
    if (this.#file !== null && this.#file.size + line.length > this.#maxBytes) {
      this.dispose();
      renameSync(this.path, this.#previous);
    }
    this.#file ??= openGrowingFile(this.path);
    writeSync(this.#file.descriptor, line);
    this.#file.size += line.length;
  }
}
