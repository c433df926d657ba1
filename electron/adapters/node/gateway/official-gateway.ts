/**
 * The Gateway port over OpenClaw's official client. One client instance is one attempt and one connection: it is
 * stopped at the first close, because our connection machine decides when to try again.
 */
import { GatewayClient, type GatewayClientOptions } from '@openclaw/gateway-client';
import { fail, ok, type Result } from '../../../contract/result.ts';
import type {
  ConnectOptions,
  Gateway,
  GatewayCredential,
  GatewayFailure,
  GatewayHello,
  GatewayListener,
  GatewaySession,
  Logger,
} from '../../../core/ports.ts';
import { createDeviceIdentity, publicKeyForWire, signForWire } from './device-identity.ts';
import {
  connectionLost,
  failureFromAnswer,
  failureFromRequest,
  failureFromSocket,
  gatewayFailure,
} from './gateway-failure.ts';
import { parseHello } from './hello.ts';
import { fingerprintOfServer } from './tls-certificate.ts';

/** A wrong token from this machine is answered after about 4 s, a busy gateway a little later. */
const CONNECT_DEADLINE_MS = 15_000;
const REQUEST_DEADLINE_MS = 15_000;
const PROTOCOL = 4;

export interface OfficialGatewayOptions {
  readonly logger: Logger;
  /** Of this app, told to the gateway. */
  readonly appVersion: string;
  readonly connectDeadlineMs?: number;
}

export function createOfficialGateway(options: OfficialGatewayOptions): Gateway {
  return {
    createIdentity: createDeviceIdentity,
    async connect(connectOptions, listener) {
      const attempt = new Attempt(options, connectOptions, listener);
      const outcome = await attempt.outcome;
      return outcome.ok ? outcome : fail(await explainTls(outcome.error, connectOptions));
    },
  };
}

/** From socket to hello, and then the life of the session. */
class Attempt {
  readonly outcome: Promise<Result<GatewaySession, GatewayFailure>>;
  readonly #client: GatewayClient;
  readonly #listener: GatewayListener;
  readonly #logger: Logger;
  readonly #settle: (outcome: Result<GatewaySession, GatewayFailure>) => void;
  readonly #deadline: NodeJS.Timeout;
  #phase: 'connecting' | 'open' | 'over' = 'connecting';
  #socketFailure: GatewayFailure | null = null;

  constructor(options: OfficialGatewayOptions, connect: ConnectOptions, listener: GatewayListener) {
    this.#listener = listener;
    this.#logger = options.logger;
    const { promise, resolve } = Promise.withResolvers<Result<GatewaySession, GatewayFailure>>();
    this.outcome = promise;
    this.#settle = resolve;
    this.#client = new GatewayClient({
      ...clientOptions(options, connect),
      onHelloOk: (hello) => {
        this.#helloReceived(hello);
      },
      onConnectError: (error) => {
        this.#connectFailed(error);
      },
      onClose: (code, _reason, info) => {
        this.#closed(code, info?.connectError);
      },
      onEvent: ({ event, payload }) => {
        if (this.#phase === 'open') this.#tell(() => listener.event({ name: event, payload }));
      },
      onGap: () => {
        if (this.#phase === 'open') this.#tell(() => listener.gap());
      },
    });
    this.#deadline = setTimeout(() => {
      this.#giveUp(gatewayFailure('NO_ANSWER', 'The gateway did not answer.', { retryable: true }));
    }, options.connectDeadlineMs ?? CONNECT_DEADLINE_MS);
    try {
      this.#client.start();
    } catch (error: unknown) {
      this.#giveUp(failureFromSocket(error));
    }
    // An address the client refuses to use is reported while starting and followed by no close.
    if (this.#socketFailure !== null) this.#giveUp(this.#socketFailure);
  }

  #helloReceived(value: unknown): void {
    if (this.#phase !== 'connecting') return;
    const hello = parseHello(value);
    if (hello === null) {
      this.#giveUp(gatewayFailure('BAD_ANSWER', "The gateway's greeting could not be understood."));
      return;
    }
    clearTimeout(this.#deadline);
    this.#phase = 'open';
    this.#settle(ok(this.#session(hello)));
  }

  /** Called for the gateway's refusal and for socket trouble; only the refusal is final here, the rest closes. */
  #connectFailed(error: Error): void {
    const refusal = failureFromAnswer(error);
    if (refusal === null) this.#socketFailure ??= failureFromSocket(error);
    else this.#giveUp(refusal);
  }

  /** @param cause the gateway's refusal where it was not reported before, as while it is starting */
  #closed(closeCode: number, cause: Error | undefined): void {
    if (this.#phase === 'open') {
      this.#end();
      this.#tell(() => this.#listener.closed(connectionLost(closeCode)));
      return;
    }
    const socketFailure = closeCode === ABNORMAL_CLOSE ? this.#socketFailure : null;
    this.#giveUp(failureFromAnswer(cause) ?? socketFailure ?? connectionLost(closeCode));
  }

  #giveUp(failure: GatewayFailure): void {
    if (this.#phase !== 'connecting') return;
    this.#end();
    this.#settle(fail(failure));
  }

  #end(): void {
    clearTimeout(this.#deadline);
    this.#phase = 'over';
    this.#client.stop();
  }

  /** A listener that throws is a bug of ours, but must not take the connection with it. */
  #tell(call: () => void): void {
    try {
      call();
    } catch (error: unknown) {
      this.#logger.log('error', 'gateway-listener-threw', { error });
    }
  }

  #session(hello: GatewayHello): GatewaySession {
    return {
      hello,
      request: async (method, params, deadlineMs = REQUEST_DEADLINE_MS) => {
        if (this.#phase !== 'open') return fail(connectionLost(null));
        try {
          return ok(await this.#client.request<unknown>(method, params, { timeoutMs: deadlineMs }));
        } catch (error: unknown) {
          return fail(failureFromRequest(error));
        }
      },
      close: async () => {
        if (this.#phase !== 'open') return;
        this.#phase = 'over';
        await this.#client.stopAndWait().catch((error: unknown) => {
          this.#logger.log('debug', 'gateway-close-slow', { error });
        });
      },
    };
  }
}

/** The socket went away without a WebSocket close. */
const ABNORMAL_CLOSE = 1006;

function clientOptions(options: OfficialGatewayOptions, connect: ConnectOptions): GatewayClientOptions {
  const { address, identity, credential } = connect;
  const secrets = [identity.privateKeyPem, ...secretsOf(credential)];
  const log = (level: 'debug' | 'warn') => (message: string) => {
    options.logger.log(level, 'gateway-client', { message });
  };
  return {
    url: address.url,
    ...(address.tlsFingerprint === null ? {} : { tlsFingerprint: address.tlsFingerprint }),
    ...authOptions(credential),
    clientName: 'gateway-client',
    mode: 'ui',
    clientDisplayName: connect.displayName,
    clientVersion: options.appVersion,
    platform: process.platform,
    role: connect.role,
    scopes: [...connect.scopes],
    // Without this cap no approval event arrives, and nothing says so (docs/GATEWAY-PROTOCOL.md#the-handshake).
    caps: ['approvals'],
    minProtocol: PROTOCOL,
    maxProtocol: PROTOCOL,
    deviceIdentity: { ...identity },
    // Empty, so that no environment variable weakens the client's transport rules.
    env: {},
    notifyOnStartupRetry: true,
    hostDeps: {
      signDevicePayload: signForWire,
      publicKeyRawBase64UrlFromPem: publicKeyForWire,
      // Credentials are ours to keep; the client neither loads nor stores any.
      loadDeviceAuthToken: () => null,
      storeDeviceAuthToken: () => undefined,
      clearDeviceAuthToken: () => undefined,
      logDebug: log('debug'),
      logError: log('warn'),
      redactForLog: (message) => secrets.reduce((text, secret) => text.replaceAll(secret, '…'), message),
    },
  };
}

function authOptions(credential: GatewayCredential): Partial<GatewayClientOptions> {
  switch (credential.kind) {
    case 'device-token':
      return { deviceToken: credential.token };
    case 'bootstrap-token':
      return { bootstrapToken: credential.token };
    case 'shared-token':
      return { token: credential.token };
    case 'password':
      return { password: credential.password };
    case 'none':
      return {};
  }
}

function secretsOf(credential: GatewayCredential): readonly string[] {
  switch (credential.kind) {
    case 'none':
      return [];
    case 'password':
      return [credential.password];
    default:
      return [credential.token];
  }
}

/**
 * The client checks the pinned fingerprint before it sends anything, but says only in words why it closed. So after a
 * failure over TLS we look at the certificate ourselves: is it another one than pinned, or one nobody vouches for?
 */
async function explainTls(failure: GatewayFailure, { address }: ConnectOptions): Promise<GatewayFailure> {
  const untrusted = failure.detail === 'TLS_UNTRUSTED';
  if (!address.url.startsWith('wss:') || (failure.code !== 'UNREACHABLE' && !untrusted)) return failure;
  const shown = await fingerprintOfServer(address.url);
  if (shown === null) return failure;
  const changed = address.tlsFingerprint !== null && shown !== address.tlsFingerprint;
  if (!changed && !untrusted) return failure;
  return gatewayFailure('TLS', shown, { detail: changed ? 'TLS_FINGERPRINT' : 'TLS_UNTRUSTED' });
}
