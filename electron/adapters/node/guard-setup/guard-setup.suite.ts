/** Setting the guard up in a real gateway that is running: it applies what we write, and nobody restarts it. */
import { execFile } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ThrowawayGateway } from '../../../../build/demo/throwaway-gateway.ts';
import { waitUntil } from '../../../../build/demo/wait-until.ts';
import { GuardOnGateway } from './guard-on-gateway.fixture.ts';
import { closedRules, plugin, strict, valueOf } from './setup-bench.fixture.ts';

/** Several commands of OpenClaw, each of which takes minutes on a busy machine. */
const testMs = 900_000;
const appliedMs = 240_000;
const run = promisify(execFile);

let gateway: ThrowawayGateway;
let guard: GuardOnGateway;
let configBefore: string;

const text = (): string => readFileSync(gateway.configPath, 'utf8');
const rules = (): string => join(gateway.stateDir, 'portcullis-guard/policy.json');

async function channelRestarts(watchesBefore: number): Promise<void> {
  await waitUntil(
    'The restart of the channel',
    async () => ((await gateway.imsg.watches()) > watchesBefore ? true : undefined),
    appliedMs,
  );
}

/** @param shared a gateway that runs; afterwards its config is what it was */
export function guardSetupSuite(shared: () => ThrowawayGateway): void {
  describe('in a running gateway', () => {
    beforeAll(async () => {
      gateway = shared();
      guard = await GuardOnGateway.at(gateway);
      await guard.absent();
      configBefore = text();
    });
    afterAll(() => {
      // OpenClaw has written its `meta` meanwhile. A config that lost it is put back to an older one at the next start.
      const { meta } = JSON.parse(text()) as { readonly meta?: unknown };
      const before = JSON.parse(configBefore) as object;
      writeFileSync(gateway.configPath, JSON.stringify({ ...before, meta }, null, 2));
      rmSync(rules(), { force: true });
      guard.leave();
    });

    it(
      'the plugin answers after installing, and the config is the same to the byte after removing',
      async () => {
        const before = text();
        const watches = await gateway.imsg.watches();
        await guard.apply(plugin());
        await guard.answersAs(guard.installer.pluginVersion);
        guard.bringVersion('99.0.0');
        await guard.apply(plugin('update'));
        await guard.answersAs('99.0.0');
        await guard.apply(plugin('remove'));
        await guard.answersAs(null);
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
        const sentBefore = (await gateway.imsg.sent()).length;
        const sent = async () => (await gateway.imsg.sent()).slice(sentBefore);
        await guard.apply(strict());
        await channelRestarts(watches);
        writeFileSync(rules(), closedRules, { mode: 0o600 });
        expect(await guard.installer.testTransport('default')).toEqual({ ok: true, value: 'stopped' });
        const stranger = '+15551230099';
        const cli = join(gateway.root, 'bin/openclaw');
        const send = [
          'message',
          'send',
          '--channel',
          'imessage',
          '--target',
          stranger,
          '--message',
          'secret',
        ];
        await expect(run(cli, send, { env: gateway.env })).rejects.toMatchObject({ code: 1 });
        expect(await sent()).toEqual([]);
        await guard.apply(strict('default', 'remove'));
        await channelRestarts(watches + 1);
        expect(text()).toBe(before);
        await run(cli, send, { env: gateway.env });
        expect((await sent()).map(({ to, text: words }) => [to, words])).toEqual([[stranger, 'secret']]);
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
          const { hash } = valueOf(await guard.config.read());
          const next = level === 'info' ? 'debug' : 'info';
          const edited = await guard.config.edit({
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
}
