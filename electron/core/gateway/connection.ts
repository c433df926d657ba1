/** Runs the connection machine over the ports and is the one door to the connected gateway. */
import { Listeners, type Stop } from '../../contract/listeners.ts';
import { isSameChoice } from '../../contract/gateway-choice.ts';
import type { GatewayChoice } from '../../contract/settings.ts';
import { appError, fail, type Result } from '../../contract/result.ts';
import type { ConnectionView } from '../../contract/snapshot.ts';
import type {
  GatewayAddress,
  GatewayEvent,
  GatewayFailure,
  GatewayHello,
  GatewayListener,
  GatewaySession,
} from '../ports.ts';
import { attemptSafely, type OpenConnection } from './attempt.ts';
import type { ConnectionDeps } from './connection-deps.ts';
import { withElevation } from './elevation.ts';
import { judgeFailure, type Blocked, type NextWay, type Wait } from './failure-policy.ts';
import { missingFeatures } from './features.ts';
import { labelOf } from './gateway-label.ts';
import { localFailure } from './local-failure.ts';
import { MachineRunner, type SessionEffect } from './machine-runner.ts';
import { OneTimeKeys } from './one-time-keys.ts';
import { isLimited } from './resting-authority.ts';
import { rotateOwnToken } from './token-rotation.ts';
import { keepTypedToken } from './typed-token.ts';

export class Connection {
  readonly #deps: ConnectionDeps;
  readonly #news = {
    view: new Listeners<[ConnectionView]>(),
    event: new Listeners<[GatewayEvent]>(),
    gap: new Listeners(),
    lost: new Listeners(),
  };
  readonly onView = this.#news.view.add;
  /** Events of the session in use, from `syncing` on. */
  readonly onEvent = this.#news.event.add;
  /** Events were lost: re-read the lists. */
  readonly onGap = this.#news.gap.add;
  /** The session in use is gone; whatever was under way has no answer. */
  readonly onLost = this.#news.lost.add;
  readonly #stopKeychain: Stop;
  readonly #machine: MachineRunner;
  readonly #oneTimeKeys: OneTimeKeys;
  #choice: GatewayChoice;
  #open: OpenConnection | null = null;
  /** The gateway removed this device once; coming back by ourselves a second time would ignore the owner. */
  #wasRemoved = false;
  #disposed = false;

  constructor(deps: ConnectionDeps) {
    this.#deps = deps;
    this.#oneTimeKeys = new OneTimeKeys(deps.logger);
    this.#machine = new MachineRunner({
      ...deps,
      run: (effect) => {
        this.#run(effect);
      },
      changed: (view) => {
        this.#news.view.emit(view);
      },
    });
    this.#choice = deps.choice;
    this.#stopKeychain = deps.credentials.onView(({ state, sessionOnly }) => {
      if (state === 'unlocked' || sessionOnly) this.#machine.apply({ type: 'keychain-ready' });
    });
  }

  get view(): ConnectionView {
    return this.#machine.view;
  }

  /** Of the session in use; null unless syncing or ready. */
  get hello(): GatewayHello | null {
    return this.#open?.session.hello ?? null;
  }

  get address(): GatewayAddress | null {
    return this.#open?.address ?? null;
  }

  /** Requests of this device are our own. Null unless syncing or ready. */
  get ownDeviceId(): string | null {
    return this.#open?.deviceId ?? null;
  }

  start(): void {
    this.#machine.apply({ type: 'start' });
  }

  stop(): void {
    this.#machine.apply({ type: 'stop' });
  }

  retry(): void {
    this.#wasRemoved = false;
    this.#machine.apply({ type: 'retry' });
  }

  suspend(): void {
    this.#machine.apply({ type: 'suspend' });
  }

  resume(): void {
    this.#machine.apply({ type: 'resume' });
  }

  /** Another gateway was chosen. The same choice again changes nothing. */
  settingsChanged(choice: GatewayChoice): void {
    if (isSameChoice(this.#choice, choice)) return;
    this.#choice = choice;
    this.#wasRemoved = false;
    this.#machine.apply({ type: 'restart' });
  }

  /** Keeps a token the owner typed and tries it now. */
  async setToken(token: string): Promise<Result<null>> {
    const kept = await keepTypedToken(this.#deps, this.#choice, token);
    if (!kept.ok) return kept;
    this.#wasRemoved = false;
    this.#machine.apply({ type: 'restart' });
    return kept;
  }

  /** Only while syncing or ready; the answer of a session that ended is always CONNECTION_LOST. */
  async request(...call: Parameters<GatewaySession['request']>): Promise<Result<unknown, GatewayFailure>> {
    return this.#open === null ? fail(notConnected) : await this.#open.session.request(...call);
  }

  /** Runs one action with more scopes than we hold at rest; see elevation.ts. Never repeated. */
  async withElevation<T>(
    scopes: readonly string[],
    action: (session: GatewaySession, deviceId: string) => Promise<T>,
  ): Promise<Result<T>> {
    const address = this.#readyAddress;
    if (address === null) return fail(notReady);
    const resting = () => this.#open?.session ?? null;
    const parts = { ...this.#deps, address, resting, keys: this.#oneTimeKeys };
    return await withElevation(parts, scopes, action);
  }

  /** The gateway hangs up on a rotated device as on a removed one, so we hang up first, and come back afterwards. */
  async rotateOwnToken(): Promise<Result<null>> {
    const address = this.#readyAddress;
    if (address === null) return fail(notReady);
    this.stop();
    try {
      return await rotateOwnToken(this.#deps, address);
    } finally {
      if (!this.#disposed) this.start();
    }
  }

  dispose(): void {
    this.#disposed = true;
    this.stop();
    this.#stopKeychain();
    for (const listeners of Object.values(this.#news)) listeners.clear();
  }

  get #readyAddress(): GatewayAddress | null {
    return this.#machine.state.phase === 'ready' ? this.address : null;
  }

  // ---------------------------------------------------------------- effects

  #run(effect: SessionEffect): void {
    switch (effect.type) {
      case 'attempt':
        void this.#attempt(effect.generation);
        break;
      case 'sync':
        void this.#sync(effect.generation);
        break;
      case 'hang-up':
        void this.#open?.session.close();
        this.#open = null;
        break;
      case 'lost':
        this.#news.lost.emit();
        break;
    }
  }

  async #attempt(generation: number): Promise<void> {
    // A session may end between the gateway's greeting and our noticing it.
    const endedEarly: GatewayFailure[] = [];
    const listener: GatewayListener = {
      event: (event) => {
        if (this.#isInUse(generation) && !this.#oneTimeKeys.isOwnNews(event)) this.#news.event.emit(event);
      },
      gap: () => {
        if (this.#isInUse(generation)) this.#news.gap.emit();
      },
      closed: (failure) => {
        if (this.#isInUse(generation)) void this.#lose(generation, failure);
        else endedEarly.push(failure);
      },
    };
    const outcome = await attemptSafely(this.#deps, this.#choice, {
      listener,
      isCurrent: () => generation === this.#machine.state.generation,
      located: (address) => {
        this.#machine.apply({ type: 'located', generation, gateway: labelOf(address, null) });
      },
    });
    if (generation !== this.#machine.state.generation) {
      if (outcome.kind === 'open') await outcome.connection.session.close();
      return;
    }
    switch (outcome.kind) {
      case 'open': {
        const { session, address } = outcome.connection;
        this.#open = outcome.connection;
        this.#machine.apply({
          type: 'opened',
          generation,
          gateway: labelOf(address, session.hello),
          missing: missingFeatures(session.hello.methods),
          limited: isLimited(session.hello),
        });
        for (const failure of endedEarly) await this.#lose(generation, failure);
        break;
      }
      case 'wait':
      case 'blocked':
        this.#follow(generation, outcome);
        break;
      case 'abandoned':
        break;
    }
  }

  async #sync(generation: number): Promise<void> {
    const session = this.#open?.session;
    if (session === undefined) return;
    let done = false;
    try {
      done = await this.#deps.sync(session);
    } catch (error: unknown) {
      this.#deps.logger.log('error', 'gateway-sync-threw', { error });
    }
    if (done) {
      this.#machine.apply({ type: 'synced', generation });
      await this.#oneTimeKeys.takeBack(session);
    } else {
      this.#follow(generation, comeBack);
    }
  }

  async #lose(generation: number, failure: GatewayFailure): Promise<void> {
    const { code, detail, closeCode } = failure;
    this.#deps.logger.log('info', 'gateway-session-ended', { code, detail, closeCode });
    const verdict = judgeFailure(failure);
    if (verdict.kind === 'next-way') await this.#removed(generation, verdict);
    else this.#follow(generation, verdict);
  }

  #follow(generation: number, verdict: Wait | Blocked): void {
    if (verdict.kind === 'wait') {
      this.#machine.apply({
        type: 'wait',
        generation,
        reason: verdict.reason,
        minDelayMs: verdict.minDelayMs,
      });
    } else {
      this.#machine.apply({ type: 'block', generation, reason: verdict.reason, detail: verdict.detail });
    }
  }

  /** This device was taken off the gateway's list: its token is worthless. Ask to come back once, not for ever. */
  async #removed(generation: number, { otherwise }: NextWay): Promise<void> {
    const address = this.#open?.address;
    const again = this.#wasRemoved;
    this.#wasRemoved = true;
    // The session is over whatever the keychain says, so the state does not wait for it.
    this.#follow(generation, again ? otherwise : comeBack);
    if (address === undefined) return;
    const forgotten = await this.#deps.credentials.forgetDeviceToken(address.id);
    if (!forgotten.ok) this.#deps.logger.log('warn', 'credential-not-forgotten', { why: forgotten.error });
  }

  #isInUse(generation: number): boolean {
    return generation === this.#machine.state.generation && this.#open !== null;
  }
}

const comeBack: Wait = { kind: 'wait', reason: 'connection-lost', minDelayMs: 0 };
const notReady = appError('not-connected', 'The gateway is not connected. Nothing was changed.', true);
const notConnected = localFailure('CONNECTION_LOST', 'The gateway is not connected.', true);
