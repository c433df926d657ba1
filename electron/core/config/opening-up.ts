/** Whether taking an edit back answers strangers who get nothing now, or lets them in: only when the owner says so. */
import type { StrangerReply } from '../../contract/channels.ts';
import { accountsInConfig } from '../../contract/gateway-config/channel-accounts.ts';
import { withChange, type Json } from '../../contract/gateway-config/json.ts';
import type { GuardedAccountView, GuardView } from '../../contract/guard/guard-view.ts';
import { replyToAsking, strangerReply } from '../silence/stranger-reply.ts';
import type { RecordedEdit } from './config-record.ts';
import { netChanges } from './undo-plan.ts';

/** @param value the gateway's config as it is now */
export function opensUp(edit: RecordedEdit, value: Json, guard: Pick<GuardView, 'accounts'>): boolean {
  const former = formerConfig(edit, value);
  if (former === null) return true;
  const now = openness(value, edit, guard, 'after');
  const then = openness(former, edit, guard, 'before');
  // Accounts without a setting of their own follow the channel's.
  return [...then].some(([account, open]) => open > (now.get(account) ?? closed));
}

/** Null: the values cannot be put there any more. */
function formerConfig({ undos }: RecordedEdit, value: Json): Json | null {
  return netChanges(undos).reduce<Json | null>(
    (config, { path, before }) => (config === null ? null : withChange(config, { path, value: before })),
    value,
  );
}

const closed = 0;
const degrees: Readonly<Record<StrangerReply, number>> = {
  nothing: closed,
  silent: closed,
  code: 1,
  'everyone-is-let-in': 2,
};

function openness(
  config: Json,
  { channel, rule }: RecordedEdit,
  guard: Pick<GuardView, 'accounts'>,
  side: 'before' | 'after',
): ReadonlyMap<string, number> {
  return new Map(
    accountsInConfig(config)
      .filter((account) => account.channel === channel)
      .map((account) => {
        const guarded = guard.accounts.find(
          (entry) => entry.channel === channel && entry.account === account.account,
        );
        const ruled = rule?.account === account.account ? underRule(guarded, rule[side]) : guarded;
        // Asking strangers to pair is also what a channel does where nothing is set.
        const reply = strangerReply(config, account, ruled) ?? replyToAsking(ruled);
        return [account.account, degrees[reply]];
      }),
  );
}

/** A rule that is silent counts as kept, whatever is known of strict mode now: giving it up is for the owner to say. */
function underRule(
  guarded: GuardedAccountView | undefined,
  reply: 'absent' | 'send' | 'silent',
): Pick<GuardedAccountView, 'pairingReply' | 'strict'> {
  return reply === 'silent'
    ? { pairingReply: 'silent', strict: 'on' }
    : { pairingReply: 'send', strict: guarded?.strict ?? 'unknown' };
}
