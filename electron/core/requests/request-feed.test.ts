import { beforeEach, describe, expect, it } from 'vitest';
import type { RequestKind } from '../../contract/request.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { localFailure } from '../gateway/local-failure.ts';
import { lost, silentLogger, TimersDouble } from '../gateway/outside.double.ts';
import type { GatewayFailure } from '../ports.ts';
import type { InboxDelta } from './delta.ts';
import { GatewayClock } from './gateway-clock.ts';
import type { Inbox } from './inbox.ts';
import { listMethods } from './read.ts';
import { chatPollMs, RequestFeed } from './request-feed.ts';
import {
  chatEntry,
  deviceEntry,
  nodeEntry,
  openInbox,
  restScopes,
  sendEntry,
  startTime,
} from './requests.fixture.ts';
import type { HeldAuthority } from './scopes.ts';

type Answer = Result<unknown, GatewayFailure>;
type Call = PromiseWithResolvers<Answer> & { readonly method: string };

let inbox: Inbox;
let timers: TimersDouble;
let calls: Call[];
let deltas: InboxDelta[];
let offered: Set<string>;
let authority: HeldAuthority;
let feed: RequestFeed;

beforeEach(() => {
  authority = { scopes: restScopes, ownDeviceOnly: false };
  const opened = openInbox({ held: () => authority });
  inbox = opened.inbox;
  timers = new TimersDouble();
  calls = [];
  deltas = [];
  offered = new Set(Object.values(listMethods));
  feed = new RequestFeed({
    inbox,
    gatewayClock: new GatewayClock(opened.clock),
    timers,
    logger: silentLogger,
    request: (method) => {
      const call = { method, ...Promise.withResolvers<Answer>() };
      calls.push(call);
      return call.promise;
    },
    offers: (method) => offered.has(method),
    onDelta: (delta) => {
      deltas.push(delta);
      feed.follow(delta);
    },
  });
});

const chats = (...entries: readonly unknown[]): Answer => ok({ requests: entries });
const sends = (...entries: readonly unknown[]): Answer =>
  ok({ sends: entries, omitted: [], overflow: 0, unreadable: 0 });
const pending = (...entries: readonly unknown[]): Answer => ok({ pending: entries, paired: [] });

function answer(index: number, result: Answer): void {
  const call = calls[index];
  if (call === undefined) throw new Error(`There is no call ${String(index)}.`);
  call.resolve(result);
}

function methods(): readonly string[] {
  return calls.map(({ method }) => method);
}

function open(): readonly string[] {
  return inbox.views(100).requests.flatMap(({ key, outcome }) => (outcome === null ? [key] : []));
}

async function read(kind: RequestKind, result: Answer): Promise<boolean> {
  const done = feed.refresh(kind);
  answer(calls.length - 1, result);
  return done;
}

describe('reading the lists', () => {
  it('reads all four and puts what they hold into the inbox', async () => {
    const done = feed.readAll();
    expect(methods()).toEqual([
      'channels.pairing.list',
      'device.pair.list',
      'node.pair.list',
      'portcullis-guard.list',
    ]);
    answer(0, chats(chatEntry('c1')));
    answer(1, pending(deviceEntry('d1')));
    answer(2, pending(nodeEntry('n1')));
    answer(3, sends(sendEntry('stopped1')));
    expect(await done).toBe(true);
    expect([...open()].sort()).toEqual(['chat:c1', 'device:d1', 'node:n1', 'send:stopped1']);
  });

  it('leaves out what the gateway does not offer, without calling that a failure', async () => {
    offered = new Set(['device.pair.list']);
    const done = feed.readAll();
    answer(0, pending());
    expect([await done, methods()]).toEqual([true, ['device.pair.list']]);
  });

  it.each<[string, Answer]>([
    ['that failed', fail(localFailure('UNAVAILABLE', 'busy', true))],
    ['that cannot be read', ok({ requests: 'none' })],
    ['that is nothing at all', ok(null)],
  ])('takes a list %s as no news', async (_case, bad) => {
    await read('chat', chats(chatEntry('c1')));
    expect(await read('chat', bad)).toBe(false);
    expect([open(), deltas.length]).toEqual([['chat:c1'], 1]);
  });

  it('keeps the good entries of a list with bad ones, and does not take the bad ones for gone', async () => {
    await read('device', pending(deviceEntry('d1'), deviceEntry('d2')));
    expect(await read('device', pending(deviceEntry('d1'), deviceEntry('d2', { ts: 'now' })))).toBe(true);
    expect([...open()].sort()).toEqual(['device:d1', 'device:d2']);
  });

  it('is not complete when one of the three failed', async () => {
    const done = feed.readAll();
    answer(0, chats());
    answer(1, fail(lost(1006)));
    answer(2, pending(nodeEntry('n1')));
    answer(3, sends());
    expect(await done).toBe(false);
    expect(open()).toEqual(['node:n1']);
  });

  it('settles what a complete list no longer holds, but not when the gateway hides requests from us', async () => {
    await read('device', pending(deviceEntry('d1')));
    authority = { scopes: restScopes, ownDeviceOnly: true };
    await read('device', pending());
    expect(open()).toEqual(['device:d1']);
    authority = { scopes: restScopes, ownDeviceOnly: false };
    await read('device', pending());
    expect(open()).toEqual([]);
  });
});

describe('reading again', () => {
  it('lets everybody who asks meanwhile share one further reading', async () => {
    const asked = [feed.refresh('chat'), feed.refresh('chat'), feed.refresh('chat')];
    expect(calls).toHaveLength(1);
    answer(0, chats());
    await calls[0]?.promise;
    await expect.poll(() => calls.length).toBe(2);
    answer(1, chats(chatEntry('c1')));
    expect(await Promise.all(asked)).toEqual([true, true, true]);
    expect([calls.length, open()]).toEqual([2, ['chat:c1']]);
  });

  it('tries once more for whoever asked during a reading that failed', async () => {
    const asked = [feed.refresh('chat'), feed.refresh('chat')];
    answer(0, fail(localFailure('TIMEOUT', 'late', true)));
    await expect.poll(() => calls.length).toBe(2);
    answer(1, chats());
    expect(await Promise.all(asked)).toEqual([true, true]);
  });

  it('does not let a new connection wait for what the old one owes', async () => {
    const old = feed.refresh('device');
    feed.connectionLost();
    inbox.disconnected();
    const fresh = feed.refresh('device');
    expect(calls).toHaveLength(2);
    answer(1, pending(deviceEntry('new')));
    expect(await fresh).toBe(true);
    // The inbox refuses the late list, and the reading of the new connection stays the current one.
    answer(0, pending(deviceEntry('old')));
    await old;
    expect([open(), calls.length]).toEqual([['device:new'], 2]);
  });

  it.each([
    ['the gateway says a list changed', { name: 'device.pair.changed', payload: {} }, 'device.pair.list'],
    ['an event cannot be read', { name: 'node.pair.requested', payload: { requestId: 7 } }, 'node.pair.list'],
    [
      'the plugin saw a chat contact',
      { name: 'plugin.portcullis-guard.pairing-requested', payload: {} },
      'channels.pairing.list',
    ],
    [
      'a paired device asks again, because only the list tells what it holds',
      { name: 'device.pair.requested', payload: deviceEntry('d1', { isRepair: true }) },
      'device.pair.list',
    ],
  ])('happens when %s', (_case, event, method) => {
    feed.event(event);
    expect(methods()).toEqual([method]);
  });

  it('happens when the inbox cannot tell by itself', async () => {
    feed.event({ name: 'tick', payload: { ts: startTime } });
    // Announced after its five minutes were over: only the list knows whether it lives on.
    feed.event({ name: 'device.pair.requested', payload: deviceEntry('d1', { ts: startTime - 600_000 }) });
    expect(methods()).toEqual(['device.pair.list']);
    answer(0, pending(deviceEntry('d1', { ts: startTime - 600_000 })));
    await expect.poll(open).toEqual(['device:d1']);
  });
});

describe('events', () => {
  it('bring requests in and take answered ones out, without any list', () => {
    feed.event({ name: 'device.pair.requested', payload: deviceEntry('d1') });
    feed.event({ name: 'node.pair.requested', payload: nodeEntry('n1') });
    expect([...open()].sort()).toEqual(['device:d1', 'node:n1']);
    feed.event({
      name: 'device.pair.resolved',
      payload: { requestId: 'd1', decision: 'approved', ts: startTime },
    });
    expect([open(), calls.length]).toEqual([['node:n1'], 0]);
  });

  it('about other things change nothing', () => {
    feed.event({ name: 'chat', payload: { text: 'hello' } });
    expect([deltas, calls]).toEqual([[], []]);
  });
});

describe('the beat', () => {
  it('looks for chat contacts, again and again, until the connection is gone', async () => {
    feed.startPolling();
    timers.advance(chatPollMs - 1);
    expect(calls).toEqual([]);
    timers.advance(1);
    answer(0, chats());
    await calls[0]?.promise;
    await expect.poll(() => deltas.length).toBe(1);
    timers.advance(chatPollMs);
    expect(methods()).toEqual(['channels.pairing.list', 'channels.pairing.list']);
    feed.connectionLost();
    timers.advance(chatPollMs);
    expect([calls.length, timers.armed]).toEqual([2, 0]);
  });

  it('is one beat however often the connection becomes ready', () => {
    feed.startPolling();
    feed.startPolling();
    // One for chat contacts, one for stopped messages.
    expect(timers.armed).toBe(2);
  });
});
