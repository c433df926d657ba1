/** Setting the guard up in a real gateway that is running: it applies what we write, and nobody restarts it. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ensureOpenClaw } from '../../../../build/demo/openclaw-install.ts';
import { startThrowawayGateway, type ThrowawayGateway } from '../../../../build/demo/throwaway-gateway.ts';
import { waitUntil } from '../../../../build/demo/wait-until.ts';
import { buildGatewayPlugin } from '../../../../build/gateway-plugin.ts';
import {
  connectOperator,
  type OperatorClient,
} from '../../../../gateway-plugin/testing/operator-client.fixture.ts';
import type { GuardSetupInput } from '../../../contract/guard/guard-view.ts';
import type { GatewayConfigFile } from '../../../core/config-ports.ts';
import type { GuardInstaller } from '../../../core/guard-ports.ts';
import { silentLogger } from '../../../core/gateway/outside.double.ts';
import { createGatewayConfigFile } from '../gateway-config/gateway-config-file.ts';
import { createGuardInstaller } from './guard-installer.ts';
import { closedRules, plugin, strict, valueOf } from './setup-bench.fixture.ts';

const startMs = 300_000;
const testMs = 240_000;
const appliedMs = 120_000;
/** The gateway takes a while to put its whole config into an answer. */
const pollMs = 500;
const run = promisify(execFile);
/** Of the file, and of what the gateway works with. */
const revisions = z.looseObject({ configRevisionHash: z.string(), appliedConfigHash: z.string() });

let built: string;
let gateway: ThrowawayGateway;
let operator: OperatorClient;
let config: GatewayConfigFile;
let guard: GuardInstaller;

beforeAll(async () => {
  built = await buildGatewayPlugin(mkdtempSync(join(tmpdir(), 'portcullis-built-')));
  gateway = await startThrowawayGateway({ openclaw: await ensureOpenClaw() });
  operator = await connectOperator(gateway.url, gateway.token);
  config = createGatewayConfigFile({ configPath: () => gateway.configPath, logger: silentLogger });
  guard = createGuardInstaller({
    logger: silentLogger,
    env: gateway.env,
    platform: process.platform,
    home: gateway.env['HOME'] ?? '',
    bundle: built,
    config,
    now: Date.now,
  });
}, startMs);
afterAll(async () => {
  operator.close();
  await gateway.stop();
  rmSync(built, { recursive: true, force: true });
}, startMs);

const text = (): string => readFileSync(gateway.configPath, 'utf8');
/** @returns the plan's id, when the gateway has made the change its own */
async function applyLive(input: GuardSetupInput): Promise<string> {
  const started = performance.now();
  const watches = await gateway.imsg.watches();
  const plan = valueOf(await guard.plan(input));
  const planned = performance.now();
  valueOf(await guard.apply(plan.id, () => undefined));
  const written = performance.now();
  await isLive(plan.restartsChannel ? watches : null);
  const what = `${input.action} ${input.part}`;
  measured(what, { plan: planned - started, apply: written - planned, live: performance.now() - written });
  return plan.id;
}

/** @param watches of the channel before; it starts anew when it is given */
async function isLive(watches: number | null): Promise<void> {
  await waitUntil(
    'The new config',
    async () => {
      const answer = await operator.call('config.get');
      const hashes = revisions.parse(answer.ok ? answer.payload : {});
      const same = hashes.configRevisionHash === hashes.appliedConfigHash;
      const restarted = watches === null || (await gateway.imsg.watches()) > watches;
      return same && restarted ? true : undefined;
    },
    appliedMs,
    pollMs,
  );
}

function measured(what: string, times: Readonly<Record<string, number>>): void {
  if (process.env['GUARD_TEST_LOG'] === undefined) return;
  const shown = Object.entries(times).map(([name, ms]) => `${name} ${ms.toFixed(0)} ms`);
  process.stderr.write(`${what}: ${shown.join(', ')}\n`);
}

async function guardAnswers(expected: boolean): Promise<unknown> {
  return await waitUntil(
    expected ? 'An answer of the guard' : 'The end of the guard',
    async () => {
      const answer = await operator.call('portcullis-guard.status');
      return answer.ok === expected ? answer : undefined;
    },
    appliedMs,
  );
}

describe('in a running gateway', () => {
  it(
    'the plugin answers after installing, and the config is the same to the byte after removing',
    async () => {
      const before = text();
      const watches = await gateway.imsg.watches();
      await applyLive(plugin());
      expect(await guardAnswers(true)).toMatchObject({ payload: { version: guard.pluginVersion } });
      const name = 'openclaw.plugin.json';
      const newer = readFileSync(join(built, name), 'utf8').replace(guard.pluginVersion, '99.0.0');
      writeFileSync(join(built, name), newer);
      writeFileSync(join(built, 'index.js'), `${readFileSync(join(built, 'index.js'), 'utf8')}\n// newer\n`);
      await applyLive(plugin('update'));
      await guardAnswers(true);
      await applyLive(plugin('remove'));
      await guardAnswers(false);
      expect(text()).toBe(before);
      expect(await gateway.imsg.watches()).toBe(watches);
    },
    testMs,
  );

  it(
    'strict mode stops an unlisted message of the command line, and is taken away to the byte',
    async () => {
      const before = text();
      await applyLive(strict());
      writeFileSync(join(gateway.stateDir, 'portcullis-guard/policy.json'), closedRules, { mode: 0o600 });
      const started = performance.now();
      expect(await guard.testTransport('default')).toEqual({ ok: true, value: 'stopped' });
      measured('self-test', { strict: performance.now() - started });
      const stranger = '+15551230099';
      const cli = join(gateway.root, 'bin/openclaw');
      const send = ['message', 'send', '--channel', 'imessage', '--target', stranger, '--message', 'secret'];
      await expect(run(cli, send, { env: gateway.env })).rejects.toMatchObject({ code: 1 });
      expect(await gateway.imsg.sent()).toEqual([]);
      await applyLive(strict('default', 'remove'));
      expect(text()).toBe(before);
      await run(cli, send, { env: gateway.env });
      expect((await gateway.imsg.sent()).map(({ to, text: sent }) => [to, sent])).toEqual([
        [stranger, 'secret'],
      ]);
    },
    testMs,
  );

  it(
    'an edit of OpenClaw itself waits for ours, and ours for its',
    async () => {
      const cli = join(gateway.root, 'bin/openclaw');
      const set = (value: string): Promise<unknown> =>
        run(cli, ['config', 'set', 'channels.imessage.dmPolicy', value], { env: gateway.env });
      const theirs = { done: false };
      const setting = set('allowlist').finally(() => (theirs.done = true));
      let ours = 0;
      while (!theirs.done) {
        const { hash } = valueOf(await config.read());
        const changes = [{ path: ['logging', 'level'], value: ours % 2 === 0 ? 'info' : 'debug' }];
        const edited = await config.edit({ expectedHash: hash, changes });
        if (edited.ok) ours += 1;
        else expect(edited.error.code).toBe('config-changed');
      }
      await setting;
      expect(ours).toBeGreaterThan(0);
      expect(JSON.parse(text())).toMatchObject({
        logging: { level: ours % 2 === 0 ? 'debug' : 'info' },
        channels: { imessage: { dmPolicy: 'allowlist' } },
      });
    },
    testMs,
  );
});
