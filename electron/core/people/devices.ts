/** The gateway's list of paired devices and nodes → what the people page shows: names safe, rights in words. */
import type {
  ApprovedVia,
  DevicesListView,
  DeviceTokenView,
  PairedDeviceView,
} from '../../contract/people.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { kindTexts } from '../../contract/strings.ts';
import { displayText, optionalText } from '../requests/display-text.ts';
import { platformText } from '../requests/platform-text.ts';
import type { GatewayClock } from '../requests/gateway-clock.ts';
import { fingerprintOf } from '../requests/incoming.ts';
import { adminScope, isHeld, scopeViews, seesOnlyOwn, type HeldAuthority } from '../requests/scopes.ts';
import { pairedListWire, pairedWire, type PairedWire } from './wire.ts';

export interface DeviceContext {
  readonly clock: GatewayClock;
  readonly held: HeldAuthority;
  readonly ownDeviceId: string | null;
  /** The short-lived device of an elevated look, which is gone again before anybody sees the list. */
  readonly hiddenDeviceId: string | null;
}

const nameLength = 80;
const factLength = 60;
const maxNames = 200;
const operatorRole = 'operator';
const nodeRole = 'node';

/** @returns an unreadable list as `bad-list`, which means "no news", never "nobody" */
export function readDevices(payload: unknown, context: DeviceContext): Result<DevicesListView, 'bad-list'> {
  const parsed = pairedListWire.safeParse(payload);
  if (!parsed.success) return fail('bad-list');
  const list: PairedDeviceView[] = [];
  let unreadable = 0;
  for (const raw of parsed.data.paired) {
    const device = pairedWire.safeParse(raw);
    if (!device.success) unreadable += 1;
    else if (device.data.deviceId !== context.hiddenDeviceId) list.push(deviceView(device.data, context));
  }
  // The list of an elevated look holds everybody; without one we may see ourselves only.
  const limited = context.hiddenDeviceId === null && seesOnlyOwn('device', context.held);
  return ok({ list: list.toSorted(bySeen), limited, offered: true, unreadable });
}

/** What managing a device takes beyond what we hold: everything is allowed, or an administrator decides. */
export function manageScopes(held: HeldAuthority): readonly string[] {
  return seesOnlyOwn('device', held) ? [adminScope] : [];
}

/** The gateway lets nobody revoke more than they hold, and roles other than operator only by an administrator. */
export function revokeScopes(
  token: { readonly role: string; readonly scopes: readonly string[] },
  held: HeldAuthority,
): readonly string[] {
  if (seesOnlyOwn('device', held) || token.role !== operatorRole) {
    return isHeld(adminScope, held.scopes) ? [] : [adminScope];
  }
  return token.scopes.filter((scope) => !isHeld(scope, held.scopes));
}

function deviceView(wire: PairedWire, { clock, held, ownDeviceId }: DeviceContext): PairedDeviceView {
  const toOurs = (at: number | undefined): number | null => (at === undefined ? null : clock.toOurs(at));
  const tokens = (wire.tokens ?? []).filter((token) => token.revokedAtMs === undefined);
  const kind = isNode(wire) ? 'node' : 'device';
  const name = displayText(nameOf(wire), nameLength);
  const word = optionalText(wire.approvedVia, factLength);
  return {
    deviceId: wire.deviceId,
    kind,
    name: name.text === '' ? { ...name, text: kindTexts[kind].nameless } : name,
    fingerprint: fingerprintOf(wire.deviceId),
    platform: platformText(wire, factLength),
    own: wire.deviceId === ownDeviceId,
    connected: wire.connected ?? false,
    lastSeenAt: toOurs(latest(wire.lastSeenAtMs, ...tokens.map((token) => token.lastUsedAtMs))),
    pairedAt: toOurs(wire.approvedAtMs ?? wire.createdAtMs),
    approvedVia: wire.approvedVia === undefined ? 'unknown' : (knownWays.get(wire.approvedVia) ?? 'other'),
    approvedViaWord: word,
    scopes: scopeViews([...(wire.scopes ?? []), ...tokens.flatMap((token) => token.scopes)]),
    tokens: tokens.map((token): DeviceTokenView => ({
      role: token.role,
      scopes: scopeViews(token.scopes),
      lastUsedAt: toOurs(token.lastUsedAtMs),
      revokeElevation: scopeViews(revokeScopes(token, held)),
    })),
    commands: displayNames(wire.nodeSurface?.commands),
    capabilities: displayNames(wire.nodeSurface?.caps),
    manageElevation: scopeViews(manageScopes(held)),
  };
}

const knownWays: ReadonlyMap<string, ApprovedVia> = new Map([
  ['silent', 'silent'],
  ['owner', 'owner'],
  ['trusted-cidr', 'trusted-network'],
  ['ssh-verified', 'ssh'],
]);

/** A machine that only offers commands; one that may also operate the gateway counts as a device. */
export function isNode(wire: Pick<PairedWire, 'role' | 'roles'>): boolean {
  const roles = new Set([...(wire.roles ?? []), ...(wire.role === undefined ? [] : [wire.role])]);
  return roles.has(nodeRole) && !roles.has(operatorRole);
}

/** The name the owner gave comes first; a node's is kept with what it offers. */
function nameOf(wire: PairedWire): string {
  const label = isNode(wire) ? (wire.nodeSurface?.displayName ?? wire.operatorLabel) : wire.operatorLabel;
  return label ?? wire.displayName ?? '';
}

function displayNames(raw: readonly string[] = []) {
  return raw.slice(0, maxNames).map((name) => displayText(name, factLength));
}

function latest(...times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

/** Ourselves first, then who is connected, then whoever was seen last. */
function bySeen(a: PairedDeviceView, b: PairedDeviceView): number {
  return (
    Number(b.own) - Number(a.own) ||
    Number(b.connected) - Number(a.connected) ||
    (b.lastSeenAt ?? b.pairedAt ?? 0) - (a.lastSeenAt ?? a.pairedAt ?? 0)
  );
}
