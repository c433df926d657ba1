/** Which accounts have as many people waiting as the gateway holds: it drops further ones without a word. */
import type { IncomingChat } from '../requests/incoming.ts';

/** What gateways have that do not tell. */
const usualLimit = 3;

export interface FullAccount {
  readonly channel: string;
  readonly account: string;
  /** Display text. */
  readonly label: string;
  readonly count: number;
}

export function fullAccounts(
  requests: readonly IncomingChat[],
  pendingPerAccount: number | null,
): readonly FullAccount[] {
  const waiting = Map.groupBy(requests, ({ channel, account }) => JSON.stringify([channel, account]));
  return [...waiting.values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined || members.length < (pendingPerAccount ?? usualLimit)) return [];
    const { channel, account, channelLabel } = first;
    return [{ channel, account, label: channelLabel.text, count: members.length }];
  });
}
