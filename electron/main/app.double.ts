/** A composed app without a core: host tests push its snapshots by hand and see what the host handed in. */
import { systemTimers } from '../adapters/node/system/timers.ts';
import type { CommandHandlers } from '../contract/api.ts';
import { ok } from '../contract/result.ts';
import { servedAppDouble } from '../contract/served-app.double.ts';
import type { ServedAppDouble } from '../contract/served-app.double.ts';
import type { App, AppParts, NodeParts } from './app.ts';

export interface AppDouble extends App, ServedAppDouble {
  readonly parts: AppParts;
  readonly life: readonly ('start' | 'stop')[];
}

/** `app.quit` really quits, and a click on the tray opens the window, as in the real composition. */
export function appDouble(parts: AppParts, overrides: Partial<CommandHandlers> = {}): AppDouble {
  const life: ('start' | 'stop')[] = [];
  const served = servedAppDouble({
    'app.quit': () => {
      parts.quit();
      return Promise.resolve(ok(null));
    },
    ...overrides,
  });
  served.change({ host: parts.host });
  parts.tray.onClicked(() => {
    parts.window.open(null);
  });
  return Object.assign(served, {
    parts,
    life,
    start: () => {
      life.push('start');
      return Promise.resolve();
    },
    stop: () => {
      life.push('stop');
      return Promise.resolve();
    },
  });
}

/** Time and log work; nothing here is expected to reach a gateway or a keychain. */
export function nodePartsDouble(): NodeParts & { readonly logged: readonly string[] } {
  const logged: string[] = [];
  const unused = new Proxy({}, { get: (_target, name) => refuse(String(name)) });
  return {
    logged,
    machineName: 'test',
    clock: { now: () => Date.now() },
    logger: { log: (level, event) => logged.push(`${level} ${event}`) },
    timers: systemTimers,
    calendar: unused as NodeParts['calendar'],
    random: unused as NodeParts['random'],
    gateway: unused as NodeParts['gateway'],
    finder: unused as NodeParts['finder'],
    storedContacts: unused as NodeParts['storedContacts'],
    secrets: unused as NodeParts['secrets'],
    settings: unused as NodeParts['settings'],
    journal: unused as NodeParts['journal'],
    askHistory: unused as NodeParts['askHistory'],
    guardInstaller: unused as NodeParts['guardInstaller'],
    gatewayConfig: unused as NodeParts['gatewayConfig'],
    configRecord: unused as NodeParts['configRecord'],
    loginItem: unused as NodeParts['loginItem'],
  };
}

function refuse(name: string): never {
  throw new Error(`A host has no business with ${name}.`);
}
