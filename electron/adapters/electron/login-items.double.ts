/**
 * Stands for the part of Electron's `app` that keeps login items, as its documentation and source tell: on Windows a
 * command line in the registry, put together from words it quotes itself and compared as text, beside a list of what the owner
 * switched off; on macOS a service that the owner may have to allow.
 */
import type { LoginItemSettings, LoginItemSettingsOptions, Settings } from 'electron';

type MacStatus = LoginItemSettings['status'];

class LoginItemsDouble {
  isPackaged = true;
  platform: 'darwin' | 'win32' = 'win32';
  /** Windows: what starts at login. */
  command: string | null = null;
  /** Windows: switched off in the Task Manager. */
  disabled = false;
  /** macOS: what registering leads to. */
  registered: MacStatus = 'enabled';
  status: MacStatus = 'not-found';
  /** The system does not do what it is asked. */
  ignores = false;

  readonly setLoginItemSettings = (settings: Settings): void => {
    if (this.ignores) return;
    const on = settings.openAtLogin === true;
    this.command = on ? commandLine(settings) : null;
    if (settings.enabled !== false) this.disabled = false;
    this.status = on ? this.registered : 'not-registered';
  };

  readonly getLoginItemSettings = (options: LoginItemSettingsOptions = {}): Partial<LoginItemSettings> => {
    if (this.platform === 'darwin') return { openAtLogin: this.status === 'enabled', status: this.status };
    const program = programOf(commandLine(options));
    return {
      openAtLogin: this.command === commandLine(options),
      executableWillLaunchAtLogin:
        this.command !== null && !this.disabled && programOf(this.command) === program,
    };
  };
}

function commandLine({ path = process.execPath, args = [] }: LoginItemSettingsOptions): string {
  return [path, ...args].map(quoted).join(' ');
}

/** As Electron writes a word: in quotes where it holds a blank, a backslash or a quote, which then gets a backslash. */
function quoted(word: string): string {
  if (!/[ \\"]/u.test(word)) return word;
  return `"${word.replaceAll(/(\\*)"/gu, '$1$1\\"').replace(/(\\+)$/u, '$1$1')}"`;
}

/** The first word, as Windows reads a command line. */
export function programOf(command: string): string {
  return wordsOf(command)[0] ?? '';
}

export function wordsOf(command: string): readonly string[] {
  return Array.from(command.matchAll(/"((?:\\+"|[^"])*)"|(\S+)/gu), ([, inQuotes, bare]) =>
    inQuotes === undefined ? (bare ?? '') : inQuotes.replaceAll('\\"', '"'),
  );
}

export const loginItems = new LoginItemsDouble();
