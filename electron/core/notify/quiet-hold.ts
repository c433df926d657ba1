/** What was held back during quiet hours, so that one notification afterwards can tell of all of it. */
import type { RequestView } from '../../contract/request.ts';
import type { Alarm } from '../strangers/strangers.ts';

type ToldAlarm = Pick<Alarm, 'kind' | 'episode'>;

export interface Digest {
  /** Another one alerts anew. */
  readonly episode: string;
  /** Keys of requests that still wait; they get no notification of their own. */
  readonly members: ReadonlySet<string>;
  /** How many waited when it was first told. */
  readonly waiting: number;
  /** How many were over by then without the owner's doing. */
  readonly missed: number;
  /** What was suspicious by then; the digest stands for it, too. */
  readonly alarm: ToldAlarm | null;
}

export class QuietHold {
  readonly #held = new Set<string>();
  #missed = 0;
  #episodes = 0;
  /** As it was first told: whatever is answered later, it does not alert again. */
  #told: Pick<Digest, 'episode' | 'waiting' | 'missed' | 'alarm'> | null = null;

  /** It is quiet, and this one would have popped up. */
  hold({ key }: RequestView): void {
    this.#told = null;
    this.#held.add(key);
  }

  holds(key: string): boolean {
    return this.#held.has(key);
  }

  /** What became of those held. @param requests open and recently answered ones */
  follow(requests: readonly RequestView[]): void {
    if (this.#held.size === 0) return;
    const views = new Map(requests.map((request) => [request.key, request]));
    for (const key of this.#held) {
      const view = views.get(key);
      if (view?.status === 'pending') continue;
      this.#held.delete(key);
      if (view === undefined || isOverWithoutUs(view)) this.#missed += 1;
    }
  }

  /**
   * It is not quiet (any more). Null: nothing was held back, or all of that is over and told.
   * @param alarm one the owner has not been told of
   */
  digest(alarm: ToldAlarm | null): Digest | null {
    if (this.#told === null) {
      if (this.#held.size === 0 && this.#missed === 0) return null;
      this.#episodes += 1;
      this.#told = {
        episode: `digest ${String(this.#episodes)}`,
        waiting: this.#held.size,
        missed: this.#missed,
        alarm: alarm === null ? null : { kind: alarm.kind, episode: alarm.episode },
      };
    }
    const { waiting } = this.#told;
    // All that waited is answered: nothing is left to be told.
    if (waiting > 0 && this.#held.size === 0) {
      this.forget();
      return null;
    }
    return { ...this.#told, members: new Set(this.#held) };
  }

  /** The owner has seen the digest. @returns the alarm it told of */
  seen(): ToldAlarm | null {
    const alarm = this.#told?.alarm ?? null;
    this.forget();
    return alarm;
  }

  /** Nothing was held back. */
  forget(): void {
    this.#held.clear();
    this.#missed = 0;
    this.#told = null;
  }
}

function isOverWithoutUs({ status, outcome }: RequestView): boolean {
  return status === 'expired' || (status === 'settled' && outcome?.by !== 'us');
}
