import { beforeEach, expect, it } from 'vitest';
import { appError, fail, ok } from '../../contract/result.ts';
import { refused, silentLogger } from '../gateway/outside.double.ts';
import { chat, device, listOf } from '../requests/requests.fixture.ts';
import { BlockedSenders } from './blocked-senders.ts';
import { CallsDouble, RulesDouble } from './people.fixture.ts';

const friend = '+15551230001';
const dismissal =
  'resting channels.pairing.dismiss {"channel":"imessage","accountId":"default","requestId":"c1"}';
let calls: CallsDouble;
let rules: RulesDouble;
let looksAgain: number;
let unread: ReturnType<typeof appError> | null;
let blocked: BlockedSenders;

beforeEach(() => {
  calls = new CallsDouble();
  rules = new RulesDouble();
  rules.block({ channel: 'imessage', to: friend });
  [looksAgain, unread] = [0, null];
  blocked = new BlockedSenders({
    readRules: () => (unread === null ? rules.read() : Promise.resolve(fail(unread))),
    request: calls.request,
    logger: silentLogger,
    onDismissed: () => {
      looksAgain += 1;
    },
  });
});

it('takes requests of blocked people out of the list and dismisses them, once each', async () => {
  await blocked.refresh();
  const list = listOf(
    chat('c1', { senderId: '+1 555 123-0001' }),
    chat('c2', { senderId: '+15551230002' }),
    device('d1'),
  );
  const screened = blocked.screen(list);
  expect(screened.requests.map(({ id }) => id)).toEqual(['c2', 'd1']);
  // Still pending at the gateway: absence from the list would mean that somebody answered.
  expect(screened.listedIds).toBe(list.listedIds);
  blocked.screen(list);
  expect(calls.changes).toEqual([dismissal]);
  await Promise.resolve();
  expect(looksAgain).toBe(1);
  // A gateway that goes on listing it is not asked again and again.
  expect(blocked.screen(list).requests).toHaveLength(2);
  await Promise.resolve();
  expect([calls.changes, looksAgain]).toEqual([[dismissal], 1]);
});

it.each([
  ['+525555550123', '+5215555550123'],
  ['+541155550123', '+54 9 11 5555 0123'],
  ['short:262966', '+262966'],
  ['sender:amazon', 'AMAZON'],
  [friend, '+15551230001;ext=5'],
])('knows %s again as %s', async (to, senderId) => {
  rules.block({ channel: 'imessage', to });
  await blocked.refresh();
  expect(blocked.screen(listOf(chat('c1', { senderId }))).requests).toEqual([]);
});

it('tries a dismissal that failed again with the next list', async () => {
  await blocked.refresh();
  calls.answer('channels.pairing.dismiss', { ok: false, error: refused('x') });
  for (let look = 0; look < 2; look += 1) {
    expect(blocked.screen(listOf(chat('c1'))).requests).toEqual([]);
    await Promise.resolve();
  }
  expect(calls.changes).toEqual([dismissal, dismissal]);
  expect(looksAgain).toBe(0);
});

it.each([
  ['another channel', { channel: 'signal' }],
  ['another address', { senderId: '+15551230009' }],
  ['an address nobody understands', { senderId: 'someone' }],
])('leaves a request from %s alone', async (_what, more) => {
  await blocked.refresh();
  const list = listOf(chat('c1', more));
  expect(blocked.screen(list)).toBe(list);
});

it('knows nobody blocked before the rules were read, nor where the gateway has no plugin', async () => {
  const list = listOf(chat('c1'));
  expect(blocked.screen(list)).toBe(list);
  await blocked.refresh();
  expect(blocked.screen(list).requests).toEqual([]);
  unread = appError('unsupported', 'No plugin.');
  await blocked.refresh();
  expect(blocked.screen(list)).toBe(list);
});

it.each(['gateway-timeout', 'connection-lost'] as const)(
  'holds on to the rules it knows after %s',
  async (code) => {
    await blocked.refresh();
    unread = appError(code, 'Not now.');
    await blocked.refresh();
    expect(blocked.screen(listOf(chat('c1'))).requests).toEqual([]);
  },
);

it('lets everybody ask again after the last block was lifted', async () => {
  await blocked.refresh();
  rules.block();
  await blocked.refresh();
  expect(ok(blocked.screen(listOf(chat('c1'))).requests.length)).toEqual(ok(1));
});
