/**
 * What the gateway tells about those who are in already (docs/GATEWAY-PROTOCOL.md#pairing), parsed. Facts that only
 * decorate may be missing; an entry without a usable id, role or scopes is not shown and counted.
 */
import { z } from 'zod';

const deviceId = z.string().regex(/^[0-9a-f]{64}$/);
const time = z.number().int().nonnegative().optional().catch(undefined);
const decoration = z.string().optional().catch(undefined);
/** An identifier of the gateway's, handed back to it as it came. */
const role = z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/);
const scopes = z.array(z.string().max(200)).max(100);
const names = z.array(z.string().max(4_000)).max(2_000);

export const pairedWire = z.object({
  deviceId,
  displayName: decoration,
  /** The owner's own name for it. */
  operatorLabel: decoration,
  platform: decoration,
  deviceFamily: decoration,
  role: role.optional(),
  roles: z.array(role).max(50).optional(),
  scopes: scopes.optional(),
  approvedVia: decoration,
  createdAtMs: time,
  approvedAtMs: time,
  lastSeenAtMs: time,
  connected: z.boolean().optional().catch(undefined),
  tokens: z
    .array(z.object({ role, scopes, lastUsedAtMs: time, revokedAtMs: time }))
    .max(50)
    .optional(),
  nodeSurface: z
    .object({ displayName: decoration, caps: names.optional(), commands: names.optional() })
    .optional(),
});
export type PairedWire = z.infer<typeof pairedWire>;

export const pairedListWire = z.object({ paired: z.array(z.unknown()) });

/** Shown as it is, so nothing but what channel ids consist of. */
export const channelName = z.string().regex(/^[A-Za-z0-9][\w-]{0,63}$/);
const accountName = z.string().min(1).max(128);

/** `channels.pairing.list`: the accounts that take part in pairing. */
export const pairingAccountsWire = z.object({
  accounts: z.array(z.object({ channel: channelName, accountId: accountName })).max(1_000),
});
