import { expect, it } from 'vitest';
import { electronObstacle, type Machine } from './electron-obstacle.mjs';

const apparmor = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns';
const desktop: Machine = {
  platform: 'linux',
  asRoot: false,
  env: { DISPLAY: ':0' },
  read: () => null,
  sandbox: null,
};
const where = (path: string, value: string): Pick<Machine, 'read'> => ({
  read: (asked) => (asked === path ? value : null),
});

it.each([
  ['an ordinary desktop', {}, null],
  ['Wayland alone', { env: { WAYLAND_DISPLAY: 'wayland-0' } }, null],
  ['no display', { env: { DISPLAY: '' } }, 'There is no graphical display here'],
  ['root', { asRoot: true }, 'Electron does not run as root'],
  ['Ubuntu that leaves namespaces alone', where(apparmor, '0'), null],
  ['macOS', { platform: 'darwin', asRoot: true, env: {} }, null],
  ['Windows', { platform: 'win32', env: {} }, null],
] as const)('on %s', (_name, machine, obstacle) => {
  expect(electronObstacle({ ...desktop, ...machine })).toBe(obstacle);
});

it.each([
  [apparmor, '1'],
  ['/proc/sys/kernel/unprivileged_userns_clone', '0'],
  ['/proc/sys/user/max_user_namespaces', '0'],
])('where %s is %s, it takes the helper of root, and says how', (path, value) => {
  const machine = { ...desktop, ...where(path, value) };
  const obstacle = electronObstacle(machine);
  expect(obstacle).toMatch(/chown root:root .*chrome-sandbox && sudo chmod 4755/);
  expect(obstacle).not.toContain('no-sandbox');
  const withHelper = (uid: number, mode: number) => electronObstacle({ ...machine, sandbox: { uid, mode } });
  expect(withHelper(0, 0o104755)).toBeNull();
  expect([withHelper(0, 0o100755), withHelper(1000, 0o104755)]).toEqual([obstacle, obstacle]);
});
