import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { KeychainState } from '../../../contract/snapshot.ts';
import { systemTimers } from '../system/timers.ts';
import { Keychain, type KeychainParts } from './keychain.ts';
import { forkKeychainProcess, keychainChildPath, type KeychainProcess } from './keychain-process.ts';
import { KeyringFixture, type KeyringStart } from './keyring.fixture.ts';

const item = '0123456789abcdef/device-token';
const stored = (value: string | null) => ({ ok: true, value });
const unavailable = { ok: false, error: { code: 'keychain-unavailable' } };

const toDispose: { dispose(): void | Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of toDispose.splice(0).reverse()) await thing.dispose();
});

interface Setting {
  readonly keyring: KeyringFixture;
  readonly keychain: Keychain;
  readonly states: KeychainState[];
  readonly processes: KeychainProcess[];
  /** Resolves when the keychain next becomes so. */
  readonly becomes: (state: KeychainState) => Promise<void>;
}

async function open(state: KeyringStart, options: Partial<KeychainParts> = {}): Promise<Setting> {
  const keyring = await KeyringFixture.start(state);
  toDispose.push(keyring);
  return { keyring, ...openOn(keyring, options) };
}

function openOn(keyring: KeyringFixture, options: Partial<KeychainParts> = {}): Omit<Setting, 'keyring'> {
  const processes: KeychainProcess[] = [];
  const keychain = new Keychain({
    spawn: () => {
      const process = forkKeychainProcess({ script: keychainChildPath(), env: keyring.env });
      processes.push(process);
      return process;
    },
    timers: systemTimers,
    logger: { log: () => undefined },
    platform: 'linux',
    ...options,
  });
  toDispose.push(keychain);
  const states: KeychainState[] = [];
  keychain.onState((now) => states.push(now));
  const becomes = async (state: KeychainState): Promise<void> =>
    new Promise((resolve) => {
      const stop = keychain.onState((now) => {
        if (now !== state) return;
        stop();
        resolve();
      });
    });
  return { keychain, states, processes, becomes };
}

const isAlive = (pid: number | null | undefined) =>
  pid !== null && pid !== undefined && existsSync(`/proc/${String(pid)}`);
const ended = async (process: KeychainProcess | undefined) => {
  await expect.poll(() => isAlive(process?.pid), { timeout: 10_000 }).toBe(false);
};

describe('an unlocked keychain', () => {
  it('keeps an item, replaces it, and forgets it', async () => {
    const { keychain, states } = await open('unlocked');
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
    const { keychain, keyring } = await open('unlocked');
    await keychain.set('gateway-a/device-token', 'a');
    await keychain.set('gateway-b/device-token', 'b');
    const { keychain: next } = openOn(keyring);
    expect(await next.get('gateway-a/device-token')).toEqual(stored('a'));
    expect(await next.get('gateway-b/device-token')).toEqual(stored('b'));
    expect(await next.get('gateway-c/device-token')).toEqual(stored(null));
  });

  it('answers many calls at once, each with its own answer, through one process', async () => {
    const { keychain, processes } = await open('unlocked');
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
    const { keychain } = await open('unlocked');
    expect(await keychain.set(item, value)).toEqual(stored(null));
    expect(await keychain.get(item)).toEqual(stored(value));
  });

  it('leaves secrets out of the arguments and environment of its process', async () => {
    const secret = 'not-for-others-1234567890';
    const keyring = await KeyringFixture.start('unlocked');
    toDispose.push(keyring);
    const seen = { ...keyring.env, OPENCLAW_GATEWAY_TOKEN: secret, GATEWAY_PASSWORD: secret };
    const processes: KeychainProcess[] = [];
    const { keychain } = openOn(keyring, {
      spawn: () => {
        const process = forkKeychainProcess({ script: keychainChildPath(), env: seen });
        processes.push(process);
        return process;
      },
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
    const { keychain, keyring, states } = await open('unlocked');
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
    const { keychain, keyring, states } = await open('locked');
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
    const { keychain } = await open('fresh');
    expect(await keychain.get(item)).toMatchObject(unavailable);
    expect(await keychain.set(item, 'x')).toMatchObject(unavailable);
    expect(keychain.state).toBe('locked');
  });
});

describe('a keychain that is absent', () => {
  it('is said so at once, and found when it appears', async () => {
    const { keychain, keyring } = await open('none');
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
    const keyring = await KeyringFixture.start('none');
    toDispose.push(keyring);
    const env = { ...keyring.env, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' };
    const { keychain } = openOn(keyring, {
      spawn: () => forkKeychainProcess({ script: keychainChildPath(), env }),
    });
    expect(await keychain.probe()).toBe('absent');
  });

  it('when its process cannot run', async () => {
    const { keychain } = await open('unlocked', {
      spawn: () => forkKeychainProcess({ script: '/nonexistent/child.js', env: {} }),
    });
    expect(await keychain.get(item)).toMatchObject(unavailable);
    expect(keychain.state).toBe('absent');
  });

  it('on a system that always has one, a refusal means locked', async () => {
    const { keychain } = await open('none', { platform: 'darwin' });
    expect(await keychain.probe()).toBe('locked');
  });
});

describe('a keychain service that hangs', () => {
  const times = { deadlineMs: 1500, patienceMs: 60_000, idleMs: 10_000 };

  it('lets no call wait longer than its deadline, and is found again by itself', async () => {
    const { keychain, keyring, processes, becomes } = await open('unlocked', { times });
    expect(await keychain.set(item, 'kept')).toEqual(stored(null));
    keyring.freeze();
    expect(await keychain.get(item)).toMatchObject({
      ok: false,
      error: {
        message: 'Your keychain is not answering. If it asks for a password, answer it, then try again.',
        retryable: true,
      },
    });
    expect(keychain.state).toBe('hung');
    expect(await Promise.all([keychain.get(item), keychain.set(item, 'x')])).toMatchObject([
      unavailable,
      unavailable,
    ]);
    const unlocked = becomes('unlocked');
    keyring.thaw();
    await unlocked;
    expect(await keychain.get(item)).toEqual(stored('kept'));
    expect(processes).toHaveLength(1);
  });

  it('costs its process once patience is over; the next call gets a new one', async () => {
    const { keychain, keyring, processes } = await open('unlocked', { times: { ...times, patienceMs: 50 } });
    expect(await keychain.set(item, 'kept')).toEqual(stored(null));
    keyring.freeze();
    expect(await keychain.get(item)).toMatchObject(unavailable);
    await ended(processes[0]);
    expect(keychain.state).toBe('hung');
    keyring.thaw();
    expect(await keychain.get(item)).toEqual(stored('kept'));
    expect(processes).toHaveLength(2);
  });

  it('and is replaced: the next call finds the new one', async () => {
    const { keychain, keyring, becomes } = await open('unlocked', { times });
    expect(await keychain.set(item, 'kept')).toEqual(stored(null));
    keyring.freeze();
    expect(await keychain.get(item)).toMatchObject(unavailable);
    const absent = becomes('absent');
    await keyring.stopDaemon();
    await absent;
    await keyring.startDaemon('unlocked');
    expect(await keychain.get(item)).toEqual(stored('kept'));
  });
});

describe('a keychain service that restarts', () => {
  it.each([
    { call: 'get', run: async (keychain: Keychain) => keychain.get(item), answer: stored('kept') },
    { call: 'set', run: async (keychain: Keychain) => keychain.set(item, 'new'), answer: stored(null) },
    { call: 'delete', run: async (keychain: Keychain) => keychain.delete(item), answer: stored(null) },
  ])('is not noticed by $call', async ({ run, answer }) => {
    const { keychain, keyring, processes, states } = await open('unlocked');
    expect(await keychain.set(item, 'kept')).toEqual(stored(null));
    await keyring.stopDaemon();
    await keyring.startDaemon('unlocked');
    expect(await run(keychain)).toEqual(answer);
    expect([processes.length, states]).toEqual([2, ['unlocked']]);
  });
});

describe('the keychain process', () => {
  it('killed in the middle of a call is replaced, and the call answered', async () => {
    const { keyring } = await open('unlocked');
    const processes: KeychainProcess[] = [];
    const { keychain } = openOn(keyring, {
      spawn: () => {
        // The second one finds the service awake again.
        if (processes.length > 0) keyring.thaw();
        const process = forkKeychainProcess({ script: keychainChildPath(), env: keyring.env });
        processes.push(process);
        return process;
      },
    });
    expect(await keychain.set(item, 'kept')).toEqual(stored(null));
    keyring.freeze();
    const reading = keychain.get(item);
    await expect.poll(() => processes.length).toBe(1);
    processes[0]?.kill();
    expect(await reading).toEqual(stored('kept'));
    expect(processes).toHaveLength(2);
  });

  it('is ended when nothing was asked for a while, and started again when needed', async () => {
    const { keychain, processes, states } = await open('unlocked', { times: { idleMs: 50 } });
    expect(await keychain.set(item, 'kept')).toEqual(stored(null));
    await ended(processes[0]);
    expect(await keychain.get(item)).toEqual(stored('kept'));
    expect([processes.length, states]).toEqual([2, ['unlocked']]);
  });

  it('is ended with us, and whatever was asked fails', async () => {
    const { keychain, keyring, processes } = await open('unlocked');
    expect(await keychain.set(item, 'kept')).toEqual(stored(null));
    keyring.freeze();
    const reading = keychain.get(item);
    keychain.dispose();
    expect(await reading).toMatchObject(unavailable);
    await ended(processes[0]);
    expect(await keychain.get(item)).toMatchObject(unavailable);
    expect(processes).toHaveLength(1);
  });

  it('does not outlive a parent that crashed, even while the service hangs', async () => {
    const keyring = await KeyringFixture.start('unlocked');
    toDispose.push(keyring);
    keyring.freeze();
    const processModule = new URL('keychain-process.ts', import.meta.url).href;
    const script = `
      const { forkKeychainProcess, keychainChildPath } = await import(${JSON.stringify(processModule)});
      const child = forkKeychainProcess({ script: keychainChildPath(), env: process.env });
      child.send({ id: 1, op: 'get', service: 'Portcullis', account: 'canary' });
      console.log(child.pid);`;
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      env: keyring.env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [printed] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(printed.toString());
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  });
});
