/** Wire entry → one domain request: ids kept raw for answering, everything for the eye made safe and bounded. */
import type { DisplayText } from '../../contract/display-text.ts';
import type {
  ChatRequestView,
  DeviceRequestView,
  NodeRequestView,
  RequestKind,
} from '../../contract/request.ts';
import { describeTexts, kindTexts } from '../../contract/strings.ts';
import { displayText, isPlainlyShown, optionalText } from './display-text.ts';
import type { GatewayClock } from './gateway-clock.ts';
import { keyOf, type IncomingBase, type StateKey } from './incoming-base.ts';
import type { IncomingSend } from './incoming-send.ts';
import { platformText } from './platform-text.ts';
import { adminScope, scopesForNodeCommands, scopeViews } from './scopes.ts';
import type { ChatWire, DeviceWire, NodeWire } from './wire.ts';

export interface IncomingChat extends IncomingBase, Omit<ChatRequestView, StateKey> {
  /** Raw, for answering; so is `channel`. */
  readonly account: string;
  /** Raw, for blocking. */
  readonly senderId: string;
}

export interface IncomingDevice extends IncomingBase, Omit<DeviceRequestView, StateKey> {
  readonly deviceId: string;
}

export interface IncomingNode extends IncomingBase, Omit<NodeRequestView, StateKey> {
  readonly deviceId: string;
}

export type IncomingRequest = IncomingChat | IncomingDevice | IncomingNode | IncomingSend;

/** A pending device request lives this long at the gateway after the device last asked. */
export const deviceLifetimeMs = 5 * 60_000;

/** Characters shown; a longer original is cut and marked. */
const length = { who: 80, fact: 60, name: 60 } as const;
const maxNames = 200;
const operatorRole = 'operator';

export function incomingChat(wire: ChatWire, clock: GatewayClock): IncomingChat {
  const who = displayText(wire.senderId, length.who);
  const channelLabel = displayText(wire.channelLabel ?? wire.channel, length.fact);
  const accountId = displayText(wire.accountLabel ?? wire.accountId, length.fact);
  const notifySupported = wire.notifySupported ?? false;
  const lastSeen = wire.lastSeenAt ?? wire.createdAt;
  return {
    kind: 'chat',
    key: keyOf('chat', wire.requestId),
    id: wire.requestId,
    version: lastSeen,
    who: named(who, 'chat'),
    requestedAt: clock.toOurs(wire.createdAt),
    expiresAt: clock.toOurs(wire.expiresAt),
    fullyShown: who.text !== '' && [who, channelLabel, accountId].every(isPlainlyShown),
    requiredScopes: [],
    facts: JSON.stringify([
      wire.senderId,
      wire.channel,
      wire.channelLabel,
      wire.accountId,
      wire.accountLabel,
      notifySupported,
    ]),
    channel: wire.channel,
    account: wire.accountId,
    senderId: wire.senderId,
    channelLabel,
    accountId,
    lastSeenAt: clock.toOurs(lastSeen),
    asks: 1,
    notifySupported,
  };
}

/**
 * @param alreadyHeld scopes this device holds now (approving renews them too), or null when not known, as in events:
 * then a repair counts as needing admin until a list tells.
 */
export function incomingDevice(
  wire: DeviceWire,
  clock: GatewayClock,
  alreadyHeld: readonly string[] | null,
): IncomingDevice {
  const who = displayText(wire.displayName ?? '', length.who);
  const platform = platformText(wire, length.fact);
  const address = optionalText(wire.remoteIp, length.fact);
  const roles = [...new Set([...(wire.role === undefined ? [] : [wire.role]), ...(wire.roles ?? [])])];
  const role = displayText(roles.join(', ') || operatorRole, length.fact);
  const scopes = wire.scopes ?? [];
  const repair = wire.isRepair ?? false;
  const requiredScopes = [
    ...scopes,
    ...(alreadyHeld ?? (repair ? [adminScope] : [])),
    // Only an administrator may give a role other than operator.
    ...(roles.every((each) => each === operatorRole) ? [] : [adminScope]),
  ];
  return {
    kind: 'device',
    key: keyOf('device', wire.requestId),
    id: wire.requestId,
    version: wire.ts,
    who: named(who, 'device'),
    requestedAt: clock.toOurs(wire.ts),
    expiresAt: clock.toOurs(wire.ts + deviceLifetimeMs),
    fullyShown: [who, platform, address, role].every(isPlainlyShown),
    requiredScopes,
    facts: JSON.stringify([
      wire.deviceId,
      wire.displayName,
      wire.platform,
      wire.deviceFamily,
      wire.remoteIp,
      roles,
      scopes,
      repair,
    ]),
    deviceId: wire.deviceId,
    fingerprint: fingerprintOf(wire.deviceId),
    platform,
    address,
    role,
    scopes: scopeViews(scopes),
    repair,
  };
}

export function incomingNode(wire: NodeWire, clock: GatewayClock): IncomingNode {
  const who = displayText(wire.displayName ?? '', length.who);
  const platform = platformText(wire, length.fact);
  const declared = Object.entries(wire.permissions ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const granted = declared.flatMap(([name, allowed]) => (allowed ? [name] : []));
  const commands = displayNames(wire.commands ?? []);
  const capabilities = displayNames(wire.caps ?? []);
  const permissions = displayNames(granted);
  return {
    kind: 'node',
    key: keyOf('node', wire.requestId),
    id: wire.requestId,
    version: wire.ts,
    who: named(who, 'node'),
    requestedAt: clock.toOurs(wire.ts),
    expiresAt: null,
    fullyShown: [who, platform, ...commands, ...capabilities, ...permissions].every(isPlainlyShown),
    requiredScopes: wire.requiredApproveScopes ?? scopesForNodeCommands(wire.commands ?? []),
    facts: JSON.stringify([
      wire.nodeId,
      wire.displayName,
      wire.platform,
      wire.deviceFamily,
      wire.commands,
      wire.caps,
      declared,
    ]),
    deviceId: wire.nodeId,
    fingerprint: fingerprintOf(wire.nodeId),
    platform,
    commands,
    capabilities,
    permissions,
  };
}

function named(who: DisplayText, kind: RequestKind): DisplayText {
  return who.text === '' ? { ...who, text: kindTexts[kind].nameless } : who;
}

/** As many as fit a card; what is left out is said, and counts as cut. */
export function displayNames(raw: readonly string[]): readonly DisplayText[] {
  const shown = raw.slice(0, maxNames).map((name) => displayText(name, length.name));
  const hidden = raw.length - shown.length;
  if (hidden === 0) return shown;
  return [...shown, { ...displayText(describeTexts.more(hidden), length.name), truncated: true }];
}

/** First 16 characters of the key's digest in groups of four, as people read aloud. */
export function fingerprintOf(deviceId: string): string {
  return (
    displayText(deviceId, 16)
      .text.replace('…', '')
      .match(/.{1,4}/gu) ?? []
  ).join(' ');
}
