/** Port Notifier on Electron's Notification: macOS and Windows. Linux has its own adapter over D-Bus. */
import { Notification } from 'electron';
import { Listeners } from '../../contract/listeners.ts';
import type { Stop } from '../../contract/listeners.ts';
import { appError, fail, ok } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import type { GoneReason, Notifier, NotificationSpec, NotifierCapabilities } from '../../core/ports.ts';

/** The system says within moments whether it shows a notification. */
const showDeadlineMs = 5_000;
/** After a refusal, try again this much later: the owner may have allowed notifications meanwhile. */
const retryAfterMs = 60_000;
/** Both of Windows' activation events for one press arrive within this. */
const sameActivationMs = 1_000;

export class ElectronNotifier implements Notifier {
  readonly #platform: NodeJS.Platform;
  readonly #now: () => number;
  /** Strong references: a collected Notification loses its buttons. */
  readonly #shown = new Map<string, Notification>();
  readonly #capabilities = new Listeners<[NotifierCapabilities]>();
  readonly onCapabilities = this.#capabilities.add;
  readonly #activated = new Listeners<[token: string]>();
  readonly onActivated = this.#activated.add;
  readonly #gone = new Listeners<[id: string, reason: GoneReason]>();
  readonly onGone = this.#gone.add;
  readonly #timers = new Set<NodeJS.Timeout>();
  #shows: boolean;
  /** macOS asks the owner whether it may as soon as notifications are reached for. */
  #reached = false;
  #lastActivationAt = -Infinity;

  constructor(platform: NodeJS.Platform, now: () => number) {
    this.#platform = platform;
    this.#now = now;
    this.#shows = platform === 'darwin' || Notification.isSupported();
    // Buttons on cards of a run that was killed would do nothing, without a word.
    if (platform === 'darwin') Notification.removeAll();
    if (platform === 'win32') this.#followColdStarts();
  }

  get capabilities(): NotifierCapabilities {
    return { shows: this.#shows, actions: this.#platform !== 'linux', fixedTextOnly: false };
  }

  /**
   * The owner has the window before them. On macOS that is when they are asked whether Portcullis may notify them, rather
   * than at the first start, and when a refusal may have been taken back.
   */
  ownerLooks(): void {
    if (this.#platform !== 'darwin') return;
    if (!this.#reached) {
      this.#reached = true;
      Notification.isSupported();
    }
    this.#become(true);
  }

  show(spec: NotificationSpec): Promise<Result<null>> {
    this.#reached = true;
    const previous = this.#shown.get(spec.id);
    const notification = new Notification({
      title: spec.title,
      body: spec.body,
      urgency: spec.urgency,
      timeoutType: spec.urgency === 'critical' ? 'never' : 'default',
      actions: spec.actions.map(({ label }) => ({ type: 'button' as const, text: label })),
    });
    this.#shown.set(spec.id, notification);
    // After the new one took its place, so that its `close` is not reported as the owner's doing.
    previous?.close();
    this.#listen(notification, spec);
    return this.#present(notification, spec.id);
  }

  close(id: string): Promise<void> {
    const notification = this.#shown.get(id);
    this.#shown.delete(id);
    notification?.close();
    return Promise.resolve();
  }

  async dispose(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    await Promise.all([...this.#shown.keys()].map((id) => this.close(id)));
  }

  #listen(notification: Notification, spec: NotificationSpec): void {
    const answered = (token: string): void => {
      this.#lastActivationAt = this.#now();
      // One press per notification: the next one would belong to a card that is no longer there.
      if (!this.#forget(spec.id, notification)) return;
      this.#activated.emit(token);
    };
    notification.on('action', ({ actionIndex }) => {
      // SECURITY: an index we did not offer only opens the window.
      answered(spec.actions[actionIndex]?.token ?? spec.openToken);
    });
    notification.on('click', () => {
      answered(spec.openToken);
    });
    notification.on('close', ({ reason }) => {
      // On Windows a notification that left the screen waits in the notification centre, buttons and all.
      if (this.#platform === 'win32' && reason !== undefined && reason !== 'userCanceled') return;
      if (!this.#forget(spec.id, notification)) return;
      this.#gone.emit(spec.id, reason === 'timedOut' ? 'expired' : 'dismissed');
    });
  }

  /** @returns false when it was forgotten or replaced before: then this event means nothing any more */
  #forget(id: string, notification: Notification): boolean {
    return this.#shown.get(id) === notification && this.#shown.delete(id);
  }

  #present(notification: Notification, id: string): Promise<Result<null>> {
    return new Promise((resolve) => {
      const refused = (): void => {
        cancelDeadline();
        this.#forget(id, notification);
        this.#become(false);
        resolve(fail(appError('unsupported', 'This computer did not show the notification.', true)));
      };
      const cancelDeadline = this.#after(showDeadlineMs, refused);
      notification.once('show', () => {
        cancelDeadline();
        resolve(ok(null));
      });
      notification.once('failed', refused);
      notification.show();
    });
  }

  #become(shows: boolean): void {
    if (this.#shows === shows) return;
    this.#shows = shows;
    this.#capabilities.emit(this.capabilities);
    // On macOS a minute changes nothing: the owner's next look does.
    if (!shows && this.#platform !== 'darwin') {
      this.#after(retryAfterMs, () => {
        this.#become(true);
      });
    }
  }

  /**
   * A notification of an earlier run, pressed in the notification centre, starts or wakes us here. Nobody knows its
   * token any more, so it only opens the window. Windows reports presses on living notifications here as well, beside
   * their own event; those are left alone.
   */
  #followColdStarts(): void {
    Notification.handleActivation(() => {
      this.#after(sameActivationMs, () => {
        if (this.#now() - this.#lastActivationAt <= 2 * sameActivationMs) return;
        this.#activated.emit(unknownToken);
      });
    });
  }

  #after(delayMs: number, run: () => void): Stop {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, delayMs);
    this.#timers.add(timer);
    return () => {
      clearTimeout(timer);
      this.#timers.delete(timer);
    };
  }
}

/** Never issued by the planner, so it opens the window and nothing else. */
const unknownToken = '';
