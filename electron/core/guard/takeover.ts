/** When a set-up has arrived: the gateway runs with what was written, and its channel is back. */
import type { GuardSetupPlan } from '../../contract/guard/guard-view.ts';
import type { Call } from '../gateway/calls.ts';
import type { GuardInstaller } from '../guard-ports.ts';
import { readChannelStatus, type ChannelAccountStatus } from './channel-status.ts';
import { isUnknownMethod, type GuardCalls } from './guard-calls.ts';

/** Looks once. */
export type Takeover = () => Promise<boolean>;

export interface TakeoverParts {
  readonly calls: GuardCalls;
  readonly request: Call;
  readonly installer: Pick<GuardInstaller, 'pluginVersion' | 'inspect'>;
}

/** Call before applying: only then is it known which channels have to come back, and from what. */
export async function takeOver(
  parts: TakeoverParts,
  { input, restartsChannel }: GuardSetupPlan,
): Promise<Takeover> {
  const { request } = parts;
  const before = ((await readChannelStatus(request)) ?? []).filter((account) => account.connected);
  if (input.part === 'plugin') {
    const isThere = input.action === 'remove' ? isGone : isBrought;
    return async () => (await isThere(parts)) && (await areBack(request, before, false));
  }
  const { account, action } = input;
  const own = before.filter((entry) => entry.channel === 'imessage' && entry.account === account);
  const wanted = action === 'remove' ? 'off' : 'on';
  return async () =>
    (await isStrict(parts.installer, account, wanted)) && (await areBack(request, own, restartsChannel));
}

async function isBrought({ calls, installer }: TakeoverParts): Promise<boolean> {
  const status = await calls.status();
  return status.ok && status.value.version === installer.pluginVersion;
}

async function isGone({ calls }: TakeoverParts): Promise<boolean> {
  const status = await calls.status();
  return !status.ok && isUnknownMethod(status.error);
}

async function isStrict(
  installer: TakeoverParts['installer'],
  account: string,
  wanted: 'on' | 'off',
): Promise<boolean> {
  const inspected = await installer.inspect();
  if (!inspected.ok) return false;
  return inspected.value.accounts.some(
    (entry) => entry.channel === 'imessage' && entry.account === account && entry.strict === wanted,
  );
}

/** Whether all that were connected before are so again. One that was not is not waited for: that is not our doing. */
async function areBack(
  request: Call,
  before: readonly ChannelAccountStatus[],
  restarted: boolean,
): Promise<boolean> {
  if (before.length === 0) return true;
  const now = await readChannelStatus(request);
  return before.every((was) => {
    const is = now?.find(({ channel, account }) => channel === was.channel && account === was.account);
    if (is?.connected !== true) return false;
    return !restarted || was.startedAt === null || is.startedAt !== was.startedAt;
  });
}
