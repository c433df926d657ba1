/** One edit of the gateway's config as a list of steps, each safe by itself, and carrying them out. */
import type { ConfigReason } from '../../contract/channels.ts';
import type { ConfigUndo } from '../../contract/gateway-config/config-undo.ts';
import type { ConfigChange } from '../../contract/gateway-config/json.ts';
import type { PairingReply } from '../../contract/guard/policy.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { GatewayConfigFile } from '../config-ports.ts';
import type { ConfigRecord, RecordedEdit, RuleUndo } from './config-record.ts';

export type ConfigJobPart =
  | { readonly do: 'edit'; readonly changes: readonly ConfigChange[] }
  | { readonly do: 'take-back'; readonly undo: ConfigUndo }
  | { readonly do: 'rule'; readonly pairingReply: PairingReply }
  | { readonly do: 'rule-back'; readonly undo: RuleUndo };

export interface ConfigJob {
  readonly reason: ConfigReason;
  readonly channel: string;
  readonly account: string;
  readonly parts: readonly ConfigJobPart[];
  /** The edit this takes back. */
  readonly takesBack: string | null;
  /** What else is to be remembered as soon as something is written. */
  readonly remember?: (record: ConfigRecord, edit: RecordedEdit) => ConfigRecord;
}

export function isWrite(part: ConfigJobPart): boolean {
  return part.do === 'edit' || part.do === 'take-back';
}

/** As few writes as keep the order. */
export function withJoinedEdits(job: ConfigJob): ConfigJob {
  const parts = job.parts.reduce<readonly ConfigJobPart[]>((joined, part) => {
    const last = joined.at(-1);
    return part.do === 'edit' && last?.do === 'edit'
      ? [...joined.slice(0, -1), { do: 'edit', changes: [...last.changes, ...part.changes] }]
      : [...joined, part];
  }, []);
  return { ...job, parts };
}

export interface Written {
  readonly undo: ConfigUndo;
  readonly hash: string;
}

/** One write, only while the file is still `hash`. */
export async function write(
  file: GatewayConfigFile,
  part: Extract<ConfigJobPart, { readonly do: 'edit' | 'take-back' }>,
  hash: string,
): Promise<Result<Written>> {
  const undo =
    part.do === 'edit' ? await edit(file, part.changes, hash) : await takeBack(file, part.undo, hash);
  return undo.ok ? ok({ undo: undo.value, hash: undo.value.hash }) : undo;
}

async function edit(
  file: GatewayConfigFile,
  changes: readonly ConfigChange[],
  expectedHash: string,
): Promise<Result<ConfigUndo>> {
  return file.edit({ expectedHash, changes });
}

/** Byte for byte while nobody else wrote to the file since; else only the values the edit changed. */
async function takeBack(
  file: GatewayConfigFile,
  undo: ConfigUndo,
  expectedHash: string,
): Promise<Result<ConfigUndo>> {
  if (undo.hash === expectedHash) return file.restore(undo);
  const changes = await file.inverse(undo);
  return changes.ok ? edit(file, changes.value, expectedHash) : fail(changes.error);
}
