/** What a stranger who writes to one account gets, as the gateway's config and the send guard have it. Pure. */
import type { StrangerReply } from '../../contract/channels.ts';
import { settingInConfig, type AccountInConfig } from '../../contract/gateway-config/channel-accounts.ts';
import { isJsonArray, type Json } from '../../contract/gateway-config/json.ts';
import type { GuardedAccountView } from '../../contract/guard/guard-view.ts';
import { hasWildcard, holdsReplies } from './silence-account.ts';

/** @returns null when it cannot be told: nothing is set, or a word that is not known here */
export function strangerReply(
  config: Json,
  account: Pick<AccountInConfig, 'channel' | 'at'>,
  guarded: Pick<GuardedAccountView, 'pairingReply' | 'strict'> | undefined,
): StrangerReply | null {
  const policy = settingInConfig(config, account, 'dmPolicy').value;
  const allowFrom = settingInConfig(config, account, 'allowFrom').value;
  if (policy === 'disabled') return 'nothing';
  if (policy === 'open' || hasWildcard({ allowFrom: isJsonArray(allowFrom) ? allowFrom : [] }))
    return 'everyone-is-let-in';
  if (policy === 'allowlist') return 'nothing';
  // Of a gateway elsewhere nobody here knows whether strict mode keeps the reply back.
  const isUntold = guarded?.pairingReply === 'silent' && guarded.strict === 'unknown';
  return policy !== 'pairing' || isUntold ? null : replyToAsking(guarded);
}

/** Where strangers ask to be paired. */
export function replyToAsking(
  guarded: Pick<GuardedAccountView, 'pairingReply' | 'strict'> | undefined,
): StrangerReply {
  return guarded?.pairingReply === 'silent' && holdsReplies(guarded.strict) ? 'silent' : 'code';
}
