import { beforeEach, describe, expect, it } from 'vitest';
import type { ApproveInput } from '../../contract/api.ts';
import { appError, fail, ok, type Result } from '../../contract/result.ts';
import { answerErrorTexts, noteTexts } from '../../contract/strings.ts';
import { localFailure } from '../gateway/local-failure.ts';
import { lost, refused, silentLogger, TimersDouble } from '../gateway/outside.double.ts';
import type { GatewayFailure } from '../ports.ts';
import { AnswerSender } from './answer-sender.ts';
import { GatewayClock } from './gateway-clock.ts';
import type { Inbox } from './inbox.ts';
import type { IncomingRequest } from './incoming.ts';
import { listMethods } from './read.ts';
import { RequestFeed } from './request-feed.ts';
import {
  chat,
  chatEntry,
  device,
  deviceEntry,
  facts,
  node,
  nodeEntry,
  openInbox,
  restScopes,
  type ManualClock,
} from './requests.fixture.ts';
import type { HeldAuthority } from './scopes.ts';

type Answer = Result<unknown, GatewayFailure>;

interface Call extends PromiseWithResolvers<Answer> {
  readonly over: 'resting' | 'elevated';
  readonly method: string;
  readonly params: unknown;
}

let inbox: Inbox;
let clock: ManualClock;
/** Everything but lists, which are answered from `listed`. */
let calls: Call[];
let listed: Record<'chat' | 'device' | 'node', readonly unknown[]>;
let listReads: string[];
let authority: HeldAuthority;
let elevations: (readonly string[])[];
/** What getting the elevated connection waits for, and what it comes to. */
let elevation: Promise<Result<null>>;
/** The gateway is not there. */
let down: boolean;
let locked: boolean;
let feed: RequestFeed;
let sender: AnswerSender;

beforeEach(() => {
  authority = { scopes: restScopes, ownDeviceOnly: false };
  ({ inbox, clock } = openInbox({ held: () => authority }));
  calls = [];
  listReads = [];
  listed = { chat: [chatEntry('c1')], device: [deviceEntry('d1')], node: [nodeEntry('n1')] };
  elevations = [];
  elevation = Promise.resolve(ok(null));
  down = false;
  locked = false;
  feed = new RequestFeed({
    inbox,
    gatewayClock: new GatewayClock(clock),
    timers: new TimersDouble(),
    logger: silentLogger,
    request: (method) => {
      if (down) return Promise.resolve(fail(lost(null)));
      listReads.push(method);
      const { chat: requests, device: devices, node: nodes } = listed;
      if (method === listMethods.chat) return Promise.resolve(ok({ requests }));
      return Promise.resolve(ok({ pending: method === listMethods.device ? devices : nodes }));
    },
    offers: () => true,
    onDelta: () => undefined,
  });
  const over =
    (connection: Call['over']) =>
    (method: string, params: unknown): Promise<Answer> => {
      const call = { over: connection, method, params, ...Promise.withResolvers<Answer>() };
      calls.push(call);
      return call.promise;
    };
  sender = new AnswerSender({
    inbox,
    feed,
    request: over('resting'),
    elevate: async (scopes, action) => {
      elevations.push(scopes);
      const opened = await elevation;
      return opened.ok ? ok(await action(over('elevated'))) : opened;
    },
    screenLocked: () => locked,
    onDelta: () => undefined,
    onSubmitted: () => undefined,
  });
});

/** It has been there long enough to be approved. */
function waits(request: IncomingRequest): string {
  inbox.applyRequested(request);
  clock.advance(1_000);
  return request.key;
}

function approve(key: string, more: Partial<ApproveInput> = {}): Promise<Result<null>> {
  const revision = inbox.get(key)?.revision ?? -1;
  return sender.approve({ key, revision, elevate: false, notifyContact: false, ...more });
}

function deny(key: string): Promise<Result<null>> {
  return sender.deny({ key, revision: inbox.get(key)?.revision ?? -1 });
}

async function call(index: number): Promise<Call> {
  await expect.poll(() => calls.length).toBeGreaterThan(index);
  const found = calls[index];
  if (found === undefined) throw new Error('unreachable');
  return found;
}

function sent(): readonly Pick<Call, 'over' | 'method' | 'params'>[] {
  return calls.map(({ over, method, params }) => ({ over, method, params }));
}

function breakDown(): void {
  down = true;
  inbox.disconnected();
}

const rootNode = node('n1', { requiredApproveScopes: ['operator.pairing', 'operator.admin'] });
const c1 = { channel: 'imessage', accountId: 'default', requestId: 'c1' };

describe('what is sent', () => {
  it.each<[string, IncomingRequest, 'approve' | 'deny', string, unknown]>([
    ['a chat contact', chat('c1'), 'approve', 'channels.pairing.approve', { ...c1, notify: false }],
    ['a chat contact', chat('c1'), 'deny', 'channels.pairing.dismiss', c1],
    ['a device', device('d1'), 'approve', 'device.pair.approve', { requestId: 'd1' }],
    ['a device', device('d1'), 'deny', 'device.pair.reject', { requestId: 'd1' }],
    ['a node', node('n1'), 'approve', 'node.pair.approve', { requestId: 'n1' }],
    ['a node', node('n1'), 'deny', 'node.pair.reject', { requestId: 'n1' }],
  ])('for %s: %o, %s', async (_who, request, decision, method, params) => {
    const key = waits(request);
    const done = decision === 'approve' ? approve(key) : deny(key);
    (await call(0)).resolve(ok({}));
    expect(await done).toEqual(ok(null));
    expect([sent(), elevations]).toEqual([[{ over: 'resting', method, params }], []]);
  });

  it.each([
    ['asked for and possible', true, true, true],
    ['asked for, but the channel cannot', true, false, false],
    ['not asked for', false, true, false],
  ])('tells the contact only when that is %s', async (_case, notifyContact, notifySupported, notify) => {
    const done = approve(waits(chat('c1', { notifySupported })), { notifyContact });
    (await call(0)).resolve(ok({ notification: 'sent' }));
    await done;
    expect(calls[0]?.params).toEqual({ ...c1, notify });
  });

  it.each([
    ['sent', null],
    ['failed', noteTexts.contactNotTold],
  ])('says when the contact could not be told (%s)', async (notification, note) => {
    const key = waits(chat('c1'));
    const done = approve(key, { notifyContact: true });
    listed.chat = [];
    (await call(0)).resolve(ok({ notification }));
    expect(await done).toEqual(ok(null));
    expect(facts(inbox.get(key))).toEqual({ status: 'settled', decision: 'approved', by: 'us', note });
  });
});

describe('what is not sent', () => {
  it('is an approval while the screen is locked; denying goes on', async () => {
    const key = waits(device('d1'));
    locked = true;
    expect(await approve(key)).toEqual(fail(appError('not-armed', answerErrorTexts.screenLocked, true)));
    void deny(key);
    expect(sent()).toEqual([{ over: 'resting', method: 'device.pair.reject', params: { requestId: 'd1' } }]);
  });

  it.each([
    ['of something unknown', 'device:other', {}, 'request-gone'],
    ['with an old revision', 'device:d1', { revision: 0 }, 'request-changed'],
  ])('is an answer %s', async (_case, key, more, code) => {
    waits(device('d1'));
    expect(await approve(key, more)).toMatchObject({ ok: false, error: { code } });
    expect([calls, elevations]).toEqual([[], []]);
  });

  it('is a second answer while the first is on its way', async () => {
    const key = waits(device('d1'));
    void approve(key);
    expect(await approve(key)).toMatchObject({ error: { code: 'already-submitting' } });
    expect(await deny(key)).toMatchObject({ error: { code: 'already-submitting' } });
    expect(calls).toHaveLength(1);
  });

  it('is anything while disconnected', async () => {
    const key = waits(device('d1'));
    inbox.disconnected();
    expect([await approve(key), await deny(key)]).toMatchObject([
      { error: { code: 'not-connected' } },
      { error: { code: 'not-connected' } },
    ]);
    expect(calls).toEqual([]);
  });
});

describe('what comes back', () => {
  it('counts for a device once the gateway has confirmed it', async () => {
    const key = waits(device('d1'));
    listed.device = [];
    const done = approve(key);
    (await call(0)).resolve(ok({ requestId: 'd1' }));
    expect(await done).toEqual(ok(null));
    await expect.poll(() => facts(inbox.get(key))?.decision).toBe('approved');
    expect(listReads).toEqual(['device.pair.list']);
  });

  it('is told as refused while the request is still listed', async () => {
    const key = waits(device('d1'));
    const done = approve(key);
    (await call(0)).resolve(fail(refused('SOMETHING')));
    expect(await done).toEqual(fail(appError('gateway-refused', noteTexts.refused, true)));
    expect(facts(inbox.get(key))).toMatchObject({ status: 'pending', note: noteTexts.refused });
  });

  it('is no error when somebody was faster', async () => {
    const key = waits(device('d1'));
    const done = approve(key);
    listed.device = [];
    (await call(0)).resolve(fail(refused('UNKNOWN_REQUEST')));
    expect(await done).toEqual(ok(null));
    expect(facts(inbox.get(key))).toMatchObject({ status: 'settled', by: 'elsewhere' });
  });

  it('is told as gone when its time was up', async () => {
    const key = waits(device('d1'));
    clock.advance(299_500 - 1_000);
    const done = approve(key);
    clock.advance(1_000);
    listed.device = [];
    (await call(0)).resolve(fail(refused('UNKNOWN_REQUEST')));
    expect(await done).toEqual(fail(appError('request-gone', answerErrorTexts.gone)));
    expect(facts(inbox.get(key))).toMatchObject({ status: 'expired' });
  });

  it.each(['TIMEOUT', 'BAD_ANSWER'])(
    'may or may not have counted (%s): the list is read and the owner told so',
    async (code) => {
      const key = waits(device('d1'));
      const done = approve(key);
      (await call(0)).resolve(fail(localFailure(code, 'unclear', true)));
      expect(await done).toEqual(fail(appError('gateway-timeout', noteTexts.notConfirmed, true)));
      expect(facts(inbox.get(key))).toMatchObject({ status: 'pending', note: noteTexts.notConfirmed });
      expect(listReads).toEqual(['device.pair.list']);
    },
  );

  it('is lost with the connection, and never sent again by itself', async () => {
    const key = waits(device('d1'));
    const done = approve(key);
    breakDown();
    (await call(0)).resolve(fail(lost(1006)));
    expect(await done).toEqual(fail(appError('connection-lost', answerErrorTexts.connectionLost, true)));
    expect(facts(inbox.get(key))).toMatchObject({ status: 'lost' });
    down = false;
    expect(await feed.readAll()).toBe(true);
    inbox.connected();
    expect(facts(inbox.get(key))).toMatchObject({ status: 'pending', note: noteTexts.connectionLost });
    expect(calls).toHaveLength(1);
  });

  it('belongs to its own request when two are answered at once', async () => {
    const laptop = waits(device('d1'));
    const contact = waits(chat('c1'));
    listed.chat = [];
    const denied = deny(contact);
    const approved = approve(laptop);
    (await call(1)).resolve(fail(refused('SOMETHING')));
    (await call(0)).resolve(ok({}));
    expect([await approved, await denied]).toMatchObject([
      { error: { code: 'gateway-refused' } },
      { ok: true },
    ]);
    expect([facts(inbox.get(laptop)), facts(inbox.get(contact))]).toMatchObject([
      { status: 'pending', decision: null },
      { status: 'settled', decision: 'denied', by: 'us' },
    ]);
  });
});

describe('more rights', () => {
  it('are not taken without the owner’s word', async () => {
    expect(await approve(waits(rootNode))).toMatchObject({ error: { code: 'elevation-needed' } });
    expect([calls, elevations]).toEqual([[], []]);
  });

  it('are taken for exactly this call when the owner confirmed them', async () => {
    const done = approve(waits(rootNode), { elevate: true });
    (await call(0)).resolve(ok({}));
    expect(await done).toEqual(ok(null));
    expect([elevations, sent()]).toEqual([
      [['operator.admin']],
      [{ over: 'elevated', method: 'node.pair.approve', params: { requestId: 'n1' } }],
    ]);
  });

  it('are not needed for denying', async () => {
    void deny(waits(rootNode));
    expect([elevations, sent()]).toMatchObject([[], [{ over: 'resting', method: 'node.pair.reject' }]]);
  });

  it.each<[string, IncomingRequest, string]>([
    ['a device', device('d1'), 'device.pair.reject'],
    ['a node', node('n1'), 'node.pair.reject'],
  ])('are taken to deny %s the gateway hides from us, and waited for', async (_who, request, method) => {
    authority = { scopes: restScopes, ownDeviceOnly: true };
    const key = waits(request);
    const opened = Promise.withResolvers<Result<null>>();
    elevation = opened.promise;
    const done = deny(key);
    // Longer than a call may take, shorter than getting a connection may take.
    clock.advance(20_000);
    inbox.expire();
    opened.resolve(ok(null));
    (await call(0)).resolve(ok({}));
    expect(await done).toEqual(ok(null));
    expect([elevations, sent()]).toMatchObject([[['operator.admin']], [{ over: 'elevated', method }]]);
  });

  it('are not taken for chat contacts, which nothing hides', async () => {
    authority = { scopes: restScopes, ownDeviceOnly: true };
    void deny(waits(chat('c1')));
    expect([elevations, calls.length]).toEqual([[], 1]);
  });

  it('that cannot be had leave the request waiting, in the words of the failure', async () => {
    const key = waits(rootNode);
    const error = appError('elevation-failed', 'This needs more rights than Portcullis has here.');
    elevation = Promise.resolve(fail(error));
    expect(await approve(key, { elevate: true })).toEqual(fail(error));
    expect(facts(inbox.get(key))).toMatchObject({ status: 'pending', note: error.message });
    expect(calls).toEqual([]);
  });

  it('that were had and did not suffice are told as refused', async () => {
    const done = approve(waits(rootNode), { elevate: true });
    (await call(0)).resolve(fail(refused('MISSING_SCOPE')));
    expect(await done).toMatchObject({ error: { code: 'gateway-refused' } });
  });

  it.each<[string, () => void, string]>([
    [
      'the request changed',
      () => inbox.applyRequested(node('n1', { ts: rootNode.version + 1, commands: ['system.run'] })),
      'request-changed',
    ],
    ['the connection was lost', breakDown, 'connection-lost'],
    [
      'the owner chose another gateway',
      () => {
        breakDown();
        inbox.clear();
      },
      'request-gone',
    ],
  ])('come too late when %s meanwhile: nothing is approved', async (_case, happens, code) => {
    const key = waits(rootNode);
    const opened = Promise.withResolvers<Result<null>>();
    elevation = opened.promise;
    const done = approve(key, { elevate: true });
    happens();
    opened.resolve(ok(null));
    expect(await done).toMatchObject({ ok: false, error: { code } });
    expect(calls).toEqual([]);
  });
});

describe('the end', () => {
  it('waits for answers under way', async () => {
    const key = waits(device('d1'));
    const order: string[] = [];
    const done = approve(key).then(() => order.push('answered'));
    const idle = sender.idle().then(() => order.push('idle'));
    (await call(0)).resolve(ok({}));
    await Promise.all([done, idle]);
    expect(order).toEqual(['answered', 'idle']);
  });

  it('is there at once when nothing is under way', async () => {
    await expect(sender.idle()).resolves.toBeUndefined();
  });
});
