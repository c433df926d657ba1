/** The accounts of every configured channel, by OpenClaw's own rules for leaving the account out. */
import { isJsonArray, isJsonObject, valueAt } from './json.ts';
import type { Json } from './json.ts';

export const imessage = 'imessage';
const defaultAccount = 'default';

/** Settings of all channels, not channels. */
const notChannels: ReadonlySet<string> = new Set(['defaults', 'modelByChannel', '$include']);
/** What makes a channel usable without naming an account. */
const ownCredential = /token|secret|password|cliPath|dbPath|authDir|serviceAccount|httpUrl|webhook/iu;

export interface AccountInConfig {
  readonly channel: string;
  readonly account: string;
  /** Own allowFrom, or the channel's; either may stand below `dm`. */
  readonly allowFrom: readonly string[];
  /** False: switched off, for this account or the whole channel. */
  readonly enabled: boolean;
  /** Own cliPath, or the channel's, as written; null: not set. */
  readonly cliPath: string | null;
  /** The account runs on another Mac, named in the config. */
  readonly remoteHost: boolean;
  /** Where settings of its own are written, so that no other account inherits them. */
  readonly at: readonly string[];
}

export interface SettingInConfig {
  /** What holds for the account; undefined: not set anywhere. */
  readonly value: Json | undefined;
  readonly from: 'account' | 'channel' | 'defaults' | 'gateway';
  /** Where one of the account's own is written. */
  readonly path: readonly string[];
}

/** The account's own value goes before the channel's, as a whole; both before what holds for all channels. */
export function settingInConfig(
  config: Json,
  { channel, at }: Pick<AccountInConfig, 'channel' | 'at'>,
  key: string,
): SettingInConfig {
  const path = [...at, key];
  const places = [
    ...(at.length > channelPath(channel).length ? [['account', path] as const] : []),
    ['channel', [...channelPath(channel), key]] as const,
    ['defaults', ['channels', 'defaults', key]] as const,
  ];
  for (const [from, place] of places) {
    const value = valueAt(config, place);
    if (value !== undefined && value !== null) return { value, from, path };
  }
  return { value: undefined, from: 'gateway', path };
}

function channelPath(channel: string): readonly string[] {
  return ['channels', channel];
}

export function accountsInConfig(config: Json): readonly AccountInConfig[] {
  const channels = valueAt(config, ['channels']);
  if (!isJsonObject(channels)) return [];
  return Object.entries(channels)
    .filter(([channel, value]) => !notChannels.has(channel) && isJsonObject(value))
    .flatMap(([channel, value]) => accountsOf(channel, value));
}

function accountsOf(channel: string, settings: Json): readonly AccountInConfig[] {
  const accounts = valueAt(settings, ['accounts']);
  const keys = isJsonObject(accounts) ? Object.keys(accounts).filter((key) => key !== '$include') : [];
  const named = keys.map((key) =>
    describe(channel, settings, { account: accountName(key), at: ['accounts', key] }),
  );
  const hasDefault = named.some(({ account }) => account === defaultAccount);
  if (hasDefault || (named.length > 0 && !worksByItself(channel, settings))) return named;
  const at = named.length === 0 ? [] : ['accounts', defaultAccount];
  return [describe(channel, settings, { account: defaultAccount, at }), ...named];
}

function worksByItself(channel: string, settings: Json): boolean {
  if (!isJsonObject(settings)) return false;
  return Object.entries(settings).some(([key, value]) => {
    const given = typeof value === 'string' ? value.trim() !== '' : isJsonObject(value);
    return given && (channel === imessage ? key === 'cliPath' || key === 'dbPath' : ownCredential.test(key));
  });
}

function describe(
  channel: string,
  settings: Json,
  { account, at }: { readonly account: string; readonly at: readonly string[] },
): AccountInConfig {
  const setting = (key: string): Json | undefined =>
    valueAt(settings, [...at, key]) ?? valueAt(settings, [key]);
  const off = [valueAt(settings, ['enabled']), valueAt(settings, [...at, 'enabled'])].includes(false);
  return {
    channel,
    account,
    enabled: !off,
    allowFrom: allowedBy(valueAt(settings, at)) ?? allowedBy(settings) ?? [],
    cliPath: textOf(setting('cliPath')),
    remoteHost: textOf(setting('remoteHost')) !== null,
    at: [...channelPath(channel), ...at],
  };
}

function allowedBy(settings: Json | undefined): readonly string[] | null {
  const allowFrom = valueAt(settings, ['allowFrom']) ?? valueAt(settings, ['dm', 'allowFrom']);
  return isJsonArray(allowFrom)
    ? allowFrom.filter((entry) => typeof entry === 'string' || typeof entry === 'number').map(String)
    : null;
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** An account's key as OpenClaw names it everywhere else. */
function accountName(key: string): string {
  const name = key.trim().toLowerCase();
  if (/^[a-z0-9][a-z0-9_-]{0,63}$/u.test(name)) return name;
  const spelled = name
    .replaceAll(/[^a-z0-9_-]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '')
    .slice(0, 64);
  return spelled === '' ? defaultAccount : spelled;
}
