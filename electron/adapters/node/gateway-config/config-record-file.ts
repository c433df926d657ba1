/** The file that remembers our edits of the gateway's config: in the data folder, for the owner's eyes only. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { appError, fail, ok } from '../../../contract/result.ts';
import type { ConfigRecordFile } from '../../../core/config-ports.ts';
import type { Clock, Logger } from '../../../core/ports.ts';
import { keepAside } from '../settings/keep-aside.ts';
import { hasCode, reasonOf } from '../system/file-errors.ts';
import { replaceFile } from '../system/replace-file.ts';

export const configRecordFileName = 'gateway-config-edits.json';

const privateMode = 0o600;
/** Sixty edits of long lists stay far below. */
const mostBytes = 20_000_000;

export interface ConfigRecordFileOptions {
  /** The data directory; made when missing. */
  readonly directory: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

export function createConfigRecordFile({
  directory,
  clock,
  logger,
}: ConfigRecordFileOptions): ConfigRecordFile {
  const file = path.join(directory, configRecordFileName);
  return {
    async read(isUsable) {
      try {
        const value = await readJson(file);
        if (isUsable(value)) return { value, keptAside: null };
        logger.log('warn', 'config-record.unusable', { detail: 'not as expected' });
      } catch (error: unknown) {
        if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return { value: null, keptAside: null };
        logger.log('warn', 'config-record.unusable', { detail: reasonOf(error) });
      }
      return { value: null, keptAside: keepAside(file, 'corrupt', clock.now()) };
    },

    async write(value) {
      try {
        await replaceFile(file, `${JSON.stringify(value)}\n`, { mode: privateMode, owner: null });
        return ok(null);
      } catch (error: unknown) {
        return fail(
          appError('settings-not-saved', `${file} could not be written: ${reasonOf(error)}.`, true),
        );
      }
    },
  };
}

/** @throws when it is missing, unreadable, too large, not UTF-8 or not JSON */
async function readJson(file: string): Promise<unknown> {
  if ((await stat(file)).size > mostBytes) throw new RangeError('larger than any such file');
  const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  return JSON.parse(text);
}
