import { beforeEach, describe, expect, it } from 'vitest';
import { fail, ok } from '../../contract/result.ts';
import { GatewayDouble, SecretStoreDouble, silentLogger } from '../gateway/outside.double.ts';
import { Credentials } from './credentials.ts';

/** Windows keeps at most this much in one credential. */
const WINDOWS_LIMIT_BYTES = 2_560;

let store: SecretStoreDouble;
let credentials: Credentials;
const gateway = new GatewayDouble();
const create = () => gateway.createIdentity();

beforeEach(() => {
  store = new SecretStoreDouble();
  credentials = new Credentials(store, silentLogger);
});

describe('Credentials', () => {
  it('makes one key per gateway and keeps it', async () => {
    const first = await credentials.identity('a', create);
    expect(await credentials.identity('a', create)).toEqual(first);
    expect(await credentials.identity('b', create)).not.toEqual(first);
  });

  it('gives back what was saved, and nothing after it was forgotten', async () => {
    const token = { token: 'd', scopes: ['operator.read'] };
    await credentials.saveDeviceToken('a', token);
    await credentials.saveSharedToken('a', 's');
    expect(await credentials.deviceToken('a')).toEqual(ok(token));
    expect(await credentials.sharedToken('a')).toEqual(ok('s'));
    await credentials.forgetDeviceToken('a');
    await credentials.forgetSharedToken('a');
    expect(await credentials.deviceToken('a')).toEqual(ok(null));
    expect(await credentials.sharedToken('a')).toEqual(ok(null));
    expect(store.items.size).toBe(0);
  });

  it.each(['', 'not json', '{}', '{"token":""}', '{"token":7,"scopes":[]}'])(
    'takes a damaged item (%j) for none',
    async (damaged) => {
      store.items.set('a/device-token', damaged);
      expect(await credentials.deviceToken('a')).toEqual(ok(null));
    },
  );

  it.each([
    ['locked', 'keychain-locked'],
    ['hung', 'keychain-hung'],
    ['unknown', 'keychain-hung'],
  ] as const)('makes no key while the keychain is %s', async (state, trouble) => {
    store.become(state);
    expect(await credentials.identity('a', create)).toEqual(fail(trouble));
    expect(await credentials.saveSharedToken('a', 's')).toEqual(fail(trouble));
    expect(await credentials.forgetDeviceToken('a')).toEqual(fail(trouble));
  });

  it('keeps everything in memory where there is no keychain, and the same for the whole session', async () => {
    store.become('absent');
    const identity = await credentials.identity('a', create);
    await credentials.saveDeviceToken('a', { token: 'd', scopes: [] });
    store.become('unlocked');
    expect(await credentials.identity('a', create)).toEqual(identity);
    expect(await credentials.deviceToken('a')).toEqual(ok({ token: 'd', scopes: [] }));
    expect(store.items.size).toBe(0);
  });

  it('tells when the keychain changes and when the owner goes on without it', () => {
    const views: unknown[] = [];
    credentials.onView((view) => views.push(view));
    store.become('locked');
    credentials.useSession();
    credentials.useSession();
    expect(views).toEqual([
      { state: 'locked', sessionOnly: false },
      { state: 'locked', sessionOnly: true },
    ]);
  });

  it('keeps every item below the smallest limit of the platforms', async () => {
    await credentials.identity('0123456789abcdef', create);
    await credentials.saveDeviceToken('a', {
      token: 'x'.repeat(200),
      scopes: Array<string>(10).fill('operator.talk.secrets'),
    });
    const sizes = [...store.items.values()].map((value) => new TextEncoder().encode(value).length);
    expect(Math.max(...sizes)).toBeLessThan(WINDOWS_LIMIT_BYTES);
  });
});
