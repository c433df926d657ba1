/**
 * Notifier over the Linux desktop's notification daemon, with real buttons. Keeps which of our notifications the
 * daemon shows under which number, and which token each of its buttons stands for.
 */
import { randomBytes } from 'node:crypto';
import { Listeners, type Stop } from '../../../contract/listeners.ts';
import { appError, fail, ok, type Result } from '../../../contract/result.ts';
import type {
  GoneReason,
  Logger,
  NotificationSpec,
  Notifier,
  NotifierCapabilities,
} from '../../../core/ports.ts';
import type { BusFailure } from '../dbus/bus-types.ts';
import type { SessionBus } from '../dbus/session-bus.ts';
import { CLOSED_BY_EXPIRY, FreedesktopDaemon, type DaemonSignal } from './freedesktop-daemon.ts';

/** How long `show` waits for the daemon. A later answer is used to take the notification down again. */
const SHOW_DEADLINE_MS = 5_000;
/** Key of the plain click on the notification (Desktop Notifications Specification, section "Actions"). */
const PLAIN_CLICK = 'default';

const nothingShown: NotifierCapabilities = { shows: false, actions: false, fixedTextOnly: false };

/** How the desktop names us beside a notification. */
export interface NotifierIdentity {
  readonly appName: string;
  /** Name of our .desktop file, without the ending. */
  readonly desktopEntry: string;
  /** Absolute path of an icon outside any archive, or an icon name. Empty: none. */
  readonly icon: string;
}

/** One notification as far as we know it. */
interface Shown {
  readonly id: string;
  readonly openToken: string;
  /**
   * Action key to token. The keys are made for this one showing: what others on the bus can read in our call is
   * worth nothing by itself, and a key from an earlier showing means nothing.
   */
  readonly tokens: ReadonlyMap<string, string>;
  /** The daemon's number, once it has answered. */
  number: number | null;
  /** Taken down, or replaced, before the daemon had answered. */
  unwanted: boolean;
  pressed: boolean;
}

export class DbusNotifier implements Notifier {
  readonly #daemon: FreedesktopDaemon;
  readonly #identity: NotifierIdentity;
  readonly #log: Logger;
  readonly #stops: readonly Stop[];
  readonly #shown = new Map<string, Shown>();
  /** Signals that came before the answer which tells the number they are about. */
  readonly #early: DaemonSignal[] = [];
  #unanswered = 0;
  #markup = false;
  #capabilities = nothingShown;
  readonly #capabilityListeners = new Listeners<[NotifierCapabilities]>();
  readonly onCapabilities = this.#capabilityListeners.add;
  readonly #activationListeners = new Listeners<[token: string]>();
  readonly onActivated = this.#activationListeners.add;
  readonly #goneListeners = new Listeners<[id: string, reason: GoneReason]>();
  readonly onGone = this.#goneListeners.add;

  constructor(bus: SessionBus, identity: NotifierIdentity, log: Logger) {
    this.#identity = identity;
    this.#log = log;
    this.#daemon = new FreedesktopDaemon(bus);
    this.#stops = [
      this.#daemon.onRunning((running) => {
        if (running) void this.#readCapabilities();
        else this.#daemonGone();
      }),
      this.#daemon.onSignal((signal) => this.#received(signal)),
      bus.onConnected((connected) => {
        if (connected) void this.#daemon.activate();
      }),
    ];
    if (bus.connected) void this.#daemon.activate();
  }

  get capabilities(): NotifierCapabilities {
    return this.#capabilities;
  }

  async show(spec: NotificationSpec): Promise<Result<null>> {
    if (!this.#daemon.running) return notShown;
    const before = this.#shown.get(spec.id);
    // Not answered yet: it has no number to replace, so it is taken down when its number comes.
    if (before?.number === null) before.unwanted = true;
    const { actions, tokens } = this.#buttons(spec);
    const { id, openToken } = spec;
    const shown: Shown = { id, openToken, tokens, number: null, unwanted: false, pressed: false };
    this.#shown.set(id, shown);

    const settled = this.#notify(spec, shown, actions, before?.number ?? 0);
    const outcome = await Promise.race([settled, afterDeadline(SHOW_DEADLINE_MS)]);
    if (outcome === 'shown') return ok(null);
    this.#log.log('warn', 'notification.not-shown', { outcome });
    shown.unwanted = true;
    this.#forget(shown);
    this.#restore(before);
    return notShown;
  }

  async close(id: string): Promise<void> {
    const shown = this.#shown.get(id);
    if (shown === undefined) return;
    this.#forget(shown);
    shown.unwanted = true;
    if (shown.number !== null) await this.#daemon.closeNotification(shown.number);
  }

  async dispose(): Promise<void> {
    for (const stop of this.#stops) stop();
    // A button without an app behind it would do nothing: better no notification.
    await Promise.all([...this.#shown.keys()].map((id) => this.close(id)));
    this.#daemon.dispose();
  }

  // ------------------------------------------------------------------ showing

  #buttons(spec: NotificationSpec): { actions: readonly string[]; tokens: ReadonlyMap<string, string> } {
    if (!this.#capabilities.actions) return { actions: [], tokens: new Map() };
    const buttons = spec.actions.map(({ token, label }) => ({
      key: randomBytes(16).toString('hex'),
      token,
      label,
    }));
    return {
      actions: [PLAIN_CLICK, 'Open', ...buttons.flatMap(({ key, label }) => [key, label])],
      tokens: new Map(buttons.map(({ key, token }) => [key, token])),
    };
  }

  async #notify(
    spec: NotificationSpec,
    shown: Shown,
    actions: readonly string[],
    replaces: number,
  ): Promise<'shown' | BusFailure['kind']> {
    this.#unanswered += 1;
    const reply = await this.#daemon.notify({
      ...this.#identity,
      replaces,
      title: spec.title,
      body: this.#markup ? escapeMarkup(spec.body) : spec.body,
      actions,
      urgency: spec.urgency,
    });
    this.#unanswered -= 1;
    if (reply.ok) this.#answered(shown, reply.value);
    if (this.#unanswered === 0) this.#early.length = 0;
    return reply.ok ? 'shown' : reply.error.kind;
  }

  #answered(shown: Shown, number: number): void {
    shown.number = number;
    if (shown.unwanted) {
      void this.#daemon.closeNotification(number);
      return;
    }
    for (const signal of this.#early.filter((early) => early.number === number)) this.#apply(shown, signal);
  }

  /** What could not be replaced is still on the screen, and its buttons still work. */
  #restore(before: Shown | undefined): void {
    if (before === undefined || before.number === null || !this.#daemon.running) return;
    if (!this.#shown.has(before.id)) this.#shown.set(before.id, before);
  }

  /** Only if it is still the one shown under its id. */
  #forget(shown: Shown): void {
    if (this.#shown.get(shown.id) === shown) this.#shown.delete(shown.id);
  }

  // ------------------------------------------------------------------ what the daemon tells

  #received(signal: DaemonSignal): void {
    const shown = [...this.#shown.values()].find((candidate) => candidate.number === signal.number);
    if (shown !== undefined) this.#apply(shown, signal);
    else if (this.#unanswered > 0) this.#early.push(signal);
  }

  #apply(shown: Shown, signal: DaemonSignal): void {
    if (signal.type === 'closed') {
      this.#forget(shown);
      if (shown.pressed) return;
      const reason = signal.reason === CLOSED_BY_EXPIRY ? 'expired' : 'dismissed';
      this.#goneListeners.emit(shown.id, reason);
      return;
    }
    // The plain click, and a button of what was shown here before: both only open.
    const token = shown.tokens.get(signal.key) ?? shown.openToken;
    shown.pressed = true;
    this.#activationListeners.emit(token);
  }

  #daemonGone(): void {
    this.#setCapabilities(nothingShown);
    const lost = [...this.#shown.keys()];
    this.#shown.clear();
    for (const id of lost) this.#goneListeners.emit(id, 'daemon-gone');
  }

  async #readCapabilities(): Promise<void> {
    const reply = await this.#daemon.capabilities();
    if (!this.#daemon.running) return;
    if (!reply.ok) {
      this.#log.log('warn', 'notification.capabilities-unknown', { ...reply.error });
      if (reply.error.kind === 'no-answer') void this.#readCapabilities();
      return;
    }
    this.#markup = reply.value.markup;
    this.#setCapabilities({ shows: true, actions: reply.value.actions, fixedTextOnly: false });
  }

  #setCapabilities(capabilities: NotifierCapabilities): void {
    this.#capabilities = capabilities;
    this.#capabilityListeners.emit(capabilities);
  }
}

const notShown = fail(appError('unsupported', 'This desktop did not show the notification.', true));

function afterDeadline(ms: number): Promise<'no-answer'> {
  return new Promise((resolve) => setTimeout(() => resolve('no-answer'), ms).unref());
}

/** Daemons with `body-markup` read the body as markup; those without show it as it is. */
function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
