/** Holds the record of config edits and keeps its file up to date; one write at a time, the newest state wins. */
import type { ConfigRecordFile } from '../config-ports.ts';
import type { Logger } from '../ports.ts';
import { emptyRecord, formatConfigRecord, parseConfigRecord, type ConfigRecord } from './config-record.ts';

export class RecordKeeper {
  readonly #file: ConfigRecordFile;
  readonly #logger: Logger;
  #record: ConfigRecord = emptyRecord;
  #writing: Promise<void> = Promise.resolve();

  constructor(file: ConfigRecordFile, logger: Logger) {
    this.#file = file;
    this.#logger = logger;
  }

  get current(): ConfigRecord {
    return this.#record;
  }

  /** Call once, before anything else. @returns where a damaged file was put, or null */
  async load(): Promise<string | null> {
    const read = await this.#file.read((value) => parseConfigRecord(value) !== null);
    this.#record = (read.value === null ? null : parseConfigRecord(read.value)) ?? emptyRecord;
    return read.keptAside;
  }

  /** In memory at once; resolves when it is on disk (or could not be, which is in the log). */
  async change(change: (record: ConfigRecord) => ConfigRecord): Promise<void> {
    this.#record = change(this.#record);
    this.#writing = this.#writing.then(async () => {
      const written = await this.#file.write(formatConfigRecord(this.#record));
      if (!written.ok) this.#logger.log('error', 'config-record-not-saved', { why: written.error.message });
    });
    return this.#writing;
  }
}
