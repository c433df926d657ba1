/** Carries the notification plan out over the notifier, one plan after the other, and hears what became of it. */
import type { AppSnapshot } from '../../contract/snapshot.ts';
import type { Logger, NotificationSpec, Notifier, Stop } from '../ports.ts';
import type { NotificationPlanner } from './plan.ts';

export interface AnnouncerParts {
  readonly notifier: Notifier;
  readonly planner: NotificationPlanner;
  readonly logger: Logger;
  /** The latest snapshot, to plan again when something went away or came back. */
  readonly snapshot: () => AppSnapshot;
}

export class Announcer {
  readonly #parts: AnnouncerParts;
  readonly #stops: readonly Stop[];
  /** Shows and closes in order: a close never overtakes the show it belongs to. */
  #queue: Promise<unknown> = Promise.resolve();

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
    const { notifier, planner } = this.#parts;
    const { requests, openCount, settings, connection } = this.#parts.snapshot();
    const plan = planner.plan({
      requests,
      openCount,
      settings: settings.notifications,
      capabilities: notifier.capabilities,
      ready: connection.state === 'ready',
    });
    for (const id of plan.close) this.#enqueue(() => notifier.close(id));
    for (const spec of plan.show) this.#enqueue(() => this.#show(spec));
  }

  /** One of its buttons was pressed: it has had its say. Other surfaces than notifications are not affected. */
  pressed(surface: string): void {
    this.#parts.planner.gone(surface, 'dismissed');
    this.#enqueue(() => this.#parts.notifier.close(surface));
  }

  /** Waits for what is on its way. Taking the rest off the screen is the notifier's own end. */
  async dispose(): Promise<void> {
    for (const stop of this.#stops) stop();
    await this.#queue;
  }

  async #show(spec: NotificationSpec): Promise<void> {
    const shown = await this.#parts.notifier.show(spec);
    if (shown.ok) return;
    this.#parts.logger.log('warn', 'notification-failed', { id: spec.id, code: shown.error.code });
    this.#parts.planner.failed(spec.id);
  }

  #enqueue(work: () => Promise<void>): void {
    this.#queue = this.#queue.then(work).catch((error: unknown) => {
      this.#parts.logger.log('error', 'notifier-threw', { error });
    });
  }
}
