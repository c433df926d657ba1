import type { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { namesBySetting } from './names-by-setting.fixture.ts';
import { PopoverWindow, windowOptions } from './popover-window.ts';

interface FakeWindow extends EventEmitter {
  readonly webContents: EventEmitter;
  visible: boolean;
  destroyed: boolean;
  focused: number;
  readonly positions: number[][];
  readonly protection: boolean[];
  readonly loaded: string[];
}
const native = vi.hoisted(() => ({ windows: [] as FakeWindow[] }));

vi.mock('electron', async () => {
  const { EventEmitter } = await import('node:events');
  class BrowserWindow extends EventEmitter implements FakeWindow {
    readonly webContents = new EventEmitter();
    visible = false;
    destroyed = false;
    focused = 0;
    readonly positions: number[][] = [];
    readonly protection: boolean[] = [];
    readonly loaded: string[] = [];
    constructor() {
      super();
      native.windows.push(this);
    }
    loadURL = (url: string): Promise<void> => {
      this.loaded.push(url);
      return Promise.resolve();
    };
    isVisible = (): boolean => this.visible;
    isDestroyed = (): boolean => this.destroyed;
    show = (): void => void (this.visible = true);
    focus = (): void => void (this.focused += 1);
    hide = (): void => {
      this.visible = false;
      this.emit('hide');
    };
    destroy = (): void => void (this.destroyed = true);
    getBounds = () => ({ x: 0, y: 0, width: 400, height: 600 });
    setContentProtection = (on: boolean): void => void this.protection.push(on);
    setPosition = (x: number, y: number): void => void this.positions.push([x, y]);
  }
  const display = { workArea: { x: 0, y: 25, width: 1440, height: 875 } };
  return {
    BrowserWindow,
    screen: {
      getDisplayMatching: () => display,
      getDisplayNearestPoint: () => display,
      getCursorScreenPoint: () => ({ x: 0, y: 0 }),
    },
  };
});

let now = 1_000;
const log = vi.fn();

function setUp(platform: NodeJS.Platform) {
  const popover = new PopoverWindow({
    platform,
    preloadFile: '/preload.cjs',
    devTools: false,
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
    expect([window.loaded, window.visible]).toEqual([['app://portcullis/index.html'], false]);
    popover.open();
    popover.open();
    expect([window.visible, window.focused, window.positions]).toEqual([true, 2, [[812, 29]]]);
  });

  it('puts it in the middle where nobody tells where the icon is', () => {
    const { popover, window } = setUp('linux');
    popover.open();
    expect(window.positions).toEqual([[520, 163]]);
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
    expect([window.destroyed, popover.webContents(), native.windows.length]).toEqual([true, null, 1]);
    popover.open();
    expect(native.windows.map(({ visible }) => visible)).toEqual([false, true]);
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
    const preventDefault = vi.fn();
    window.emit('close', { preventDefault });
    expect([preventDefault.mock.calls.length, window.visible]).toEqual([1, false]);
    popover.dispose();
    expect([window.destroyed, popover.webContents()]).toEqual([true, null]);
  });

  it.each([
    ['darwin', false],
    ['win32', false],
    ['linux', true],
  ] as const)('on %s, losing the focus leaves it visible: %s', (platform, visible) => {
    const { popover, window } = setUp(platform);
    popover.open();
    window.emit('blur');
    expect(window.visible).toBe(visible);
  });

  it('happens with a click on the icon, also when that click took the focus first', () => {
    const { popover, window } = setUp('win32');
    expect(popover.putAwayByClick()).toBe(false);
    popover.open();
    expect([popover.putAwayByClick(), window.visible]).toEqual([true, false]);

    now += 5_000;
    popover.open();
    window.emit('blur');
    now += 300;
    expect(popover.putAwayByClick()).toBe(true);
    now += 1;
    expect(popover.putAwayByClick()).toBe(false);
  });

  it('never happens with a click on Linux', () => {
    const { popover, window } = setUp('linux');
    popover.open();
    expect([popover.putAwayByClick(), window.visible]).toEqual([false, true]);
  });
});
