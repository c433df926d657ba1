/** On a real gateway with the guard plugin: the app's own connection to it, and others who come and go. */
import { expect, vi } from 'vitest';
import type { ThrowawayGateway } from '../../../../build/demo/throwaway-gateway.ts';
import { deviceAsksToPair, nodeConnects, strangerWrites } from '../../../../build/demo/visitors.ts';
import { connectOperator } from '../../../../gateway-plugin/testing/operator-client.fixture.ts';
import type { OperatorClient } from '../../../../gateway-plugin/testing/operator-client.fixture.ts';
import { parsePolicy, type Policy } from '../../../contract/guard/policy.ts';
import type { PairedDeviceView } from '../../../contract/people.ts';
import { appError, fail, ok, type Result } from '../../../contract/result.ts';
import { Credentials } from '../../../core/credentials/credentials.ts';
import { elevatedCalls } from '../../../core/gateway/calls.ts';
import { Connection } from '../../../core/gateway/connection.ts';
import { SecretStoreDouble, silentLogger } from '../../../core/gateway/outside.double.ts';
import { restingAuthority } from '../../../core/gateway/resting-authority.ts';
import { GuardCalls } from '../../../core/guard/guard-calls.ts';
import { approvedContacts } from '../../../core/people/approved-contacts.ts';
import { ContactCare } from '../../../core/people/contact-care.ts';
import { DeviceCare } from '../../../core/people/device-care.ts';
import type { RulesDoor } from '../../../core/people/people-parts.ts';
import type { GatewayFinder } from '../../../core/ports.ts';
import { GatewayClock } from '../../../core/requests/gateway-clock.ts';
import { systemTimers } from '../system/timers.ts';
import { createLocalFinder } from '../gateway/local-finder.ts';
import { createOfficialGateway } from '../gateway/official-gateway.ts';
import { GuardOnGateway } from '../guard-setup/guard-on-gateway.fixture.ts';
import { createStoredContacts } from './stored-contacts.ts';

export const clock = { now: Date.now };

/** Of the channel: somebody, and a group. */
export const allowedInConfig: readonly string[] = ['+15559990000', 'accessGroup:family'];

let visited: ThrowawayGateway | null = null;
let guard: GuardOnGateway | null = null;
/** Somebody else who runs this gateway, with every right. */
let owner: OperatorClient | null = null;
const connections: Connection[] = [];

/** @param running its channel lets in {@link allowedInConfig} */
export async function enter(running: ThrowawayGateway): Promise<void> {
  visited = running;
  guard = await GuardOnGateway.at(running);
  await guard.present();
  owner = await connectOperator(running.url, running.token);
}

/** Without the guard, as it was. */
export async function leave(): Promise<void> {
  owner?.close();
  await guard?.absent();
  guard?.leave();
}

export function hangUp(): void {
  for (const connection of connections.splice(0)) connection.dispose();
}

export function gateway(): ThrowawayGateway {
  if (visited === null) throw new Error('Nobody entered a gateway.');
  return visited;
}

export async function ownerCalls(method: string, params: object = {}): Promise<unknown> {
  if (owner === null) throw new Error('Nobody entered a gateway.');
  const outcome = await owner.call(method, params);
  if (!outcome.ok) throw new Error(`${method}: ${outcome.message}`);
  return outcome.payload;
}

interface Circumstances {
  readonly env?: NodeJS.ProcessEnv;
  readonly store?: SecretStoreDouble;
  readonly finder?: GatewayFinder;
}

/** The app's own connection, on its way. */
export function opened({
  env = gateway().env,
  store = new SecretStoreDouble(),
  finder,
}: Circumstances = {}): Connection {
  const connection = new Connection({
    gateway: createOfficialGateway({ logger: silentLogger, appVersion: '0.1.0' }),
    finder: finder ?? createLocalFinder({ logger: silentLogger, env }),
    credentials: new Credentials(store, silentLogger),
    clock,
    timers: systemTimers,
    random: { fraction: Math.random, token: () => 'unused' },
    logger: silentLogger,
    displayName: `Portcullis ${String(connections.length)} of ${String(Date.now())}`,
    choice: { mode: 'local' },
    sync: () => Promise.resolve(true),
  });
  connections.push(connection);
  connection.start();
  return connection;
}

/** The app's own connection, ready, and what looks after devices over it. */
export async function connected(circumstances: Circumstances = {}) {
  const store = circumstances.store ?? new SecretStoreDouble();
  const connection = opened({ ...circumstances, store });
  await isReady(connection);
  const held = () =>
    connection.hello === null ? { scopes: [], ownDeviceOnly: false } : restingAuthority(connection.hello);
  const devices = new DeviceCare({
    gatewayClock: new GatewayClock(clock),
    logger: silentLogger,
    request: (method, params) => connection.request(method, params),
    offers: (method) => connection.hello?.methods.has(method) === true,
    held,
    elevate: elevatedCalls(connection),
    ownDeviceId: () => connection.ownDeviceId,
    rotateOwnToken: () => connection.rotateOwnToken(),
  });
  return { connection, devices, store };
}

export async function isReady(connection: Connection): Promise<void> {
  await vi.waitFor(() => {
    expect(connection.view).toMatchObject({ state: 'ready' });
  });
}

export async function listed(devices: DeviceCare, elevate = false): Promise<readonly PairedDeviceView[]> {
  const list = await devices.list(elevate);
  if (!list.ok) throw new Error(list.error.message);
  return list.value.list;
}

export async function deviceWith(
  devices: DeviceCare,
  deviceId: string,
): Promise<PairedDeviceView | undefined> {
  return (await listed(devices)).find((device) => device.deviceId === deviceId);
}

export async function pairedDevice(name: string, scopes: readonly string[]) {
  const device = await deviceAsksToPair(gateway(), { name, scopes });
  await ownerCalls('device.pair.approve', { requestId: device.requestId });
  return device;
}

export async function pairedNode(name: string) {
  const node = await nodeConnects(gateway(), { name, commands: ['system.run'] });
  const { pending } = (await ownerCalls('node.pair.list')) as {
    readonly pending: readonly { readonly requestId: string; readonly nodeId: string }[];
  };
  for (const { requestId, nodeId } of pending) {
    if (nodeId === node.nodeId) await ownerCalls('node.pair.approve', { requestId });
  }
  return node;
}

/** The rules through the plugin alone, without the app's part that edits them. */
export const rules: RulesDoor = {
  async read() {
    const { policy } = (await ownerCalls('portcullis-guard.rules.get')) as { readonly policy: unknown };
    const parsed = parsePolicy(policy);
    return parsed.ok
      ? ok({ status: 'ready', policy: parsed.value })
      : fail(appError('rules-unreadable', parsed.error.message));
  },
  async change({ revision, change }): Promise<Result<unknown>> {
    const current = await this.read();
    if (!current.ok) return current;
    const { policy } = current.value;
    const blocked: Policy['blocked'] =
      change.type === 'block'
        ? [...policy.blocked, ...change.people]
        : change.type === 'unblock'
          ? policy.blocked.filter((person) => !change.people.some(({ to }) => to === person.to))
          : policy.blocked;
    return ok(await ownerCalls('portcullis-guard.rules.set', { revision, policy: { ...policy, blocked } }));
  },
};

export function contactsOver(connection: Connection, offers = true) {
  const request: Connection['request'] = (method, params) => connection.request(method, params);
  const offered = (method: string): boolean => offers && connection.hello?.methods.has(method) === true;
  return new ContactCare({
    logger: silentLogger,
    request,
    offers: offered,
    approved: approvedContacts({
      calls: new GuardCalls(request),
      offers: offered,
      stored: createStoredContacts({ stateDir: () => gateway().stateDir, logger: silentLogger }),
      isLocal: () => true,
      logger: silentLogger,
    }),
    rules,
    deny: () => Promise.resolve(ok(null)),
    chatSender: () => null,
    onBlocked: () => Promise.resolve(),
  });
}

interface Pending {
  readonly requestId: string;
  readonly accountId: string;
  readonly senderId: string;
}

export async function pendingContacts(): Promise<readonly Pending[]> {
  return ((await ownerCalls('channels.pairing.list')) as { readonly requests: readonly Pending[] }).requests;
}

export async function requestOf(sender: string): Promise<Pending> {
  return vi.waitFor(async () => {
    const found = (await pendingContacts()).find(({ senderId }) => senderId === sender);
    if (found === undefined) throw new Error(`${sender} has not asked yet.`);
    return found;
  });
}

export async function approvedContact(sender: string): Promise<void> {
  await strangerWrites(gateway(), sender, 'hello');
  const { requestId, accountId } = await requestOf(sender);
  await ownerCalls('channels.pairing.approve', { channel: 'imessage', accountId, requestId });
}
