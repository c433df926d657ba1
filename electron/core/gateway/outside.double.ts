/** Stands for the whole outside of the gateway connection in unit tests: a gateway, a finder, a keychain and time. */
import { Listeners, type Stop } from '../../contract/listeners.ts';
import { fail, ok, appError, type Result } from '../../contract/result.ts';
import type { KeychainState } from '../../contract/snapshot.ts';
import type {
  ConnectOptions,
  DeviceIdentity,
  FindFailure,
  Gateway,
  GatewayAddress,
  GatewayCredential,
  GatewayFailure,
  GatewayFinder,
  GatewayListener,
  GatewaySession,
  Logger,
  SecretStore,
  Timers,
} from '../ports.ts';
import { localFailure } from './local-failure.ts';
import { ownerScopes, restingScopes } from './scopes.ts';

export const silentLogger: Logger = { log: () => undefined };

export const address: GatewayAddress = {
  url: 'ws://127.0.0.1:18789',
  tlsFingerprint: null,
  remote: false,
  id: '0123456789abcdef',
};

type Answer = Result<unknown, GatewayFailure>;

interface SessionDouble {
  readonly listener: GatewayListener;
  closed: boolean;
  /** What is under way gets no answer any more. */
  end(): void;
}

/** Opens for the credentials it is told about, like the real one: a bootstrap token for the owner's scopes only. */
export class GatewayDouble implements Gateway {
  readonly attempts: ConnectOptions[] = [];
  readonly requests: { readonly method: string; readonly params: unknown }[] = [];
  readonly sessions: SessionDouble[] = [];
  /** Tokens and passwords that open, with the scopes they are good for. */
  readonly accepted = new Map<string, readonly string[]>();
  /** Answers to requests; others get `{}`. */
  answer: (method: string, params: unknown) => Answer | Promise<Answer> = () => ok({});
  /** Set to refuse every connect with it. */
  refusal: GatewayFailure | null = null;
  /** Replaces waiting: connect resolves when this does. */
  gate: Promise<void> = Promise.resolve();
  methods: readonly string[] = [];
  #identities = 0;
  #tokens = 0;

  createIdentity(): DeviceIdentity {
    this.#identities += 1;
    const deviceId = this.#identities.toString(16).padStart(64, '0');
    const pem = (kind: string): string =>
      `-----BEGIN ${kind} KEY-----\n${deviceId}\n-----END ${kind} KEY-----\n`;
    return { deviceId, publicKeyPem: pem('PUBLIC'), privateKeyPem: pem('PRIVATE') };
  }

  async connect(
    options: ConnectOptions,
    listener: GatewayListener,
  ): Promise<Result<GatewaySession, GatewayFailure>> {
    this.attempts.push(options);
    await this.gate;
    if (this.refusal !== null) return fail(this.refusal);
    const refusal = this.#check(options);
    if (refusal !== null) return fail(refusal);
    const ended = Promise.withResolvers<Answer>();
    const session: SessionDouble = {
      listener,
      closed: false,
      end: () => {
        session.closed = true;
        ended.resolve(fail(lost(null)));
      },
    };
    this.sessions.push(session);
    return ok({
      hello: {
        serverVersion: '2026.9.6',
        bootId: 'boot',
        methods: new Set(this.methods),
        scopes: options.scopes,
        authMethod: options.credential.kind,
        deviceToken: this.issue(options.scopes),
      },
      request: (method, params) => {
        this.requests.push({ method, params });
        if (method === 'device.token.rotate')
          return Promise.resolve(ok({ token: this.issue(restingScopes) }));
        if (session.closed) return ended.promise;
        return Promise.race([ended.promise, this.answer(method, params)]);
      },
      close: () => {
        session.end();
        return Promise.resolve();
      },
    });
  }

  issue(scopes: readonly string[]): string {
    this.#tokens += 1;
    const token = `device-token-${String(this.#tokens)}`;
    this.accepted.set(token, scopes);
    return token;
  }

  /** The newest session ends as if the gateway had closed it. */
  endSession(closeCode: number): void {
    const session = this.sessions.at(-1);
    if (session === undefined) throw new Error('No session to end.');
    session.end();
    session.listener.closed(lost(closeCode));
  }

  #check({ credential, scopes }: ConnectOptions): GatewayFailure | null {
    if (credential.kind === 'none') return refused('AUTH_TOKEN_MISSING');
    const granted = this.accepted.get(
      credential.kind === 'password' ? credential.password : credential.token,
    );
    if (granted === undefined) return refused(wrong[credential.kind]);
    if (credential.kind === 'bootstrap-token') {
      const exact =
        scopes.length === ownerScopes.length && ownerScopes.every((scope) => scopes.includes(scope));
      return exact ? null : refused('AUTH_BOOTSTRAP_TOKEN_INVALID');
    }
    const covered = scopes.every((scope) => granted.includes(scope) || granted.includes('operator.admin'));
    return covered ? null : refused('AUTH_SCOPE_MISMATCH');
  }
}

const wrong = {
  'device-token': 'AUTH_DEVICE_TOKEN_MISMATCH',
  'bootstrap-token': 'AUTH_BOOTSTRAP_TOKEN_INVALID',
  'shared-token': 'AUTH_TOKEN_MISMATCH',
  password: 'AUTH_PASSWORD_MISMATCH',
} as const;

export function refused(detail: string): GatewayFailure {
  return { ...localFailure('INVALID_REQUEST', 'refused'), detail };
}

export function lost(closeCode: number | null): GatewayFailure {
  return { ...localFailure('CONNECTION_LOST', 'ended', true), closeCode };
}

export class FinderDouble implements GatewayFinder {
  located: Result<GatewayAddress, FindFailure> = ok(address);
  bootstrapToken: Result<GatewayCredential, FindFailure> = fail('no-credential');
  config: Result<GatewayCredential, FindFailure> = fail('no-credential');
  bootstraps = 0;

  locate(): Promise<Result<GatewayAddress, FindFailure>> {
    return Promise.resolve(this.located);
  }

  bootstrap(): Promise<Result<GatewayCredential, FindFailure>> {
    this.bootstraps += 1;
    return Promise.resolve(this.bootstrapToken);
  }

  configured(): Promise<Result<GatewayCredential, FindFailure>> {
    return Promise.resolve(this.config);
  }
}

export class SecretStoreDouble implements SecretStore {
  readonly items = new Map<string, string>();
  #state: KeychainState = 'unlocked';
  readonly #listeners = new Listeners<[KeychainState]>();
  readonly onState = this.#listeners.add;

  get state(): KeychainState {
    return this.#state;
  }

  become(state: KeychainState): void {
    this.#state = state;
    this.#listeners.emit(state);
  }

  get(account: string): Promise<Result<string | null>> {
    return Promise.resolve(this.#state === 'unlocked' ? ok(this.items.get(account) ?? null) : unavailable);
  }

  set(account: string, value: string): Promise<Result<null>> {
    if (this.#state !== 'unlocked') return Promise.resolve(unavailable);
    this.items.set(account, value);
    return Promise.resolve(ok(null));
  }

  delete(account: string): Promise<Result<null>> {
    if (this.#state !== 'unlocked') return Promise.resolve(unavailable);
    this.items.delete(account);
    return Promise.resolve(ok(null));
  }
}

const unavailable = fail(appError('keychain-unavailable', 'The keychain is not available.', true));

/** Time stands still until `advance`. */
export class TimersDouble implements Timers {
  now = 1_000_000;
  readonly #waiting = new Set<{ readonly at: number; readonly run: () => void }>();

  after(delayMs: number, run: () => void): Stop {
    const entry = { at: this.now + delayMs, run };
    this.#waiting.add(entry);
    return () => this.#waiting.delete(entry);
  }

  get armed(): number {
    return this.#waiting.size;
  }

  advance(ms: number): void {
    this.now += ms;
    for (const entry of [...this.#waiting]) {
      if (entry.at > this.now) continue;
      this.#waiting.delete(entry);
      entry.run();
    }
  }
}
