/**
 * The journal on disk: JSON lines that are only ever added, each naming the hash of the one before, for the owner's
 * eyes only. Survives a crash of the app; after a power cut the last seconds may be missing.
 */
import { ftruncateSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { JournalEntry } from '../../../contract/journal.ts';
import type { Journal } from '../../../core/journal/ports.ts';
import type { Clock, Logger } from '../../../core/ports.ts';
import { closeGrowingFile, openGrowingFile, type GrowingFile } from '../system/growing-file.ts';
import { allLines, currentName, findEnd, fullFiles, fullNameOf, linesOf, mendEnd } from './journal-files.ts';
import { formatLine, readLine, type ChainEnd } from './journal-line.ts';
import { checkChain, type JournalCheck } from './verify.ts';

export interface FileJournalOptions {
  /** Made when missing. */
  readonly directory: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** A file that has grown past it is put away as full. */
  readonly maxBytes?: number;
  /** Full files kept beside the one in use; the oldest of more are deleted. */
  readonly maxFull?: number;
}

interface OpenFile extends GrowingFile {
  end: ChainEnd;
}

/** Of a disk that stays full for very long. */
const mostWaiting = 10_000;

export class FileJournal implements Journal {
  readonly #options: FileJournalOptions;
  readonly #path: string;
  #file: OpenFile | null = null;
  /** What could not be written yet. */
  #waiting: JournalEntry[] = [];

  constructor(options: FileJournalOptions) {
    this.#options = options;
    this.#path = path.join(options.directory, currentName);
  }

  append(entries: readonly JournalEntry[]): void {
    this.#waiting.push(...entries);
    if (this.#waiting.length === 0) return;
    try {
      this.#write();
    } catch (error: unknown) {
      // The gatekeeper goes on; the entries wait for the next ones. A part that got to the disk is mended then.
      this.dispose();
      const lost = this.#waiting.splice(0, this.#waiting.length - mostWaiting).length;
      this.#options.logger.log('error', 'journal.not-written', {
        error,
        waiting: this.#waiting.length,
        lost,
      });
    }
  }

  recent(): readonly JournalEntry[] {
    try {
      return linesOf(this.#path).flatMap((text) => readLine(text)?.entry ?? []);
    } catch (error: unknown) {
      this.#options.logger.log('error', 'journal.not-read', { error });
      return [];
    }
  }

  /** Reads every file. @throws file errors */
  verify(): JournalCheck {
    return checkChain(allLines(this.#options.directory));
  }

  /** The next entry opens the file again. */
  dispose(): void {
    closeGrowingFile(this.#file);
    this.#file = null;
  }

  #write(): void {
    const file = (this.#file ??= this.#open());
    let { end } = file;
    const lines: string[] = [];
    for (const entry of this.#waiting) {
      const line = formatLine(entry, end);
      lines.push(`${line.text}\n`);
      end = line.end;
    }
    const bytes = Buffer.from(lines.join(''));
    writeWhole(file, bytes);
    this.#waiting = [];
    file.end = end;
    file.size += bytes.length;
    if (file.size > (this.#options.maxBytes ?? 1_000_000)) this.#putAway(end);
  }

  #open(): OpenFile {
    const { directory, clock, logger } = this.#options;
    const torn = mendEnd(this.#path, clock.now());
    if (torn !== null) logger.log('warn', 'journal.torn', { keptAside: torn });
    const end = findEnd(directory);
    return { ...openGrowingFile(this.#path), end };
  }

  #putAway(end: ChainEnd): void {
    const { directory, maxFull = 20 } = this.#options;
    this.dispose();
    renameSync(this.#path, path.join(directory, fullNameOf(end.seq)));
    for (const oldest of fullFiles(directory).slice(0, -maxFull)) rmSync(oldest);
  }
}

/** All or, as far as the disk lets us, nothing: the entries are written again later. */
function writeWhole({ descriptor, size }: OpenFile, bytes: Buffer): void {
  try {
    for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
  } catch (error: unknown) {
    ftruncateSync(descriptor, size);
    throw error;
  }
}
