/** Opens the real keychain on a private keyring, for tests, and remembers what was opened. */
import { existsSync } from 'node:fs';
import type { KeychainState } from '../../../contract/snapshot.ts';
import { systemTimers } from '../system/timers.ts';
import { Keychain, type KeychainParts } from './keychain.ts';
import { forkKeychainProcess, keychainChildPath, type KeychainProcess } from './keychain-process.ts';
import { startKeyring, type KeyringFixture, type KeyringStart } from './keyring.fixture.ts';

export interface KeychainSetting {
  readonly keyring: KeyringFixture;
  readonly keychain: Keychain;
  /** Every state it became, in order. */
  readonly states: readonly KeychainState[];
  /** Every process it started, in order. */
  readonly processes: readonly KeychainProcess[];
  /** Resolves when the keychain next becomes so. */
  readonly becomes: (state: KeychainState) => Promise<void>;
}

export interface KeychainSettingOptions extends Partial<Pick<KeychainParts, 'platform' | 'times'>> {
  /** Added to the environment the keyring wants. */
  readonly env?: Readonly<Record<string, string>>;
  readonly script?: string;
  readonly beforeSpawn?: () => void;
}

const opened: { dispose(): void | Promise<void> }[] = [];

export async function disposeKeychains(): Promise<void> {
  for (const thing of opened.splice(0).reverse()) await thing.dispose();
}

export async function openKeychain(
  state: KeyringStart,
  options: KeychainSettingOptions = {},
): Promise<KeychainSetting> {
  return openKeychainOn(await openKeyring(state), options);
}

export async function openKeyring(state: KeyringStart): Promise<KeyringFixture> {
  const keyring = await startKeyring(state);
  opened.push(keyring);
  return keyring;
}

export function openKeychainOn(
  keyring: KeyringFixture,
  { env, script, beforeSpawn, ...parts }: KeychainSettingOptions = {},
): KeychainSetting {
  const processes: KeychainProcess[] = [];
  const keychain = new Keychain({
    spawn: () => {
      beforeSpawn?.();
      const started = forkKeychainProcess({
        script: script ?? keychainChildPath(),
        env: { ...keyring.env, ...env },
      });
      processes.push(started);
      return started;
    },
    timers: systemTimers,
    logger: { log: () => undefined },
    platform: 'linux',
    ...parts,
  });
  opened.push(keychain);
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
  return { keyring, keychain, states, processes, becomes };
}

export function isAlive(pid: number | null | undefined): boolean {
  return typeof pid === 'number' && existsSync(`/proc/${String(pid)}`);
}
