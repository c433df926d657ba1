/** What setting up changed in the config, kept so that it can be taken back exactly, even months later. */
import { z } from 'zod';
import { configUndoSchema } from '../../../contract/gateway-config/config-undo.ts';
import { sameJson } from '../../../contract/gateway-config/json.ts';
import type { GuardPart } from '../../../contract/guard/guard-view.ts';
import type { ConfigUndo, ConfigValueChange } from '../../../core/config-ports.ts';
import { valueChange } from '../../../contract/gateway-config/value-edit.ts';
import { readIfThere } from './file-changes.ts';

const schema = z.strictObject({ version: z.literal(1), parts: z.record(z.string(), configUndoSchema) });

export type SetupRecord = Readonly<Record<string, ConfigUndo>>;

const pluginKey = 'plugin';
const strictKey = 'strict:';

export function recordKey(part: GuardPart): string {
  return part.part === 'plugin' ? pluginKey : `${strictKey}${part.account}`;
}

/** What it remembers as set up. */
export function partsIn(record: SetupRecord): readonly GuardPart[] {
  return Object.keys(record).flatMap((key): readonly GuardPart[] => {
    if (key === pluginKey) return [{ part: 'plugin' }];
    return key.startsWith(strictKey) ? [{ part: 'strict', account: key.slice(strictKey.length) }] : [];
  });
}

/** A damaged one names nothing. */
export async function readRecord(
  path: string,
): Promise<{ readonly record: SetupRecord; readonly damagedRecord: boolean }> {
  const text = (await readIfThere(path))?.toString('utf8');
  const record = text === undefined ? {} : parseRecord(text);
  return { record: record ?? {}, damagedRecord: record === null };
}

/** @returns null when it cannot be used */
function parseRecord(text: string): SetupRecord | null {
  try {
    return schema.parse(JSON.parse(text)).parts;
  } catch {
    return null;
  }
}

/** @returns null when there is nothing to keep */
export function formatRecord(parts: SetupRecord): string | null {
  if (Object.keys(parts).length === 0) return null;
  return `${JSON.stringify({ version: 1, parts }, null, 2)}\n`;
}

/**
 * Two edits of the same part, one after the other, as one. The splices of both still fit when nothing was written
 * between them. An earlier edit that somebody took back by hand meanwhile is forgotten.
 */
export function joinUndo(earlier: ConfigUndo, later: ConfigUndo, betweenHash: string): ConfigUndo {
  const follows = later.changes.every((change) => {
    const old = sameChange(earlier, change);
    return old === undefined || sameJson(old.after, change.before);
  });
  if (!follows) return later;
  const joined = earlier.changes.map((change) => {
    const newer = sameChange(later, change);
    if (newer === undefined) return change;
    return valueChange(change.path, change.before, newer.after);
  });
  const exact = earlier.hash === betweenHash;
  return {
    hash: exact ? later.hash : matchesNoFile,
    splices: exact ? [...later.splices, ...earlier.splices] : [],
    changes: [...joined, ...later.changes.filter((change) => sameChange(earlier, change) === undefined)],
    created: [...earlier.created, ...later.created],
  };
}

const matchesNoFile = '0'.repeat(64);

function sameChange(undo: ConfigUndo, { path: at }: ConfigValueChange): ConfigValueChange | undefined {
  return undo.changes.find((change) => sameJson(change.path, at));
}
