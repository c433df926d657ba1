import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeBridge } from '../bridge/bridge.double.ts';
import { snapshotWith } from '../bridge/snapshots.double.ts';
import { LookAgain } from './look-again.ts';

let bridge: FakeBridge;
let lookAgain: LookAgain;
let visibility: DocumentVisibilityState;

beforeEach(() => {
  visibility = 'visible';
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility);
  bridge = new FakeBridge(snapshotWith([]));
  lookAgain = new LookAgain(bridge);
});

afterEach(() => {
  lookAgain.dispose();
  vi.restoreAllMocks();
});

const focus = () => window.dispatchEvent(new Event('focus'));
const visibilityChange = () => document.dispatchEvent(new Event('visibilitychange'));
const looks = () => bridge.commands.map(({ name }) => name);

it.each([
  ['gets the focus', focus],
  ['becomes visible', visibilityChange],
])('asks the app to look when the window %s', (_case, happens) => {
  happens();
  expect(looks()).toEqual(['requests.refresh']);
});

it('asks once when both happen together, and again the next time', async () => {
  focus();
  visibilityChange();
  expect(looks()).toHaveLength(1);
  await Promise.resolve();
  await vi.waitFor(() => {
    focus();
    expect(looks().length).toBe(2);
  });
});

it('does not ask when the window disappears', () => {
  visibility = 'hidden';
  visibilityChange();
  expect(looks()).toEqual([]);
});

it('does not ask after the end', () => {
  lookAgain.dispose();
  focus();
  visibilityChange();
  expect(looks()).toEqual([]);
});
