/** Whether a written config has arrived: the gateway read it, runs with it, and its channel is connected again. */
import { sameJson, valueAt } from '../../contract/gateway-config/json.ts';
import { readChannelStatus, type ChannelAccountStatus } from '../guard/channel-status.ts';
import type { Call } from '../gateway/calls.ts';
import type { Waiting } from '../guard/waiting.ts';
import type { ConfigValueChange } from '../config-ports.ts';
import { readGatewayConfig } from './gateway-config.ts';
import { hasVariables } from './variables.ts';

export type Arrival =
  | { readonly state: 'arrived' }
  | { readonly state: 'late' }
  /** The gateway goes on with what it had. */
  | { readonly state: 'rejected'; readonly where: string; readonly why: string };

export interface ArrivalParts {
  readonly request: Call;
  readonly waiting: Waiting;
  /** The gateway runs with it; now its channel has to come back. */
  readonly onTakenOver: () => void;
}

/** How it was before a write. */
export interface Departure {
  readonly accounts: readonly ChannelAccountStatus[];
  /** Of the config the gateway runs with. */
  readonly appliedHash: string | null;
}

/** Call before writing: only then is it known which connections have to come back, and from what. */
export async function departure(request: Call, channel: string): Promise<Departure> {
  const [accounts, config] = await Promise.all([readChannelStatus(request), readGatewayConfig(request)]);
  return {
    accounts: (accounts ?? []).filter((account) => account.channel === channel && account.connected),
    appliedHash: config?.appliedHash ?? null,
  };
}

export async function awaitArrival(
  { request, waiting, onTakenOver }: ArrivalParts,
  changes: readonly ConfigValueChange[],
  { accounts, appliedHash }: Departure,
): Promise<Arrival> {
  const seen: Seen = { rejected: null, restarts: null };
  const over = await waiting.until(async () => {
    if (seen.restarts === null) {
      const config = await readGatewayConfig(request);
      if (config === null) return false;
      if (!config.valid) {
        const { path: where, message: why } = config.issue ?? { path: '', message: '' };
        seen.rejected = { state: 'rejected', where, why };
        return true;
      }
      // Right after a write the gateway still shows what it read before.
      const comparable = changes.filter(({ after }) => !hasVariables(after));
      const isRead = comparable.every(({ path, after }) => sameJson(valueAt(config.authored, path), after));
      const isOther = appliedHash === null || config.appliedHash !== appliedHash;
      // Of values that cannot be compared, only another config tells that they were read.
      if (!isRead || !config.applied || (comparable.length < changes.length && !isOther)) return false;
      seen.restarts = isOther;
      onTakenOver();
    }
    return areBack(request, accounts, seen.restarts);
  });
  return seen.rejected ?? { state: over ? 'arrived' : 'late' };
}

interface Seen {
  rejected: Arrival | null;
  /** Null: not taken over yet. False: it ran with this before; an edit was taken back before the gateway saw it. */
  restarts: boolean | null;
}

/** A changed channel starts every one of its accounts anew (measured); one that was away before is not waited for. */
async function areBack(
  request: Call,
  before: readonly ChannelAccountStatus[],
  restarts: boolean,
): Promise<boolean> {
  if (before.length === 0) return true;
  const now = await readChannelStatus(request);
  return before.every(({ channel, account, startedAt }) => {
    const is = now?.find((entry) => entry.channel === channel && entry.account === account);
    return is?.connected === true && (!restarts || startedAt === null || is.startedAt !== startedAt);
  });
}
