/** Ways past the plugin that were found by attacking it, each tried in a real gateway without strict mode. */
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { waitUntil } from '../build/demo/wait-until.ts';
import { z } from 'zod';
import { systemClock } from '../electron/adapters/node/system/clock.ts';
import { shownSendSchema } from '../electron/contract/guard/blocked-send.ts';
import { githubToken } from '../electron/contract/guard/content/secret-samples.fixture.ts';
import { describeSend } from '../electron/core/requests/describe-send.ts';
import type { SendLines } from '../electron/core/requests/describe-send.ts';
import { GatewayClock } from '../electron/core/requests/gateway-clock.ts';
import { readEvent } from '../electron/core/requests/read.ts';
import { openInbox } from '../electron/core/requests/requests.fixture.ts';
import { readSpool } from './store/spool.ts';
import { allowing, startGuardedGateway, turnDeadline } from './testing/guarded-gateway.fixture.ts';
import type { GuardedGateway } from './testing/guarded-gateway.fixture.ts';
import { connectOperator } from './testing/operator-client.fixture.ts';
import type { CallOutcome, GatewayEventSeen, OperatorClient } from './testing/operator-client.fixture.ts';
import { nextStranger } from './testing/ways-out.fixture.ts';

const listed = '+15551230001';
const friend = '+15559990000';

let guarded: GuardedGateway;
let operator: OperatorClient;

beforeAll(async () => {
  guarded = await startGuardedGateway({ plugin: true, strict: false, holdSeconds: 2, allowFrom: [friend] });
  operator = await connectOperator(guarded.gateway.url, guarded.gateway.token);
});
afterAll(async () => {
  operator.close();
  await guarded.stop();
});
beforeEach(() => {
  guarded.setPolicy((policy) => ({
    ...policy,
    region: 'US',
    limit: undefined,
    accounts: [allowing([listed])],
    blocked: [],
  }));
  guarded.forgetStopped();
});

const send = (to: string, message: string, more: object = {}): Promise<CallOutcome> =>
  operator.call('send', { channel: 'imessage', to, message, idempotencyKey: randomUUID(), ...more });

const listSchema = z.object({ sends: z.array(shownSendSchema) });
async function shownSend(id: string): Promise<z.infer<typeof shownSendSchema> | undefined> {
  const list = await operator.call('portcullis-guard.list');
  return listSchema.parse(list.ok ? list.payload : null).sends.find((each) => each.id === id);
}

const effect = (target: string, channel?: string): string =>
  `TOOL message ${JSON.stringify({ action: 'sendWithEffect', target, channel, message: 'secrets', effect: 'slam' })}`;

/** A turn of the operator, on the gateway's own surface. */
async function fromWebChat(message: string): Promise<void> {
  const call = { message, sessionKey: `agent:main:${randomUUID()}`, idempotencyKey: randomUUID() };
  expect(await operator.call('agent', call)).toMatchObject({ ok: true });
}

describe('the agent’s message tool does not get past the rules', () => {
  it.each([
    ['no channel', undefined],
    ['an alias of the channel', 'imsg'],
    ['the web chat', 'webchat'],
  ])('by naming %s, in a friend’s turn or in the web chat', async (_what, channel) => {
    const [one, other] = [nextStranger(), nextStranger()];
    await guarded.gateway.imsg.receive(friend, effect(one, channel));
    await fromWebChat(effect(other, channel));
    for (const to of [one, other]) {
      expect(await guarded.waitForStopped(to, 'refused')).toMatchObject({ action: 'sendWithEffect' });
    }
    expect(await guarded.reachedImsg([one, other])).toEqual([]);
  });

  it('to somebody who is blocked, while somebody listed is reached canonically', async () => {
    const blocked = nextStranger();
    guarded.setPolicy((policy) => ({ ...policy, blocked: [{ channel: 'imessage', to: blocked, note: '' }] }));
    await fromWebChat(effect(blocked, 'imsg'));
    expect(await guarded.waitForStopped(blocked, 'refused')).toMatchObject({ rule: 'blocked' });
    await fromWebChat(effect('+1 (555) 123-0001', 'imsg'));
    const reached = await waitUntil(
      'The listed one',
      async () => (await guarded.reachedImsg([listed]))[0],
      turnDeadline,
    );
    expect(reached).toContain('secrets');
    expect(await guarded.reachedImsg([blocked])).toEqual([]);
  });

  it('to somebody who wrote once and was not let in', async () => {
    const stranger = nextStranger();
    await guarded.gateway.imsg.receive(stranger, 'hello');
    await fromWebChat(effect(stranger));
    expect(await guarded.waitForStopped(stranger, 'refused')).toMatchObject({ rule: 'unlisted' });
  });
});

it('an answer to a message with a file is for that file and its bytes', async () => {
  const folder = join(guarded.gateway.stateDir, 'workspace');
  await mkdir(folder, { recursive: true });
  const [a, b] = [join(folder, 'a.txt'), join(folder, 'b.txt')];
  for (const path of [a, b]) await writeFile(path, 'same text');
  const to = nextStranger();
  expect(await send(to, 'look', { mediaUrl: a })).toMatchObject({ ok: false });
  const { id, files } = await guarded.waitForStopped(to, 'refused');
  expect(files).toMatchObject([{ bytes: 9, sha256: expect.stringMatching(/^[0-9a-f]{64}$/u) as string }]);
  const shown = (await shownSend(id))?.shown;
  expect(await operator.call('portcullis-guard.resolve', { id, decision: 'send-once', shown })).toMatchObject(
    {
      payload: { applied: true },
    },
  );
  expect(await send(to, 'look', { mediaUrl: b })).toMatchObject({ ok: false });
  await writeFile(a, 'other text');
  expect(await send(to, 'look', { mediaUrl: a })).toMatchObject({ ok: false });
  expect(await guarded.reachedImsg([to])).toEqual([]);
  await writeFile(a, 'same text');
  expect(await send(to, 'look', { mediaUrl: a })).toMatchObject({ ok: true });
  expect((await guarded.reachedImsg([to])).length).toBeGreaterThan(0);
});

it('a national number is not read by the country of the rules', async () => {
  guarded.setPolicy((policy) => ({ ...policy, region: 'AT', accounts: [allowing(['+436641234567'])] }));
  expect(await send('6641234567', 'secrets')).toMatchObject({ ok: false });
  expect(await guarded.reachedImsg(['6641234567'])).toEqual([]);
});

it('tells operators what was stopped, with everything an answer is about', async () => {
  const before = operator.events.length;
  const to = nextStranger();
  await send(to, 'an event, please');
  const { id } = await guarded.waitForStopped(to, 'refused');
  const events = z.object({ id: z.string(), state: z.string(), entry: shownSendSchema });
  const seen = operator.events
    .slice(before)
    .filter(({ event }) => event === 'plugin.portcullis-guard.blocked')
    .map(({ payload }) => events.parse(payload));
  expect(seen.map((event) => [event.id, event.state, event.entry.state, event.entry.text])).toEqual([
    [id, 'held', 'held', 'an event, please'],
    [id, 'refused', 'refused', 'an event, please'],
  ]);
  const stopped = await shownSend(id);
  expect(stopped).toEqual(seen[1]?.entry);
  const wrong = { id, decision: 'send-once', shown: 'a'.repeat(64) };
  expect(await operator.call('portcullis-guard.resolve', wrong)).toMatchObject({
    ok: false,
    details: { reason: 'CHANGED' },
  });
  const answer = { id, decision: 'send-once', shown: stopped?.shown };
  expect(await operator.call('portcullis-guard.resolve', answer)).toMatchObject({
    payload: { applied: true },
  });
});

/** What the app would say of it where there is no room for a text. */
function namedBy({ event, payload }: GatewayEventSeen): SendLines {
  const news = readEvent({ name: event, payload }, new GatewayClock(systemClock));
  if (news?.type !== 'stopped') throw new Error('Nothing was stopped.');
  const { inbox } = openInbox();
  inbox.applyRequested(news.request);
  const view = inbox.get(news.request.key);
  if (view?.kind !== 'send') throw new Error('Not shown.');
  return describeSend(view, false);
}

it('a key in a message to somebody listed is asked about, only named masked, and leaves once as it was read', async () => {
  const before = operator.events.length;
  const to = nextStranger();
  guarded.setPolicy((policy) => ({ ...policy, accounts: [allowing([to])] }));
  const text = `the key is ${githubToken}`;
  expect(await send(to, text)).toMatchObject({ ok: false });
  const { id, rule, secrets } = await guarded.waitForStopped(to, 'refused');
  expect([rule, secrets]).toEqual(['secret', ['token']]);
  const told = operator.events.slice(before).filter(({ event }) => event.endsWith('.blocked'));
  expect(told).toHaveLength(2);
  for (const lines of told.map(namedBy)) {
    expect(lines.facts).toContain('“the key is ••••”');
    expect(JSON.stringify(lines)).not.toContain(githubToken);
    expect(lines.complete).toBe(false);
  }
  const answer = { id, decision: 'send-once', shown: (await shownSend(id))?.shown };
  expect(await operator.call('portcullis-guard.resolve', answer)).toMatchObject({
    payload: { applied: true },
  });
  expect(await send(to, `${text}!`)).toMatchObject({ ok: false });
  expect(await guarded.sentTo(to)).toEqual([]);
  expect(await send(to, text)).toMatchObject({ ok: true });
  expect(await send(to, text)).toMatchObject({ ok: false });
  expect(await guarded.sentTo(to)).toEqual([text]);
});

it('messages to people who may be written to do not leave without end, and one answer is for all of them', async () => {
  const people = [nextStranger(), nextStranger(), nextStranger(), nextStranger()] as const;
  guarded.setPolicy((policy) => ({
    ...policy,
    limit: { inAll: 1000, toOne: 1 },
    accounts: [allowing(people)],
  }));
  for (const to of people) expect(await send(to, 'first')).toMatchObject({ ok: true });
  const more = people.map(async (to) => await send(to, 'second'));
  const stopped = await waitUntil(
    'The surplus',
    () => readSpool(guarded.files).sends.find(({ attempts }) => attempts === people.length),
    turnDeadline,
  );
  expect(readSpool(guarded.files).sends).toMatchObject([{ rule: 'limit', state: 'held' }]);
  expect((await Promise.all(more)).map(({ ok }) => ok)).toEqual([false, false, false, false]);
  for (const to of people) expect(await guarded.sentTo(to)).toEqual(['first']);
  const shown = await shownSend(stopped.id);
  const answer = { id: stopped.id, decision: 'allow-hour', shown: shown?.shown };
  expect(await operator.call('portcullis-guard.resolve', answer)).toMatchObject({
    payload: { applied: true, state: 'sent', send: null },
  });
  for (const to of people) expect(await send(to, 'third')).toMatchObject({ ok: true });
  for (const to of people) expect(await guarded.sentTo(to)).toEqual(['first', 'third']);
});
