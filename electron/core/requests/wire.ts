/**
 * What the gateway sends about pairing (docs/GATEWAY-PROTOCOL.md#pairing), parsed. Unknown extra fields are ignored;
 * facts that only decorate may be missing; facts that decide (ids, scopes, roles, commands) must be right or the entry
 * is rejected and counted.
 */
import { z } from 'zod';
import { longestContact } from '../../contract/people.ts';

const id = z.string().min(1).max(256);
const gatewayMs = z.number().int().nonnegative();
const isoTime = z.iso
  .datetime({ offset: true })
  .pipe(z.coerce.date())
  .transform((date) => date.getTime());
/** A fact that only decorates: whatever is wrong with it, the request is still shown. */
const decoration = z.string().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);
const scopes = z.array(z.string().max(200)).max(100);
const names = z.array(z.string().max(4_000)).max(2_000);

export const chatWire = z.object({
  requestId: id,
  channel: id,
  channelLabel: decoration,
  accountId: id,
  accountLabel: decoration,
  senderId: z.string().min(1).max(longestContact),
  createdAt: isoTime,
  lastSeenAt: isoTime.optional().catch(undefined),
  expiresAt: isoTime,
  notifySupported: flag,
});
export type ChatWire = z.infer<typeof chatWire>;

export const deviceWire = z.object({
  requestId: id,
  deviceId: id,
  displayName: decoration,
  platform: decoration,
  deviceFamily: decoration,
  remoteIp: decoration,
  role: z.string().max(200).optional(),
  roles: z.array(z.string().max(200)).max(50).optional(),
  scopes: scopes.optional(),
  isRepair: flag,
  ts: gatewayMs,
});
export type DeviceWire = z.infer<typeof deviceWire>;

/** A device that is already paired: what it holds now, because approving it again renews that too. */
export const pairedDeviceWire = z.object({ deviceId: id, scopes: scopes.optional() });

export const nodeWire = z.object({
  requestId: id,
  nodeId: id,
  displayName: decoration,
  platform: decoration,
  deviceFamily: decoration,
  remoteIp: decoration,
  caps: names.optional(),
  commands: names.optional(),
  permissions: z.record(z.string().max(4_000), z.boolean()).optional(),
  requiredApproveScopes: scopes.optional(),
  ts: gatewayMs,
});
export type NodeWire = z.infer<typeof nodeWire>;

/** `decision` is an open set at the gateway; `removed` (nodes) comes with an empty request id. */
export const resolvedWire = z.object({
  requestId: z.string().max(256),
  decision: z.string().max(100),
  ts: gatewayMs,
});

export const tickWire = z.object({ ts: gatewayMs });

/** The limit decorates: without it, three is what gateways have. */
export const chatListWire = z.object({
  requests: z.array(z.unknown()),
  limits: z.object({ pendingPerAccount: z.int().positive() }).optional().catch(undefined),
});
export const deviceListWire = z.object({
  pending: z.array(z.unknown()),
  paired: z.array(z.unknown()).optional(),
});
export const nodeListWire = z.object({ pending: z.array(z.unknown()) });

/** More pending requests than any gateway can hold: what is beyond is not looked at. */
export const maxListed = 20_000;

export interface ParsedEntries<T> {
  readonly entries: readonly T[];
  /** Ids of every entry that has one, also of rejected entries: their request is still pending. */
  readonly listedIds: ReadonlySet<string>;
  readonly rejected: number;
  /** False when the list was cut: absence from it then means nothing. */
  readonly complete: boolean;
}

const requestId = z.object({ requestId: id }).transform((entry) => entry.requestId);
/** Stopped messages are named by `id`. */
export const sendIdOf = z.object({ id }).transform((entry) => entry.id);

/** One bad entry never hides the good ones. @param idOf where an entry's id stands */
export function parseEntries<T>(
  schema: z.ZodType<T>,
  list: readonly unknown[],
  idOf: z.ZodType<string> = requestId,
): ParsedEntries<T> {
  const entries: T[] = [];
  const listedIds = new Set<string>();
  let rejected = 0;
  for (const raw of list.slice(0, maxListed)) {
    const named = idOf.safeParse(raw);
    if (named.success) listedIds.add(named.data);
    const parsed = schema.safeParse(raw);
    if (parsed.success) entries.push(parsed.data);
    else rejected += 1;
  }
  return { entries, listedIds, rejected, complete: list.length <= maxListed };
}
