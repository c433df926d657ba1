/** One iMessage account as the silence switch sees it. Pure. */
import {
  accountsInConfig,
  settingInConfig,
  type AccountInConfig,
} from '../../contract/gateway-config/channel-accounts.ts';
import { isJsonArray, type Json } from '../../contract/gateway-config/json.ts';
import type { GuardedAccountView, GuardView } from '../../contract/guard/guard-view.ts';
import type { SilenceMode } from '../../contract/silence.ts';

export const imessage = 'imessage';
/** What iMessage does when nothing is set (docs/GATEWAY-PROTOCOL.md#who-may-write). */
const defaultPolicy = 'pairing';
const everyone = '*';
const groupPrefix = 'accessGroup:';

export interface SilenceAccount extends Pick<AccountInConfig, 'channel' | 'account' | 'at'> {
  readonly dmPolicy: string;
  /** Raw entries that hold for this account, its own or the channel's. */
  readonly allowFrom: readonly Json[];
}

/** Those that are switched on. */
export function silenceAccounts(config: Json): readonly SilenceAccount[] {
  return accountsInConfig(config)
    .filter(({ channel, enabled }) => channel === imessage && enabled)
    .map(({ channel, account, at }) => {
      const policy = settingInConfig(config, { channel, at }, 'dmPolicy').value;
      const allowFrom = settingInConfig(config, { channel, at }, 'allowFrom').value;
      return {
        channel,
        account,
        at,
        dmPolicy: typeof policy === 'string' ? policy : defaultPolicy,
        allowFrom: isJsonArray(allowFrom) ? allowFrom : [],
      };
    });
}

export function guardOf(guard: GuardView, account: string): GuardedAccountView | undefined {
  return guard.accounts.find((entry) => entry.channel === imessage && entry.account === account);
}

/** An older guard holds the reply back as well. */
export function holdsReplies(strict: GuardedAccountView['strict']): boolean {
  return strict === 'on' || strict === 'outdated';
}

/**
 * A rule alone silences nobody: without strict mode the gateway answers past it. Whether strict mode is on at a gateway
 * on another machine cannot be told from here.
 */
export function modeOf(dmPolicy: string, guarded: GuardedAccountView | undefined): SilenceMode | 'other' {
  switch (dmPolicy) {
    case 'pairing':
      if (guarded?.pairingReply !== 'silent') return 'answer';
      if (guarded.strict === 'unknown') return 'other';
      return holdsReplies(guarded.strict) ? 'ask' : 'answer';
    case 'allowlist':
      return 'ignore';
    default:
      return 'other';
  }
}

export function hasWildcard({ allowFrom }: Pick<SilenceAccount, 'allowFrom'>): boolean {
  return allowFrom.some((entry) => typeof entry === 'string' && entry.trim() === everyone);
}

export function accessGroups({ allowFrom }: Pick<SilenceAccount, 'allowFrom'>): readonly string[] {
  return allowFrom
    .filter((entry) => typeof entry === 'string')
    .filter((entry) => entry.startsWith(groupPrefix));
}
