import { beforeEach, describe, expect, it } from 'vitest';
import { appError, fail, ok, type Result } from '../../contract/result.ts';
import { refused } from '../gateway/outside.double.ts';
import { Answered } from './answered.fixture.ts';
import type { IncomingRequest } from './incoming.ts';
import { chat, device, facts, node, nodeEntry, restScopes } from './requests.fixture.ts';

let gate: Answered;

beforeEach(() => {
  gate = new Answered();
});

const rootNode = node('n1', { requiredApproveScopes: ['operator.pairing', 'operator.admin'] });

describe('more rights', () => {
  it('are not taken without the owner’s word', async () => {
    expect(await gate.approve(gate.waits(rootNode))).toMatchObject({ error: { code: 'elevation-needed' } });
    expect([gate.calls, gate.elevations]).toEqual([[], []]);
  });

  it('are taken for exactly this call when the owner confirmed them', async () => {
    const done = gate.approve(gate.waits(rootNode), { elevate: true });
    await gate.answer(0, ok({}));
    expect(await done).toEqual(ok(null));
    expect([gate.elevations, gate.sent()]).toEqual([
      [['operator.admin']],
      [{ over: 'elevated', method: 'node.pair.approve', params: { requestId: 'n1' } }],
    ]);
  });

  it('are not needed for denying', async () => {
    void gate.deny(gate.waits(rootNode));
    expect([gate.elevations, gate.sent()]).toMatchObject([
      [],
      [{ over: 'resting', method: 'node.pair.reject' }],
    ]);
  });

  it.each<[string, IncomingRequest, string]>([
    ['a device', device('d1'), 'device.pair.reject'],
    ['a node', node('n1'), 'node.pair.reject'],
  ])('are taken to deny %s the gateway hides from us, and waited for', async (_who, request, method) => {
    gate.authority = { scopes: restScopes, ownDeviceOnly: true };
    const key = gate.waits(request);
    const opened = Promise.withResolvers<Result<null>>();
    gate.elevation = opened.promise;
    const done = gate.deny(key);
    // Longer than a call may take, shorter than getting a connection may take.
    gate.clock.advance(20_000);
    gate.inbox.expire();
    opened.resolve(ok(null));
    await gate.answer(0, ok({}));
    expect(await done).toEqual(ok(null));
    expect([gate.elevations, gate.sent()]).toMatchObject([
      [['operator.admin']],
      [{ over: 'elevated', method }],
    ]);
  });

  it('are not taken for chat contacts, which nothing hides', async () => {
    gate.authority = { scopes: restScopes, ownDeviceOnly: true };
    void gate.deny(gate.waits(chat('c1')));
    expect([gate.elevations, gate.calls.length]).toEqual([[], 1]);
  });

  it('that cannot be had leave the request waiting, in the words of the failure', async () => {
    const key = gate.waits(rootNode);
    const error = appError('elevation-failed', 'This needs more rights than Portcullis has here.');
    gate.elevation = Promise.resolve(fail(error));
    expect(await gate.approve(key, { elevate: true })).toEqual(fail(error));
    expect(facts(gate.inbox.get(key))).toMatchObject({ status: 'pending', note: error.message });
    expect(gate.calls).toEqual([]);
  });

  it('that were had and did not suffice are told as refused', async () => {
    const done = gate.approve(gate.waits(rootNode), { elevate: true });
    await gate.answer(0, fail(refused('MISSING_SCOPE')));
    expect(await done).toMatchObject({ error: { code: 'gateway-refused' } });
  });

  it.each<[string, () => void, string]>([
    [
      'the request changed',
      () => gate.inbox.applyRequested(node('n1', { ts: rootNode.version + 1, commands: ['system.run'] })),
      'request-changed',
    ],
    ['the connection was lost', () => gate.breakDown(), 'connection-lost'],
    [
      'the owner chose another gateway',
      () => {
        gate.breakDown();
        gate.inbox.clear();
      },
      'request-gone',
    ],
  ])('come too late when %s meanwhile: nothing is approved', async (_case, happens, code) => {
    const key = gate.waits(rootNode);
    const opened = Promise.withResolvers<Result<null>>();
    gate.elevation = opened.promise;
    const done = gate.approve(key, { elevate: true });
    happens();
    opened.resolve(ok(null));
    expect(await done).toMatchObject({ ok: false, error: { code } });
    expect(gate.calls).toEqual([]);
  });
});

describe('a node that changed its offer without a word', () => {
  it.each<[string, IncomingRequest, boolean]>([
    ['at rest', node('n1'), false],
    ['with more rights', rootNode, true],
  ])('is not approved %s: the list right before tells', async (_how, request, elevate) => {
    const key = gate.waits(request);
    gate.listed.node = [nodeEntry('n1', { commands: ['camera.snap', 'system.run'] })];
    expect(await gate.approve(key, { elevate })).toMatchObject({
      ok: false,
      error: { code: 'request-changed' },
    });
    expect(gate.calls).toEqual([]);
  });
});
