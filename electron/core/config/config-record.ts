/** What Portcullis remembers about its edits of the gateway's config: how to take each back, which end by themselves, and restarts owed. */
import { z } from 'zod';
import type { ConfigReason } from '../../contract/channels.ts';
import { configUndoSchema } from '../../contract/gateway-config/config-undo.ts';
import type { Parsed } from '../../contract/parsed.ts';
import { silenceModes } from '../../contract/silence.ts';

/** Older ones are forgotten. */
export const mostEdits = 60;

const id = z.string().min(1).max(100);
const name = z.string().min(1).max(200);
const configPath = z.string().min(1).max(4096);
const moment = z.int().nonnegative();

const reasonSchema: z.ZodType<ConfigReason> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['silence', 'silence-end']), account: name }),
  z.strictObject({ kind: z.literal('channel'), channel: name, account: name }),
  z.strictObject({ kind: z.literal('undo'), of: id }),
]);

/** The pairing reply rule of one account as it was before an edit; `absent`: the account had no rules at all. */
const ruleUndo = z.strictObject({
  account: name,
  before: z.enum(['absent', 'send', 'silent']),
  after: z.enum(['send', 'silent']),
});
export type RuleUndo = Parsed<typeof ruleUndo>;

const recordedEdit = z.strictObject({
  id,
  /** Epoch ms, our clock. */
  at: moment,
  reason: reasonSchema,
  /** Of which config file. */
  configPath,
  channel: name,
  account: name,
  /** In the order they were made. */
  undos: z.array(configUndoSchema).max(20),
  rule: ruleUndo.nullable(),
  /** The edit this one took back. */
  takesBack: id.nullable(),
  confirmed: z.boolean(),
  undone: z.boolean(),
});
export type RecordedEdit = Parsed<typeof recordedEdit>;

/** The newest switch of one account. */
const recordedSilence = z.strictObject({
  configPath,
  account: name,
  editId: id,
  former: z.enum([...silenceModes, 'other']),
  to: z.enum(silenceModes),
  /** Epoch ms; null: stays. */
  until: moment.nullable(),
});
export type RecordedSilence = Parsed<typeof recordedSilence>;

/** A write of the config was about to be sent to this gateway, which has not been seen to restart since. */
const recordedRestart = z.strictObject({
  /** Its address. */
  gateway: z.string().min(1).max(4096),
  /** The start of the gateway that was written to; empty: it does not tell. */
  bootId: z.string().max(200),
});
export type RecordedRestart = Parsed<typeof recordedRestart>;

const fileSchema = z.strictObject({
  version: z.literal(1),
  /** Oldest first. */
  edits: z.array(recordedEdit),
  silences: z.array(recordedSilence),
  /** One a gateway at most; not in files of older versions. */
  owedRestarts: z.array(recordedRestart).default([]),
});
export type ConfigRecord = Omit<Parsed<typeof fileSchema>, 'version'>;

export const emptyRecord: ConfigRecord = { edits: [], silences: [], owedRestarts: [] };

/** @returns null when it is no such record */
export function parseConfigRecord(value: unknown): ConfigRecord | null {
  const parsed = fileSchema.safeParse(value);
  if (!parsed.success) return null;
  const { edits, silences, owedRestarts } = parsed.data;
  return { edits, silences, owedRestarts };
}

export function formatConfigRecord({ edits, silences, owedRestarts }: ConfigRecord): unknown {
  return { version: 1, edits, silences, owedRestarts };
}

/** Never forgets an edit that a switch still goes back by. */
export function withEdit(record: ConfigRecord, edit: RecordedEdit): ConfigRecord {
  const edits = [...record.edits.filter((known) => known.id !== edit.id), edit];
  const needed = new Set(record.silences.map(({ editId }) => editId));
  const surplus = edits.length - mostEdits;
  const forgotten = new Set(
    edits
      .filter((known) => !needed.has(known.id))
      .slice(0, Math.max(0, surplus))
      .map((known) => known.id),
  );
  return { ...record, edits: edits.filter((known) => !forgotten.has(known.id)) };
}

export function changeEdit(
  record: ConfigRecord,
  editId: string,
  change: Partial<Pick<RecordedEdit, 'confirmed' | 'undone' | 'undos' | 'rule'>>,
): ConfigRecord {
  return {
    ...record,
    edits: record.edits.map((edit) => (edit.id === editId ? { ...edit, ...change } : edit)),
  };
}

export function withSilence(
  record: ConfigRecord,
  which: Pick<RecordedSilence, 'configPath' | 'account'>,
  silence: RecordedSilence | null,
): ConfigRecord {
  const others = record.silences.filter(
    ({ configPath, account }) => configPath !== which.configPath || account !== which.account,
  );
  return { ...record, silences: silence === null ? others : [...others, silence] };
}

export function withOwedRestart(record: ConfigRecord, owed: RecordedRestart): ConfigRecord {
  const { owedRestarts } = withoutOwedRestart(record, owed.gateway);
  return { ...record, owedRestarts: [...owedRestarts, owed] };
}

export function withoutOwedRestart(record: ConfigRecord, gateway: string): ConfigRecord {
  return { ...record, owedRestarts: record.owedRestarts.filter((owed) => owed.gateway !== gateway) };
}
