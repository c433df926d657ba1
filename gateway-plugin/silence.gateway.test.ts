/** The silence switch of the whole app against a real gateway: who gets which reply, who reaches the owner, what is left in the config. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../build/demo/wait-until.ts';
import type { ChannelEdit } from '../electron/contract/channels.ts';
import { imessagePairingReply } from '../electron/contract/pairing-reply.ts';
import { ok } from '../electron/contract/result.ts';
import type { SilenceAccountView, SilenceMode } from '../electron/contract/silence.ts';
import type { App } from '../electron/main/app.ts';
import { becomes, startAppBeside } from './testing/app-beside.fixture.ts';
import { startGuardedGateway, turnDeadline } from './testing/guarded-gateway.fixture.ts';
import type { GuardedGateway } from './testing/guarded-gateway.fixture.ts';
import { nextStranger } from './testing/ways-out.fixture.ts';

const inAllowFrom = '+15559990000';
const approved = '+15559990001';
/** Each starts the channel anew, which takes seconds: twenty of them on a busy machine. */
const switchesDeadline = 600_000;

let guarded: GuardedGateway;
let dataDir: string;
let app: App;

async function startApp(): Promise<App> {
  const started = await startAppBeside(guarded, dataDir);
  await becomes(() => account('default', started)?.strict, 'on');
  return started;
}

function account(name: string, of: App = app): SilenceAccountView | undefined {
  const { silence } = of.snapshot();
  return silence.state === 'ready' ? silence.accounts.find((entry) => entry.account === name) : undefined;
}

const configText = (): string => readFileSync(guarded.gateway.configPath, 'utf8');

async function settled(name: string): Promise<void> {
  await becomes(() => app.snapshot().configWork.state !== 'working', true);
  expect([app.snapshot().configWork, account(name)?.error]).toMatchObject([{ state: 'done' }, null]);
}

async function switchTo(to: SilenceMode, name = 'default', until: number | null = null): Promise<void> {
  const plan = await app.handlers['silence.plan']({ account: name, to, until });
  if (!plan.ok) throw new Error(plan.error.message);
  expect(await app.handlers['silence.apply']({ id: plan.value.id, confirmed: true })).toEqual(ok(null));
  await settled(name);
  await becomes(() => account(name)?.mode, to);
}

/** What reached imsg for this person since. */
async function replies(person: string, since: number): Promise<readonly string[]> {
  const { imsg } = guarded.gateway;
  return (await imsg.sent())
    .slice(since)
    .filter((sent) => imsg.isFor(person, sent))
    .map(({ text }) => text);
}

/** Who waits for an answer of the owner. */
async function askers(): Promise<readonly string[]> {
  await app.handlers['requests.refresh'](undefined);
  return app
    .snapshot()
    .requests.filter(({ kind, status }) => kind === 'chat' && status === 'pending')
    .map(({ key }) => key);
}

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'portcullis-silence-'));
  guarded = await startGuardedGateway({
    plugin: true,
    strict: true,
    holdSeconds: 5,
    allowFrom: [inAllowFrom],
    secondAccount: 'work',
  });
  app = await startApp();
  await guarded.gateway.imsg.receive(approved, 'let me in');
  await becomes(async () => (await askers()).length, 1);
  const [request] = app.snapshot().requests;
  if (request === undefined) throw new Error('Nobody asked.');
  await becomes(() => Date.now() >= request.armedAt, true);
  const { key, revision } = request;
  expect(
    await app.handlers['request.approve']({ key, revision, elevate: false, notifyContact: false }),
  ).toEqual(ok(null));
  await becomes(async () => (await askers()).length, 0);
});

afterAll(async () => {
  await app.stop();
  await guarded.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('each mode, for a stranger, somebody blocked, somebody approved by pairing, somebody in allowFrom', () => {
  /** Writes as everybody; by the replies to those let in, what the gateway had to say to the others was said. */
  async function everybodyWrites() {
    const { imsg } = guarded.gateway;
    const [stranger, blocked] = [nextStranger(), nextStranger()];
    const rules = await app.handlers['guard.rules'](undefined);
    if (!rules.ok) throw new Error(rules.error.message);
    const people = [{ channel: 'imessage', to: blocked, note: '' }];
    const { revision } = rules.value.policy;
    await app.handlers['guard.changeRules']({ revision, change: { type: 'block', people } });
    const since = (await imsg.sent()).length;
    const asked = await askers();
    for (const person of [stranger, blocked, approved, inAllowFrom]) await imsg.receive(person, 'hello?');
    for (const person of [approved, inAllowFrom])
      await becomes(async () => (await replies(person, since)).length, 1);
    const newAskers = async (): Promise<readonly string[]> =>
      (await askers()).filter((key) => !asked.includes(key));
    return { stranger, blocked, since, newAskers };
  }

  async function outcome({
    stranger,
    blocked,
    since,
    newAskers,
  }: Awaited<ReturnType<typeof everybodyWrites>>) {
    const requests = app.snapshot().requests.filter(({ kind }) => kind === 'chat');
    const fresh = await newAskers();
    const asks = (person: string): boolean =>
      requests.some((request) => fresh.includes(request.key) && JSON.stringify(request).includes(person));
    return {
      stranger: { replies: (await replies(stranger, since)).length, asks: asks(stranger) },
      blocked: { replies: (await replies(blocked, since)).length, asks: asks(blocked) },
      approved: { replies: (await replies(approved, since)).length, asks: asks(approved) },
      inAllowFrom: { replies: (await replies(inAllowFrom, since)).length, asks: asks(inAllowFrom) },
    };
  }

  const silence = { replies: 0, asks: false };
  const answered = { replies: 1, asks: false };
  let before = '';

  it('answer: the stranger gets exactly what the preview says, and asks', async () => {
    before = configText();
    const world = await everybodyWrites();
    await becomes(async () => (await replies(world.stranger, world.since)).length, 1);
    await becomes(async () => (await world.newAskers()).length, 1);
    expect(await outcome(world)).toEqual({
      stranger: { replies: 1, asks: true },
      blocked: silence,
      approved: answered,
      inAllowFrom: answered,
    });
    const [text = ''] = await replies(world.stranger, world.since);
    const code = /Pairing code:\s+(\S+)/u.exec(text)?.[1] ?? 'none';
    expect(text).toBe(imessagePairingReply(world.stranger, code));
  });

  it('ask: the stranger gets nothing, and asks', async () => {
    await switchTo('ask');
    const world = await everybodyWrites();
    await becomes(async () => (await world.newAskers()).length, 1);
    expect(await outcome(world)).toEqual({
      stranger: { replies: 0, asks: true },
      blocked: silence,
      approved: answered,
      inAllowFrom: answered,
    });
    expect(configText()).toBe(before);
  });

  it('ignore: the stranger gets nothing and does not ask, and nobody approved is locked out', async () => {
    await switchTo('ignore');
    expect(JSON.parse(configText())).toMatchObject({
      channels: {
        imessage: { accounts: { default: { allowFrom: [inAllowFrom, approved], dmPolicy: 'allowlist' } } },
      },
    });
    expect(await outcome(await everybodyWrites())).toEqual({
      stranger: silence,
      blocked: silence,
      approved: answered,
      inAllowFrom: answered,
    });
  });

  it('and back leaves the config byte for byte as it was', async () => {
    await switchTo('answer');
    expect(configText()).toBe(before);
  });
});

it(
  '20 switches back and forth leave the config byte for byte as it was',
  async () => {
    const before = configText();
    for (let round = 0; round < 10; round += 1) {
      await switchTo('ignore', 'work');
      expect(configText()).not.toBe(before);
      await switchTo('answer', 'work');
    }
    expect(configText()).toBe(before);
  },
  switchesDeadline,
);

it('an edit by somebody else between preview and apply is never overwritten', async () => {
  const plan = await app.handlers['silence.plan']({ account: 'default', to: 'ignore', until: null });
  if (!plan.ok) throw new Error(plan.error.message);
  const before = configText();
  const edited = before.replace('"textChunkLimit": 20000', '"textChunkLimit": 20001');
  writeFileSync(guarded.gateway.configPath, edited);
  expect(await app.handlers['silence.apply']({ id: plan.value.id, confirmed: true })).toEqual(ok(null));
  await becomes(() => account('default')?.error?.code, 'config-changed');
  expect(app.snapshot().configWork).toMatchObject({ state: 'failed', written: false });
  expect(configText()).toBe(edited);
  writeFileSync(guarded.gateway.configPath, before);
});

it('the channel policies are listed and edited by the gateway’s own schema', async () => {
  const list = await app.handlers['channels.list'](undefined);
  expect(list).toMatchObject({
    value: {
      notEditable: null,
      accounts: [
        {
          channel: 'imessage',
          label: { text: 'iMessage' },
          account: 'default',
          connected: true,
          strangers: 'code',
          settings: [
            {
              key: 'dmPolicy',
              value: 'pairing',
              from: 'channel',
              path: 'channels.imessage.accounts.default.dmPolicy',
              allowed: ['pairing', 'allowlist', 'open', 'disabled'],
            },
            { key: 'groupPolicy', value: 'allowlist', from: 'gateway' },
            { key: 'allowFrom', value: [inAllowFrom], from: 'channel', allowed: null },
            { key: 'groupAllowFrom', value: null, from: 'gateway' },
          ],
        },
        { account: 'work' },
      ],
    },
  });
  const plan = async (edits: readonly ChannelEdit[]) =>
    app.handlers['channels.plan']({ channel: 'imessage', account: 'work', edits });
  expect(await plan([{ key: 'dmPolicy', value: 'nonsense' }])).toMatchObject({
    error: { code: 'bad-input' },
  });
  const before = configText();
  const edit = await plan([{ key: 'groupAllowFrom', value: ['+15550001111'] }]);
  if (!edit.ok) throw new Error(edit.error.message);
  expect(await app.handlers['channels.apply']({ id: edit.value.id, confirmed: false })).toEqual(ok(null));
  await settled('work');
  const history = await app.handlers['channels.history'](undefined);
  const newest = history.ok ? history.value[0] : undefined;
  expect(newest).toMatchObject({
    reason: { kind: 'channel', account: 'work' },
    changes: [{ path: 'channels.imessage.accounts.work.groupAllowFrom', after: '["+15550001111"]' }],
    confirmed: true,
    notUndoable: null,
  });
  expect(await app.handlers['channels.undo']({ id: newest?.id ?? '', confirmed: false })).toEqual(ok(null));
  await settled('work');
  expect(configText()).toBe(before);
});

it('a switch with an end survives restarts of gateway and app, and ends by itself', async () => {
  const before = configText();
  await switchTo('ignore', 'work', Date.now() + 45_000);
  await app.stop();
  await guarded.gateway.restart();
  expect(configText()).not.toBe(before);
  app = await startApp();
  await becomes(() => account('work')?.mode, 'answer');
  await becomes(() => app.snapshot().notices.some(({ id }) => id === 'silence-end-work'), true);
  expect(configText()).toBe(before);
});

it('the channel’s agent tools still work after our connection closed', async () => {
  await switchTo('ignore');
  await switchTo('answer');
  await app.stop();
  const { imsg } = guarded.gateway;
  const since = (await imsg.sent()).length;
  await imsg.receive(inAllowFrom, 'TOOL sessions_list {}');
  const done = await waitUntil(
    'The answer after the tool',
    async () => (await replies(inAllowFrom, since)).find((text) => text.startsWith('DONE:')),
    turnDeadline,
  );
  expect(done).not.toMatch(/authority closed|error/iu);
  expect(done).toContain('sessions');
  app = await startApp();
});
