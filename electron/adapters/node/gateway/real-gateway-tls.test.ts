/** A real gateway that speaks TLS with a certificate it made itself. */
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureOpenClaw } from '../../../../build/demo/openclaw-install.ts';
import { startThrowawayGateway, type ThrowawayGateway } from '../../../../build/demo/throwaway-gateway.ts';
import type { Result } from '../../../contract/result.ts';
import { silentLogger } from '../../../core/gateway/outside.double.ts';
import { restingScopes } from '../../../core/gateway/scopes.ts';
import type { GatewayAddress, GatewayFailure, GatewaySession } from '../../../core/ports.ts';
import { createLocalFinder } from './local-finder.ts';
import { createOfficialGateway } from './official-gateway.ts';
import { fingerprintOfFile } from './tls-certificate.ts';

const official = createOfficialGateway({ logger: silentLogger, appVersion: '0.1.0' });

let gateway: ThrowawayGateway;
let address: GatewayAddress;
let fingerprint: string;

beforeAll(async () => {
  gateway = await startThrowawayGateway({
    openclaw: await ensureOpenClaw(),
    config: { gateway: { tls: { enabled: true } }, channels: undefined },
  });
  const certificate = join(gateway.stateDir, 'gateway', 'tls', 'gateway-cert.pem');
  fingerprint = (await fingerprintOfFile(certificate)) ?? '';
  const located = await createLocalFinder({ logger: silentLogger, env: gateway.env }).locate({
    mode: 'local',
  });
  if (!located.ok) throw new Error(located.error);
  address = located.value;
});

afterAll(async () => {
  await gateway.stop();
  expect(existsSync(gateway.root)).toBe(false);
  expect(await processesOf(gateway.root)).toEqual([]);
});

/** Processes that were started for this folder; only Linux lets one see that. */
async function processesOf(root: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const pid of await readdir('/proc').catch(() => [])) {
    const environment = await readFile(join('/proc', pid, 'environ'), 'utf8').catch(() => '');
    if (environment.includes(root)) found.push(await readFile(join('/proc', pid, 'cmdline'), 'utf8'));
  }
  return found;
}

async function connect(pin: string | null): Promise<Result<GatewaySession, GatewayFailure>> {
  return await official.connect(
    {
      address: { ...address, tlsFingerprint: pin },
      identity: official.createIdentity(),
      credential: { kind: 'shared-token', token: gateway.token },
      role: 'operator',
      scopes: restingScopes,
      displayName: 'Portcullis',
    },
    { event: () => undefined, gap: () => undefined, closed: () => undefined },
  );
}

describe('a gateway with TLS', () => {
  it('is found with the fingerprint of its own certificate', () => {
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(address).toMatchObject({
      url: `wss://127.0.0.1:${String(gateway.port)}`,
      tlsFingerprint: fingerprint,
      remote: false,
    });
  });

  it('opens when the certificate is the pinned one', async () => {
    const outcome = await connect(fingerprint);
    expect(outcome).toMatchObject({ ok: true, value: { hello: { serverVersion: '2026.9.6' } } });
    if (outcome.ok) await outcome.value.close();
  });

  it('does not open when it is another one, and tells which', async () => {
    expect(await connect('ab'.repeat(32))).toMatchObject({
      ok: false,
      error: { code: 'TLS', detail: 'TLS_FINGERPRINT', message: fingerprint },
    });
  });

  it('does not open without a pin, because nobody vouches for it', async () => {
    expect(await connect(null)).toMatchObject({
      ok: false,
      error: { code: 'TLS', detail: 'TLS_UNTRUSTED', message: fingerprint },
    });
  });
});
