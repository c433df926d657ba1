import { afterEach, beforeEach, expect, it } from 'vitest';
import { ok } from '../contract/result.ts';
import { chatEntry, startTime } from '../core/requests/requests.fixture.ts';
import { drivenApp, type DrivenApp } from './composed-app.fixture.ts';

const secret = 'eyJ1cmwiOiJ3c3M6Ly9nYXRld2F5LmV4YW1wbGUiLCJib290c3RyYXBUb2tlbiI6IngifQ';

let driven: DrivenApp;

beforeEach(async () => {
  driven = drivenApp();
  const { gateway } = driven;
  const usual = gateway.answer;
  gateway.answer = (method, params) =>
    method === 'device.pair.setupCode'
      ? ok({
          setupId: 's1',
          setupCode: secret,
          expiresAtMs: startTime + 600_000,
          gatewayUrl: 'wss://gateway.example',
          access: 'limited',
        })
      : usual(method, params);
});

afterEach(async () => {
  await driven.app.stop();
});

it('a set-up code is made with more rights, is in no snapshot, and its use is shown', async () => {
  const { app, gateway, contentProtection, journal, start } = driven;
  await start();
  const answer = await app.handlers['setupCode.create']({ access: 'limited', elevate: true });
  expect(answer).toMatchObject(ok({ outcome: 'made', code: { setupCode: secret } }));
  expect(gateway.attempts.at(-1)?.scopes).toContain('operator.admin');
  expect(contentProtection).toEqual([true]);
  gateway.sessions[0]?.listener.event({
    name: 'device.pair.setup.completed',
    payload: { setupId: 's1', deviceName: 'Anna’s phone' },
  });
  await expect
    .poll(() => app.snapshot().usedSetupCode)
    .toMatchObject({ setupId: 's1', deviceName: { text: 'Anna’s phone' } });
  expect(await app.handlers['setupCode.forget'](undefined)).toEqual(ok(null));
  expect(contentProtection).toEqual([true, false]);
  expect(JSON.stringify([app.snapshot(), journal])).not.toContain(secret);
  expect(journal.map(({ fact }) => fact.kind)).toEqual(['setup-code-made', 'setup-code-used']);
});

it('the list of devices is read again once the short connection is taken back', async () => {
  const { app, gateway, start } = driven;
  await start();
  const seen: [method: string, listsSeq: number][] = [];
  const usual = gateway.answer;
  gateway.answer = (method, params) => {
    seen.push([method, app.snapshot().listsSeq]);
    return usual(method, params);
  };
  await app.handlers['setupCode.create']({ access: 'limited', elevate: true });
  const [, whenTakenBack] = seen.find(([method]) => method === 'device.pair.remove') ?? ['', Infinity];
  await expect.poll(() => app.snapshot().listsSeq).toBeGreaterThan(whenTakenBack);
});

it('the journal hears of every request and answer', async () => {
  const { gateway, journal, start, settles, arms, approve } = driven;
  gateway.pending.chat = [chatEntry('c1')];
  await start();
  await settles({ 'chat:c1': 'pending' });
  await arms();
  gateway.pending.chat = [];
  expect(await approve('chat:c1')).toEqual(ok(null));
  await settles({ 'chat:c1': 'settled' });
  expect(journal.map(({ fact }) => fact)).toMatchObject([
    { kind: 'request-arrived', key: 'chat:c1', channel: 'iMessage' },
    { kind: 'answered', key: 'chat:c1', decision: 'approved', by: 'us' },
  ]);
});
