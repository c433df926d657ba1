import type { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { acting } from '../../../e2e/electron-stand-in/acting.ts';
import { desk, type NativeWindow } from '../../../e2e/electron-stand-in/native-window.ts';
import { namesBySetting } from './names-by-setting.fixture.ts';
import { windowOptions } from './popover-options.ts';
import { PopoverWindow } from './popover-window.ts';

interface FakeWindow extends NativeWindow {
  readonly webContents: EventEmitter;
  readonly loaded: string[];
  readonly protection: boolean[];
}
const native = vi.hoisted(() => ({
  windows: [] as FakeWindow[],
  screen: null as EventEmitter | null,
  appHidden: 0,
}));

/** The stand-in's windows on its desktop, without pages. */
vi.mock('electron', async () => {
  const { EventEmitter } = await import('node:events');
  const { NativeWindow } = await import('../../../e2e/electron-stand-in/native-window.ts');
  class BrowserWindow extends NativeWindow implements FakeWindow {
    readonly webContents = new EventEmitter();
    readonly loaded: string[] = [];
    readonly protection: boolean[] = [];
    constructor(options: object) {
      super(options);
      native.windows.push(this);
    }
    loadURL = (url: string): Promise<void> => {
      this.loaded.push(url);
      return Promise.resolve();
    };
    override setContentProtection = (on: boolean): void => void this.protection.push(on);
  }
  const display = { workArea: { x: 0, y: 25, width: 1440, height: 875 } };
  native.screen = Object.assign(new EventEmitter(), {
    getDisplayMatching: () => display,
    getDisplayNearestPoint: () => display,
    getCursorScreenPoint: () => ({ x: 0, y: 0 }),
  });
  return { app: { hide: () => (native.appHidden += 1) }, BrowserWindow, screen: native.screen };
});

let now = 1_000;
const log = vi.fn();

function setUp(platform: NodeJS.Platform, { wayland = false } = {}) {
  acting.platform = platform;
  const popover = new PopoverWindow({
    platform,
    preloadFile: '/preload.cjs',
    devTools: false,
    wayland,
    trayBounds: () => (platform === 'linux' ? null : { x: 1000, y: 0, width: 24, height: 24 }),
    now: () => now,
    logger: { log },
  });
  const window = native.windows.at(-1);
  if (window === undefined) throw new Error('no window');
  return { popover, window };
}

beforeEach(() => {
  native.windows.length = 0;
  native.appHidden = 0;
  native.screen?.removeAllListeners();
  acting.ready = true;
  Object.assign(desk, { focused: null, space: 'first' });
  desk.quirks.clear();
  log.mockClear();
});

it('treats its page as hostile', () => {
  const options = windowOptions({ platform: 'darwin', preloadFile: '/preload.cjs', devTools: false });
  const { preload, ...switches } = options.webPreferences ?? {};
  expect(preload).toBe('/preload.cjs');
  expect(namesBySetting(switches)).toEqual({
    on: ['contextIsolation', 'safeDialogs', 'sandbox', 'webSecurity'],
    off: [
      ...['allowRunningInsecureContent', 'devTools', 'navigateOnDragDrop', 'nodeIntegration'],
      ...['nodeIntegrationInSubFrames', 'nodeIntegrationInWorker', 'spellcheck', 'webviewTag'],
    ],
  });
});

describe('opening', () => {
  it('loads our page hidden at once, and shows it at the tray icon', () => {
    const { popover, window } = setUp('darwin');
    expect([window.loaded, popover.visible]).toEqual([['app://portcullis/index.html'], false]);
    let opened = 0;
    popover.onOpened(() => (opened += 1));
    popover.open();
    popover.open();
    expect([popover.visible, window.isFocused(), opened]).toEqual([true, true, 2]);
    expect(window.getBounds()).toEqual({ x: 812, y: 29, width: 400, height: 600 });
  });

  it('puts it in the middle where nobody tells where the icon is', () => {
    const { popover, window } = setUp('linux');
    popover.open();
    expect(window.getBounds()).toEqual({ x: 520, y: 163, width: 400, height: 600 });
  });

  it('has its own size each time, whatever became of it on another monitor', () => {
    const { popover, window } = setUp('win32');
    window.setBounds({ width: 384, height: 592 });
    popover.open();
    expect(window.getBounds()).toMatchObject({ width: 400, height: 600 });
    window.setBounds({ x: 0, y: 0, width: 320 });
    native.screen?.emit('display-metrics-changed');
    expect(window.getBounds()).toEqual({ x: 812, y: 29, width: 400, height: 600 });
    popover.dispose();
    expect(native.screen?.listenerCount('display-metrics-changed')).toBe(0);
  });

  it('leaves an ordinary window the size it was given', () => {
    const { popover, window } = setUp('linux');
    window.setBounds({ width: 700, height: 500 });
    popover.open();
    expect(window.getBounds()).toMatchObject({ width: 700, height: 500 });
  });

  it('shows in the Space the owner is in, also over an app in full screen', () => {
    const { popover, window } = setUp('darwin');
    popover.open();
    popover.putAwayByClick();
    const seen = ['second', 'full-screen', 'first'].map((space) => {
      desk.space = space;
      popover.open();
      const before = window.isSeen();
      popover.putAwayByClick();
      return before;
    });
    expect(seen).toEqual([true, true, true]);
  });

  it('raises a window that shows already, also under Wayland', () => {
    const { popover, window } = setUp('linux', { wayland: true });
    popover.open();
    window.loseFocus();
    desk.quirks.add('wayland');
    popover.open();
    expect([popover.visible, window.isFocused()]).toEqual([true, true]);
  });

  it('tells when the page listens, each time it loaded', () => {
    const { popover, window } = setUp('linux');
    let loads = 0;
    const stop = popover.onReady(() => (loads += 1));
    window.webContents.emit('did-finish-load');
    window.webContents.emit('did-finish-load');
    stop();
    window.webContents.emit('did-finish-load');
    expect(loads).toBe(2);
  });

  it('makes a new window after the page crashed', () => {
    const { popover, window } = setUp('linux');
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect([window.isDestroyed(), popover.webContents(), native.windows.length]).toEqual([true, null, 1]);
    popover.open();
    expect(native.windows.map((made) => made.isVisible())).toEqual([false, true]);
  });
});

describe('protecting a secret on the page', () => {
  it('keeps the window out of screenshots while it is asked to', () => {
    const { popover, window } = setUp('darwin');
    popover.protectContent(true);
    popover.protectContent(false);
    expect(window.protection).toEqual([true, false]);
  });

  it('holds for a window made anew after a crash', () => {
    const { popover, window } = setUp('darwin');
    popover.protectContent(true);
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    popover.open();
    expect(native.windows.map(({ protection }) => protection)).toEqual([[true], [true]]);
    popover.dispose();
    popover.protectContent(false);
  });
});

describe('closing', () => {
  it('only hides, until the app quits', () => {
    const { popover, window } = setUp('linux');
    popover.open();
    window.close();
    expect([window.isDestroyed(), popover.visible]).toEqual([false, false]);
    popover.dispose();
    expect([window.isDestroyed(), popover.webContents()]).toEqual([true, null]);
  });

  it.each([
    ['darwin', false],
    ['win32', false],
    ['linux', true],
  ] as const)('on %s, losing the focus leaves it visible: %s', (platform, visible) => {
    const { popover, window } = setUp(platform);
    popover.open();
    now += 400;
    window.loseFocus();
    expect(popover.visible).toBe(visible);
    // They turned to another app: that one has the focus.
    expect(native.appHidden).toBe(0);
  });

  it('does not happen when Windows takes the focus for a moment just after it came up', () => {
    const { popover } = setUp('win32');
    desk.quirks.add('blur-after-show');
    popover.open();
    expect(popover.visible).toBe(true);
  });

  it('happens with a click on the icon when Windows never told that the focus was lost', () => {
    const { popover, window } = setUp('win32');
    desk.quirks.add('no-blur');
    popover.open();
    now += 5_000;
    window.loseFocus();
    expect(popover.visible).toBe(true);
    expect([popover.putAwayByClick(), popover.visible]).toEqual([true, false]);
  });

  it('happens with a click on the icon, also when that click took the focus first', () => {
    const { popover, window } = setUp('win32');
    expect(popover.putAwayByClick()).toBe(false);
    popover.open();
    expect([popover.putAwayByClick(), popover.visible]).toEqual([true, false]);

    now += 5_000;
    popover.open();
    now += 400;
    window.loseFocus();
    now += 300;
    expect(popover.putAwayByClick()).toBe(true);
    now += 1;
    expect(popover.putAwayByClick()).toBe(false);
  });

  it.each([
    ['darwin', false, 1],
    ['win32', false, 0],
    ['linux', true, 0],
  ] as const)(
    'by the owner on %s leaves it visible: %s, and gives the focus back',
    (platform, visible, hidden) => {
      const { popover } = setUp(platform);
      popover.putAway();
      expect(native.appHidden).toBe(0);
      popover.open();
      popover.putAway();
      expect([popover.visible, native.appHidden]).toEqual([visible, hidden]);
    },
  );

  it('never happens with a click on Linux', () => {
    const { popover } = setUp('linux');
    popover.open();
    expect([popover.putAwayByClick(), popover.visible]).toEqual([false, true]);
  });
});

describe.each(['darwin', 'win32'] as const)('while a save dialog is open on %s', (platform) => {
  function saving() {
    const { popover, window } = setUp(platform);
    popover.open();
    now += 400;
    const over = popover.dialogOpens();
    const outcomes: boolean[] = [];
    const dialog = window.openSaveDialog((saved) => {
      outcomes.push(saved);
      over();
    });
    return { popover, window, dialog, outcomes };
  }

  it('the window stays and the file is saved, whatever the owner turns to', () => {
    const { popover, window, dialog, outcomes } = saving();
    window.loseFocus();
    expect([popover.visible, dialog.isOpen()]).toEqual([true, true]);
    expect([popover.putAwayByClick(), popover.visible, dialog.isOpen()]).toEqual([true, true, true]);
    dialog.save();
    expect([outcomes, window.isFocused()]).toEqual([[true], true]);
    window.loseFocus();
    expect(popover.visible).toBe(false);
  });

  it('the app can quit', () => {
    const { popover, dialog, window } = saving();
    popover.dispose();
    dialog.save();
    expect(window.isDestroyed()).toBe(true);
  });
});
