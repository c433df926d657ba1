/** Port Notifier on Electron's Notification: macOS and Windows. Linux has its own adapter over D-Bus. */
import { Notification } from 'electron';
import { appError, fail, ok } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import type { Notifier, NotificationSpec, NotifierCapabilities, Stop } from '../../core/ports.ts';

/** The system says within moments whether it shows a notification. */
const showDeadlineMs = 5_000;
/** After a refusal, look again this much later: the owner may have allowed notifications meanwhile. */
const retryAfterMs = 60_000;
/** Both of Windows' activation events for one press arrive within this. */
const sameActivationMs = 1_000;

type GoneReason = Parameters<Parameters<Notifier['onGone']>[0]>[1];

export class ElectronNotifier implements Notifier {
  readonly #platform: NodeJS.Platform;
  readonly #now: () => number;
  /** Strong references: a collected Notification loses its buttons. */
  readonly #shown = new Map<string, Notification>();
  readonly #onCapabilities = new Set<(capabilities: NotifierCapabilities) => void>();
  readonly #onActivated = new Set<(token: string) => void>();
  readonly #onGone = new Set<(id: string, reason: GoneReason) => void>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #shows = Notification.isSupported();
  #lastActivationAt = -Infinity;

  constructor(platform: NodeJS.Platform, now: () => number) {
    this.#platform = platform;
    this.#now = now;
    if (platform === 'win32') this.#followColdStarts();
  }

  get capabilities(): NotifierCapabilities {
    return { shows: this.#shows, actions: this.#platform !== 'linux', fixedTextOnly: false };
  }

  show(spec: NotificationSpec): Promise<Result<null>> {
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

  onCapabilities(listener: (capabilities: NotifierCapabilities) => void): Stop {
    this.#onCapabilities.add(listener);
    return () => void this.#onCapabilities.delete(listener);
  }

  onActivated(listener: (token: string) => void): Stop {
    this.#onActivated.add(listener);
    return () => void this.#onActivated.delete(listener);
  }

  onGone(listener: (id: string, reason: GoneReason) => void): Stop {
    this.#onGone.add(listener);
    return () => void this.#onGone.delete(listener);
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
      for (const listener of this.#onActivated) listener(token);
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
      for (const listener of this.#onGone) listener(spec.id, reason === 'timedOut' ? 'expired' : 'dismissed');
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
    for (const listener of this.#onCapabilities) listener(this.capabilities);
    if (!shows) {
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
        for (const listener of this.#onActivated) listener(unknownToken);
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
