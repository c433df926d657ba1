import { expect, it } from 'vitest';
import { TimersDouble } from '../gateway/outside.double.ts';
import { InboxTimer } from './inbox-timer.ts';
import { chat, device, openInbox } from './requests.fixture.ts';

function withTimer() {
  const { inbox, clock } = openInbox();
  const timers = new TimersDouble();
  const woken: number[] = [];
  const timer = new InboxTimer({
    inbox,
    clock,
    timers,
    onDelta: () => {
      woken.push(clock.time);
      timer.rearm();
    },
  });
  const pass = (ms: number): void => {
    clock.advance(ms);
    timers.advance(ms);
  };
  return { inbox, clock, timers, timer, woken, pass };
}

it('sleeps while nothing can change by itself', () => {
  const { timers, timer } = withTimer();
  timer.rearm();
  expect(timers.armed).toBe(0);
});

it('wakes the moment Approve arms', () => {
  const { inbox, clock, timers, timer, woken, pass } = withTimer();
  inbox.applyRequested(device('d1'));
  timer.rearm();
  timer.rearm();
  expect(timers.armed).toBe(1);
  const armsAt = clock.time + 1_000;
  pass(999);
  expect(woken).toEqual([]);
  pass(1);
  expect(woken).toEqual([armsAt]);
});

it('looks at the clock every minute, because a computer that slept wakes with timers that are late', () => {
  const { inbox, clock, timer, woken, pass } = withTimer();
  inbox.applyRequested(chat('c1'));
  timer.rearm();
  pass(1_000);
  expect(woken).toHaveLength(1);
  // The computer sleeps for an hour: the clock goes on, the timers do not.
  clock.advance(3_600_000);
  expect(inbox.get('chat:c1')?.status).toBe('pending');
  pass(60_000);
  pass(3_000);
  expect(inbox.get('chat:c1')?.status).toBe('expired');
});

it('is quiet after the end', () => {
  const { inbox, timers, timer } = withTimer();
  inbox.applyRequested(device('d1'));
  timer.rearm();
  timer.stop();
  expect(timers.armed).toBe(0);
});
