/** What the channel policies page shows of each configured account. Pure. */
import type {
  ChannelAccountView,
  ChannelSettingKey,
  ChannelSettingValue,
  ChannelSettingView,
} from '../../contract/channels.ts';
import { channelSettingKeys } from '../../contract/channel-edit.ts';
import {
  accountsInConfig,
  settingInConfig,
  type AccountInConfig,
} from '../../contract/gateway-config/channel-accounts.ts';
import { isJsonArray, type Json } from '../../contract/gateway-config/json.ts';
import type { GuardView } from '../../contract/guard/guard-view.ts';
import type { GatewayConfigReading } from '../config/gateway-config.ts';
import { displayText } from '../requests/display-text.ts';
import { strangerReply } from '../silence/stranger-reply.ts';
import { listSettings, type ChannelSchema } from './channel-schema.ts';

const nameLength = 60;
const entryLength = 80;

export interface ChannelFacts {
  readonly reading: GatewayConfigReading;
  readonly schemas: ReadonlyMap<string, ChannelSchema>;
  readonly labels: Readonly<Record<string, string>>;
  readonly connected: (channel: string, account: string) => boolean | null;
  readonly guard: GuardView;
}

export function channelViews(facts: ChannelFacts): readonly ChannelAccountView[] {
  const { reading, labels, connected, guard } = facts;
  return accountsInConfig(reading.effective).map((account) => {
    const { channel, account: name, enabled } = account;
    const guarded = guard.accounts.find((entry) => entry.channel === channel && entry.account === name);
    return {
      channel,
      label: displayText(labels[channel] ?? channel, nameLength),
      account: name,
      accountShown: displayText(name, nameLength),
      enabled,
      connected: connected(channel, name),
      settings: channelSettingKeys.flatMap((key) => settingView(account, key, facts)),
      strangers: strangerReply(reading.effective, account, guarded),
      guard:
        guard.plugin.state === 'present'
          ? {
              unlisted: guarded?.unlisted ?? null,
              allowTo: guarded?.allowed ?? 0,
              pairingReply: guarded?.pairingReply ?? 'send',
            }
          : null,
    };
  });
}

function settingView(
  account: AccountInConfig,
  key: ChannelSettingKey,
  { reading, schemas }: ChannelFacts,
): readonly ChannelSettingView[] {
  const schema = schemas.get(account.channel)?.[key] ?? 'unknown';
  const effective = settingInConfig(reading.effective, account, key);
  if (schema === 'absent' || (schema === 'unknown' && effective.value === undefined)) return [];
  const written = settingInConfig(reading.authored, account, key);
  const value = settingValue(effective.value);
  const kind = listSettings.has(key) ? 'list' : 'choice';
  return [
    {
      key,
      kind,
      value,
      shown: isList(value) ? value.map((entry) => displayText(entry, entryLength)) : [],
      from: written.from,
      path: effective.path.join('.'),
      allowed: schema === 'unknown' ? null : schema.allowed,
    },
  ];
}

function isList(value: ChannelSettingValue): value is readonly string[] {
  return typeof value === 'object' && value !== null;
}

function settingValue(value: Json | undefined): ChannelSettingValue {
  if (typeof value === 'string') return value;
  if (!isJsonArray(value)) return null;
  return value.filter((entry) => typeof entry === 'string' || typeof entry === 'number').map(String);
}
