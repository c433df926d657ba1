import { describe, expect, it } from 'vitest';
import { endOfNextPart, formattedCore } from './ticket-text.ts';

describe('the core of a text', () => {
  // On the right what OpenClaw 2026.9.6 makes of it for iMessage.
  it.each([
    ['See [docs](https://a.b/c_d) now', 'See docs (https://a.b/c_d) now'],
    ['**a**b `code_x` ~~no~~', 'ab `code_x` no'],
    ['- one\n- two', '• one\n• two'],
    ['# Head\ntext', 'Head\ntext'],
    ['> quote', 'quote'],
    ['2 * 3 - 4 > 1 & <b>', '2 * 3 - 4 > 1 & <b>'],
    ['a\n___\nb', 'a\n\n───\n\nb'],
    ['snake_case_name *it*', 'snake_case_name it'],
    ['escaped \\* star', 'escaped * star'],
    ['line  \nbreak', 'line\nbreak'],
  ])('%j survives formatting', (before, after) => {
    expect(formattedCore(before)).toBe(formattedCore(after));
  });

  it.each([
    ['log in at pay.example.com/a', 'log in at payexample.com/a'],
    ['pay-example.com', 'payexample.com'],
    ['a_b@example.com', 'ab@example.com'],
    ['1 000', '1000'],
    ['5,00', '500'],
    ['no, thanks', 'no thanks'],
    ['Hi', 'hi'],
  ])('%j is not %j', (one, other) => {
    expect(formattedCore(one)).not.toBe(formattedCore(other));
  });
});

describe('a part of a text', () => {
  const long = 'word '.repeat(500).trim();

  it('is the whole of a short one', () => {
    expect(endOfNextPart('I will not pay you', 0, 'I will not pay you')).toBe(18);
    expect(endOfNextPart('I will not pay you', 0, 'I will')).toBeNull();
    expect(endOfNextPart('I will not pay you', 0, 'pay you')).toBeNull();
  });

  it('is the next of a long one, up to the end of a word', () => {
    const part = 'word '.repeat(100).trim();
    expect(endOfNextPart(long, 0, part)).toBe(part.length);
    expect(endOfNextPart(long, part.length, part)).toBe(2 * part.length + 1);
    expect(endOfNextPart(long, 0, part.slice(0, -1))).toBeNull();
    expect(endOfNextPart(`${long} end`, 0, 'end')).toBeNull();
  });
});
