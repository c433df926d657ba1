/** A guard set-up to drive, in the scripted gateway and machine. */
import { expect } from 'vitest';
import type { GuardSetupInput, GuardSetupView } from '../../contract/guard/guard-view.ts';
import type { JournalFact } from '../../contract/journal.ts';
import type { Result } from '../../contract/result.ts';
import { silentLogger } from '../gateway/outside.double.ts';
import { GuardSetup } from './guard-setup.ts';
import { guardWorld, type GuardWorld } from './guard.fixture.ts';

export interface SetupWorld extends GuardWorld {
  readonly setup: GuardSetup;
  readonly views: readonly GuardSetupView[];
  readonly noted: readonly JournalFact[];
  readonly circumstances: { connected: boolean; screenLocked: boolean };
  /** Preview and confirmation. */
  apply(input: GuardSetupInput): Promise<Result<unknown>>;
  /** Every step and state shown, in order. */
  steps(): readonly string[];
  becomes(state: string): Promise<void>;
  /** Until it waits for the gateway and has just looked. */
  waits(): Promise<void>;
}

export function setupWorld(): SetupWorld {
  const world = guardWorld();
  const views: GuardSetupView[] = [];
  const noted: JournalFact[] = [];
  const circumstances = { connected: true, screenLocked: false };
  const setup = new GuardSetup({
    ...world,
    isLocal: () => world.local.now,
    clock: { now: () => 42 },
    random: { fraction: () => 0, token: () => 'random' },
    logger: silentLogger,
    connected: () => circumstances.connected,
    screenLocked: () => circumstances.screenLocked,
    lookAgain: () => Promise.resolve(),
    onView: (view) => views.push(view),
    note: (fact) => noted.push(fact),
  });
  const steps = (): readonly string[] =>
    views.map((view) => (view.state === 'working' ? view.step : view.state));
  const becomes = async (state: string): Promise<void> => {
    await expect.poll(() => steps().at(-1)).toBe(state);
  };
  return {
    ...world,
    setup,
    views,
    noted,
    circumstances,
    async apply(input) {
      const planned = await setup.plan(input);
      return planned.ok ? setup.apply(planned.value.id) : planned;
    },
    steps,
    becomes,
    async waits() {
      await becomes('waiting-for-gateway');
      // The deadline, and the beat between two looks.
      await expect.poll(() => world.timers.armed).toBe(2);
    },
  };
}

export const plugin = (action: GuardSetupInput['action']): GuardSetupInput => ({ part: 'plugin', action });
export const strict = (action: GuardSetupInput['action']): GuardSetupInput => ({
  part: 'strict',
  action,
  account: 'default',
});
