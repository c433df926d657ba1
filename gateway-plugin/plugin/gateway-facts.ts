/** What the gateway's own config says about its channels, read anew for every send: it is changed while it runs. */
import { z } from 'zod';
import { canonicalAccount, canonicalChannel } from '../../electron/contract/guard/channel-ids.ts';

export interface GatewayFacts {
  /** Channels the gateway has, canonical; null: not known. */
  readonly channels: readonly string[] | null;
  /** Accounts it has on a channel, canonical; null: not known. */
  readonly accountsOf: (channel: string) => readonly string[] | null;
  /**
   * Country in which national numbers are dialled; null: not known, or not the same for every account that may be meant.
   */
  readonly regionOf: (channel: string, account: string | null) => string | null;
}

const text = z.string().trim().min(1);
const account = z.looseObject({ region: text.optional().catch(undefined) });
const channel = z.looseObject({
  enabled: z.boolean().optional().catch(undefined),
  region: text.optional().catch(undefined),
  accounts: z.record(z.string(), account.catch({})).optional().catch(undefined),
});
const gatewayConfig = z.object({ channels: z.record(z.string(), z.unknown()) });
type ChannelConfig = z.infer<typeof channel>;

/** What OpenClaw 2026.9.6 hands to imsg where nothing is set. */
const messagesRegion = 'US';
/** Beside the channels themselves OpenClaw keeps these in `channels`. */
const notChannels: ReadonlySet<string> = new Set(['defaults', 'modelByChannel']);

export const unknownFacts: GatewayFacts = {
  channels: null,
  accountsOf: () => null,
  regionOf: () => null,
};

/** As long as the config is the same, so is what it says. */
const read = new WeakMap<object, GatewayFacts>();

export function gatewayFacts(config: unknown): GatewayFacts {
  if (typeof config !== 'object' || config === null) return unknownFacts;
  const known = read.get(config);
  if (known !== undefined) return known;
  const facts = factsOf(config);
  read.set(config, facts);
  return facts;
}

function factsOf(config: object): GatewayFacts {
  const parsed = gatewayConfig.safeParse(config);
  if (!parsed.success) return unknownFacts;
  const channels = new Map<string, ChannelConfig>();
  for (const [name, value] of Object.entries(parsed.data.channels)) {
    const entry = channel.safeParse(value);
    if (entry.success && !notChannels.has(name)) channels.set(canonicalChannel(name), entry.data);
  }
  return {
    channels: [...channels.keys()],
    accountsOf: (name) => accountNames(name, channels.get(name)),
    regionOf: (name, wanted) => {
      const config = channels.get(name);
      return name !== 'imessage' || config === undefined ? null : messagesRegionOf(config, wanted);
    },
  };
}

function accountNames(name: string, config: ChannelConfig | undefined): readonly string[] | null {
  if (config === undefined) return null;
  const named = Object.keys(config.accounts ?? {}).map(canonicalAccount);
  // OpenClaw has a default account beside the named ones where the channel itself is set up.
  const own = name === 'imessage' ? 'cliPath' in config || 'dbPath' in config : true;
  return named.length === 0 || own ? [...new Set([...named, 'default'])] : named;
}

function messagesRegionOf(config: ChannelConfig, wanted: string | null): string | null {
  const regions = Object.entries(config.accounts ?? {})
    .filter(([name]) => wanted === null || canonicalAccount(name) === canonicalAccount(wanted))
    .map(([, { region }]) => region ?? config.region ?? messagesRegion);
  const all = new Set(
    regions.length === 0 || wanted === null ? [...regions, config.region ?? messagesRegion] : regions,
  );
  const [region, ...others] = [...all].map((name) => name.toUpperCase());
  return region === undefined || others.length > 0 || !/^[A-Z]{2}$/u.test(region) ? null : region;
}
