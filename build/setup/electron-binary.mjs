/** Electron's binary: found, or downloaded once with a deadline; where it cannot be had, the browser host serves. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './repository.mjs';
import { runCommand } from './run-command.mjs';

const packageFolder = join(root, 'node_modules/electron');
const failureMark = join(root, 'node_modules/.portcullis-electron-failed');
const dayMs = 24 * 60 * 60_000;
const silenceMs = 60_000;
const deadlineMs = 20 * 60_000;

/** @returns {string | null} path of the executable; `ELECTRON_OVERRIDE_DIST_PATH` names a folder that holds one */
export function electronBinary() {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const file = join(override ?? join(packageFolder, 'dist'), executableName());
  return existsSync(file) ? file : null;
}

/** A download that failed today is not tried again before tomorrow: a second start takes seconds. */
export function downloadFailedToday() {
  const mark = statSync(failureMark, { throwIfNoEntry: false });
  return mark !== undefined && Date.now() - mark.mtimeMs < dayMs;
}

/**
 * @param {string} node
 * @returns {Promise<string | null>} null when the download failed or stood still for a minute
 */
export async function downloadElectron(node) {
  const downloads = mkdtempSync(join(tmpdir(), 'portcullis-electron-'));
  const stalled = new AbortController();
  const watch = watchForSilence(downloads, stalled);
  try {
    await runCommand(node, [join(packageFolder, 'install.js')], {
      cwd: root,
      env: { ...process.env, TMPDIR: downloads, TEMP: downloads, TMP: downloads },
      signal: stalled.signal,
      deadlineMs,
    });
    rmSync(failureMark, { force: true });
  } catch (error) {
    writeFileSync(failureMark, `${error instanceof Error ? error.message : error}\n`);
  } finally {
    clearInterval(watch);
    rmSync(downloads, { recursive: true, force: true });
  }
  return electronBinary();
}

/** The installer prints nothing while it downloads; what it writes shows whether it gets on. */
function watchForSilence(/** @type {string} */ folder, /** @type {AbortController} */ stalled) {
  let lastSize = -1;
  let lastChange = Date.now();
  return setInterval(() => {
    void Promise.all([sizeOf(folder), sizeOf(join(packageFolder, 'dist'))]).then(([download, unpacked]) => {
      if (download + unpacked !== lastSize) lastChange = Date.now();
      lastSize = download + unpacked;
      if (Date.now() - lastChange > silenceMs) stalled.abort('nothing arrived for a minute');
    });
  }, 2_000);
}

/**
 * @param {string} folder
 * @returns {Promise<number>} bytes in its files; 0 when it is not there
 */
async function sizeOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

function executableName() {
  const mark = join(packageFolder, 'path.txt');
  if (existsSync(mark)) return readFileSync(mark, 'utf8');
  if (process.platform === 'win32') return 'electron.exe';
  return process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';
}
