import { describe, expect, it } from 'vitest';
import { inStartingOrder, nextToStart, runInLanes, secondsLeft, type Laned } from './lanes.ts';

interface Timed extends Laned {
  readonly seconds: number;
}

function step(name: string, workers: 1 | 2, seconds: number, after: readonly string[] = []): Timed {
  return { name, workers, seconds, after };
}
const secondsOf = ({ seconds }: Timed): number => seconds;

const build = step('build', 1, 3);
const proof = step('proof', 2, 300, ['build']);
const browser = step('browser', 1, 400, ['build']);
const desktop = step('desktop', 1, 350, ['build']);
const window = step('window', 2, 150);
const lint = step('lint', 1, 60);

/** Starts steps as the run does and ends whichever the test names; `log` tells what ran beside what. */
function bench(steps: readonly Timed[]) {
  const ends = new Map<string, () => void>();
  const log: string[] = [];
  const done = runInLanes(inStartingOrder(steps, secondsOf), async ({ name }) => {
    const ended = Promise.withResolvers<undefined>();
    ends.set(name, () => ended.resolve(undefined));
    log.push(name);
    await ended.promise;
    ends.delete(name);
  });
  return { log, done, running: () => [...ends.keys()], end: (name: string) => ends.get(name)?.() };
}

/** Everything that can happen without another event has happened. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

describe('the lanes', () => {
  it('start what others wait for first, then the longest', () => {
    const order = inStartingOrder([lint, window, desktop, proof, build, browser], secondsOf);
    expect(order.map(({ name }) => name)).toEqual(['build', 'browser', 'desktop', 'proof', 'window', 'lint']);
  });

  it('hold two steps, and nothing that waits for one of them', () => {
    expect(nextToStart([proof, lint], [build])).toBe(lint);
    expect(nextToStart([lint], [window, build])).toBeNull();
    expect(nextToStart([proof], [build])).toBeNull();
    expect(nextToStart([proof], [])).toBe(proof);
  });

  it('prefer a step of two workers beside one of one, and never pair two of two', () => {
    expect(nextToStart([desktop, proof], [browser])).toBe(proof);
    expect(nextToStart([window, lint], [proof])).toBe(lint);
    expect(nextToStart([window], [proof])).toBeNull();
    expect(nextToStart([desktop], [browser])).toBe(desktop);
  });

  it('run every step once, the next as soon as one ends', async () => {
    const { log, done, running, end } = bench([lint, window, desktop, proof, build, browser]);
    await settled();
    expect(running()).toEqual(['build', 'window']);
    end('build');
    await settled();
    expect(running()).toEqual(['window', 'browser']);
    end('window');
    await settled();
    expect(running()).toEqual(['browser', 'proof']);
    for (const name of ['browser', 'proof', 'desktop', 'lint']) {
      end(name);
      await settled();
    }
    await done;
    expect(log).toEqual(['build', 'window', 'browser', 'proof', 'desktop', 'lint']);
  });

  it('say so when steps wait for each other', async () => {
    const circle = [step('a', 1, 1, ['b']), step('b', 1, 1, ['a'])];
    await expect(runInLanes(circle, () => Promise.resolve())).rejects.toThrow(/wait for each other: a, b/);
  });
});

describe('the time that is left', () => {
  it('is nothing when nothing is left', () => {
    expect(secondsLeft([], new Map(), secondsOf)).toBe(0);
  });

  it('is that of the lane which ends last', () => {
    expect(secondsLeft([desktop, lint], new Map([[proof, 100]]), secondsOf)).toBe(350);
    expect(
      secondsLeft(
        [lint],
        new Map([
          [proof, 20],
          [browser, 10],
        ]),
        secondsOf,
      ),
    ).toBe(70);
    expect(secondsLeft([proof, browser], new Map([[build, 2]]), secondsOf)).toBe(402);
  });

  it('waits where a step has to', () => {
    expect(secondsLeft([window], new Map([[proof, 100]]), secondsOf)).toBe(250);
  });
});
