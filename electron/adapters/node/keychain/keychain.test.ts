import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { disposeKeychains, openKeychain, openKeychainOn } from './keychain.fixture.ts';

const item = '0123456789abcdef/device-token';
const stored = (value: string | null) => ({ ok: true, value });
const unavailable = { ok: false, error: { code: 'keychain-unavailable' } };

afterEach(disposeKeychains);

describe('an unlocked keychain', () => {
  it('keeps an item, replaces it, and forgets it', async () => {
    const { keychain, states } = await openKeychain('unlocked');
    expect(await keychain.get(item)).toEqual(stored(null));
    expect(await keychain.set(item, 'first')).toEqual(stored(null));
    expect(await keychain.set(item, 'second')).toEqual(stored(null));
    expect(await keychain.get(item)).toEqual(stored('second'));
    expect(await keychain.delete(item)).toEqual(stored(null));
    expect(await keychain.get(item)).toEqual(stored(null));
    expect(await keychain.delete(item)).toEqual(stored(null));
    expect(states).toEqual(['unlocked']);
  });

  it('keeps items through a restart of Portcullis, each gateway its own', async () => {
    const { keychain, keyring } = await openKeychain('unlocked');
    await keychain.set('gateway-a/device-token', 'a');
    await keychain.set('gateway-b/device-token', 'b');
    const { keychain: next } = openKeychainOn(keyring);
    expect(await next.get('gateway-a/device-token')).toEqual(stored('a'));
    expect(await next.get('gateway-b/device-token')).toEqual(stored('b'));
    expect(await next.get('gateway-c/device-token')).toEqual(stored(null));
  });

  it('answers many calls at once, each with its own answer, through one process', async () => {
    const { keychain, processes } = await openKeychain('unlocked');
    const items = Array.from({ length: 25 }, (_, n) => ({
      account: `gateway/${String(n)}`,
      value: `v${String(n)}`,
    }));
    const results = await Promise.all(
      items.flatMap(({ account, value }) => [keychain.set(account, value), keychain.get(account)]),
    );
    expect(results).toEqual(items.flatMap(({ value }) => [stored(null), stored(value)]));
    expect(processes).toHaveLength(1);
  });

  it.each([
    { what: 'the longest value', value: 'x'.repeat(1200) },
    { what: 'a long value of many bytes', value: '🔐'.repeat(600) },
    {
      what: 'a private key',
      value: '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEI\n-----END PRIVATE KEY-----\n',
    },
  ])('gives back $what unchanged', async ({ value }) => {
    const { keychain } = await openKeychain('unlocked');
    expect(await keychain.set(item, value)).toEqual(stored(null));
    expect(await keychain.get(item)).toEqual(stored(value));
  });

  it('leaves secrets out of the arguments and environment of its process', async () => {
    const secret = 'not-for-others-1234567890';
    const { keychain, processes } = await openKeychain('unlocked', {
      env: { OPENCLAW_GATEWAY_TOKEN: secret, GATEWAY_PASSWORD: secret },
    });
    await keychain.set(item, secret);
    const proc = `/proc/${String(processes[0]?.pid)}`;
    expect(readFileSync(`${proc}/environ`, 'utf8')).toContain('DBUS_SESSION_BUS_ADDRESS');
    expect(readFileSync(`${proc}/environ`, 'utf8')).not.toContain(secret);
    expect(readFileSync(`${proc}/cmdline`, 'utf8')).not.toContain(secret);
  });
});

describe('a keychain that is locked', () => {
  it('says so instead of "not there", and keeps what it holds', async () => {
    const { keychain, keyring, states } = await openKeychain('unlocked');
    expect(await keychain.set(item, 'precious')).toEqual(stored(null));
    await keyring.lock();
    expect(await keychain.get(item)).toMatchObject(unavailable);
    expect(await keychain.set(item, 'other')).toMatchObject(unavailable);
    expect(await keychain.delete(item)).toMatchObject(unavailable);
    expect(keychain.state).toBe('locked');
    await keyring.unlock();
    expect(await keychain.get(item)).toEqual(stored('precious'));
    expect(states).toEqual(['unlocked', 'locked', 'unlocked']);
  });

  it('from the start: is found out without a canary, and later used', async () => {
    const { keychain, keyring, states } = await openKeychain('locked');
    expect(await keychain.get(item)).toMatchObject({
      ok: false,
      error: {
        message: 'Your keychain is locked or not set up yet. Unlock it, then try again.',
        retryable: true,
      },
    });
    await keyring.unlock();
    expect(await keychain.probe()).toBe('unlocked');
    expect(await keychain.get(item)).toEqual(stored(null));
    expect(states).toEqual(['locked', 'unlocked']);
  });

  it('because none was ever made: is not taken for an empty one', async () => {
    const { keychain } = await openKeychain('fresh');
    expect(await keychain.get(item)).toMatchObject(unavailable);
    expect(await keychain.set(item, 'x')).toMatchObject(unavailable);
    expect(keychain.state).toBe('locked');
  });
});

describe('a keychain that is absent', () => {
  it('is said so at once, and found when it appears', async () => {
    const { keychain, keyring } = await openKeychain('none');
    expect(await keychain.get(item)).toMatchObject({
      ok: false,
      error: {
        message: 'There is no keychain on this desktop. You can go on without one until Portcullis quits.',
        retryable: false,
      },
    });
    expect(keychain.state).toBe('absent');
    await keyring.startDaemon('unlocked');
    expect(await keychain.set(item, 'x')).toEqual(stored(null));
    expect(keychain.state).toBe('unlocked');
  });

  it('without any bus, too', async () => {
    const { keychain } = await openKeychain('none', {
      env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' },
    });
    expect(await keychain.probe()).toBe('absent');
  });

  it('when its process cannot run', async () => {
    const { keychain } = await openKeychain('unlocked', { script: '/nonexistent/child.js' });
    expect(await keychain.get(item)).toMatchObject(unavailable);
    expect(keychain.state).toBe('absent');
  });

  it('on a system that always has one, a refusal means locked', async () => {
    const { keychain } = await openKeychain('none', { platform: 'darwin' });
    expect(await keychain.probe()).toBe('locked');
  });
});
