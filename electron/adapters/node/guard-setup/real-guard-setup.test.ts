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
const run = promisify(execFile);
const status = z.looseObject({ version: z.string() });

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
/** @param live resolves when the gateway works with the change */
async function applyLive(input: GuardSetupInput, live: () => Promise<unknown>): Promise<void> {
  const started = performance.now();
  const plan = valueOf(await guard.plan(input));
  const planned = performance.now();
  valueOf(await guard.apply(plan.id, () => undefined));
  const written = performance.now();
  await live();
  const what = `${input.action} ${input.part}`;
  measured(what, { plan: planned - started, apply: written - planned, live: performance.now() - written });
}

function measured(what: string, times: Readonly<Record<string, number>>): void {
  if (process.env['GUARD_TEST_LOG'] === undefined) return;
  const shown = Object.entries(times).map(([name, ms]) => `${name} ${ms.toFixed(0)} ms`);
  process.stderr.write(`${what}: ${shown.join(', ')}\n`);
}

/** @param version null: there is no guard */
async function answersAs(version: string | null): Promise<void> {
  await waitUntil(
    version === null ? 'The end of the guard' : `An answer of guard ${version}`,
    async () => {
      const answer = await operator.call('portcullis-guard.status');
      const told = answer.ok ? status.parse(answer.payload).version : null;
      return told === version ? true : undefined;
    },
    appliedMs,
  );
}

async function channelRestarts(watchesBefore: number): Promise<void> {
  await waitUntil(
    'The restart of the channel',
    async () => ((await gateway.imsg.watches()) > watchesBefore ? true : undefined),
    appliedMs,
  );
}

/** The next build of what the app brings. */
function bringVersion(version: string): void {
  for (const name of ['openclaw.plugin.json', 'index.js']) {
    const path = join(built, name);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(`"${guard.pluginVersion}"`, `"${version}"`));
  }
}

describe('in a running gateway', () => {
  it(
    'the plugin answers after installing, and the config is the same to the byte after removing',
    async () => {
      const before = text();
      const watches = await gateway.imsg.watches();
      await applyLive(plugin(), () => answersAs(guard.pluginVersion));
      bringVersion('99.0.0');
      await applyLive(plugin('update'), () => answersAs('99.0.0'));
      await applyLive(plugin('remove'), () => answersAs(null));
      expect(text()).toBe(before);
      expect(await gateway.imsg.watches()).toBe(watches);
    },
    testMs,
  );

  it(
    'strict mode stops an unlisted message of the command line, and is taken away to the byte',
    async () => {
      const before = text();
      const watches = await gateway.imsg.watches();
      await applyLive(strict(), () => channelRestarts(watches));
      writeFileSync(join(gateway.stateDir, 'portcullis-guard/policy.json'), closedRules, { mode: 0o600 });
      const started = performance.now();
      expect(await guard.testTransport('default')).toEqual({ ok: true, value: 'stopped' });
      measured('self-test', { strict: performance.now() - started });
      const stranger = '+15551230099';
      const cli = join(gateway.root, 'bin/openclaw');
      const send = ['message', 'send', '--channel', 'imessage', '--target', stranger, '--message', 'secret'];
      await expect(run(cli, send, { env: gateway.env })).rejects.toMatchObject({ code: 1 });
      expect(await gateway.imsg.sent()).toEqual([]);
      await applyLive(strict('default', 'remove'), () => channelRestarts(watches + 1));
      expect(text()).toBe(before);
      await run(cli, send, { env: gateway.env });
      expect((await gateway.imsg.sent()).map(({ to, text: sent }) => [to, sent])).toEqual([
        [stranger, 'secret'],
      ]);
    },
    testMs,
  );

  it(
    'edits of OpenClaw and of ours at once: each either happens whole or says that it did not',
    async () => {
      const cli = join(gateway.root, 'bin/openclaw');
      const theirs = { outcome: '' };
      const setting = run(cli, ['config', 'set', 'channels.imessage.dmPolicy', 'allowlist'], {
        env: gateway.env,
      }).then(
        () => (theirs.outcome = 'allowlist'),
        () => (theirs.outcome = 'pairing'), // "The config file changed while this command was writing"
      );
      let level = '';
      while (theirs.outcome === '') {
        const { hash } = valueOf(await config.read());
        const next = level === 'info' ? 'debug' : 'info';
        const edited = await config.edit({
          expectedHash: hash,
          changes: [{ path: ['logging', 'level'], value: next }],
        });
        if (edited.ok) level = next;
        else expect(edited.error.code).toBe('config-changed');
      }
      await setting;
      expect(JSON.parse(text())).toMatchObject({
        logging: { level },
        channels: { imessage: { dmPolicy: theirs.outcome } },
      });
    },
    testMs,
  );
});
