/** The composed app: blocked people stay away from the owner, and the people page follows what happens. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyPolicy } from '../contract/guard/policy.ts';
import { ok } from '../contract/result.ts';
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
  const seq = () => composed.app.snapshot().peopleSeq;
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
