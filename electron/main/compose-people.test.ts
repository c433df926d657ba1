/** The composed app: blocked people stay away from the owner, and the people page follows what happens. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyPolicy } from '../contract/guard/policy.ts';
import { fail, ok } from '../contract/result.ts';
import { localFailure } from '../core/gateway/local-failure.ts';
import { brought } from '../core/guard/guard-plugin.double.ts';
import { chatEntry } from '../core/requests/requests.fixture.ts';
import { drivenApp, type DrivenApp } from './composed-app.fixture.ts';

const friend = '+15551230001';
let composed: DrivenApp;
const plugin = () => composed.gateway.guard;
const block = (...people: readonly string[]) => {
  plugin().policy = {
    ...emptyPolicy,
    revision: (plugin().policy?.revision ?? 0) + 1,
    blocked: people.map((to) => ({ channel: 'imessage', to, note: '' })),
  };
};
const dismissed = () =>
  composed.gateway.decisions.map(({ method, params }) => `${method} ${JSON.stringify(params)}`);
const dismissal = (id: string) =>
  `channels.pairing.dismiss {"channel":"imessage","accountId":"default","requestId":"${id}"}`;

beforeEach(() => {
  composed = drivenApp();
  plugin().version = brought;
  // What was dismissed is listed no more, as at a real gateway.
  const { gateway } = composed;
  const { answer } = gateway;
  gateway.answer = (method, params) => {
    if (method === 'channels.pairing.dismiss') {
      const { requestId } = params as { readonly requestId: string };
      gateway.pending.chat = gateway.pending.chat.filter(
        (entry) => !JSON.stringify(entry).includes(requestId),
      );
    }
    return answer(method, params);
  };
});

afterEach(async () => {
  await composed.app.stop();
});

describe('blocked people', () => {
  it('who asked before we connected are never shown or announced, and dismissed', async () => {
    block(friend);
    composed.gateway.pending.chat = [chatEntry('c1'), chatEntry('c2', { senderId: '+15551230002' })];
    await composed.start();
    await composed.settles({ 'chat:c2': 'pending' });
    expect(composed.onScreen()).toEqual(['request:chat:c2']);
    expect(dismissed()).toEqual([dismissal('c1')]);
  });

  it('who are blocked from the request card are denied now and dismissed later', async () => {
    block();
    composed.gateway.pending.chat = [chatEntry('c1')];
    await composed.start();
    await composed.settles({ 'chat:c1': 'pending' });
    expect(await composed.app.handlers['people.blockRequest']({ key: 'chat:c1', revision: 1 })).toEqual(
      ok(null),
    );
    expect(plugin().policy?.blocked.map(({ to }) => to)).toEqual([friend]);
    await composed.settles({ 'chat:c1': 'settled' });
    composed.gateway.pending.chat = [chatEntry('c9')];
    await composed.app.handlers['requests.refresh'](undefined);
    await expect.poll(dismissed).toEqual([dismissal('c1'), dismissal('c9')]);
    expect(composed.statuses()).toEqual({ 'chat:c1': 'settled' });
  });

  it('who ask again while we are connected are dismissed each time, and nothing tells the owner', async () => {
    block(friend);
    await composed.start();
    for (const [id, senderId] of [
      ['c3', friend],
      ['c4', '+1 (555) 123-0001'],
    ] as const) {
      composed.gateway.pending.chat = [chatEntry(id, { senderId })];
      await composed.app.handlers['requests.refresh'](undefined);
      await expect.poll(dismissed).toContain(dismissal(id));
      await expect.poll(() => composed.gateway.pending.chat).toEqual([]);
    }
    composed.gateway.pending.chat = [chatEntry('c5', { senderId: '+15551230002' })];
    await composed.app.handlers['requests.refresh'](undefined);
    await composed.settles({ 'chat:c5': 'pending' });
    // By the announcement of somebody else, theirs would have been there.
    await expect.poll(() => composed.notifier.calls).toEqual(['show request:chat:c5']);
    const noted = (sender: string) =>
      composed.journal.filter((entry) => JSON.stringify(entry).includes(sender)).length;
    expect([noted('123-0001'), noted('+15551230001'), noted('+15551230002')]).toEqual([0, 0, 1]);
    expect(dismissed()).toEqual([dismissal('c3'), dismissal('c4')]);
  });

  it('stay away from the owner while the rules cannot be asked for, and ask again without the plugin', async () => {
    block(friend);
    await composed.start();
    const { gateway } = composed;
    const { answer } = gateway;
    gateway.answer = (method, params) =>
      method.startsWith('portcullis-guard.')
        ? fail(localFailure('UNAVAILABLE', 'busy'))
        : answer(method, params);
    gateway.pending.chat = [chatEntry('c3')];
    await composed.app.handlers['requests.refresh'](undefined);
    await expect.poll(dismissed).toEqual([dismissal('c3')]);
    gateway.answer = answer;
    plugin().version = null;
    await composed.app.handlers['requests.refresh'](undefined);
    await expect.poll(() => composed.app.snapshot().guard.plugin.state).toBe('absent');
    gateway.pending.chat = [chatEntry('c4')];
    await composed.app.handlers['requests.refresh'](undefined);
    await composed.settles({ 'chat:c4': 'pending' });
    await expect.poll(() => composed.onScreen()).toContain('request:chat:c4');
    expect(await composed.app.handlers['people.list']({ elevate: false })).toMatchObject({
      value: { blocked: { state: 'unavailable', reason: 'no-plugin' } },
    });
    plugin().version = brought;
    await composed.app.handlers['requests.refresh'](undefined);
    await expect.poll(dismissed).toEqual([dismissal('c3'), dismissal('c4')]);
    expect(composed.onScreen()).not.toContain('request:chat:c4');
  });

  it('ask the owner again once they are unblocked', async () => {
    block(friend);
    await composed.start();
    expect(await composed.app.handlers['people.unblock']({ channel: 'imessage', to: friend })).toEqual(
      ok(null),
    );
    expect(plugin().policy?.blocked).toEqual([]);
    composed.gateway.pending.chat = [chatEntry('c3')];
    await composed.app.handlers['requests.refresh'](undefined);
    await composed.settles({ 'chat:c3': 'pending' });
  });

  it('cannot be had without the plugin: the request stays as it was', async () => {
    plugin().version = null;
    composed.gateway.pending.chat = [chatEntry('c1')];
    await composed.start();
    expect(await composed.app.handlers['people.blockRequest']({ key: 'chat:c1', revision: 1 })).toMatchObject(
      {
        error: { code: 'unsupported' },
      },
    );
    expect([composed.statuses(), dismissed()]).toEqual([{ 'chat:c1': 'pending' }, []]);
  });
});

it('says that the lists may be other ones when connecting, on events, and after an answer', async () => {
  composed.gateway.pending.chat = [chatEntry('c1')];
  await composed.start();
  const seq = () => composed.app.snapshot().listsSeq;
  const grows = async (cause: () => unknown) => {
    const before = seq();
    await cause();
    await expect.poll(seq).toBeGreaterThan(before);
  };
  expect(seq()).toBeGreaterThan(0);
  await grows(() => {
    composed.gateway.announce('device.pair.changed', {});
  });
  await grows(() => composed.app.handlers['request.deny']({ key: 'chat:c1', revision: 1 }));
});
