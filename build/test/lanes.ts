/**
 * Runs steps in two lanes: which may start beside which, and in what order. Owns no process and no clock.
 *
 * The packing is for two cores. A step with one worker (a host's flows: one desktop, one owner) waits a good part of
 * its time for holds and polls; one with two workers fills both cores while it has many files, but ends in a tail of
 * one. So each has the other kind for company: three workers on two cores leave no core idle and disturb no deadline.
 * Two steps of two workers side by side would. Both kinds add up to about the same work, so the lanes end together.
 * Giving a two-worker step both lanes wastes its tail; giving every step one worker wastes the waiting.
 */

export interface Laned {
  readonly name: string;
  /** Names of steps that must have ended before; those that are not in the plan do not count. */
  readonly after: readonly string[];
  readonly workers: 1 | 2;
}

const lanes = 2;
const workersAtOnce = 3;

/** The steps others wait for first, then the longest: what is short fills the gaps at the end. */
export function inStartingOrder<T extends Laned>(
  steps: readonly T[],
  secondsOf: (step: T) => number,
): readonly T[] {
  const awaited = new Set(steps.flatMap(({ after }) => after));
  const rank = (step: T): number => (awaited.has(step.name) ? Infinity : secondsOf(step));
  return steps.toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(b) - rank(a)));
}

/**
 * @param waiting in starting order
 * @returns the step to start now; null when something has to end first
 */
export function nextToStart<T extends Laned>(waiting: readonly T[], running: readonly T[]): T | null {
  if (running.length >= lanes) return null;
  const unfinished = new Set([...waiting, ...running].map(({ name }) => name));
  const busy = running.reduce((sum, { workers }) => sum + workers, 0);
  const ready = waiting.filter(
    ({ after, workers }) => busy + workers <= workersAtOnce && !after.some((name) => unfinished.has(name)),
  );
  return ready.find(({ workers }) => busy + workers === workersAtOnce) ?? ready[0] ?? null;
}

/**
 * @param steps in starting order
 * @param run never rejects
 */
export async function runInLanes<T extends Laned>(
  steps: readonly T[],
  run: (step: T) => Promise<void>,
): Promise<void> {
  const waiting = [...steps];
  const running = new Map<T, Promise<void>>();
  while (waiting.length + running.size > 0) {
    for (let step = nextToStart(waiting, [...running.keys()]); step !== null;) {
      const started = step;
      waiting.splice(waiting.indexOf(started), 1);
      running.set(
        started,
        run(started).finally(() => running.delete(started)),
      );
      step = nextToStart(waiting, [...running.keys()]);
    }
    if (running.size === 0)
      throw new Error(`Steps wait for each other: ${waiting.map(({ name }) => name).join(', ')}`);
    await Promise.race(running.values());
  }
}

/**
 * How long the rest takes when every step takes what it is expected to.
 * @param running with the seconds each still needs
 * @returns seconds
 */
export function secondsLeft<T extends Laned>(
  waiting: readonly T[],
  running: ReadonlyMap<T, number>,
  secondsOf: (step: T) => number,
): number {
  const left = new Map(running);
  const queue = [...waiting];
  let total = 0;
  for (;;) {
    for (let step = nextToStart(queue, [...left.keys()]); step !== null;) {
      queue.splice(queue.indexOf(step), 1);
      left.set(step, secondsOf(step));
      step = nextToStart(queue, [...left.keys()]);
    }
    if (left.size === 0) return total;
    const soonest = Math.min(...left.values());
    total += soonest;
    for (const [step, seconds] of left) {
      if (seconds <= soonest) left.delete(step);
      else left.set(step, seconds - soonest);
    }
  }
}
