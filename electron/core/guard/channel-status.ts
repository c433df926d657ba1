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

/** The channels' own names, by channel id; empty where the gateway does not tell. */
export async function readChannelLabels(request: Call): Promise<Readonly<Record<string, string>>> {
  const answer = await request('channels.status', {});
  const parsed = answer.ok ? labelsWire.safeParse(answer.value) : null;
  return parsed?.success === true ? parsed.data.channelLabels : {};
}

/** @returns null when the gateway did not say */
export async function readChannelStatus(request: Call): Promise<readonly ChannelAccountStatus[] | null> {
  const answer = await request('channels.status', {});
  if (!answer.ok) return null;
  const parsed = channelsWire.safeParse(answer.value);
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
