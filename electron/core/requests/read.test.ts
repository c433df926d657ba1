import { describe, expect, it } from 'vitest';
import { GatewayClock } from './gateway-clock.ts';
import { readEvent, readList, type RequestList } from './read.ts';
import { chatEntry, deviceEntry, ManualClock, nodeEntry, startTime } from './requests.fixture.ts';
import { maxListed } from './wire.ts';

const text = (shown: string) => ({ text: shown, altered: false, truncated: false, mixedScripts: false });

function clock(): GatewayClock {
  return new GatewayClock(new ManualClock());
}

function chatList(...requests: readonly unknown[]): RequestList {
  const list = readList('chat', { accounts: [], requests, limits: {}, extra: true }, clock());
  if (!list.ok) throw new Error(list.error);
  return list.value;
}

function deviceList(pending: readonly unknown[], paired: readonly unknown[] = []): RequestList {
  const list = readList('device', { pending, paired }, clock());
  if (!list.ok) throw new Error(list.error);
  return list.value;
}

function requestedDevice(more: Readonly<Record<string, unknown>>) {
  const news = readEvent({ name: 'device.pair.requested', payload: deviceEntry('d1', more) }, clock());
  if (news?.type !== 'requested' || news.request.kind !== 'device') throw new Error('not a device request');
  return news.request;
}

describe('a list', () => {
  it('of chat contacts becomes requests', () => {
    const list = chatList(chatEntry('c1', { unknownField: { nested: 1 } }));
    expect(list.requests).toEqual([
      {
        kind: 'chat',
        key: 'chat:c1',
        id: 'c1',
        version: startTime,
        who: text('+15551230001'),
        requestedAt: startTime,
        expiresAt: startTime + 3_600_000,
        fullyShown: true,
        requiredScopes: [],
        facts: '["+15551230001","imessage","iMessage","default",null,true]',
        channel: 'imessage',
        account: 'default',
        senderId: '+15551230001',
        channelLabel: text('iMessage'),
        accountId: text('default'),
        lastSeenAt: startTime,
        asks: 1,
        notifySupported: true,
      },
    ]);
  });

  it('shows the good entries when others are bad, and knows that the bad ones are still listed', () => {
    const list = chatList(null, 7, chatEntry('c1'), chatEntry('c2', { senderId: 5 }), chatEntry(''), {
      requestId: [],
    });
    expect(list.requests.map(({ id }) => id)).toEqual(['c1']);
    expect([...list.listedIds]).toEqual(['c1', 'c2']);
    expect([list.rejected, list.complete]).toEqual([5, true]);
  });

  it.each([[null], ['text'], [[]], [{ requests: 'none' }], [{ pending: {} }]])(
    'of the wrong shape is no news: %j',
    (bad) => {
      expect(readList('chat', bad, clock())).toEqual({ ok: false, error: 'bad-list' });
      expect(readList('device', bad, clock())).toEqual({ ok: false, error: 'bad-list' });
      expect(readList('node', bad, clock())).toEqual({ ok: false, error: 'bad-list' });
    },
  );

  it('that is absurdly long is cut, and absence from it means nothing', () => {
    const list = chatList(...new Array<unknown>(maxListed + 1).fill(null));
    expect([list.rejected, list.complete]).toEqual([maxListed, false]);
  });

  it('says what a device that asks again already holds, because approving renews it', () => {
    const held = { deviceId: deviceEntry('d1').deviceId, scopes: ['operator.admin'] };
    const entry = deviceEntry('d1', { isRepair: true, scopes: ['operator.read'] });
    expect(deviceList([entry], [held, null]).requests[0]?.requiredScopes).toEqual([
      'operator.read',
      'operator.admin',
    ]);
    expect(deviceList([entry]).requests[0]?.requiredScopes).toEqual(['operator.read', 'operator.admin']);
    expect(deviceList([entry], [{ ...held, scopes: [] }]).requests[0]?.requiredScopes).toEqual([
      'operator.read',
    ]);
  });
});

describe('a device request', () => {
  it('ends five minutes after it was made', () => {
    expect(requestedDevice({}).expiresAt).toBe(startTime + 300_000);
  });

  it('needs an administrator for any role but operator', () => {
    expect(requestedDevice({ role: 'node', roles: ['node'], scopes: [] }).requiredScopes).toEqual([
      'operator.admin',
    ]);
    expect(requestedDevice({ roles: ['operator', 'node'] }).role.text).toBe('operator, node');
  });

  it.each([
    ['a name with a hidden character', { displayName: 'Bob\u202Elaptop' }],
    ['a name that was cut', { displayName: 'Bob'.repeat(100) }],
    ['a look-alike name', { displayName: 'pаypal' }],
    ['an odd address', { remoteIp: '10.0.0.1\n' }],
  ])('is not fully shown with %s', (_name, more) => {
    expect(requestedDevice(more).fullyShown).toBe(false);
  });

  it('stays readable with decoration missing or broken', () => {
    const request = requestedDevice({
      displayName: 17,
      platform: null,
      deviceFamily: undefined,
      remoteIp: {},
    });
    expect([request.who.text, request.platform, request.address]).toEqual(['Unnamed device', null, null]);
  });

  it.each([
    ['no id', { requestId: undefined }],
    ['an endless id', { requestId: 'x'.repeat(257) }],
    ['scopes that are no list', { scopes: 'operator.admin' }],
    ['absurdly many scopes', { scopes: new Array(101).fill('operator.read') }],
    ['a role that is no text', { role: ['node'] }],
    ['no time', { ts: null }],
  ])('cannot be read with %s', (_name, more) => {
    expect(readEvent({ name: 'device.pair.requested', payload: deviceEntry('d1', more) }, clock())).toEqual({
      type: 'unreadable',
      kind: 'device',
    });
  });

  it('has a fingerprint to compare', () => {
    expect(requestedDevice({}).fingerprint).toBe('19d1 aabb ccdd eeff');
  });
});

describe('a node request', () => {
  function requestedNode(more: Readonly<Record<string, unknown>>) {
    const news = readEvent({ name: 'node.pair.requested', payload: nodeEntry('n1', more) }, clock());
    if (news?.type !== 'requested' || news.request.kind !== 'node') throw new Error('not a node request');
    return news.request;
  }

  it('lists its commands and what it is allowed on its machine, and never ends', () => {
    const { commands, permissions, capabilities, expiresAt } = requestedNode({
      permissions: { b: true, a: true, c: false },
    });
    expect([commands, permissions, capabilities].map((names) => names.map((name) => name.text))).toEqual([
      ['camera.snap'],
      ['a', 'b'],
      ['camera'],
    ]);
    expect(expiresAt).toBeNull();
  });

  it('that does not say what it needs, needs an administrator for any command', () => {
    expect(requestedNode({ requiredApproveScopes: undefined }).requiredScopes).toEqual([
      'operator.pairing',
      'operator.admin',
    ]);
    expect(requestedNode({ requiredApproveScopes: undefined, commands: [] }).requiredScopes).toEqual([
      'operator.pairing',
    ]);
  });

  it('with more commands than fit says so and is not fully shown', () => {
    const { commands, fullyShown } = requestedNode({
      commands: Array.from({ length: 205 }, (_, index) => `c${String(index)}`),
    });
    expect([commands.length, commands.at(-1)?.text, fullyShown]).toEqual([201, 'and 5 more', false]);
  });
});

describe('an event', () => {
  it.each([
    [
      'device.pair.resolved',
      { requestId: 'd1', deviceId: 'x', decision: 'approved', ts: startTime },
      'device',
      'approved',
    ],
    [
      'device.pair.resolved',
      { requestId: 'd1', deviceId: 'x', decision: 'rejected', ts: startTime },
      'device',
      'denied',
    ],
    [
      'node.pair.resolved',
      { requestId: 'd1', nodeId: 'x', decision: 'superseded', ts: startTime },
      'node',
      'withdrawn',
    ],
  ])('%s tells how a request was decided (%j)', (name, payload, kind, decision) => {
    expect(readEvent({ name, payload }, clock())).toEqual({
      type: 'resolved',
      kind,
      id: 'd1',
      decision,
      at: startTime,
    });
  });

  it.each([
    ['device.pair.changed', {}, { type: 'relist', kind: 'device' }],
    [
      'node.pair.resolved',
      { requestId: '', nodeId: 'x', decision: 'removed', ts: 1 },
      { type: 'relist', kind: 'node' },
    ],
    ['plugin.portcullis-guard.pairing-requested', { channel: 'x' }, { type: 'relist', kind: 'chat' }],
    ['node.pair.requested', 'garbage', { type: 'unreadable', kind: 'node' }],
    ['device.pair.resolved', { decision: 'approved' }, { type: 'unreadable', kind: 'device' }],
    ['tick', { ts: startTime }, null],
    ['tick', 'garbage', null],
    ['chat', { requestId: 'd1' }, null],
  ])('%s with %j means %j', (name, payload, news) => {
    expect(readEvent({ name, payload }, clock())).toEqual(news);
  });
});

describe('the gateway’s clock', () => {
  it('is translated to ours by the smallest difference seen', () => {
    const ours = new ManualClock();
    const gateway = new GatewayClock(ours);
    ours.time = startTime + 60_000;
    readEvent({ name: 'tick', payload: { ts: startTime - 500 } }, gateway);
    readEvent({ name: 'tick', payload: { ts: startTime } }, gateway);
    expect(gateway.toOurs(startTime)).toBe(startTime + 60_000);
    const news = readEvent(
      { name: 'device.pair.requested', payload: deviceEntry('d1', { ts: startTime }) },
      gateway,
    );
    expect(news).toMatchObject({
      request: { requestedAt: startTime + 60_000, expiresAt: startTime + 360_000 },
    });
    gateway.reset();
    expect(gateway.toOurs(startTime)).toBe(startTime);
  });

  it('counts as ours when it is off by less than two seconds', () => {
    const ours = new ManualClock();
    const gateway = new GatewayClock(ours);
    gateway.observe(startTime - 1_999);
    expect(gateway.toOurs(startTime)).toBe(startTime);
  });
});
