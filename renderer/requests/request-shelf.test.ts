import { describe, expect, it } from 'vitest';
import type { RequestView } from '../../electron/contract/request.ts';
import { answered, chatRequest, plain } from '../bridge/snapshots.double.ts';
import type { Shelf } from './request-shelf.ts';
import { arrange, emptyShelf, lingerMs } from './request-shelf.ts';

const now = 1_000_000;
const [a, b, c] = ['a', 'b', 'c'].map((name) => chatRequest({ key: `chat:${name}`, who: plain(name) })) as [
  RequestView,
  RequestView,
  RequestView,
];

function keys(shelf: Shelf) {
  return { placed: shelf.placed.map(({ view }) => view.key), recent: shelf.recent.map((view) => view.key) };
}

describe('arrange', () => {
  it('puts new requests last, whatever order the app lists them in', () => {
    const first = arrange(emptyShelf, [b], now);
    expect(keys(arrange(first, [a, b, c], now))).toEqual({
      placed: ['chat:b', 'chat:a', 'chat:c'],
      recent: [],
    });
  });

  it('leaves an answered request in its place until it has lingered', () => {
    const first = arrange(emptyShelf, [a, b], now);
    const done = answered(a);
    const lingering = arrange(first, [b, done], now);
    expect(keys(lingering)).toEqual({ placed: ['chat:a', 'chat:b'], recent: [] });
    expect(keys(arrange(lingering, [b, done], now + lingerMs - 1))).toEqual(keys(lingering));
    expect(keys(arrange(lingering, [b, done], now + lingerMs))).toEqual({
      placed: ['chat:b'],
      recent: ['chat:a'],
    });
  });

  it('lists requests that were answered before the window opened as recent at once', () => {
    expect(keys(arrange(emptyShelf, [answered(a)], now))).toEqual({ placed: [], recent: ['chat:a'] });
  });

  it('keeps the place of a request that opens again', () => {
    const lingering = arrange(arrange(emptyShelf, [a, b], now), [b, answered(a)], now);
    const reopened = arrange(lingering, [a, b], now + 1);
    expect(reopened.placed[0]).toEqual({ view: a, leavesAt: null });
  });

  it('drops a request the app no longer mentions', () => {
    expect(keys(arrange(arrange(emptyShelf, [a, b], now), [b], now))).toEqual({
      placed: ['chat:b'],
      recent: [],
    });
  });
});
