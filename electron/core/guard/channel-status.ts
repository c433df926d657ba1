/**
 * What the gateway says about its channels (docs/GATEWAY-PROTOCOL.md#channel-status): which are configured, which are
 * connected.
 */
import { z } from 'zod';
import type { Call } from '../gateway/calls.ts';

const moment = z.number().nullish().catch(null);
const flag = z.boolean().nullish().catch(null);
const channelsWire = z.object({
  channelAccounts: z.record(
    z.string(),
    z.array(
      z.object({
        accountId: z.string(),
        connected: flag,
        running: flag,
        lastStartAt: moment,
        lastConnectedAt: moment,
      }),
    ),
  ),
});

export interface ChannelAccountStatus {
  readonly channel: string;
  readonly account: string;
  readonly connected: boolean;
  /** Changes with every start of the channel, where the gateway tells; else null. */
  readonly startedAt: number | null;
}

const labelsWire = z.object({
  channelLabels: z.record(z.string(), z.string().max(200)).catch({}),
});

export interface ChannelsLook {
  /** Null when the gateway did not say. */
  readonly accounts: readonly ChannelAccountStatus[] | null;
  /** The channels' own names, by channel id; empty where the gateway does not tell. */
  readonly labels: Readonly<Record<string, string>>;
}

export async function lookAtChannels(request: Call): Promise<ChannelsLook> {
  const answer = await request('channels.status', {});
  if (!answer.ok) return { accounts: null, labels: {} };
  const labels = labelsWire.safeParse(answer.value);
  return { accounts: accountsIn(answer.value), labels: labels.success ? labels.data.channelLabels : {} };
}

/** @returns null when the gateway did not say */
export async function readChannelStatus(request: Call): Promise<ChannelsLook['accounts']> {
  return (await lookAtChannels(request)).accounts;
}

function accountsIn(answer: unknown): ChannelsLook['accounts'] {
  const parsed = channelsWire.safeParse(answer);
  if (!parsed.success) return null;
  return Object.entries(parsed.data.channelAccounts).flatMap(([channel, accounts]) =>
    accounts.map((entry) => ({
      channel,
      account: entry.accountId,
      connected: entry.connected ?? entry.running ?? false,
      startedAt: entry.lastStartAt ?? entry.lastConnectedAt ?? null,
    })),
  );
}
