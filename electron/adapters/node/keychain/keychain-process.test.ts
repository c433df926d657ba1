import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import type { Keychain } from './keychain.ts';
import { disposeKeychains, isAlive, openKeychain, openKeychainOn, openKeyring } from './keychain.fixture.ts';
import type { KeychainProcess } from './keychain-process.ts';

const item = '0123456789abcdef/device-token';
const stored = (value: string | null) => ({ ok: true, value });
const unavailable = { ok: false, error: { code: 'keychain-unavailable' } };

afterEach(disposeKeychains);

const ended = async (process: KeychainProcess | undefined) => {
  await expect.poll(() => isAlive(process?.pid)).toBe(false);
};

describe('a keychain service that hangs', () => {
  const times = { deadlineMs: 1500, patienceMs: 60_000, idleMs: 10_000 };

  it('lets no call wait longer than its deadline, and is found again by itself', async () => {
    const { keychain, keyring, processes, becomes } = await openKeychain('unlocked', { times });
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
    const { keychain, keyring, processes } = await openKeychain('unlocked', {
      times: { ...times, patienceMs: 50 },
    });
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
    const { keychain, keyring, becomes } = await openKeychain('unlocked', { times });
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
    const { keychain, keyring, processes, states } = await openKeychain('unlocked');
    expect(await keychain.set(item, 'kept')).toEqual(stored(null));
    await keyring.stopDaemon();
    await keyring.startDaemon('unlocked');
    expect(await run(keychain)).toEqual(answer);
    expect([processes.length, states]).toEqual([2, ['unlocked']]);
  });
});

describe('the keychain process', () => {
  it('killed in the middle of a call is replaced, and the call answered', async () => {
    const keyring = await openKeyring('unlocked');
    let spawned = 0;
    const { keychain, processes } = openKeychainOn(keyring, {
      beforeSpawn: () => {
        spawned += 1;
        // The second one finds the service awake again.
        if (spawned === 2) keyring.thaw();
      },
    });
    expect(await keychain.set(item, 'kept')).toEqual(stored(null));
    keyring.freeze();
    const reading = keychain.get(item);
    processes[0]?.kill();
    expect(await reading).toEqual(stored('kept'));
    expect(processes).toHaveLength(2);
  });

  it('is ended when nothing was asked for a while, and started again when needed', async () => {
    const { keychain, processes, states } = await openKeychain('unlocked', { times: { idleMs: 50 } });
    expect(await keychain.set(item, 'kept')).toEqual(stored(null));
    await ended(processes[0]);
    expect(await keychain.get(item)).toEqual(stored('kept'));
    expect([processes.length, states]).toEqual([2, ['unlocked']]);
  });

  it('is ended with us, and whatever was asked fails', async () => {
    const { keychain, keyring, processes } = await openKeychain('unlocked');
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
    const keyring = await openKeyring('unlocked');
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
    await expect.poll(() => isAlive(pid)).toBe(false);
  });
});
