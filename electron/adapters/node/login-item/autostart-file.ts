/** Starting at login on Linux: one file in the owner's autostart folder, for either host. */
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { loginItemTexts, type LoginItemView } from '../../../contract/login-item.ts';
import { appError, fail, ok, type Result } from '../../../contract/result.ts';
import type { LoginItem } from '../../../core/login-item-ports.ts';
import { hasCode, reasonOf } from '../system/file-errors.ts';
import { replaceFile } from '../system/replace-file.ts';
import { autostartEntry, isOurs, isTurnedOff } from './desktop-entry.ts';

const entryName = 'portcullis.desktop';

export interface AutostartOptions {
  /** The owner's folder for settings, absolute: XDG_CONFIG_HOME or ~/.config. */
  readonly configDir: string;
  /** Program and arguments that start this Portcullis, absolute. */
  readonly command: readonly string[];
}

export function createAutostartFile({ configDir, command }: AutostartOptions): LoginItem {
  const file = path.join(configDir, 'autostart', entryName);
  const content = autostartEntry(command);

  async function current(): Promise<Result<string | null>> {
    try {
      return ok(await readFile(file, 'utf8'));
    } catch (error: unknown) {
      if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return ok(null);
      return failed(loginItemTexts.notRead(file, reasonOf(error)));
    }
  }

  async function read(): Promise<Result<LoginItemView>> {
    if (content === null) return failed(loginItemTexts.oddPath);
    const there = await current();
    if (!there.ok) return there;
    return ok({ state: stateOf(there.value, content), writes: { path: file, content } });
  }

  async function set(on: boolean): Promise<Result<LoginItemView>> {
    if (content === null) return failed(loginItemTexts.oddPath);
    const there = await current();
    if (!there.ok) return there;
    if (there.value !== null && !isOurs(there.value)) return failed(loginItemTexts.notOurs(file));
    try {
      if (on) await replaceFile(file, content, { mode: 0o644, owner: null });
      else await rm(file, { force: true });
    } catch (error: unknown) {
      return failed(loginItemTexts.notWritten(file, reasonOf(error)));
    }
    return read();
  }

  return { read, set };
}

function stateOf(there: string | null, ours: string): LoginItemView['state'] {
  if (there === null || isTurnedOff(there)) return 'off';
  return there === ours ? 'on' : 'other';
}

function failed(message: string): Result<never> {
  return fail(appError('settings-not-saved', message, true));
}
