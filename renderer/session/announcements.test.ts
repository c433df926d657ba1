import { expect, it } from 'vitest';
import { answered, chatRequest, deviceRequest, plain } from '../bridge/snapshots.double.ts';
import { describeChange } from './announcements.ts';

const alice = chatRequest({ key: 'chat:alice', who: plain('Alice') });
const others = ['x', 'y', 'z'].map((name) => deviceRequest({ key: `device:${name}`, who: plain(name) }));

it('names a new request and what it wants', () => {
  expect(describeChange([], [alice])).toBe('New request: Alice wants to message your assistant on iMessage.');
});

it('counts when many arrive at once', () => {
  expect(describeChange([alice], [alice, ...others])).toBe('3 new requests.');
});

it('tells how a request ended', () => {
  expect(describeChange([alice], [answered(alice, { decision: 'denied', by: 'elsewhere' })])).toBe(
    'Denied elsewhere: Alice.',
  );
});

it('stays silent while nothing arrives or ends', () => {
  expect(describeChange([alice], [{ ...alice, revision: 2 }])).toBeNull();
});
