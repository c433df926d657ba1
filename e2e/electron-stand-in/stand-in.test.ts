/** The parts of the stand-in that need no browser: they fail where Electron fails. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acting } from './acting.ts';
import { protocol } from './custom-schemes.ts';
import { decode, encode } from './ipc-wire.ts';
import { NativeWindow } from './native-window.ts';
import { centre, Notification, notifications, pressNotification } from './notification.ts';
import { nativeImage } from './native-image.ts';
import { Tray } from './tray.ts';

const { platform } = acting;
beforeEach(() => {
  acting.ready = true;
  notifications.length = 0;
});
afterEach(() => {
  acting.platform = platform;
  centre.onActivation = null;
});

describe('values between processes', () => {
  it.each([
    ['dates and maps', { at: new Date(0), who: new Map([['a', new Set([1n])]]) }],
    ['what JSON drops', { nothing: undefined, much: Infinity, list: [undefined, Number.NaN] }],
    ['errors', new Error('why')],
  ])('cross as structured clone has it: %s', (_name, value) => {
    expect(decode(JSON.parse(JSON.stringify(encode(value))))).toEqual(value);
  });

  it.each([
    ['a function', { run: () => undefined }],
    ['a promise', Promise.resolve()],
    ['a weak map', { held: new WeakMap() }],
    ['a symbol', [Symbol('s')]],
  ])('are refused: %s', (_name, value) => {
    expect(() => encode(value)).toThrow('An object could not be cloned.');
  });
});

describe('the order of the start', () => {
  it.each([
    ['a tray', () => new Tray(nativeImage.createEmpty())],
    ['a window', () => new NativeWindow()],
    ['a notification', () => new Notification()],
  ])('has no place for %s before the app is ready', (_name, make) => {
    acting.ready = false;
    expect(make).toThrow(/before app is ready/);
  });

  it('has rules for the whole process before that only', () => {
    const register = (): void => {
      protocol.registerSchemesAsPrivileged([{ scheme: 'known' }]);
    };
    expect(register).toThrow(/before app is ready/);
    expect(() => {
      protocol.handle('known', () => new Response());
    }).toThrow(/not registered/);
    acting.ready = false;
    register();
    protocol.handle('known', () => new Response());
  });
});

describe('notifications on Windows', () => {
  beforeEach(() => {
    acting.platform = 'win32';
  });

  it('have short ids', () => {
    expect(() => new Notification({ id: 'x'.repeat(65) })).toThrow(/64/);
    expect(() => new Notification({ id: 'x'.repeat(64) })).not.toThrow();
  });

  it('tell of a press twice', () => {
    const heard: string[] = [];
    Notification.handleActivation(() => heard.push('activation'));
    const notification = new Notification({ actions: [{ type: 'button', text: 'Deny' }] });
    notification.on('action', () => heard.push('action'));
    notification.show();
    pressNotification('Deny');
    expect(heard).toEqual(['action', 'activation']);
  });
});
