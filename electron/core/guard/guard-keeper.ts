/**
 * Knows the guard of the connected gateway: asks on connecting, on events, and on a slow beat, because rules edited by
 * hand and an unloaded plugin announce nothing. Owns the GuardView; it is another object only when something changed.
 */
import type { GuardSetupView, GuardView } from '../../contract/guard/guard-view.ts';
import { unknownGuard } from '../../contract/guard/guard-view.ts';
import type { Policy } from '../../contract/guard/policy.ts';
import type { GuardInstaller } from '../guard-ports.ts';
import type { GatewayEvent, GatewayFailure, Logger, Stop, Timers } from '../ports.ts';
import type { SendGate } from '../requests/send-view.ts';
import { isUnknownMethod, type GuardCalls } from './guard-calls.ts';
import type { GuardNotices } from './guard-notices.ts';
import { guardEventPrefix, guardView, type GuardReading } from './guard-reading.ts';

export const guardBeatMs = 15_000;
/** The plugin says so when an operator changes the rules; an edit of the file by hand is found on the beat. */
const rulesChanged = `${guardEventPrefix}rules-changed`;

export interface KeeperParts {
  readonly calls: GuardCalls;
  readonly installer: GuardInstaller;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly notices: GuardNotices;
  /** The connected gateway is on this machine, so its config can be read. */
  readonly isLocal: () => boolean;
  readonly onChange: () => void;
  /** The gateway has the guard now and had not before: read what it stopped. */
  readonly onOffer: () => void;
  /** The gateway that had the guard has it no more: what it stopped cannot be answered. */
  readonly onGone: () => void;
}

interface Look {
  done: Promise<void>;
  /** Asked for while it was under way: what it finds may be older than the question. */
  again: boolean;
}

export class GuardKeeper {
  readonly #parts: KeeperParts;
  #view: GuardView = unknownGuard;
  #reading: GuardReading | null = null;
  #setup: GuardSetupView = unknownGuard.setup;
  #look: Look | null = null;
  /** When it was last known; outlasts a lost connection. */
  #hadGuard = false;
  #stopBeat: Stop | null = null;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
  }

  get view(): GuardView {
    return this.#view;
  }

  /** Country of national numbers in the rules, as they were read last. */
  get region(): string | null {
    return this.#reading?.plugin.state === 'present' ? this.#reading.plugin.rules.policy.region : null;
  }

  /** What the guard lets out at all right now. */
  get gate(): SendGate {
    const { plugin, policy, paused } = this.#view;
    if (plugin.state === 'present' && plugin.match === 'older') return 'old-plugin';
    if (policy.status === 'unreadable') return 'rules-unreadable';
    return paused ? 'paused' : 'open';
  }

  /** The connected gateway has the guard plugin, so it can list what was stopped. */
  offersSends(): boolean {
    return this.#reading?.plugin.state === 'present';
  }

  /** A new session: resolves when it was asked once. */
  async connected(): Promise<void> {
    this.disconnected();
    this.#beat();
    await this.look();
  }

  /** Nothing is known any more; answers that still come are dropped. */
  disconnected(): void {
    this.#stopBeat?.();
    this.#stopBeat = null;
    this.#look = null;
    this.#reading = null;
    this.#show();
  }

  /** Another gateway was chosen: what is remembered about the old one means nothing. */
  forget(): void {
    this.disconnected();
    this.#hadGuard = false;
    this.#parts.notices.forget();
  }

  event({ name }: GatewayEvent): void {
    // What was stopped or settled stands in its event; nothing else is asked for it.
    if (name === 'config.changed' || name === rulesChanged) void this.look();
  }

  /** Asks now; calls that come meanwhile share one more look. A look that fails changes nothing. */
  async look(): Promise<void> {
    if (this.#look !== null) {
      this.#look.again = true;
      return this.#look.done;
    }
    const look: Look = { done: Promise.resolve(), again: false };
    this.#look = look;
    look.done = this.#lookUntilQuiet(look);
    return look.done;
  }

  /** We stored these rules ourselves: shown at once. */
  rulesStored(policy: Policy): void {
    const plugin = this.#reading?.plugin;
    if (this.#reading === null || plugin?.state !== 'present') return;
    const rules = { status: 'ready', policy, known: true } as const;
    // A look under way may have read the rules before.
    this.#look = null;
    this.#read({ ...this.#reading, plugin: { ...plugin, rules } });
    void this.look();
  }

  showSetup(setup: GuardSetupView): void {
    this.#setup = setup;
    this.#show();
  }

  #beat(): void {
    this.#stopBeat = this.#parts.timers.after(guardBeatMs, () => {
      void this.look();
      this.#beat();
    });
  }

  async #lookUntilQuiet(look: Look): Promise<void> {
    do {
      look.again = false;
      const reading = await this.#ask();
      if (this.#look !== look) return;
      if (reading !== null) this.#read(reading);
    } while (this.#isWantedAgain(look));
    if (this.#look === look) this.#look = null;
  }

  #isWantedAgain(look: Look): boolean {
    return look.again && this.#look === look;
  }

  async #ask(): Promise<GuardReading | null> {
    const { calls } = this.#parts;
    const [status, installation] = await Promise.all([calls.status(), this.#inspect()]);
    if (!status.ok) {
      if (isUnknownMethod(status.error)) return { plugin: { state: 'absent' }, installation };
      this.#logFailure('guard-status-failed', status.error);
      return null;
    }
    const rules = await calls.rulesOf(status.value);
    if (!rules.ok) {
      this.#logFailure('guard-rules-failed', rules.error);
      return null;
    }
    return { plugin: { state: 'present', status: status.value, rules: rules.value }, installation };
  }

  /** That nobody is connected is known already. */
  #logFailure(event: string, { code, detail }: GatewayFailure): void {
    if (code !== 'CONNECTION_LOST') this.#parts.logger.log('warn', event, { code, detail });
  }

  async #inspect(): Promise<GuardReading['installation']> {
    if (!this.#parts.isLocal()) return null;
    const inspected = await this.#parts.installer.inspect();
    if (inspected.ok) return inspected.value;
    this.#parts.logger.log('warn', 'guard-inspect-failed', { code: inspected.error.code });
    return null;
  }

  #read(reading: GuardReading): void {
    const { notices, onOffer, onGone } = this.#parts;
    const offered = this.offersSends();
    this.#reading = reading;
    const offers = this.offersSends();
    notices.follow(reading, this.#setup);
    this.#show();
    if (offers && !offered) onOffer();
    if (!offers && this.#hadGuard) onGone();
    this.#hadGuard = offers;
  }

  #show(): void {
    const { pluginVersion } = this.#parts.installer;
    const next = guardView({ reading: this.#reading, broughtVersion: pluginVersion, setup: this.#setup });
    // Small and made of plain values; most looks find nothing new.
    if (JSON.stringify(next) === JSON.stringify(this.#view)) return;
    this.#view = next;
    this.#parts.onChange();
  }
}
