/** What window and tray show about the silence switch. Pure. */
import type { ConfigWorkView } from '../../contract/channels.ts';
import type { GuardView } from '../../contract/guard/guard-view.ts';
import type { AppError } from '../../contract/result.ts';
import type { SilenceAccountView, SilenceView } from '../../contract/silence.ts';
import type { ConfigRecord, RecordedEdit, RecordedSilence } from '../config/config-record.ts';
import type { GatewayConfigReading } from '../config/gateway-config.ts';
import { opensUp } from '../config/opening-up.ts';
import { isUntouched } from '../config/undo-plan.ts';
import { displayText } from '../requests/display-text.ts';
import { guardOf, hasWildcard, modeOf, silenceAccounts, type SilenceAccount } from './silence-account.ts';

const accountLength = 60;

export interface SilenceFacts {
  readonly connected: boolean;
  /** Null: not read yet. */
  readonly reading: GatewayConfigReading | null;
  readonly guard: GuardView;
  readonly record: ConfigRecord;
  readonly work: ConfigWorkView;
  /** Why the last change of an account was not made. */
  readonly errors: ReadonlyMap<string, AppError>;
}

export function silenceView(facts: SilenceFacts): SilenceView {
  const { connected, reading } = facts;
  if (!connected || reading === null) return { state: 'unavailable', reason: 'not-connected', message: null };
  if (!reading.valid)
    return { state: 'unavailable', reason: 'unreadable', message: reading.issue?.message ?? null };
  const accounts = silenceAccounts(reading.effective);
  if (accounts.length === 0) return { state: 'unavailable', reason: 'no-imessage', message: null };
  return { state: 'ready', accounts: accounts.map((account) => accountView(account, facts)) };
}

function accountView(account: SilenceAccount, facts: SilenceFacts): SilenceAccountView {
  const { guard, record, reading, work, errors } = facts;
  const guarded = guardOf(guard, account.account);
  const authored = reading?.authored ?? null;
  const known = liveSilence(record, reading?.path ?? null, account.account);
  // What somebody else changed since is not gone back on, neither by the owner nor at the end time.
  const silence = known !== null && isUntouched(known.edit, authored) ? known : null;
  return {
    account: account.account,
    accountShown: displayText(account.account, accountLength),
    mode: modeOf(account.dmPolicy, guarded),
    dmPolicy: displayText(account.dmPolicy, accountLength).text,
    until: silence?.silence.until ?? null,
    former: silence?.silence.former ?? null,
    undoConfirm: silence !== null && opensUp(silence.edit, authored, guard),
    wildcard: hasWildcard(account),
    strict: guarded?.strict ?? 'unknown',
    working: isAbout(work, account.account) ? work.progress : null,
    error: errors.get(account.account) ?? null,
  };
}

function isAbout(
  work: ConfigWorkView,
  account: string,
): work is Extract<ConfigWorkView, { readonly state: 'working' }> {
  if (work.state !== 'working') return false;
  const { reason } = work;
  return (reason.kind === 'silence' || reason.kind === 'silence-end') && reason.account === account;
}

/** The newest switch of an account that can still be gone back on. */
export function liveSilence(
  { silences, edits }: ConfigRecord,
  configPath: string | null,
  account: string,
): { readonly silence: RecordedSilence; readonly edit: RecordedEdit } | null {
  const silence = silences.find((entry) => entry.account === account && entry.configPath === configPath);
  const edit = edits.find(({ id, undone }) => id === silence?.editId && !undone);
  return silence === undefined || edit === undefined ? null : { silence, edit };
}
