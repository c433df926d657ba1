/** Who counts as the tray on desktops other than the test desktop, with their processes played on the real bus. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startPart, stopPart } from '../../../../e2e/desktop/bench.ts';
import { BusService } from '../dbus/bus-service.ts';
import { SessionBus } from '../dbus/session-bus.ts';
import { TrayHost, type ProgramOf } from './tray-host.ts';

const silent = { log: () => undefined };
const WATCHER = 'org.kde.StatusNotifierWatcher';

beforeAll(() => stopPart('tray'));
afterAll(() => startPart('tray'));

/** Takes the names it is given, with PID standing for its process id, tells its own, and waits for its end. */
const otherProgram = `
import dbus, os, sys
bus = dbus.SessionBus()
for name in sys.argv[1:]:
    bus.request_name(name.replace("PID", str(os.getpid())), 4)
print(bus.get_unique_name(), flush=True)
sys.stdin.read()
`;

describe('TrayHost', () => {
  let ours: SessionBus;
  let watcher: BusService;
  let programs: ChildProcess[];

  beforeEach(async () => {
    programs = [];
    ours = new SessionBus(silent);
    watcher = new BusService(ours, WATCHER);
    await vi.waitFor(() => expect(ours.connected).toBe(true));
  });
  afterEach(async () => {
    watcher.dispose();
    await ours.close();
    for (const program of programs) {
      program.stdin?.end();
      await once(program, 'exit');
    }
  });

  /** Starts another program on the bus; returns its unique name. */
  async function startProgram(...names: readonly string[]): Promise<string> {
    const program = spawn('/usr/bin/python3', ['-c', otherProgram, ...names], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    programs.push(program);
    const [line] = (await once(program.stdout, 'data')) as [Buffer];
    return line.toString().trim();
  }

  async function startWatcher(): Promise<string> {
    const name = await startProgram(WATCHER);
    await vi.waitFor(() => expect(watcher.owner).toBe(name));
    return name;
  }

  const plasmashell: ProgramOf = async () => ({ path: '/usr/bin/plasmashell', owner: 0 });

  it('trusts nobody while there is no watcher', async () => {
    const host = await startProgram('org.kde.StatusNotifierHost-PID');
    expect(await new TrayHost(ours, watcher, plasmashell).isTray(host)).toBe(false);
  });

  it('trusts the owner of the watcher', async () => {
    const name = await startWatcher();
    expect(await new TrayHost(ours, watcher).isTray(name)).toBe(true);
  });

  it('trusts another connection of the process that owns the watcher', async () => {
    ours.own(WATCHER);
    await vi.waitFor(() => expect(watcher.owner).not.toBeNull());
    const second = new SessionBus(silent);
    await vi.waitFor(() => expect(second.connected).toBe(true));
    second.own('org.example.SecondConnection');
    const named = new BusService(ours, 'org.example.SecondConnection');
    await vi.waitFor(() => expect(named.owner).not.toBeNull());
    expect(named.owner).not.toBe(watcher.owner);
    expect(await new TrayHost(ours, watcher).isTray(named.owner ?? '')).toBe(true);
    named.dispose();
    await second.close();
  });

  it('trusts plasmashell under the host name of its own process', async () => {
    await startWatcher();
    const host = await startProgram('org.kde.StatusNotifierHost-PID');
    expect(await new TrayHost(ours, watcher, plasmashell).isTray(host)).toBe(true);
  });

  it.each<{ what: string; names: readonly string[]; programOf: ProgramOf | undefined }>([
    { what: 'any other program', names: [], programOf: plasmashell },
    {
      what: 'a host name with the number of another process',
      names: ['org.kde.StatusNotifierHost-1'],
      programOf: plasmashell,
    },
    {
      what: 'a host that is not the shell of KDE',
      names: ['org.kde.StatusNotifierHost-PID'],
      programOf: undefined,
    },
    {
      what: 'a plasmashell that the system did not install',
      names: ['org.kde.StatusNotifierHost-PID'],
      programOf: async () => ({ path: '/home/me/plasmashell', owner: 1000 }),
    },
    {
      what: 'a host whose program cannot be told',
      names: ['org.kde.StatusNotifierHost-PID'],
      programOf: async () => null,
    },
  ])('does not trust $what', async ({ names, programOf }) => {
    await startWatcher();
    const caller = await startProgram(...names);
    expect(await new TrayHost(ours, watcher, programOf).isTray(caller)).toBe(false);
  });

  it('does not trust a name that is not on the bus', async () => {
    await startWatcher();
    expect(await new TrayHost(ours, watcher, plasmashell).isTray(':1.99999')).toBe(false);
  });
});
