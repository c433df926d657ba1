/** Electron's `app`: life cycle, names, paths. */
import { EventEmitter } from 'node:events';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { acting, onlyBeforeReady } from './acting.ts';
import { stopChromium } from './chromium.ts';
import { preventable } from './preventable.ts';
import { note } from './recorded.ts';

/** The windows, as far as quitting needs them; browser-window.ts puts itself in. */
export const openWindows: { close(): void }[] = [];

class App extends EventEmitter {
  readonly commandLine = {
    switches: new Map<string, string>(),
    appendSwitch: (name: string, value = ''): void => void this.commandLine.switches.set(name, value),
    hasSwitch: (name: string): boolean => this.commandLine.switches.has(name),
    getSwitchValue: (name: string): string => this.commandLine.switches.get(name) ?? '',
  };
  readonly isPackaged = false;
  name = 'electron-stand-in';
  #version = '0.0.0';
  #directory = process.cwd();
  #paths = new Map<string, string>();
  #ready = Promise.withResolvers<undefined>();

  describe(directory: string, manifest: Readonly<Record<string, string>>): void {
    this.#directory = directory;
    this.name = manifest['productName'] ?? manifest['name'] ?? this.name;
    this.#version = manifest['version'] ?? this.#version;
  }

  /** Electron emits `ready` once the main module has run; Playwright holds it back until it is attached. */
  start(startBrowser: (switches: ReadonlyMap<string, string>) => Promise<void>): void {
    setImmediate(() => {
      startBrowser(this.commandLine.switches).then(
        () => {
          acting.ready = true;
          this.#ready.resolve(undefined);
          this.emit('ready', {}, {});
        },
        (error: unknown) => {
          console.error(error);
          this.exit(1);
        },
      );
    });
  }

  getName = (): string => this.name;
  getVersion = (): string => this.#version;
  getAppPath = (): string => this.#directory;
  getLocale = (): string => 'en-US';
  isReady = (): boolean => acting.ready;
  whenReady = (): Promise<undefined> => this.#ready.promise;
  setPath = (name: string, value: string): void => void this.#paths.set(name, value);

  getPath(name: string): string {
    const set = this.#paths.get(name);
    if (set !== undefined) return set;
    const config = process.env['XDG_CONFIG_HOME'] ?? path.join(os.homedir(), '.config');
    const known: Readonly<Record<string, string>> = {
      home: os.homedir(),
      appData: config,
      userData: path.join(config, this.name),
      temp: os.tmpdir(),
      exe: process.execPath,
    };
    return known[name] ?? os.homedir();
  }

  // Only recorded: what the operating system would have to do.
  requestSingleInstanceLock = (): boolean => {
    note('app.requestSingleInstanceLock');
    return true;
  };
  setToastActivatorCLSID = (id: string): void => {
    if (acting.platform !== 'win32') throw new TypeError('app.setToastActivatorCLSID is not a function');
    note('app.setToastActivatorCLSID', id);
  };
  hide = (): void => note('app.hide');
  /** macOS only. */
  readonly dock = acting.platform === 'darwin' ? { hide: (): void => note('app.dock.hide') } : undefined;
  setAppUserModelId = (id: string): void => note('app.setAppUserModelId', id);
  enableSandbox = (): void => {
    onlyBeforeReady('app.enableSandbox()');
    note('app.enableSandbox');
  };

  quit(): void {
    const beforeQuit = preventable();
    this.emit('before-quit', beforeQuit);
    if (beforeQuit.defaultPrevented) return;
    for (const window of [...openWindows]) window.close();
    if (openWindows.length > 0) return;
    this.emit('will-quit', preventable());
    this.exit(0);
  }

  exit(code = 0): void {
    stopChromium();
    process.exit(code);
  }
}

export const app = new App();
