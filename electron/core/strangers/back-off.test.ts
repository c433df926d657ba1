import { describe, expect, it } from 'vitest';
import { asksUpTo, dayMs, isBackedOff } from './back-off.ts';

const at = 1_800_000_000_000;
const announced = { id: 'first', at };

describe('backing off', () => {
  it.each([
    { what: 'nobody was announced yet', announced: null, id: 'second', now: at, quiet: false },
    { what: 'it is the request announced', announced, id: 'first', now: at + 1, quiet: false },
    { what: 'another one was announced just now', announced, id: 'second', now: at, quiet: true },
    { what: 'it was almost a day ago', announced, id: 'second', now: at + dayMs - 1, quiet: true },
    { what: 'a day has passed', announced, id: 'second', now: at + dayMs, quiet: false },
    { what: 'the clock was put back', announced, id: 'second', now: at - 1, quiet: false },
  ])('$quiet when $what', ({ announced: last, id, now, quiet }) => {
    expect(isBackedOff({ announced: last }, id, now)).toBe(quiet);
  });
});

describe('counting', () => {
  const ask = (hoursAgo: number) => ({
    id: String(hoursAgo),
    at: at - hoursAgo * 3_600_000,
    inBurst: false,
    denied: false,
  });

  it('counts a day back from the request, itself included, and nothing after it', () => {
    const asks = [ask(25), ask(24), ask(23.9), ask(1), ask(0), ask(-1)];
    expect(asksUpTo({ asks }, at)).toBe(3);
  });

  it('counts one that is not known as the first', () => {
    expect(asksUpTo({ asks: [] }, at)).toBe(1);
  });
});
