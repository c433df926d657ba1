import { beforeEach, describe, expect, it } from 'vitest';
import { fail, ok } from '../../contract/result.ts';
import { Credentials } from '../credentials/credentials.ts';
import type { GatewaySession } from '../ports.ts';
import { deafListener } from './token-rotation.ts';
import { withElevation, type ElevationDeps } from './elevation.ts';
import {
  FinderDouble,
  GatewayDouble,
  SecretStoreDouble,
  address,
  refused,
  silentLogger,
} from './outside.double.ts';
import { ownerScopes } from './scopes.ts';

let gateway: GatewayDouble;
let finder: FinderDouble;
let deps: ElevationDeps;
let credentials: Credentials;
let left: string[];

beforeEach(() => {
  gateway = new GatewayDouble();
  finder = new FinderDouble();
  gateway.accepted.set('shared', ['operator.admin', 'operator.pairing']);
  gateway.accepted.set('once', ownerScopes);
  finder.config = ok({ kind: 'shared-token', token: 'shared' });
  credentials = new Credentials(new SecretStoreDouble(), silentLogger);
  left = [];
  deps = {
    gateway,
    finder,
    credentials,
    logger: silentLogger,
    displayName: 'Portcullis',
    address,
    resting: () => null,
    keys: { use: () => undefined, leave: (deviceId) => void left.push(deviceId) },
  };
});

const admin = ['operator.admin'];
const removal = () => ({
  method: 'device.pair.remove',
  params: { deviceId: gateway.attempts.at(-1)?.identity.deviceId },
});

describe('withElevation', () => {
  it('runs the action once under a fresh key and takes the key back', async () => {
    const answer = await withElevation(deps, admin, async (session) => {
      await session.request('device.pair.approve', { requestId: 'r' });
      return 'done';
    });
    expect(answer).toEqual(ok('done'));
    expect(gateway.requests).toEqual([
      { method: 'device.pair.approve', params: { requestId: 'r' } },
      removal(),
    ]);
    expect(gateway.attempts.map(({ scopes, displayName }) => ({ scopes, displayName }))).toEqual([
      { scopes: ['operator.admin', 'operator.pairing'], displayName: 'Portcullis (one-time)' },
    ]);
    expect(gateway.sessions.map(({ closed }) => closed)).toEqual([true]);
  });

  it('takes the key back when the action failed, and does not repeat it', async () => {
    const refusal = fail(refused('MISSING_SCOPE'));
    let runs = 0;
    const answer = await withElevation(deps, admin, () => {
      runs += 1;
      return Promise.resolve(refusal);
    });
    expect([answer, runs]).toEqual([ok(refusal), 1]);
    expect(gateway.requests).toEqual([removal()]);
  });

  it('takes the key back when the action threw', async () => {
    const broken = withElevation(deps, admin, () => Promise.reject(new Error('bug')));
    await expect(broken).rejects.toThrow('bug');
    expect(gateway.requests).toEqual([removal()]);
  });

  it('takes the key back over the resting connection when the short one is gone', async () => {
    const resting: unknown[] = [];
    const session = await restingSession();
    gateway.answer = () => fail(refused('GONE'));
    await withElevation(
      {
        ...deps,
        resting: () => ({
          ...session,
          request: (method, params) => {
            resting.push({ method, params });
            return Promise.resolve(ok({}));
          },
        }),
      },
      admin,
      () => Promise.resolve(null),
    );
    expect(resting).toEqual([removal()]);
  });

  it('leaves the key to be taken back later when the gateway is gone', async () => {
    gateway.answer = () => fail(refused('GONE'));
    await withElevation(deps, admin, () => Promise.resolve(null));
    expect(left).toEqual([gateway.attempts.at(-1)?.identity.deviceId]);
  });

  it('uses the token the owner typed where none is plainly there', async () => {
    finder.config = fail('no-credential');
    await credentials.saveSharedToken(address.id, 'shared');
    expect(await withElevation(deps, admin, () => Promise.resolve(1))).toEqual(ok(1));
    expect(gateway.attempts.map(({ credential }) => credential)).toEqual([
      { kind: 'shared-token', token: 'shared' },
    ]);
  });

  it('takes its request back when the gateway asks its owner about the new key instead', async () => {
    gateway.refusal = refused('PAIRING_REQUIRED');
    const resting: unknown[] = [];
    const session = await restingSession();
    const listed = () => ({
      pending: [
        { deviceId: 'somebody', requestId: 'theirs' },
        { deviceId: gateway.attempts.at(-1)?.identity.deviceId, requestId: 'ours' },
      ],
    });
    await withElevation(
      {
        ...deps,
        resting: () => ({
          ...session,
          request: (method, params) => {
            resting.push({ method, params });
            return Promise.resolve(ok(method === 'device.pair.list' ? listed() : {}));
          },
        }),
      },
      admin,
      () => Promise.resolve('never'),
    );
    expect(resting).toEqual([
      { method: 'device.pair.list', params: {} },
      { method: 'device.pair.reject', params: { requestId: 'ours' } },
    ]);
  });

  it('uses a bootstrap token where no token is plainly there', async () => {
    finder.config = fail('no-credential');
    finder.bootstrapToken = ok({ kind: 'bootstrap-token', token: 'once' });
    expect(await withElevation(deps, admin, () => Promise.resolve(1))).toEqual(ok(1));
    expect(gateway.attempts.map(({ scopes }) => scopes)).toEqual([ownerScopes]);
  });

  it('approves nothing when there is no way to more rights', async () => {
    finder.config = fail('no-credential');
    const answer = await withElevation(deps, admin, () => Promise.resolve('never'));
    expect(answer).toMatchObject({ ok: false, error: { code: 'elevation-failed' } });
    expect(gateway.requests).toEqual([]);
  });

  it('approves nothing when the gateway does not grant the rights', async () => {
    gateway.refusal = refused('AUTH_TOKEN_MISMATCH');
    const answer = await withElevation(deps, admin, () => Promise.resolve('never'));
    expect(answer).toMatchObject({ ok: false, error: { code: 'elevation-failed' } });
  });
});

async function restingSession(): Promise<GatewaySession> {
  const double = new GatewayDouble();
  const scopes = ['operator.pairing'];
  const credential = { kind: 'device-token', token: double.issue(scopes) } as const;
  const identity = double.createIdentity();
  const options = {
    address,
    identity,
    credential,
    role: 'operator',
    scopes,
    displayName: 'Portcullis',
  } as const;
  const opened = await double.connect(options, deafListener);
  if (!opened.ok) throw new Error('The resting connection did not open.');
  return opened.value;
}
