/** Starting at login on macOS and Windows: the system's own list, through Electron. Usable once the app is ready. */
import process from 'node:process';
import { app } from 'electron';
import { loginItemTexts, type LoginItemView } from '../../contract/login-item.ts';
import { appError, fail, ok, type Result } from '../../contract/result.ts';
import type { LoginItem } from '../../core/login-item-ports.ts';

/** @param appPath what an unpackaged Electron has to be told to start, absolute */
export function createSystemLoginItem(appPath: string): LoginItem {
  const item = app.isPackaged ? {} : { path: process.execPath, args: [appPath] };
  const view = (): LoginItemView => ({
    state: app.getLoginItemSettings(item).openAtLogin ? 'on' : 'off',
    writes: null,
  });
  return {
    read: () => Promise.resolve(ok(view())),
    set: (on) => {
      app.setLoginItemSettings({ ...item, openAtLogin: on });
      return Promise.resolve(confirmed(view(), on));
    },
  };
}

/** macOS may want the owner to allow it, and says nothing but that it is still off. */
function confirmed(view: LoginItemView, on: boolean): Result<LoginItemView> {
  if ((view.state === 'on') === on) return ok(view);
  return fail(appError('settings-not-saved', loginItemTexts.notAllowed, true));
}
