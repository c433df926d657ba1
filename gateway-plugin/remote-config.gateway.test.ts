/** Settings of a real gateway that counts as one on another machine: changed over RPC, and its tools go on working. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fail, ok } from '../electron/contract/result.ts';
import type { SilenceAccountView, SilenceMode } from '../electron/contract/silence.ts';
import { localFailure } from '../electron/core/gateway/local-failure.ts';
import type { Gateway } from '../electron/core/ports.ts';
import type { App } from '../electron/main/app.ts';
import { becomes, startAppBeside } from './testing/app-beside.fixture.ts';
import { startGuardedGateway } from './testing/guarded-gateway.fixture.ts';
import type { GuardedGateway } from './testing/guarded-gateway.fixture.ts';
import { connectOperator } from './testing/operator-client.fixture.ts';
import { remoteProfile } from './testing/remote-profile.fixture.ts';
import { toolAnswer } from './testing/tool-turn.fixture.ts';

const inAllowFrom = '+15559990000';
/** What the tool gives back; a tool without authority gives an error that names it as well. */
const sessionsListed = /"id": "openclaw:core:sessions_list"/u;

let guarded: GuardedGateway;
let dataDir: string;
let env: NodeJS.ProcessEnv;
let app: App;

const account = (): SilenceAccountView | undefined => {
  const { silence } = app.snapshot();
  return silence.state === 'ready' ? silence.accounts[0] : undefined;
};
const configText = (): string => readFileSync(guarded.gateway.configPath, 'utf8');
const config = (): { readonly channels: { readonly imessage: object } } =>
  JSON.parse(configText()) as ReturnType<typeof config>;

async function planned(to: SilenceMode): Promise<string> {
  const plan = await app.handlers['silence.plan']({ account: 'default', to, until: null });
  if (!plan.ok) throw new Error(plan.error.message);
  expect(plan.value).toMatchObject({
    restarts: true,
    configPath: expect.stringMatching(/ \(127\.0\.0\.1:\d+\)$/) as string,
  });
  return plan.value.id;
}

async function apply(to: SilenceMode): Promise<void> {
  const id = await planned(to);
  expect(await app.handlers['silence.apply']({ id, confirmed: true })).toEqual(ok(null));
  await becomes(() => app.snapshot().configWork.state !== 'working', true);
}

async function switchTo(to: SilenceMode): Promise<void> {
  await apply(to);
  expect(app.snapshot().configWork).toMatchObject({ state: 'done' });
  await becomes(() => account()?.mode, to);
}

async function startApp(between: (gateway: Gateway) => Gateway): Promise<void> {
  app = await startAppBeside(guarded, dataDir, { env, between });
  // The owner types the gateway's token; nothing on this machine knows it.
  await becomes(() => app.snapshot().connection.state, 'blocked');
  expect(await app.handlers['connection.setToken']({ token: guarded.gateway.token })).toEqual(ok(null));
  await becomes(() => app.snapshot().connection.state, 'ready');
}

/** The connection is gone just before a restart is asked for, as when the app is killed there. */
function breakingBeforeRestart(gateway: Gateway): Gateway {
  return {
    createIdentity: () => gateway.createIdentity(),
    async connect(options, listener) {
      const connected = await gateway.connect(options, listener);
      if (!connected.ok) return connected;
      const session = connected.value;
      return ok({
        hello: session.hello,
        close: async () => session.close(),
        async request(method, ...rest) {
          if (method !== 'gateway.restart.request') return session.request(method, ...rest);
          await session.close();
          return fail(localFailure('CONNECTION_LOST', 'killed', true));
        },
      });
    },
  };
}

/** Names of the devices in the gateway's list. */
async function devices(): Promise<readonly string[]> {
  const client = await connectOperator(guarded.gateway.url, guarded.gateway.token);
  const list = await client.call('device.pair.list');
  client.close();
  const { paired } = (list.ok ? list.payload : {}) as { paired: readonly { displayName: string }[] };
  return paired.map(({ displayName }) => displayName);
}

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'portcullis-remote-'));
  guarded = await startGuardedGateway({
    plugin: true,
    strict: false,
    holdSeconds: 5,
    allowFrom: [inAllowFrom],
  });
  env = remoteProfile(guarded.gateway, dataDir);
  await startApp((gateway) => gateway);
  await becomes(() => account()?.mode, 'answer');
});

afterAll(async () => {
  await app.stop();
  await guarded.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

it('a foreign edit between preview and apply is not overwritten, and nothing restarts', async () => {
  const id = await planned('ignore');
  const before = configText();
  const edited = before.replace('"textChunkLimit": 20000', '"textChunkLimit": 20001');
  writeFileSync(guarded.gateway.configPath, edited);
  expect(await app.handlers['silence.apply']({ id, confirmed: true })).toEqual(ok(null));
  await becomes(() => account()?.error?.code, 'config-changed');
  expect([app.snapshot().configWork, configText()]).toMatchObject([
    { state: 'failed', written: false },
    edited,
  ]);
  await becomes(() => app.snapshot().connection.state, 'ready');
});

it('silence is switched there and back, value by value, and the tools of the channel work after each', async () => {
  const before = config();
  await switchTo('ignore');
  expect(config().channels.imessage).toEqual({ ...before.channels.imessage, dmPolicy: 'allowlist' });
  expect(await toolAnswer(guarded.gateway.imsg, inAllowFrom)).toMatch(sessionsListed);
  await switchTo('answer');
  expect(config().channels).toEqual(before.channels);
  expect(configText()).not.toContain('__OPENCLAW_REDACTED__');
  // The one-time keys were taken back once the gateway was there again.
  await becomes(async () => (await devices()).filter((name) => name.includes('one-time')), []);
});

it('and after the app is gone', async () => {
  await app.stop();
  expect(await toolAnswer(guarded.gateway.imsg, inAllowFrom)).toMatch(sessionsListed);
});

it('a restart that was never asked for is owed, told at the next start, and mends the tools when the owner asks', async () => {
  await startApp(breakingBeforeRestart);
  await becomes(() => account()?.mode, 'answer');
  await apply('ignore');
  expect(app.snapshot()).toMatchObject({ configWork: { state: 'failed', written: true } });
  await app.stop();
  expect(await toolAnswer(guarded.gateway.imsg, inAllowFrom)).not.toMatch(sessionsListed);

  await startApp((gateway) => gateway);
  await becomes(() => app.snapshot().owedRestart?.state, 'owed');
  expect(await app.handlers['gateway.restart']({ confirmed: true })).toEqual(ok(null));
  expect(app.snapshot().owedRestart).toMatchObject({ state: 'restarting' });
  await becomes(() => app.snapshot().owedRestart, null);
  await becomes(() => account()?.mode, 'ignore');
  await app.stop();
  expect(await toolAnswer(guarded.gateway.imsg, inAllowFrom)).toMatch(sessionsListed);
});
