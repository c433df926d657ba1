/**
 * Who is asked in a chat whether a command may run. OpenClaw can ask in the conversation the command came from, and
 * whoever stands in allowFrom may answer there (docs/GATEWAY-PROTOCOL.md#who-may-approve): copying somebody to allowFrom
 * would make an approver of them. Pure.
 */
import {
  isJsonArray,
  isJsonObject,
  sameJson,
  valueAt,
  type ConfigChange,
  type Json,
} from '../../contract/gateway-config/json.ts';
import { normaliseAddress } from '../../contract/guard/address.ts';
import type { AddressProblem } from '../../contract/guard/address-types.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { imessage } from './silence-account.ts';

const families = ['exec', 'plugin'] as const;
type Family = (typeof families)[number];

/** What is asked about in the chat it came from, by any of these readings of the config. */
export function askedInChats(configs: readonly Json[]): readonly Family[] {
  return families.filter((family) => configs.some((config) => isAskedInChats(config, family)));
}

/** Asked for and not only at chosen addresses; without a mode OpenClaw asks in the chat. */
function isAskedInChats(config: Json, family: Family): boolean {
  const approvals = valueAt(config, ['approvals', family]);
  if (!isJsonObject(approvals)) return false;
  return approvals['enabled'] === true && approvals['mode'] !== 'targets';
}

/** An address a person reads, in the spelling the gateway sends to. */
export function ownAddress(text: string, region: string | null): Result<string, AddressProblem> {
  const address = normaliseAddress(text, { channel: imessage, region });
  if (!address.ok) return address;
  const { kind, key } = address.value;
  return kind === 'phone' || kind === 'email' ? ok(key) : fail('not-understood');
}

/** Asks at the owner's own address, and in no other chat any more. */
export function askOwnerInstead(
  config: Json,
  asked: readonly Family[],
  { account, to }: { readonly account: string; readonly to: string },
): readonly ConfigChange[] {
  const owner: Json = { channel: imessage, to, ...(account === 'default' ? {} : { accountId: account }) };
  return asked.flatMap((family) => [
    { path: ['approvals', family, 'targets'], value: [...liveTargets(config, family, owner), owner] },
    { path: ['approvals', family, 'mode'], value: 'targets' },
  ]);
}

/** Those asked already. A list that `session` left unused would come alive with the change. */
function liveTargets(config: Json, family: Family, owner: Json): readonly Json[] {
  const approvals = valueAt(config, ['approvals', family]);
  if (!isJsonObject(approvals) || approvals['mode'] !== 'both') return [];
  const { targets } = approvals;
  return isJsonArray(targets) ? targets.filter((target) => !sameJson(target, owner)) : [];
}
