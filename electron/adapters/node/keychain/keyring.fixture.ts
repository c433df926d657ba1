/**
 * A private session bus with a real gnome-keyring daemon on it, for tests: its own directories, no service activation,
 * nothing of the desktop it runs on. Needs the dbus-daemon and gnome-keyring packages.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClient, type MessageBus } from 'dbus-native';
import { waitUntil } from '../../../../build/demo/wait-until.ts';

export type KeyringStart =
  | 'unlocked'
  | 'locked'
  /** The service runs, but no keyring was ever made. */
  | 'fresh'
  /** A bus, and no keyring service on it. */
  | 'none';

/** No sign of a fault on a busy machine. */
const patienceMs = 60_000;
const keyringPassword = 'fixture';
const secrets = { destination: 'org.freedesktop.secrets', path: '/org/freedesktop/secrets' };
const loginCollection = '/org/freedesktop/secrets/collection/login';

export async function startKeyring(state: KeyringStart): Promise<KeyringFixture> {
  const directory = mkdtempSync(path.join(tmpdir(), 'portcullis-keyring-'));
  const env = privateEnvironment(directory);
  const keyring = new KeyringFixture(directory, await startBus(directory, env), env);
  if (state !== 'none') await keyring.startDaemon(state === 'fresh' ? 'fresh' : 'unlocked');
  if (state === 'locked') await keyring.lock();
  return keyring;
}

/** Made by startKeyring(). */
export class KeyringFixture {
  readonly #directory: string;
  readonly #bus: ChildProcess;
  readonly #client: MessageBus;
  /** What a program needs in its environment to use this keyring and no other. */
  readonly env: Readonly<Record<string, string>>;
  #daemon: ChildProcess | null = null;

  constructor(directory: string, bus: ChildProcess, env: Readonly<Record<string, string>>) {
    this.#directory = directory;
    this.#bus = bus;
    this.env = env;
    this.#client = createClient({ busAddress: env['DBUS_SESSION_BUS_ADDRESS'] ?? '' });
  }

  /** Also after stopDaemon(), with the keyring files that are there. */
  async startDaemon(state: 'unlocked' | 'fresh'): Promise<void> {
    const unlock = state === 'unlocked' ? ['--unlock'] : [];
    const control = `--control-directory=${path.join(this.#directory, 'run', 'keyring')}`;
    const daemon = spawn(
      'gnome-keyring-daemon',
      ['--foreground', '--components=secrets', control, ...unlock],
      { env: this.env, stdio: ['pipe', 'ignore', 'ignore'] },
    );
    this.#daemon = daemon;
    daemon.stdin.end(keyringPassword);
    await this.#becomes('The keyring service on the bus', true);
  }

  async stopDaemon(): Promise<void> {
    await end(this.#daemon);
    this.#daemon = null;
    await this.#becomes('The end of the keyring service', false);
  }

  /** Stops it in the middle of everything: it stays on the bus and answers nothing. */
  freeze(): void {
    this.#daemon?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#daemon?.kill('SIGCONT');
  }

  async lock(): Promise<void> {
    await this.#client.invoke({
      ...secrets,
      interface: 'org.freedesktop.Secret.Service',
      member: 'Lock',
      signature: 'ao',
      body: [[loginCollection]],
    });
  }

  /** Unlocks without a prompt, as the login screen would. */
  async unlock(): Promise<void> {
    const [, session] = await this.#client.invoke<[unknown, string]>({
      ...secrets,
      interface: 'org.freedesktop.Secret.Service',
      member: 'OpenSession',
      signature: 'sv',
      body: ['plain', ['s', '']],
    });
    const password = [session, Buffer.alloc(0), Buffer.from(keyringPassword), 'text/plain'];
    await this.#client.invoke({
      destination: 'org.gnome.keyring',
      path: secrets.path,
      interface: 'org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface',
      member: 'UnlockWithMasterPassword',
      signature: 'o(oayays)',
      body: [loginCollection, password],
    });
  }

  async dispose(): Promise<void> {
    this.thaw();
    await end(this.#daemon);
    await this.#client.connection[Symbol.asyncDispose]();
    await end(this.#bus);
    rmSync(this.#directory, { recursive: true, force: true });
  }

  async #becomes(what: string, there: boolean): Promise<void> {
    await waitUntil(what, async () => ((await this.#hasService()) === there ? true : undefined), patienceMs);
  }

  async #hasService(): Promise<boolean> {
    return this.#client.invoke<boolean>({
      destination: 'org.freedesktop.DBus',
      path: '/org/freedesktop/DBus',
      interface: 'org.freedesktop.DBus',
      member: 'NameHasOwner',
      signature: 's',
      body: [secrets.destination],
    });
  }
}

function privateEnvironment(directory: string): Record<string, string> {
  const inside = (name: string): string => {
    const made = path.join(directory, name);
    mkdirSync(made, { mode: 0o700 });
    return made;
  };
  const runtime = inside('run');
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: inside('home'),
    XDG_RUNTIME_DIR: runtime,
    XDG_DATA_HOME: inside('data'),
    XDG_CONFIG_HOME: inside('config'),
    XDG_CACHE_HOME: inside('cache'),
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${path.join(runtime, 'bus')}`,
  };
}

/** A bus without service directories: nothing starts that the fixture did not start. */
async function startBus(directory: string, env: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const config = path.join(directory, 'bus.conf');
  writeFileSync(
    config,
    `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
      "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
    <busconfig>
      <type>session</type>
      <listen>${env['DBUS_SESSION_BUS_ADDRESS'] ?? ''}</listen>
      <auth>EXTERNAL</auth>
      <policy context="default">
        <allow send_destination="*" eavesdrop="true"/>
        <allow eavesdrop="true"/>
        <allow own="*"/>
      </policy>
    </busconfig>`,
  );
  const bus = spawn(
    'dbus-daemon',
    [`--config-file=${config}`, '--nofork', '--nopidfile', '--print-address'],
    {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  // It prints its address once it listens.
  await once(bus.stdout, 'data');
  return bus;
}

async function end(child: ChildProcess | null): Promise<void> {
  if (child?.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
