/** Settings as a file to take along, and a file somebody brings, read as carefully as our own. */
import { appError, fail, ok, type Result } from '../../contract/result.ts';
import type { Settings } from '../../contract/settings.ts';
import { transferTexts, type ExportedSettings, type ImportPlan } from '../../contract/settings-transfer.ts';
import { settingsFormat } from './settings-model.ts';
import { settingChanges } from './settings-words.ts';

export function exportSettings(settings: Settings): ExportedSettings {
  const text = `${JSON.stringify(settingsFormat.write(settings), null, 2)}\n`;
  return { fileName: 'portcullis-settings.json', text };
}

/** Reads every version we ever wrote; nothing is taken from a file that is not right as a whole. */
export function readExported(text: string): Result<Settings> {
  let document: unknown;
  try {
    document = JSON.parse(text.replace(/^\u{FEFF}/u, ''));
  } catch {
    return refused(transferTexts.notJson);
  }
  const read = settingsFormat.read(document);
  if (read.ok) return ok(read.value);
  return refused(
    read.error.kind === 'newer' ? transferTexts.newer : transferTexts.damaged(short(read.error.reason)),
  );
}

export function planImport(text: string, current: Settings): Result<ImportPlan> {
  const read = readExported(text);
  return read.ok ? ok({ changes: settingChanges(current, read.value) }) : read;
}

function refused(message: string): Result<never> {
  return fail(appError('bad-input', message));
}

/** Unknown keys of a file that is none of ours may be many. */
function short(reason: string): string {
  return reason.length <= 120 ? reason : `${reason.slice(0, 120)}…`;
}
