/** Starting at login on macOS and Windows: the system's own list, through Electron. Usable once the app is ready. */
import process from 'node:process';
import { app, type LoginItemSettings } from 'electron';
import { loginItemTexts, type LoginItemView } from '../../contract/login-item.ts';
import { appError, fail, ok, type Result } from '../../contract/result.ts';
import type { LoginItem } from '../../core/login-item-ports.ts';

export interface SystemLoginItemParts {
  readonly platform: NodeJS.Platform;
  /** What an unpackaged Electron has to be told to start, absolute. */
  readonly appPath: string;
}

export function createSystemLoginItem({ platform, appPath }: SystemLoginItemParts): LoginItem {
  // macOS starts the bundle that runs, and tells it nothing: unpackaged, that is an Electron without an app.
  if (platform === 'darwin' && !app.isPackaged) return notInstalled;
  const item = platform === 'win32' ? windowsCommand(appPath) : {};
  const read = (): LoginItemView => ({
    state: stateOf(app.getLoginItemSettings(item), platform),
    writes: null,
  });
  return {
    read: () => Promise.resolve(ok(read())),
    set: (on) => {
      app.setLoginItemSettings({ ...item, openAtLogin: on });
      return Promise.resolve(confirmed(read(), on));
    },
  };
}

/** Electron puts the quotes where the command line needs them; quotes of ours would become part of the words. */
function windowsCommand(appPath: string): { readonly path: string; readonly args: string[] } {
  return { path: process.execPath, args: app.isPackaged ? [] : [appPath] };
}

/** Both systems let the owner switch a login item off in their own settings, where it stays listed. */
function stateOf(
  { openAtLogin, executableWillLaunchAtLogin, status }: LoginItemSettings,
  platform: NodeJS.Platform,
): LoginItemView['state'] {
  if (platform === 'darwin' && status === 'requires-approval') return 'not-allowed';
  if (!openAtLogin) return 'off';
  return platform === 'win32' && !executableWillLaunchAtLogin ? 'not-allowed' : 'on';
}

function confirmed(view: LoginItemView, on: boolean): Result<LoginItemView> {
  if ((view.state === 'off') === !on) return ok(view);
  return fail(appError('settings-not-saved', loginItemTexts.notTaken, true));
}

const notInstalled: LoginItem = {
  read: () => Promise.resolve(ok({ state: 'not-installed', writes: null })),
  set: () => Promise.resolve(fail(appError('unsupported', loginItemTexts.notInstalled))),
};
