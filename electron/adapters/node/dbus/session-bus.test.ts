/** The connection with the real bus of the test desktop, and with buses of its own that go away and come back. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BusService } from './bus-service.ts';
import type { BusSignal, ExportedInterface } from './bus-types.ts';
import { SessionBus, sessionBusAddress, theBus } from './session-bus.ts';

const run = promisify(execFile);
const silent = { log: () => undefined };
const nameQuestion = { ...theBus, member: 'NameHasOwner', signature: 's', body: ['org.example.Gate'] };

const gate: ExportedInterface = {
  path: '/org/example/Gate',
  name: 'org.example.Gate',
  methods: {
    Who: { in: '', out: 's', answer: (_body, caller) => [caller] },
    Fail: { in: '', out: '', answer: () => Promise.reject(new Error('broken')) },
  },
  properties: { Open: { signature: 'b', read: () => false } },
  signals: { Opened: 's' },
};

/** A private bus that a test may take away. */
class PrivateBus {
  readonly #folder = mkdtempSync(join(tmpdir(), 'portcullis-bus-'));
  #process: ChildProcess | null = null;

  get address(): string {
    return `unix:path=${join(this.#folder, 'socket')}`;
  }

  async start(): Promise<void> {
    const config = join(this.#folder, 'bus.conf');
    const policy = '<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>';
    await writeFile(
      config,
      `<busconfig><type>session</type><listen>${this.address}</listen><auth>EXTERNAL</auth>` +
        `<policy context="default">${policy}</policy></busconfig>`,
    );
    const options = ['--nofork', '--nopidfile', '--nosyslog', '--print-address=1'];
    const daemon = spawn('dbus-daemon', [`--config-file=${config}`, ...options], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.#process = daemon;
    await once(daemon.stdout, 'data');
  }

  async stop(): Promise<void> {
    const daemon = this.#process;
    this.#process = null;
    if (daemon === null) return;
    daemon.kill();
    await once(daemon, 'exit');
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.#folder, { recursive: true });
  }
}

describe('sessionBusAddress', () => {
  it.each([
    [{ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/a', XDG_RUNTIME_DIR: '/run/user/1' }, 'unix:path=/a'],
    [{ XDG_RUNTIME_DIR: '/run/user/1' }, 'unix:path=/run/user/1/bus'],
    [{}, undefined],
  ])('finds in %j the bus at %s', (env, address) => {
    expect(sessionBusAddress(env)).toBe(address);
  });
});

describe('SessionBus without a bus', () => {
  it.each([
    ['no address', ''],
    ['an address that makes no sense', 'carrier-pigeon:loft=3'],
    ['a socket that is not there', 'unix:path=/nonexistent/bus'],
  ])('answers no-bus with %s', async (_what, address) => {
    const bus = new SessionBus(silent, address);
    const service = new BusService(bus, 'org.example.Gate');
    expect(await bus.call(nameQuestion)).toEqual({ ok: false, error: { kind: 'no-bus', name: null } });
    expect(await service.call('/', 'a.b', 'C', '', [])).toEqual({
      ok: false,
      error: { kind: 'no-bus', name: null },
    });
    bus.emit(gate, 'Opened', ['x']);
    await bus.close();
  });
});

describe('SessionBus', () => {
  let privateBus: PrivateBus;
  let ours: SessionBus;
  let theirs: SessionBus;

  beforeEach(async () => {
    privateBus = new PrivateBus();
    await privateBus.start();
    ours = new SessionBus(silent, privateBus.address);
    theirs = new SessionBus(silent, privateBus.address);
    await vi.waitFor(() => expect([ours.connected, theirs.connected]).toEqual([true, true]));
  });
  afterEach(async () => {
    await ours.close();
    await theirs.close();
    await privateBus.remove();
  });

  async function followGate(): Promise<{ service: BusService; owners: (string | null)[] }> {
    const owners: (string | null)[] = [];
    const service = new BusService(theirs, 'org.example.Gate');
    service.onOwner((owner) => owners.push(owner));
    await vi.waitFor(() => expect(service.owner).not.toBeNull());
    return { service, owners };
  }

  it('serves methods, tells who called, and turns a failure into an error reply', async () => {
    ours.serve(gate);
    ours.own('org.example.Gate');
    const { service } = await followGate();
    const who = await service.call(gate.path, gate.name, 'Who', '', []);
    expect(who).toEqual({ ok: true, value: [expect.stringMatching(/^:1\.\d+$/)] });
    expect(await service.call(gate.path, gate.name, 'Fail', '', [])).toEqual({
      ok: false,
      error: { kind: 'refused', name: 'org.freedesktop.DBus.Error.Failed' },
    });
  });

  it.each(['constructor', '__defineGetter__', 'toString', 'emit', 'Nothing'])(
    'refuses a call of %s, which is not declared',
    async (member) => {
      ours.serve(gate);
      ours.own('org.example.Gate');
      const { service } = await followGate();
      expect(await service.call(gate.path, gate.name, member, '', [])).toEqual({
        ok: false,
        error: { kind: 'refused', name: 'org.freedesktop.DBus.Error.UnknownMethod' },
      });
    },
  );

  it('stays up when another client sends nonsense', async () => {
    ours.serve(gate);
    ours.own('org.example.Gate');
    const { service } = await followGate();
    const properties = 'org.freedesktop.DBus.Properties';
    // No arguments where two are due: the library under us trips over it.
    await service.call(gate.path, properties, 'Get', '', [], 200);
    await service.call(gate.path, properties, 'Set', 'ssv', [gate.name, 'Open', ['b', true]]);
    expect(await service.call(gate.path, properties, 'Get', 'ss', [gate.name, 'Open'])).toEqual({
      ok: true,
      value: [false],
    });
  });

  it('passes on signals of the service, and none that others forge', async () => {
    ours.serve(gate);
    ours.own('org.example.Gate');
    const { service } = await followGate();
    const heard: BusSignal[] = [];
    service.onSignal(gate.path, gate.name, (signal) => heard.push(signal));
    const forged = ['--object-path', gate.path, '--signal', 'org.example.Gate.Opened', 'forged'];
    await run('gdbus', ['emit', '--address', privateBus.address, ...forged]);
    ours.emit(gate, 'Opened', ['true one']);
    await vi.waitFor(() =>
      expect(heard).toEqual([{ sender: service.owner, member: 'Opened', body: ['true one'] }]),
    );
  });

  it('gives up on a call that nobody answers', async () => {
    const silence = new Promise<readonly unknown[]>(() => undefined);
    ours.serve({ ...gate, methods: { Sleep: { in: '', out: '', answer: () => silence } } });
    ours.own('org.example.Gate');
    const { service } = await followGate();
    expect(await service.call(gate.path, gate.name, 'Sleep', '', [], 50)).toEqual({
      ok: false,
      error: { kind: 'no-answer', name: null },
    });
  });

  it('follows a service that goes and comes back', async () => {
    ours.serve(gate);
    const release = ours.own('org.example.Gate');
    const { owners } = await followGate();
    release();
    await vi.waitFor(() => expect(owners.at(-1)).toBeNull());
    ours.own('org.example.Gate');
    await vi.waitFor(() => expect(owners).toEqual([owners[0], null, owners[0]]));
  });

  it('comes back with its names, interfaces and rules after the bus was gone', async () => {
    ours.serve(gate);
    ours.own('org.example.Gate');
    const { service, owners } = await followGate();
    const heard: unknown[] = [];
    service.onSignal(gate.path, gate.name, ({ body }) => heard.push(body));
    await privateBus.stop();
    await vi.waitFor(() => expect([ours.connected, theirs.connected]).toEqual([false, false]));
    expect(await service.call(gate.path, gate.name, 'Who', '', [])).toMatchObject({ ok: false });

    await privateBus.start();
    await vi.waitFor(() => expect(service.owner).not.toBeNull());
    expect(await service.call(gate.path, gate.name, 'Who', '', [])).toMatchObject({ ok: true });
    ours.emit(gate, 'Opened', ['again']);
    await vi.waitFor(() => expect(heard).toEqual([['again']]));
    expect(owners).toEqual([expect.any(String), null, expect.any(String)]);
  });
});
