/**
 * Makes set-up codes and forgets them at once: a code goes into the answer to the window that asked, and what stays
 * here is its name, for recognising the phone that uses it. While one is shown the window is kept out of screenshots where it can be.
 */
import { appError, fail, ok, type AppError, type Result } from '../../contract/result.ts';
import type { SetupAccess, SetupCode, SetupCodeAnswer, UsedSetupCode } from '../../contract/setup-code.ts';
import type { SetupCodeInput } from '../../contract/schemas.ts';
import { setupErrorTexts } from '../../contract/setup-code-texts.ts';
import type { JournalFact } from '../../contract/journal.ts';
import type { Call, Elevate } from '../gateway/calls.ts';
import type { Clock, GatewayEvent, GatewayFailure, Stop, Timers } from '../ports.ts';
import { displayText } from '../requests/display-text.ts';
import { adminScope, isHeld } from '../requests/scopes.ts';
import { setupCodeWire, setupUsedWire, type SetupCodeWire } from './wire.ts';
import { whyRefused } from './why-refused.ts';

export interface SetupCodeParts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly request: Call;
  /** One action over a short second connection with more scopes. */
  readonly elevate: Elevate;
  /** Scopes of the connection at rest. */
  readonly heldScopes: () => readonly string[];
  readonly screenLocked: () => boolean;
  /** Epoch ms by the gateway → epoch ms by our clock. */
  readonly toOurs: (gatewayMs: number) => number;
  readonly protectContent: (on: boolean) => void;
  readonly note: (fact: JournalFact) => void;
  /** `used` changed. */
  readonly onChange: () => void;
}

/** How long the gateway's codes live; the most we show one for, and what counts when its clock disagrees with ours. */
const lifetimeMs = 10 * 60_000;
/** Codes of the last minutes; the oldest of more is long past. */
const mostRemembered = 20;
const wordsLength = 300;
const addressLength = 120;
const nameLength = 60;

/** Whether the gateway saw the phone take its keys. */
const usedEvents: ReadonlyMap<string, boolean> = new Map([
  ['device.pair.setup.completed', true],
  ['device.pair.setup.deliveryUncertain', false],
]);

export class SetupCodes {
  readonly #parts: SetupCodeParts;
  readonly #made: string[] = [];
  #underWay: Promise<Result<SetupCodeAnswer>> | null = null;
  /** The window closed what it asked for while it was being made. */
  #unwanted = false;
  #stopProtecting: Stop | null = null;
  #used: UsedSetupCode | null = null;

  constructor(parts: SetupCodeParts) {
    this.#parts = parts;
  }

  /** The last code of ours that was used. */
  get used(): UsedSetupCode | null {
    return this.#used;
  }

  async create(input: SetupCodeInput): Promise<Result<SetupCodeAnswer>> {
    const { screenLocked, heldScopes } = this.#parts;
    if (screenLocked()) return fail(appError('not-armed', setupErrorTexts.screenLocked, true));
    if (this.#underWay !== null) return fail(appError('already-submitting', setupErrorTexts.underWay));
    const mayMake = isHeld(adminScope, heldScopes());
    if (!mayMake && !input.elevate) {
      return fail(appError('elevation-needed', setupErrorTexts.elevationNeeded));
    }
    this.forget();
    this.#unwanted = false;
    this.#underWay = this.#make(input.access, mayMake);
    try {
      return await this.#underWay;
    } finally {
      this.#underWay = null;
    }
  }

  /** No window shows a code any more. The gateway knows no way to take an unused one back; it ends by itself. */
  forget(): void {
    this.#unwanted = true;
    this.#stopProtecting?.();
    this.#stopProtecting = null;
  }

  event({ name, payload }: GatewayEvent): void {
    const confirmed = usedEvents.get(name);
    if (confirmed === undefined) return;
    const parsed = setupUsedWire.safeParse(payload);
    if (!parsed.success || !this.#made.includes(parsed.data.setupId)) return;
    const { setupId, deviceName } = parsed.data;
    const shown = deviceName === undefined ? null : displayText(deviceName, nameLength);
    this.#used = { setupId, deviceName: shown, confirmed };
    this.#parts.note({ kind: 'setup-code-used', device: shown?.text ?? null });
    this.#parts.onChange();
  }

  /** Resolves when none is being made: the elevated connection is closed, its key taken back. */
  async idle(): Promise<void> {
    this.forget();
    await Promise.allSettled([this.#underWay]);
  }

  async #make(access: SetupAccess, mayMake: boolean): Promise<Result<SetupCodeAnswer>> {
    const answer = await this.#ask(access, mayMake);
    if (!answer.ok) return answer;
    if (!answer.value.ok) return this.#refusal(answer.value.error);
    const parsed = setupCodeWire.safeParse(answer.value.value);
    // A code that opens more than the owner chose is not handed out; unseen, it ends by itself.
    if (!parsed.success || (access === 'limited' && parsed.data.access === 'full'))
      return fail(notUnderstood);
    if (this.#unwanted) return fail(appError('request-gone', setupErrorTexts.closed));
    const code = this.#codeOf(parsed.data);
    this.#remember(code);
    this.#protectUntil(code.expiresAt);
    return ok({ outcome: 'made', code });
  }

  async #ask(access: SetupAccess, mayMake: boolean): Promise<Result<Result<unknown, GatewayFailure>>> {
    const params = { includeQr: false, ...(access === 'limited' && { bootstrapProfile: 'limited' }) };
    const make = (call: Call) => call('device.pair.setupCode', params);
    if (mayMake) return ok(await make(this.#parts.request));
    const elevated = await this.#parts.elevate([adminScope], make);
    return elevated.ok ? elevated : fail(inOurWords(elevated.error));
  }

  async #refusal(failure: GatewayFailure): Promise<Result<SetupCodeAnswer>> {
    switch (failure.code) {
      case 'CONNECTION_LOST':
        return fail(appError('connection-lost', setupErrorTexts.connectionLost, true));
      case 'TIMEOUT':
        return fail(appError('gateway-timeout', setupErrorTexts.notAnswered, true));
      case 'BAD_ANSWER':
        return fail(notUnderstood);
      default: {
        const config = await this.#parts.request('config.get', {});
        return ok({
          outcome: 'refused',
          why: config.ok ? whyRefused(config.value) : 'other',
          gatewayWords: displayText(failure.message, wordsLength),
        });
      }
    }
  }

  #codeOf(wire: SetupCodeWire): SetupCode {
    const { clock, toOurs } = this.#parts;
    const now = clock.now();
    const told = wire.expiresAtMs == null ? now + lifetimeMs : toOurs(wire.expiresAtMs);
    const believable = told > now && told <= now + lifetimeMs;
    return {
      setupCode: wire.setupCode,
      setupId: wire.setupId ?? null,
      address: displayText(wire.gatewayUrl, addressLength),
      access: wire.access === 'full' || wire.access === 'limited' ? wire.access : null,
      expiresAt: believable ? told : now + lifetimeMs,
    };
  }

  #remember({ setupId, access }: SetupCode): void {
    this.#parts.note({ kind: 'setup-code-made', access });
    if (setupId === null) return;
    this.#made.push(setupId);
    if (this.#made.length > mostRemembered) this.#made.shift();
  }

  #protectUntil(expiresAt: number): void {
    const { clock, timers, protectContent } = this.#parts;
    protectContent(true);
    const stopTimer = timers.after(expiresAt - clock.now(), () => {
      this.forget();
    });
    this.#stopProtecting = () => {
      stopTimer();
      protectContent(false);
    };
  }
}

const notUnderstood = appError('gateway-refused', setupErrorTexts.notUnderstood);

/** What an elevation says about itself speaks of approving somebody. */
function inOurWords(error: AppError): AppError {
  switch (error.code) {
    case 'elevation-failed':
      return appError('elevation-failed', setupErrorTexts.elevationFailed);
    case 'not-connected':
      return appError('not-connected', setupErrorTexts.notConnected, true);
    default:
      return error;
  }
}
