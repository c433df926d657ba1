import { beforeEach, describe, expect, it, vi } from 'vitest';
import { firstSnapshot } from '../../contract/snapshot.fixture.ts';
import type { AppSnapshot } from '../../contract/snapshot.ts';
import { silentLogger, TimersDouble } from '../gateway/outside.double.ts';
import { chat, device } from '../requests/requests.fixture.ts';
import { Announcer } from './announcer.ts';
import { NotifierDouble } from './notifier.double.ts';
import { countingActivations, viewOf } from './notify.fixture.ts';
import { NotificationPlanner } from './plan.ts';

const alice = viewOf(chat('alice'));
const laptop = viewOf(device('laptop'));
const gateway = { address: '127.0.0.1:18789', remote: false, version: null };

let notifier: NotifierDouble;
let timers: TimersDouble;
let snapshot: AppSnapshot;
let announcer: Announcer;
let announced: string[];
let activations: ReturnType<typeof countingActivations>;

beforeEach(() => {
  notifier = new NotifierDouble();
  timers = new TimersDouble();
  snapshot = {
    ...firstSnapshot,
    connection: { state: 'ready', gateway, missing: [], since: 0, limited: false },
  };
  announced = [];
  activations = countingActivations();
  announcer = new Announcer({
    notifier,
    planner: new NotificationPlanner(activations),
    timers,
    clock: { now: () => timers.now },
    calendar: { localTime: (at) => ({ weekday: 1, minute: Math.floor(at / 60_000) % 1440 }) },
    logger: silentLogger,
    snapshot: () => snapshot,
    strangers: { alarm: null, isBackedOff: () => false, announced: (keys) => void announced.push(...keys) },
  });
});

function waiting(...requests: AppSnapshot['requests']): void {
  snapshot = { ...snapshot, requests, openCount: requests.length };
  announcer.update();
}

async function onScreen(...ids: readonly string[]): Promise<void> {
  await vi.waitFor(() => {
    expect([...notifier.screen.keys()]).toEqual(ids);
  });
}

describe('the announcer', () => {
  it('shows what waits and withdraws what does not wait any more', async () => {
    waiting(alice, laptop);
    await onScreen('request:chat:alice', 'request:device:laptop');
    expect(announced).toEqual(['chat:alice', 'device:laptop']);
    waiting(laptop);
    await onScreen('request:device:laptop');
    expect(notifier.calls).toEqual([
      'show request:chat:alice',
      'show request:device:laptop',
      'close request:chat:alice',
    ]);
  });

  it('shows nothing again for the same snapshot', async () => {
    waiting(alice);
    announcer.update();
    await onScreen('request:chat:alice');
    await announcer.dispose();
    expect(notifier.calls).toEqual(['show request:chat:alice']);
  });

  it('never closes before the show it belongs to', async () => {
    const gate = Promise.withResolvers<undefined>();
    notifier.gate = gate.promise.then(() => undefined);
    waiting(alice);
    waiting();
    gate.resolve(undefined);
    await announcer.dispose();
    expect(notifier.calls).toEqual(['show request:chat:alice', 'close request:chat:alice']);
  });

  it('goes on after a notifier that threw', async () => {
    vi.spyOn(notifier, 'show').mockRejectedValueOnce(new Error('bug'));
    waiting(alice, laptop);
    await onScreen('request:device:laptop');
  });

  it('asks a desktop that refused again after a while, and not after the end', async () => {
    notifier.refuses = true;
    waiting(alice);
    await vi.waitFor(() => {
      expect(timers.armed).toBe(1);
    });
    notifier.refuses = false;
    timers.advance(10_000);
    await onScreen('request:chat:alice');

    notifier.refuses = true;
    waiting(alice, laptop);
    await vi.waitFor(() => {
      expect(timers.armed).toBe(1);
    });
    await announcer.dispose();
    expect(timers.armed).toBe(0);
  });

  it('shows everything again when the desktop lost it', async () => {
    waiting(alice);
    await onScreen('request:chat:alice');
    notifier.lose('request:chat:alice', 'daemon-gone');
    await onScreen('request:chat:alice');
    expect(notifier.calls).toEqual(['show request:chat:alice', 'show request:chat:alice']);
  });

  it.each(['dismissed', 'expired'] as const)('leaves alone what was %s', async (reason) => {
    waiting(alice);
    await onScreen('request:chat:alice');
    notifier.lose('request:chat:alice', reason);
    waiting(alice, laptop);
    await onScreen('request:device:laptop');
  });

  it('catches up when the desktop can show again', async () => {
    notifier.become({ shows: false });
    waiting(alice);
    notifier.become({ shows: true });
    await onScreen('request:chat:alice');
  });

  it('takes a notification away when one of its buttons was pressed', async () => {
    waiting(alice);
    await onScreen('request:chat:alice');
    announcer.pressed('request:chat:alice');
    await onScreen();
    announcer.update();
    await announcer.dispose();
    expect(notifier.calls).toEqual(['show request:chat:alice', 'close request:chat:alice']);
  });

  it('leaves the tray menu alive when one of its entries was pressed', async () => {
    const quit = activations.render('tray', (issue) => issue({ type: 'quit' }));
    announcer.pressed('tray');
    await announcer.dispose();
    expect(activations.take(quit)).toEqual({ intent: { type: 'quit' }, surface: 'tray' });
    expect(notifier.calls).toEqual([]);
  });

  it('holds back what comes in quiet hours, and tells of it once when they end', async () => {
    const { notifications } = snapshot.settings;
    const minute = Math.floor(timers.now / 60_000) % 1440;
    const quietHours = { ...notifications.quietHours, enabled: true, from: minute, to: (minute + 20) % 1440 };
    snapshot = {
      ...snapshot,
      settings: { ...snapshot.settings, notifications: { ...notifications, quietHours } },
    };
    waiting(alice, laptop);
    timers.advance(15 * 60_000);
    expect(notifier.calls).toEqual([]);
    timers.advance(5 * 60_000);
    await onScreen('digest');
    expect(notifier.screen.get('digest')).toMatchObject({
      title: 'While it was quiet',
      body: '2 requests are waiting. Portcullis approved nothing meanwhile.',
      actions: [{ label: 'Open Portcullis' }],
    });
  });
});
