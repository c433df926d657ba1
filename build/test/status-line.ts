/** Says in one line how a run gets on: what runs, how far it is, what is left. Owns no clock. */
import { secondsLeft } from './lanes.ts';
import type { Laned } from './lanes.ts';
import type { PastTime } from './past-times.ts';
import type { Progress } from './progress.ts';

export interface Expected extends Laned {
  readonly expected: PastTime;
}

export interface Underway {
  /** Seconds since it started. */
  readonly elapsed: number;
  readonly progress: Progress;
}

/**
 * @param elapsed seconds since the run started
 * @param waiting in starting order
 */
export function statusLine<T extends Expected>(
  elapsed: number,
  running: ReadonlyMap<T, Underway>,
  waiting: readonly T[],
): string {
  const rest = new Map([...running].map(([step, underway]) => [step, restOf(step.expected, underway)]));
  const left = secondsLeft(waiting, rest, ({ expected }) => expected.seconds);
  return [
    clock(elapsed),
    ...[...running].map(([step, underway]) => underwayText(step, underway)),
    ...(waiting.length > 0 ? [`${waiting.length} to go`] : []),
    left < 1 ? 'about to end' : `about ${roughly(left)} left`,
  ].join(' · ');
}

/** From the share of its tests that ended, where that is known; a step that takes longer than ever is about to end. */
function restOf({ seconds, tests }: PastTime, { elapsed, progress }: Underway): number {
  const ended = progress.passed + progress.failed + progress.skipped;
  const planned = progress.planned > 0 ? progress.planned : tests;
  if (planned === 0 || ended === 0) return Math.max(0, seconds - elapsed);
  return Math.max(0, seconds * (1 - ended / planned));
}

function underwayText({ name, expected }: Expected, { elapsed, progress }: Underway): string {
  const { passed, failed, planned } = progress;
  const total = planned > 0 ? ` of ${planned}` : expected.tests > 0 ? ` of about ${expected.tests}` : '';
  const counts = passed + failed > 0 ? ` ${passed}${total} passed` : '';
  return `${name} ${clock(elapsed)}${counts}${failed > 0 ? ` ${failed} FAILED` : ''}`;
}

/** @param seconds as `m:ss` */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

function roughly(seconds: number): string {
  return seconds < 90 ? `${Math.max(5, Math.round(seconds / 5) * 5)} s` : `${Math.round(seconds / 60)} min`;
}
