/**
 * Types only, checked by the types step: everything the stand-in offers under a name of Electron's takes whatever
 * electron.d.ts lets the app hand over, and gives plain values back as declared there. An Electron that changes a signature
 * fails here first. What goes beyond Electron (a test's clicks and quirks) has other names.
 */
import type { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import type { api } from './api.ts';

type Plain = string | number | boolean | bigint | null | undefined;
// eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- what declared methods return
type Result = Plain | void | Promise<Plain>;

type Shared<Ours, Theirs> = Exclude<keyof Ours & keyof Theirs, keyof EventEmitter>;

/** Names of methods that cannot be called as Electron declares them. */
type Wrong<Ours, Theirs> = {
  [K in Shared<Ours, Theirs>]: Theirs[K] extends (...args: infer Handed) => infer Declared
    ? Ours[K] extends (...args: Handed) => Declared extends Result ? Declared : unknown
      ? never
      : K
    : never;
}[Shared<Ours, Theirs>];

type Agrees<Names extends never> = Names;
/** They take images and menus, which here are the stand-in's own. */
type TakesOurs =
  'setImage' | 'setContextMenu' | 'popUpContextMenu' | 'buildFromTemplate' | 'setApplicationMenu';
type Api = typeof api;

export type Conformance = [
  Agrees<Wrong<Api['app'], Electron.App>>,
  Agrees<Wrong<InstanceType<Api['BrowserWindow']>, Electron.BrowserWindow>>,
  Agrees<Exclude<Wrong<InstanceType<Api['Tray']>, Electron.Tray>, TakesOurs>>,
  Agrees<Wrong<InstanceType<Api['Notification']>, Electron.Notification>>,
  Agrees<Wrong<Api['Notification'], typeof Electron.Notification>>,
  Agrees<Exclude<Wrong<Api['Menu'], typeof Electron.Menu>, TakesOurs>>,
  Agrees<Wrong<Api['nativeImage'], typeof Electron.nativeImage>>,
  Agrees<Wrong<ReturnType<Api['nativeImage']['createEmpty']>, Electron.NativeImage>>,
  Agrees<Wrong<Api['screen'], Electron.Screen>>,
  Agrees<Wrong<Api['protocol'], Electron.Protocol>>,
  Agrees<Wrong<Api['shell'], Electron.Shell>>,
  Agrees<Wrong<Api['session']['defaultSession'], Electron.Session>>,
  Agrees<Wrong<Api['powerMonitor'], Electron.PowerMonitor>>,
  Agrees<Wrong<InstanceType<Api['BrowserWindow']>['webContents'], Electron.WebContents>>,
  Agrees<Wrong<Api['utilityProcess'], typeof Electron.utilityProcess>>,
];
