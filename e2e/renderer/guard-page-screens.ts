/** The guard page: what is set up, and each step of setting up. */
import type { GuardSetupView, GuardView } from '../../electron/contract/guard/guard-view.ts';
import { appError } from '../../electron/contract/result.ts';
import { accountView, guardWith } from '../../renderer/bridge/guard.double.ts';
import { gateway, ready, snapshotWith } from '../../renderer/bridge/snapshots.double.ts';
import type { PageScreen, PageScreens } from './page-screen.ts';

const input = { part: 'strict', action: 'install', account: 'default' } as const;
const setups: Readonly<Record<string, () => GuardSetupView>> = {
  working: () => ({ state: 'working', input, step: 'waiting-for-gateway' }),
  done: () => ({
    state: 'done',
    input,
    test: { plugin: 'stopped', strict: [{ account: 'default', result: 'stopped' }], at: Date.now() - 90_000 },
  }),
  failed: () => ({
    state: 'failed',
    input,
    error: appError('setup-failed', 'The gateway did not take the change over in time.'),
    undone: true,
  }),
};

const states: Readonly<Record<string, () => GuardView>> = {
  'guard-absent': () =>
    guardWith({
      plugin: { state: 'absent' },
      policy: { status: 'unknown' },
      accounts: [accountView({ unlisted: null })],
    }),
  'guard-part-gone': () =>
    guardWith({
      plugin: { state: 'absent' },
      policy: { status: 'unknown' },
      accounts: [accountView({ unlisted: null }), accountView({ account: 'work', unlisted: null })],
      missing: [{ part: 'plugin' }, { part: 'strict', account: 'work' }],
    }),
  'guard-plugin': () => guardWith(),
  'guard-everything': () =>
    guardWith({
      plugin: { state: 'present', version: '0.0.9', match: 'older', holdSeconds: 60 },
      accounts: [
        accountView({ strict: 'on' }),
        accountView({ account: 'work', strict: 'outdated' }),
        accountView({ account: 'old-mac', strict: 'broken' }),
        accountView({ channel: 'slack', account: 'team', strict: 'not-offered' }),
      ],
    }),
};

export function guardScreen(guard: GuardView = guardWith(), remote = false): PageScreen {
  const connection = { ...ready(), gateway: { ...gateway, remote } };
  return { snapshot: snapshotWith([], { guard, connection }), section: 'Guard', answers: {} };
}

export const guardPageScreens = screensOf(states, (guard) => guardScreen(guard));

/** Named after what has become of the set-up. */
export const setupScreens = screensOf(setups, (setup) => guardScreen(guardWith({ setup })));

export const remoteGuard = (): PageScreen =>
  guardScreen(guardWith({ accounts: [accountView({ strict: 'unknown' })] }), true);

function screensOf<T>(all: Readonly<Record<string, () => T>>, show: (state: T) => PageScreen): PageScreens {
  return Object.fromEntries(Object.entries(all).map(([name, make]) => [name, () => show(make())]));
}
