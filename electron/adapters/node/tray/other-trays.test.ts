/** Who counts as the tray, with the processes of other desktops played by connections on the real bus. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startPart, stopPart } from '../../../../e2e/desktop/bench.ts';
import { BusService } from '../dbus/bus-service.ts';
import type { BusCall, ExportedInterface } from '../dbus/bus-types.ts';
import { SessionBus } from '../dbus/session-bus.ts';
import { DbusMenu, MENU_PATH } from './dbusmenu.ts';
import { TrayHost } from './tray-host.ts';

const silent = { log: () => undefined };
const WATCHER = 'org.kde.StatusNotifierWatcher';

beforeAll(() => stopPart('tray'));
afterAll(() => startPart('tray'));

describe('TrayHost', () => {
  let ours: SessionBus;
  let caller: SessionBus;
  let watcher: BusService;
  let callerName: string;

  beforeEach(async () => {
    ours = new SessionBus(silent);
    caller = new SessionBus(silent);
    watcher = new BusService(ours, WATCHER);
    await vi.waitFor(() => expect([ours.connected, caller.connected]).toEqual([true, true]));
    callerName = await nameOf(caller);
  });
  afterEach(async () => {
    watcher.dispose();
    await ours.close();
    await caller.close();
  });

  /** A connection learns its own name by asking a service that tells it. */
  async function nameOf(bus: SessionBus): Promise<string> {
    const answers: string[] = [];
    const who: ExportedInterface = {
      path: '/who',
      name: 'org.example.Who',
      methods: { Who: { in: '', out: '', answer: (_body, from) => (answers.push(from), []) } },
      properties: {},
      signals: {},
    };
    const stopServing = ours.serve(who);
    const release = ours.own('org.example.Who');
    const call: BusCall = {
      destination: 'org.example.Who',
      path: '/who',
      interface: who.name,
      member: 'Who',
      signature: '',
      body: [],
    };
    await vi.waitFor(async () => expect(await bus.call(call)).toMatchObject({ ok: true }));
    release();
    stopServing();
    const name = answers[0];
    if (name === undefined) throw new Error('nobody called');
    return name;
  }

  it('trusts nobody while there is no watcher', async () => {
    expect(await new TrayHost(ours, watcher).isTray(callerName)).toBe(false);
  });

  it('trusts the owner of the watcher', async () => {
    caller.own(WATCHER);
    await vi.waitFor(() => expect(watcher.owner).toBe(callerName));
    expect(await new TrayHost(ours, watcher).isTray(callerName)).toBe(true);
  });

  it('trusts nobody who is not on the bus', async () => {
    caller.own(WATCHER);
    await vi.waitFor(() => expect(watcher.owner).toBe(callerName));
    expect(await new TrayHost(ours, watcher).isTray(':1.99999')).toBe(false);
  });
});
