/** Carries the notification plan out over the notifier, one plan after the other, and hears what became of it. */
import type { QuietHours } from '../../contract/settings.ts';
import type { AppSnapshot } from '../../contract/snapshot.ts';
import type { Clock, LocalCalendar, Logger, NotificationSpec, Notifier, Stop, Timers } from '../ports.ts';
import type { Strangers } from '../strangers/strangers.ts';
import type { NotificationPlanner } from './plan.ts';
import { isQuiet, nextLookMs } from './quiet-hours.ts';

/** A desktop that refused to show something is asked again after this long. */
const showAgainMs = 10_000;

export interface AnnouncerParts {
  readonly notifier: Notifier;
  readonly planner: NotificationPlanner;
  readonly timers: Timers;
  readonly clock: Clock;
  readonly calendar: Pick<LocalCalendar, 'localTime'>;
  readonly logger: Logger;
  /** The latest snapshot, to plan again when something went away or came back. */
  readonly snapshot: () => AppSnapshot;
  readonly strangers: Pick<Strangers, 'alarm' | 'isBackedOff' | 'announced'>;
}

export class Announcer {
  readonly #parts: AnnouncerParts;
  readonly #stops: readonly Stop[];
  /** Shows and closes in order: a close never overtakes the show it belongs to. */
  #queue: Promise<unknown> = Promise.resolve();
  #stopWaiting: Stop | null = null;
  #stopLooking: Stop | null = null;
  #disposed = false;

  constructor(parts: AnnouncerParts) {
    this.#parts = parts;
    const { notifier, planner } = parts;
    this.#stops = [
      notifier.onGone((id, reason) => {
        planner.gone(id, reason);
        if (reason === 'daemon-gone') this.update();
      }),
      notifier.onCapabilities(() => {
        this.update();
      }),
    ];
  }

  /** Plans anew from the latest snapshot. Cheap when nothing changed. */
  update(): void {
    const { notifier, planner, strangers } = this.#parts;
    const { requests, openCount, settings, connection } = this.#parts.snapshot();
    const plan = planner.plan({
      requests,
      openCount,
      settings: { ...settings.notifications, hideSendText: settings.hideSendText },
      capabilities: notifier.capabilities,
      ready: connection.state === 'ready',
      quiet: this.#isQuiet(settings.notifications.quietHours),
      alarm: strangers.alarm,
      isBackedOff: (request) => strangers.isBackedOff(request),
    });
    for (const id of plan.close) this.#enqueue(() => notifier.close(id));
    for (const spec of plan.show) this.#enqueue(() => this.#show(spec));
  }

  /** One of its buttons was pressed: it has had its say. Other surfaces than notifications are not affected. */
  pressed(surface: string): void {
    const { planner, notifier } = this.#parts;
    if (!planner.shows(surface)) return;
    planner.gone(surface, 'dismissed');
    this.#enqueue(() => notifier.close(surface));
  }

  /** The owner turns to another gateway; before its requests take the place of those of the last one. */
  gatewayChosen(): void {
    this.#parts.planner.gatewayChosen();
  }

  /** Waits for what is on its way. Taking the rest off the screen is the notifier's own end. */
  async dispose(): Promise<void> {
    for (const stop of this.#stops) stop();
    this.#disposed = true;
    this.#stopWaiting?.();
    this.#stopLooking?.();
    await this.#queue;
  }

  async #show(spec: NotificationSpec): Promise<void> {
    const { notifier, planner, strangers, logger } = this.#parts;
    const members = planner.membersOf(spec.id);
    const shown = await notifier.show(spec);
    if (shown.ok) {
      strangers.announced(members);
      return;
    }
    logger.log('warn', 'notification-failed', { id: spec.id, code: shown.error.code });
    planner.failed(spec.id);
    this.#showAgainLater();
  }

  /** Whether it is quiet now; looks again when that may change. */
  #isQuiet(hours: QuietHours): boolean {
    const { clock, calendar, timers } = this.#parts;
    const at = clock.now();
    const now = calendar.localTime(at);
    const wait = nextLookMs(hours, now, at);
    this.#stopLooking?.();
    this.#stopLooking =
      wait === null || this.#disposed
        ? null
        : timers.after(wait, () => {
            this.update();
          });
    return isQuiet(hours, now);
  }

  #showAgainLater(): void {
    if (this.#disposed || this.#stopWaiting !== null) return;
    this.#stopWaiting = this.#parts.timers.after(showAgainMs, () => {
      this.#stopWaiting = null;
      this.update();
    });
  }

  #enqueue(work: () => Promise<void>): void {
    this.#queue = this.#queue.then(work).catch((error: unknown) => {
      this.#parts.logger.log('error', 'notifier-threw', { error });
    });
  }
}
