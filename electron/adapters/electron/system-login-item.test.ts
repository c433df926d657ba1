import { beforeEach, describe, expect, it, vi } from 'vitest';
import { loginItemTexts } from '../../contract/login-item.ts';
import { ok } from '../../contract/result.ts';
import { loginItems, wordsOf } from './login-items.double.ts';
import { createSystemLoginItem } from './system-login-item.ts';

vi.mock('electron', async () => ({ app: (await import('./login-items.double.ts')).loginItems }));

const appPath = String.raw`C:\Users\Eva M\portcullis`;
const item = () => createSystemLoginItem({ platform: loginItems.platform, appPath });
const state = (value: string) => ok({ state: value, writes: null });

beforeEach(() => {
  Object.assign(loginItems, {
    isPackaged: true,
    platform: 'win32',
    command: null,
    disabled: false,
    registered: 'enabled',
    status: 'not-found',
    ignores: false,
  });
});

describe.each(['darwin', 'win32'] as const)('on %s', (platform) => {
  beforeEach(() => {
    loginItems.platform = platform;
  });

  it('is off, on and off again, as the system has it', async () => {
    expect(await item().read()).toEqual(state('off'));
    expect(await item().set(true)).toEqual(state('on'));
    expect(await item().read()).toEqual(state('on'));
    expect(await item().set(false)).toEqual(state('off'));
    expect(await item().read()).toEqual(state('off'));
  });

  it('says so when the system did not take it', async () => {
    loginItems.ignores = true;
    expect(await item().set(true)).toMatchObject({
      error: { code: 'settings-not-saved', message: loginItemTexts.notTaken },
    });
  });
});

describe('on macOS', () => {
  beforeEach(() => {
    loginItems.platform = 'darwin';
  });

  it('is not on before the owner allowed it, and can be taken back meanwhile', async () => {
    loginItems.registered = 'requires-approval';
    expect(await item().set(true)).toEqual(state('not-allowed'));
    expect(await item().read()).toEqual(state('not-allowed'));
    loginItems.status = 'enabled';
    expect(await item().read()).toEqual(state('on'));
    loginItems.status = 'requires-approval';
    expect(await item().set(false)).toEqual(state('off'));
  });

  it('is for the installed app: another would start an Electron without Portcullis', async () => {
    loginItems.isPackaged = false;
    expect(await item().read()).toEqual(state('not-installed'));
    expect(await item().set(true)).toMatchObject({ error: { code: 'unsupported' } });
    expect(loginItems.status).toBe('not-found');
  });
});

describe('on Windows', () => {
  it('starts exactly this app, also from folders with blanks', async () => {
    loginItems.isPackaged = false;
    await item().set(true);
    expect(wordsOf(loginItems.command ?? '')).toEqual([process.execPath, appPath]);
    loginItems.isPackaged = true;
    expect(await item().read()).toEqual(state('off'));
    await item().set(true);
    expect(wordsOf(loginItems.command ?? '')).toEqual([process.execPath]);
  });

  it('is not on where the owner switched it off in the Task Manager, until it is turned on here', async () => {
    await item().set(true);
    loginItems.disabled = true;
    expect(await item().read()).toEqual(state('not-allowed'));
    await item().set(false);
    expect(await item().set(true)).toEqual(state('on'));
  });
});
