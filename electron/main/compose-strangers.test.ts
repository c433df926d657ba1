import { beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../contract/result.ts';
import { chatEntry, iso } from '../core/requests/requests.fixture.ts';
import { drivenApp, type DrivenApp } from './composed-app.fixture.ts';

let composed: DrivenApp;

beforeEach(async () => {
  composed = drivenApp();
  await composed.start();
});

/** What the gateway lists from now on; looked at because the owner looks. */
async function waiting(...people: readonly (readonly [id: string, sender: string, account?: string])[]) {
  const { app, gateway, timers } = composed;
  gateway.pending.chat = people.map(([id, senderId, accountId = 'default']) =>
    chatEntry(id, {
      senderId,
      accountId,
      createdAt: iso(timers.now),
      expiresAt: iso(timers.now + 3_600_000),
    }),
  );
  await app.handlers['requests.refresh'](undefined);
}

const noted = () =>
  composed.journal.flatMap(({ fact }) => (fact.kind === 'suspicious-activity' ? [fact] : []));

describe('the composed app', () => {
  it('notifies of a sender once a day, and shows every request with its number', async () => {
    await waiting(['r1', '+15551230001']);
    await expect.poll(composed.onScreen).toEqual(['request:chat:r1']);
    await waiting();
    await expect.poll(composed.onScreen).toEqual([]);
    await waiting(['r2', '+15551230001']);
    await expect.poll(composed.statuses).toMatchObject({ 'chat:r2': 'pending' });
    expect(composed.app.snapshot().requests[0]).toMatchObject({ key: 'chat:r2', asks: 2 });
    await waiting(['r2', '+15551230001'], ['r3', '+15551230003']);
    await expect.poll(composed.onScreen).toEqual(['request:chat:r3']);
  });

  /** Around the clock, or not at all. */
  async function quietHours(enabled: boolean) {
    const { notifications } = composed.app.snapshot().settings;
    const hours = { ...notifications.quietHours, enabled, from: 0, to: 0 };
    const patch = { notifications: { ...notifications, quietHours: hours } };
    expect(await composed.app.handlers['settings.patch'](patch)).toEqual(ok(null));
  }

  it('holds back what comes in quiet hours, and tells of it once they are switched off', async () => {
    await quietHours(true);
    await waiting(['r1', 'a'], ['r2', 'b']);
    await expect.poll(composed.statuses).toEqual({ 'chat:r1': 'pending', 'chat:r2': 'pending' });
    await quietHours(false);
    await expect.poll(composed.onScreen).toEqual(['digest']);
    expect(composed.notifier.calls).toEqual(['show digest']);
  });

  it('tells nothing of what another gateway held back', async () => {
    await quietHours(true);
    await waiting(['r1', 'a']);
    await expect.poll(composed.statuses).toEqual({ 'chat:r1': 'pending' });
    await composed.choose('wss://other.example');
    composed.gateway.pending.chat = [];
    await composed.app.handlers['settings.patch']({ gateway: { mode: 'local' } });
    await composed.becomes('ready');
    await quietHours(false);
    await waiting(['r2', 'b']);
    await expect.poll(composed.onScreen).toContain('request:chat:r2');
    expect(composed.notifier.calls).toEqual(['show request:chat:r2']);
  });

  it('raises one alarm for many strangers at once, approves nobody, and clears them when asked', async () => {
    const { app, gateway } = composed;
    await waiting(['r1', 'a'], ['r2', 'b'], ['r3', 'c']);
    await expect.poll(composed.onScreen).toEqual(['suspicious-activity']);
    expect(noted().map(({ what }) => what)).toEqual(['burst']);
    expect(app.snapshot().notices.map(({ id }) => id)).toEqual(['suspicious-activity']);
    gateway.answer = (method, params) => {
      const { requestId } = params as { readonly requestId?: string };
      gateway.pending.chat = gateway.pending.chat.filter(
        (entry) => (entry as { readonly requestId: string }).requestId !== requestId,
      );
      return gateway.listed(method, params) ?? ok({});
    };
    const requests = ['r1', 'r2', 'r3'].map((id) => ({ key: `chat:${id}`, revision: 1 }));
    expect(await app.handlers['requests.clearOld']({ requests })).toEqual(ok({ cleared: 3, failed: 0 }));
    expect(gateway.decisions.map(({ method }) => method)).toEqual([
      'channels.pairing.dismiss',
      'channels.pairing.dismiss',
      'channels.pairing.dismiss',
    ]);
    await expect.poll(composed.onScreen).toEqual([]);
    expect(app.snapshot().openCount).toBe(0);
  });
});
