/** Why Electron would not run on this Linux even if it were installed; the browser host serves there. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './repository.mjs';

const sandboxFile = join(root, 'node_modules/electron/dist/chrome-sandbox');

/**
 * @typedef {object} Machine
 * @property {NodeJS.Platform} platform
 * @property {boolean} asRoot
 * @property {Readonly<NodeJS.ProcessEnv>} env
 * @property {(path: string) => string | null} read a file of the kernel; null when there is none
 * @property {{ readonly uid: number, readonly mode: number } | null} sandbox Electron's helper; null while it is not here
 */

/** @returns {Machine} */
function thisMachine() {
  return {
    platform: process.platform,
    asRoot: process.getuid?.() === 0,
    env: process.env,
    read: (path) => {
      try {
        return readFileSync(path, 'utf8').trim();
      } catch {
        return null;
      }
    },
    sandbox: statSync(sandboxFile, { throwIfNoEntry: false }) ?? null,
  };
}

/** @returns {string | null} the beginning of a sentence, or null when nothing is in the way */
export function electronObstacle(machine = thisMachine()) {
  const { platform, asRoot, env, sandbox } = machine;
  if (platform !== 'linux') return null;
  if (asRoot) return 'Electron does not run as root';
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return 'There is no graphical display here';
  // SECURITY: Electron's sandbox is never switched off to get it running.
  if (!forbidsNamespaces(machine) || isSetUid(sandbox)) return null;
  return [
    'This system lets Electron build its sandbox only with a helper that belongs to root (to allow it:',
    'npx install-electron, then',
    'sudo chown root:root node_modules/electron/dist/chrome-sandbox &&',
    'sudo chmod 4755 node_modules/electron/dist/chrome-sandbox)',
  ].join(' ');
}

/** Ubuntu since 23.10 keeps ordinary programs from making user namespaces, through AppArmor; others switch them off. */
function forbidsNamespaces(/** @type {Machine} */ { read }) {
  return (
    read('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === '1' ||
    read('/proc/sys/kernel/unprivileged_userns_clone') === '0' ||
    read('/proc/sys/user/max_user_namespaces') === '0'
  );
}

function isSetUid(/** @type {Machine['sandbox']} */ sandbox) {
  return sandbox !== null && sandbox.uid === 0 && (sandbox.mode & 0o4777) === 0o4755;
}
