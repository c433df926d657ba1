/** Set-up codes of a real gateway: refused, made, used; only the keychain is a double. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ThrowawayGateway } from '../../../../build/demo/throwaway-gateway.ts';
import { phonePairs } from '../../../../build/demo/visitors.ts';
import { setupErrorTexts } from '../../../contract/setup-code-texts.ts';
import { Credentials } from '../../../core/credentials/credentials.ts';
import { elevatedCalls } from '../../../core/gateway/calls.ts';
import { Connection } from '../../../core/gateway/connection.ts';
import { SecretStoreDouble } from '../../../core/gateway/outside.double.ts';
import { createRedactor } from '../../../core/log/redact.ts';
import { SetupCodes } from '../../../core/setup-code/setup-codes.ts';
import { FileLog } from '../log/file-log.ts';
import { systemClock } from '../system/clock.ts';
import { systemRandom } from '../system/random.ts';
import { systemTimers } from '../system/timers.ts';
import { createLocalFinder } from './local-finder.ts';
import { createOfficialGateway } from './official-gateway.ts';

/** A gateway that starts on a busy machine needs its time. */
const START_MS = 300_000;
const TEN_MINUTES = 600_000;

let gateway: ThrowawayGateway;
let directory: string;
let logger: FileLog;
let connection: Connection;
let codes: SetupCodes;
const noted: unknown[] = [];

/** @param shared a gateway with set-up codes for nobody, which is restarted to make them for a phone */
export function setupCodeSuite(shared: () => ThrowawayGateway): void {
  describe('set-up codes', () => {
    beforeAll(async () => {
      directory = mkdtempSync(path.join(tmpdir(), 'portcullis-setup-code-'));
      logger = new FileLog({
        directory,
        redactor: createRedactor({ home: directory }),
        clock: systemClock,
        lowest: 'debug',
      });
      gateway = shared();
      connection = new Connection({
        gateway: createOfficialGateway({ logger, appVersion: '0.1.0' }),
        finder: createLocalFinder({ logger, env: gateway.env }),
        credentials: new Credentials(new SecretStoreDouble(), logger),
        clock: systemClock,
        timers: systemTimers,
        random: systemRandom,
        logger,
        displayName: 'Portcullis',
        choice: { mode: 'local' },
        sync: async () => true,
      });
      codes = new SetupCodes({
        clock: systemClock,
        timers: systemTimers,
        request: (method, params) => connection.request(method, params),
        elevate: elevatedCalls(connection),
        heldScopes: () => connection.hello?.scopes ?? [],
        screenLocked: () => false,
        toOurs: (gatewayMs) => gatewayMs,
        protectContent: () => undefined,
        note: (fact) => noted.push(fact),
        onChange: () => undefined,
      });
      connection.onEvent((event) => {
        codes.event(event);
      });
      connection.start();
      await becomesReady();
    });

    afterAll(async () => {
      await codes.idle();
      connection.dispose();
      logger.dispose();
      rmSync(directory, { recursive: true, force: true });
    });

    it('a gateway that listens on its own machine only makes none, and we know why', async () => {
      expect(await codes.create({ access: 'limited', elevate: false })).toMatchObject({
        error: { code: 'elevation-needed', message: setupErrorTexts.elevationNeeded },
      });
      const before = await pairedIds();
      expect(await codes.create({ access: 'limited', elevate: true })).toMatchObject({
        value: {
          outcome: 'refused',
          why: 'loopback-only',
          gatewayWords: { text: expect.stringContaining('only bound to loopback') as string },
        },
      });
      expect(await pairedIds()).toEqual(before);
    });

    it(
      'a gateway that can be reached makes one that one phone can use once, and no log holds it',
      async () => {
        connection.stop();
        await gateway.halt();
        publish('wss://gateway.example');
        await gateway.start();
        connection.start();
        await becomesReady();
        const before = await pairedIds();

        const asked = Date.now();
        const full = await codes.create({ access: 'full', elevate: true });
        expect(full).toMatchObject({ value: { outcome: 'made', code: { access: 'full' } } });
        const answer = await codes.create({ access: 'limited', elevate: true });
        if (!answer.ok || answer.value.outcome !== 'made') throw new Error(JSON.stringify(answer));
        const { setupCode, setupId, expiresAt, ...code } = answer.value.code;
        expect(code).toMatchObject({ address: { text: 'wss://gateway.example' }, access: 'limited' });
        expect(expiresAt).toBeGreaterThan(asked);
        expect(expiresAt).toBeLessThanOrEqual(Date.now() + TEN_MINUTES);
        // The short connection that made it is gone and forgotten; the code stays good.
        expect(await pairedIds()).toEqual(before);

        codes.forget();
        const phone = await phonePairs(gateway, setupCode, 'Anna’s phone');
        await vi.waitFor(() => {
          expect(codes.used).toMatchObject({
            setupId,
            deviceName: { text: 'Anna’s phone' },
            confirmed: true,
          });
        });
        expect(await pairedIds()).toContain(phone);
        expect(noted).toEqual([
          { kind: 'setup-code-made', access: 'full' },
          { kind: 'setup-code-made', access: 'limited' },
          { kind: 'setup-code-used', device: 'Anna’s phone' },
        ]);
        await expect(phonePairs(gateway, setupCode, 'Somebody else')).rejects.toThrow('already used');

        // Even where a mistake of ours would put it.
        logger.log('error', 'mistake', { answer, text: `made ${setupCode}` });
        const { bootstrapToken } = JSON.parse(Buffer.from(setupCode, 'base64url').toString()) as {
          bootstrapToken: string;
        };
        const log = readFileSync(logger.path, 'utf8');
        expect(log).toContain('mistake');
        expect(log).not.toContain(setupCode);
        expect(log).not.toContain(bootstrapToken);
      },
      START_MS,
    );
  });
}

async function becomesReady(): Promise<void> {
  await vi.waitFor(() => {
    expect(connection.view.state).toBe('ready');
  });
}

/** The config as it is, with an address under which phones are told to find the gateway. */
function publish(url: string): void {
  const config = JSON.parse(readFileSync(gateway.configPath, 'utf8')) as {
    readonly plugins: { readonly entries: object };
  };
  const pairing = { 'device-pair': { enabled: true, config: { publicUrl: url } } };
  const plugins = { ...config.plugins, entries: { ...config.plugins.entries, ...pairing } };
  writeFileSync(gateway.configPath, JSON.stringify({ ...config, plugins }));
}

async function pairedIds(): Promise<readonly string[]> {
  const list = await connection.request('device.pair.list', {});
  if (!list.ok) throw new Error(list.error.message);
  return (list.value as { paired: { deviceId: string }[] }).paired.map(({ deviceId }) => deviceId);
}
