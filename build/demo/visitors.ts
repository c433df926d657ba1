/** Those who want in: a stranger who texts, a device that asks to pair, a machine that offers commands to the agent. */
import {
  GatewayClient,
  GatewayClientRequestError,
  type GatewayClientOptions,
} from '@openclaw/gateway-client';
import { z } from 'zod';
import {
  createDeviceIdentity,
  publicKeyForWire,
  signForWire,
} from '../../electron/adapters/node/gateway/device-identity.ts';
import type { DeviceIdentity } from '../../electron/core/ports.ts';
import { openClawVersion } from './openclaw-install.ts';
import type { ThrowawayGateway } from './throwaway-gateway.ts';

/** The part of a gateway a visitor needs; tests may point visitors at any gateway. */
export type Door = Pick<ThrowawayGateway, 'url' | 'token' | 'imsg'>;

/** @returns the number of the chat they wrote into */
export async function strangerWrites(gateway: Door, sender: string, text: string): Promise<number> {
  return await gateway.imsg.receive(sender, text);
}

// ------------------------------------------------------------------ devices

/** What a machine says of itself. A Linux machine unless told otherwise. */
interface Machine {
  readonly name: string;
  readonly platform?: string;
  readonly deviceFamily?: string;
}

function introduction(
  gateway: Door,
  { name, platform = 'linux', deviceFamily = 'Linux' }: Machine,
  identity: DeviceIdentity,
) {
  const { url, token } = gateway;
  return { url, token, clientDisplayName: name, platform, deviceFamily, deviceIdentity: { ...identity } };
}

export interface DeviceAsk extends Machine {
  readonly scopes: readonly string[];
}

export interface AskingDevice {
  readonly deviceId: string;
  /** The gateway's id of the pending request. */
  readonly requestId: string;
  /** Knocks again with the same key: true when it has been let in since (its connection is closed at once). */
  isLetIn(): Promise<boolean>;
}

/** A browser on another origin is never paired silently, so the gateway asks its owner. */
const FOREIGN_ORIGIN = 'http://localhost:5173';

/** Knocks once. @throws Error when the gateway lets the device in or refuses for another reason than pairing */
export async function deviceAsksToPair(gateway: Door, ask: DeviceAsk): Promise<AskingDevice> {
  const identity = createDeviceIdentity();
  const options: GatewayClientOptions = {
    ...introduction(gateway, ask, identity),
    origin: FOREIGN_ORIGIN,
    clientName: 'gateway-client',
    mode: 'ui',
    role: 'operator',
    scopes: [...ask.scopes],
  };
  const first = await knock(options);
  if (first.state === 'in') {
    first.client.stop();
    throw new Error(`${ask.name} was let in without asking.`);
  }
  return {
    deviceId: identity.deviceId,
    requestId: first.requestId,
    async isLetIn() {
      const again = await knock(options);
      if (again.state === 'in') await again.client.stopAndWait();
      return again.state === 'in';
    },
  };
}

const wrongDeviceToken = 'AUTH_DEVICE_TOKEN_MISMATCH';

/** Whether this device's token opens the gateway (the connection is closed at once). @throws when refused otherwise */
export async function deviceTokenOpens(
  gateway: Door,
  identity: DeviceIdentity,
  deviceToken: string,
): Promise<boolean> {
  try {
    const outcome = await knock({
      url: gateway.url,
      deviceToken,
      clientName: 'gateway-client',
      mode: 'ui',
      clientDisplayName: 'Whoever has the token',
      platform: process.platform,
      role: 'operator',
      scopes: ['operator.read'],
      deviceIdentity: { ...identity },
    });
    if (outcome.state === 'in') await outcome.client.stopAndWait();
    return outcome.state === 'in';
  } catch (error: unknown) {
    if (detailsOf(error)?.['code'] === wrongDeviceToken) return false;
    throw error;
  }
}

// ------------------------------------------------------------------ phones

/**
 * Pairs with a set-up code as the OpenClaw app on an iPhone does, and hangs up. Comes to the gateway directly, because
 * the address in the code need not lead anywhere in a demo.
 * @returns its device id
 * @throws Error when the gateway does not accept the code
 */
export async function phonePairs(gateway: Door, setupCode: string, name: string): Promise<string> {
  const { bootstrapToken } = setupPayload.parse(
    JSON.parse(Buffer.from(setupCode, 'base64url').toString('utf8')),
  );
  const identity = createDeviceIdentity();
  const outcome = await knock({
    url: gateway.url,
    bootstrapToken,
    clientDisplayName: name,
    platform: 'ios',
    deviceFamily: 'iPhone',
    clientName: 'openclaw-ios',
    mode: 'node',
    clientVersion: openClawVersion,
    role: 'node',
    scopes: [],
    caps: [],
    commands: [],
    deviceIdentity: { ...identity },
  });
  if (outcome.state !== 'in') throw new Error(`${name} was not let in with its code.`);
  await outcome.client.stopAndWait();
  return identity.deviceId;
}

const setupPayload = z.object({ bootstrapToken: z.string() });

// ------------------------------------------------------------------ nodes

export interface NodeOffer extends Machine {
  /** E.g. `system.run`, `system.which`; the gateway drops what the platform cannot have. */
  readonly commands: readonly string[];
  readonly caps?: readonly string[];
  readonly permissions?: Readonly<Record<string, boolean>>;
}

export interface ConnectedNode {
  /** Also its device id. */
  readonly nodeId: string;
  /** Resolves when the gateway ends the connection, e.g. because the node was removed. */
  readonly closed: Promise<void>;
  disconnect(): Promise<void>;
}

/** Connects and holds the socket open; its commands then wait for the owner. */
export async function nodeConnects(gateway: Door, offer: NodeOffer): Promise<ConnectedNode> {
  const identity = createDeviceIdentity();
  const ended = Promise.withResolvers<undefined>();
  const outcome = await knock({
    ...introduction(gateway, offer, identity),
    clientName: 'node-host',
    mode: 'node',
    clientVersion: openClawVersion,
    role: 'node',
    scopes: [],
    caps: [...(offer.caps ?? ['system'])],
    commands: [...offer.commands],
    permissions: { ...offer.permissions },
    onClose: () => {
      ended.resolve(undefined);
    },
  });
  if (outcome.state !== 'in') throw new Error(`${offer.name} could not connect: it has to be paired first.`);
  return {
    nodeId: identity.deviceId,
    closed: ended.promise,
    disconnect: () => outcome.client.stopAndWait(),
  };
}

// ------------------------------------------------------------------ an onlooker

export interface PairingNews {
  readonly kind: 'device' | 'node';
  readonly requestId: string;
  readonly decision: string;
}

/** Hears how requests end. */
export async function watchPairings(
  gateway: Door,
  onNews: (news: PairingNews) => void,
): Promise<GatewayClient> {
  return await operatorConnects(gateway, ['operator.read', 'operator.pairing'], (event) => {
    const news = pairingNewsOf(event);
    if (news !== null) onNews(news);
  });
}

type GatewayEvent = Parameters<NonNullable<GatewayClientOptions['onEvent']>>[0];

/** @returns null for every other event */
export function pairingNewsOf({ event, payload }: GatewayEvent): PairingNews | null {
  const kind = event === 'device.pair.resolved' ? 'device' : event === 'node.pair.resolved' ? 'node' : null;
  if (kind === null || typeof payload !== 'object' || payload === null) return null;
  if (!('requestId' in payload) || !('decision' in payload)) return null;
  return { kind, requestId: String(payload.requestId), decision: String(payload.decision) };
}

/**
 * Somebody else who runs this gateway. Connects without a device key, so it leaves no entry in the list of paired
 * devices, and connects again by itself when the gateway restarts.
 */
export async function operatorConnects(
  gateway: Door,
  scopes: readonly string[],
  onEvent: (event: GatewayEvent) => void,
): Promise<GatewayClient> {
  const outcome = await knock({
    url: gateway.url,
    token: gateway.token,
    clientName: 'gateway-client',
    mode: 'backend',
    clientDisplayName: 'Onlooker',
    role: 'operator',
    scopes: [...scopes],
    deviceIdentity: null,
    onEvent,
  });
  if (outcome.state !== 'in') throw new Error('The gateway did not let the onlooker in.');
  return outcome.client;
}

// ------------------------------------------------------------------ the wire

type Knock =
  | { readonly state: 'in'; readonly client: GatewayClient }
  | { readonly state: 'waits'; readonly requestId: string };

/** One attempt. @throws whatever else the gateway answered */
async function knock(options: GatewayClientOptions): Promise<Knock> {
  const answer = Promise.withResolvers<Knock>();
  const client = new GatewayClient({
    ...options,
    minProtocol: 4,
    maxProtocol: 4,
    hostDeps: {
      signDevicePayload: signForWire,
      publicKeyRawBase64UrlFromPem: publicKeyForWire,
      logDebug: () => undefined,
      logError: () => undefined,
    },
    onHelloOk: () => {
      answer.resolve({ state: 'in', client });
    },
    onConnectError: (error) => {
      const requestId = pendingRequestOf(error);
      if (requestId === null) answer.reject(error);
      else answer.resolve({ state: 'waits', requestId });
    },
  });
  client.start();
  try {
    const outcome = await answer.promise;
    if (outcome.state !== 'in') await client.stopAndWait();
    return outcome;
  } catch (error: unknown) {
    client.stop();
    throw error;
  }
}

function pendingRequestOf(error: Error): string | null {
  const details = detailsOf(error);
  return details?.['code'] === 'PAIRING_REQUIRED' && typeof details['requestId'] === 'string'
    ? details['requestId']
    : null;
}

function detailsOf(error: unknown): Readonly<Record<string, unknown>> | null {
  if (!(error instanceof GatewayClientRequestError)) return null;
  const { details } = error;
  return typeof details === 'object' && details !== null ? { ...details } : null;
}
