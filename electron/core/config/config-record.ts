/** What Portcullis remembers about its edits of the gateway's config: how to take each back, which end by themselves, and restarts owed. */
import { z } from 'zod';
import type { ConfigReason } from '../../contract/channels.ts';
import { configUndoSchema, type ConfigUndo } from '../../contract/gateway-config/config-undo.ts';
import { silenceModes, type SilenceMode } from '../../contract/silence.ts';

/** Older ones are forgotten. */
export const mostEdits = 60;

/** The pairing reply rule of one account as it was before an edit; `absent`: the account had no rules at all. */
export interface RuleUndo {
  readonly account: string;
  readonly before: 'absent' | 'send' | 'silent';
  readonly after: 'send' | 'silent';
}

export interface RecordedEdit {
  readonly id: string;
  /** Epoch ms, our clock. */
  readonly at: number;
  readonly reason: ConfigReason;
  /** Of which config file. */
  readonly configPath: string;
  readonly channel: string;
  readonly account: string;
  /** In the order they were made. */
  readonly undos: readonly ConfigUndo[];
  readonly rule: RuleUndo | null;
  /** The edit this one took back. */
  readonly takesBack: string | null;
  readonly confirmed: boolean;
  readonly undone: boolean;
}

/** The newest switch of one account. */
export interface RecordedSilence {
  readonly configPath: string;
  readonly account: string;
  readonly editId: string;
  readonly former: SilenceMode | 'other';
  readonly to: SilenceMode;
  /** Epoch ms; null: stays. */
  readonly until: number | null;
}

/** A write of the config was about to be sent to this gateway, which has not been seen to restart since. */
export interface RecordedRestart {
  /** Its address. */
  readonly gateway: string;
  /** The start of the gateway that was written to; empty: it does not tell. */
  readonly bootId: string;
}

export interface ConfigRecord {
  /** Oldest first. */
  readonly edits: readonly RecordedEdit[];
  readonly silences: readonly RecordedSilence[];
  /** One a gateway at most. */
  readonly owedRestarts: readonly RecordedRestart[];
}

export const emptyRecord: ConfigRecord = { edits: [], silences: [], owedRestarts: [] };

const id = z.string().min(1).max(100);
const name = z.string().min(1).max(200);
const moment = z.int().nonnegative();

const reasonSchema: z.ZodType<ConfigReason> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['silence', 'silence-end']), account: name }),
  z.strictObject({ kind: z.literal('channel'), channel: name, account: name }),
  z.strictObject({ kind: z.literal('undo'), of: id }),
]);

const fileSchema = z.strictObject({
  version: z.literal(1),
  edits: z.array(
    z.strictObject({
      id,
      at: moment,
      reason: reasonSchema,
      configPath: z.string().min(1).max(4096),
      channel: name,
      account: name,
      undos: z.array(configUndoSchema).max(20),
      rule: z
        .strictObject({
          account: name,
          before: z.enum(['absent', 'send', 'silent']),
          after: z.enum(['send', 'silent']),
        })
        .nullable(),
      takesBack: id.nullable(),
      confirmed: z.boolean(),
      undone: z.boolean(),
    }),
  ),
  silences: z.array(
    z.strictObject({
      configPath: z.string().min(1).max(4096),
      account: name,
      editId: id,
      former: z.enum([...silenceModes, 'other']),
      to: z.enum(silenceModes),
      until: moment.nullable(),
    }),
  ),
  /** Not in files of older versions. */
  owedRestarts: z
    .array(z.strictObject({ gateway: z.string().min(1).max(4096), bootId: z.string().max(200) }))
    .default([]),
});

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
