/**
 * A restart that the gateway owes since a change of ours (restart-marks.ts): shown until it came, and asked for when the
 * owner says so, never by itself. A restart for any other reason settles it silently.
 */
import type { CommandHandlers } from '../../contract/api.ts';
import type { OwedRestartView } from '../../contract/channels.ts';
import { configErrorTexts, owedRestartTexts } from '../../contract/config-texts.ts';
import { appError, fail, ok, type AppError, type Result } from '../../contract/result.ts';
import { Waiting } from '../guard/waiting.ts';
import type { Timers } from '../ports.ts';
import { adminScope, scopeViews } from '../requests/scopes.ts';
import type { RestartAsked } from './remote-config.ts';
import type { RestartMarks } from './restart-marks.ts';

export interface OwedRestartParts {
  readonly marks: RestartMarks;
  /** Asks for it and holds the connection until the gateway hangs up. */
  readonly restart: () => Promise<RestartAsked>;
  readonly timers: Timers;
  /** Its address, also while it is away; null: on this machine, or none. */
  readonly gateway: () => string | null;
  /** The start of the gateway we are connected to; empty: not connected, or it does not tell. */
  readonly bootId: () => string;
  readonly connected: () => boolean;
  readonly screenLocked: () => boolean;
  /** A change of the settings is under way, which asks for its restart itself. */
  readonly changing: () => boolean;
  readonly onView: () => void;
}

export class OwedRestart {
  readonly #parts: OwedRestartParts;
  readonly #waiting: Waiting;
  readonly handlers: Pick<CommandHandlers, 'gateway.restart'>;
  /** The gateway that was asked. */
  #asked: string | null = null;
  #failure: { readonly gateway: string; readonly error: AppError } | null = null;
  #view: OwedRestartView | null = null;
  #underWay: Promise<void> = Promise.resolve();

  constructor(parts: OwedRestartParts) {
    this.#parts = parts;
    this.#waiting = new Waiting(parts.timers);
    this.handlers = { 'gateway.restart': ({ confirmed }) => Promise.resolve(this.#press(confirmed)) };
  }

  get view(): OwedRestartView | null {
    return this.#view;
  }

  /** The connection, the marks, or a change under way may be another one. */
  refresh(): void {
    const { marks } = this.#parts;
    if (this.#failure !== null && marks.of(this.#failure.gateway) === null) this.#failure = null;
    const next = this.#shown();
    if (JSON.stringify(next) === JSON.stringify(this.#view)) return;
    this.#view = next;
    this.#parts.onView();
  }

  /** The connection is ready. */
  async ready(): Promise<void> {
    const { marks, gateway, bootId } = this.#parts;
    const address = gateway();
    if (address !== null) await marks.connectedTo(address, bootId());
    this.#waiting.nudge();
    this.refresh();
  }

  /** A restart the gateway was told of still comes. */
  async stop(): Promise<void> {
    this.#waiting.stop();
    await this.#underWay;
  }

  #shown(): OwedRestartView | null {
    const { marks, gateway, connected, changing } = this.#parts;
    const address = gateway();
    if (address === null || marks.of(address) === null) return null;
    const elevation = scopeViews([adminScope]);
    if (this.#asked === address) return { state: 'restarting', elevation, error: null };
    if (!connected() || changing()) return null;
    const error = this.#failure?.gateway === address ? this.#failure.error : null;
    return { state: 'owed', elevation, error };
  }

  #press(confirmed: boolean): Result<null> {
    const { gateway, connected, screenLocked, changing } = this.#parts;
    const address = gateway();
    if (!confirmed) return fail(appError('bad-input', configErrorTexts.notConfirmed));
    if (screenLocked()) return fail(appError('not-armed', configErrorTexts.screenLocked, true));
    if (!connected()) return fail(appError('not-connected', configErrorTexts.notConnected, true));
    if (changing() || this.#asked !== null)
      return fail(appError('config-not-editable', configErrorTexts.busy, true));
    if (address === null || this.#parts.marks.of(address) === null)
      return fail(appError('bad-input', owedRestartTexts.notOwed));
    this.#underWay = this.#ask(address);
    return ok(null);
  }

  async #ask(gateway: string): Promise<void> {
    const { restart, marks } = this.#parts;
    this.#asked = gateway;
    this.#failure = null;
    this.refresh();
    const asked = await restart();
    if (asked === 'gone') await this.#waiting.until(() => Promise.resolve(marks.of(gateway) === null));
    this.#asked = null;
    if (marks.of(gateway) !== null) this.#failure = { gateway, error: problemOf(asked) };
    this.refresh();
  }
}

function problemOf(asked: RestartAsked): AppError {
  switch (asked) {
    case 'no-rights':
      return appError('elevation-failed', owedRestartTexts.noRights);
    case 'refused':
      return appError('gateway-refused', owedRestartTexts.refused);
    case 'gone':
    case 'stays':
      return appError('gateway-timeout', owedRestartTexts.notSeen, true);
  }
}
