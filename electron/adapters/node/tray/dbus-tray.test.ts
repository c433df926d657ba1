/** The tray item with the real xfce4-panel on the test desktop: its menu is opened and used on the screen. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  artifactPath,
  chooseTrayEntry,
  clickTray,
  listTrayItems,
  openTrayMenu,
  closeTrayMenu,
  restartTray,
  screenshot,
  startPart,
  stopPart,
  trayMenu,
  type TrayMenuEntry,
} from '../../../../e2e/desktop/bench.ts';
import type { TrayModel } from '../../../core/ports.ts';
import { SessionBus } from '../dbus/session-bus.ts';
import { DbusTray } from './dbus-tray.ts';
import { readTrayPixmaps } from './tray-pixmaps.ts';

const run = promisify(execFile);
const silent = { log: () => undefined };
const pixmapFile = join(import.meta.dirname, '../../../../assets/tray/pixmaps.json');
const endOfThePanel = { left: 960, top: 0, width: 320, height: 200 };

const twoWaiting: TrayModel = {
  icon: 'attention',
  count: 2,
  tooltip: '2 requests wait for you',
  entries: [
    { type: 'label', label: '2 requests' },
    {
      type: 'submenu',
      label: 'Alice_B (iMessage)',
      entries: [
        { type: 'action', label: 'Deny', enabled: true, token: 'deny-alice' },
        { type: 'action', label: 'Approve', enabled: true, token: 'approve-alice' },
      ],
    },
    {
      type: 'submenu',
      label: 'Bob’s iPad',
      entries: [
        { type: 'action', label: 'Deny', enabled: true, token: 'deny-bob' },
        { type: 'action', label: 'Approve', enabled: false, token: 'approve-bob' },
      ],
    },
    { type: 'separator' },
    { type: 'action', label: 'Open Portcullis', enabled: true, token: 'open' },
    { type: 'action', label: 'Quit', enabled: true, token: 'quit' },
  ],
};
const nothingWaiting: TrayModel = {
  icon: 'connected',
  count: 0,
  tooltip: 'Connected',
  entries: [{ type: 'action', label: 'Quit', enabled: true, token: 'quit' }],
};

/** A menu without its numbers: "label" or "label (disabled)", indented by depth. */
function outline(entry: TrayMenuEntry, depth = 0): readonly string[] {
  return entry.children.flatMap((child) => {
    const text = child.type === 'separator' ? '---' : `${child.label}${child.enabled ? '' : ' (disabled)'}`;
    return [`${'  '.repeat(depth)}${text}`, ...outline(child, depth + 1)];
  });
}

function find(entry: TrayMenuEntry, ...labels: readonly string[]): TrayMenuEntry {
  const [label, ...rest] = labels;
  if (label === undefined) return entry;
  const child = entry.children.find((candidate) => candidate.label === label);
  if (child === undefined) throw new Error(`no entry ${label}`);
  return find(child, ...rest);
}

/** Clicks a menu entry as any program on the bus can: without the tray. */
async function forgeClick(service: string, id: number): Promise<void> {
  const target = ['--dest', service, '--object-path', '/MenuBar', '--method', 'com.canonical.dbusmenu.Event'];
  await run('gdbus', ['call', '--session', ...target, String(id), 'clicked', "<''>", '0']);
}

describe('DbusTray with xfce4-panel', () => {
  let bus: SessionBus;
  let tray: DbusTray;
  let chosen: string[];
  let clicked: number;

  beforeEach(async () => {
    bus = new SessionBus(silent);
    tray = new DbusTray(bus, readTrayPixmaps(pixmapFile), 'Portcullis', silent);
    chosen = [];
    clicked = 0;
    tray.onChosen((token) => chosen.push(token));
    tray.onClicked(() => (clicked += 1));
    await vi.waitFor(() => expect(tray.available).toBe(true));
  });
  afterEach(async () => {
    await tray.dispose();
    await bus.close();
    await vi.waitFor(async () => expect(await listTrayItems()).toEqual([]));
  });

  it('stands in the tray, with icons for every panel height', async () => {
    tray.render(nothingWaiting);
    expect(await listTrayItems()).toEqual([
      {
        service: `org.kde.StatusNotifierItem-${process.pid}-1`,
        path: '/StatusNotifierItem',
        id: 'portcullis',
        title: 'Portcullis',
        status: 'Active',
        toolTip: 'Connected',
        iconSizes: [22, 24, 32, 48],
      },
    ]);
    await screenshot(artifactPath('tray-connected.png'), endOfThePanel);
  });

  it('asks for attention while somebody waits, and shows how many', async () => {
    tray.render(nothingWaiting);
    tray.render(twoWaiting);
    expect(await listTrayItems()).toMatchObject([
      { status: 'NeedsAttention', toolTip: '2 requests wait for you' },
    ]);
    await openTrayMenu('portcullis');
    await screenshot(artifactPath('tray-attention.png'), endOfThePanel);
    await closeTrayMenu();
  });

  it('shows the menu with submenus, disabled entries and literal underscores', async () => {
    tray.render(twoWaiting);
    expect(outline(await trayMenu('portcullis'))).toEqual([
      '2 requests (disabled)',
      'Alice__B (iMessage)',
      '  Deny',
      '  Approve',
      'Bob’s iPad',
      '  Deny',
      '  Approve (disabled)',
      '---',
      'Open Portcullis',
      'Quit',
    ]);
  });

  it.each([
    { labels: ['Alice_B (iMessage)', 'Approve'], token: 'approve-alice' },
    { labels: ['Bob’s iPad', 'Deny'], token: 'deny-bob' },
    { labels: ['Quit'], token: 'quit' },
  ])('hands back $token when it is chosen in the panel', async ({ labels, token }) => {
    tray.render(twoWaiting);
    await chooseTrayEntry('portcullis', ...labels);
    await vi.waitFor(() => expect(chosen).toEqual([token]));
  });

  it('opens on a click on the icon', async () => {
    tray.render(twoWaiting);
    await clickTray('portcullis');
    await vi.waitFor(() => expect(clicked).toBe(1));
    expect(chosen).toEqual([]);
  });

  it('only opens when another program forges a click on Approve', async () => {
    tray.render(twoWaiting);
    const approve = find(await trayMenu('portcullis'), 'Alice__B (iMessage)', 'Approve');
    await forgeClick(`org.kde.StatusNotifierItem-${process.pid}-1`, approve.id);
    expect({ chosen, clicked }).toEqual({ chosen: [], clicked: 1 });
  });

  it('never gives a number to a second entry', async () => {
    const ids = new Set<number>();
    let entries = 0;
    const collect = (entry: TrayMenuEntry): void => {
      for (const child of entry.children) {
        ids.add(child.id);
        entries += 1;
        collect(child);
      }
    };
    for (const model of [twoWaiting, nothingWaiting, twoWaiting]) {
      tray.render(model);
      collect(await trayMenu('portcullis'));
    }
    expect(ids.size).toBe(entries);
  });

  it('keeps the menu as it is while only the icon changes', async () => {
    tray.render(twoWaiting);
    const before = await trayMenu('portcullis');
    tray.render({ ...twoWaiting, tooltip: 'Still 2' });
    expect(await trayMenu('portcullis')).toEqual(before);
  });

  it('stands in the tray again after the panel was restarted', async () => {
    tray.render(twoWaiting);
    await restartTray();
    await vi.waitFor(async () => expect(await listTrayItems()).toMatchObject([{ id: 'portcullis' }]));
    await chooseTrayEntry('portcullis', 'Open Portcullis');
    await vi.waitFor(() => expect(chosen).toEqual(['open']));
  });

  it('is not available without a tray, and is as soon as one appears', async () => {
    await stopPart('tray');
    try {
      await vi.waitFor(() => expect(tray.available).toBe(false));
      tray.render(twoWaiting);
    } finally {
      await startPart('tray');
    }
    await vi.waitFor(() => expect(tray.available).toBe(true));
    expect(outline(await trayMenu('portcullis'))).toContain('Quit');
  });
});
