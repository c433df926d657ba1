import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { stopOnce } from './stop-once.ts';

const log = vi.fn();
const exit = vi.fn();
const options = { logger: { log }, exit };

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
});
afterEach(() => {
  vi.useRealTimers();
});

it('stops once, then exits once, however often it is asked', async () => {
  const stop = vi.fn(() => Promise.resolve());
  const quit = stopOnce(stop, options);
  quit();
  quit();
  await vi.runAllTimersAsync();
  quit();
  expect([stop.mock.calls.length, exit.mock.calls.length]).toEqual([1, 1]);
  expect(vi.getTimerCount()).toBe(0);
});

it('exits although stopping failed, and logs why', async () => {
  stopOnce(() => Promise.reject(new Error('stuck')), options)();
  await vi.runAllTimersAsync();
  expect(exit).toHaveBeenCalledOnce();
  expect(log).toHaveBeenCalledExactlyOnceWith('error', 'host.stop-failed', { error: new Error('stuck') });
});

it('exits although stopping never ends', async () => {
  stopOnce(() => new Promise(() => undefined), options)();
  await vi.advanceTimersByTimeAsync(4_999);
  expect(exit).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(exit).toHaveBeenCalledOnce();
});
