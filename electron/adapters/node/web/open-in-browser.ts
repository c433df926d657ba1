/** Opens an invitation in the owner's browser without its token appearing in any program's arguments. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import type { Stop } from '../../../core/ports.ts';

/** The file is of no use after this, whatever became of the browser. */
export const openFileLifeMs = 60_000;

interface Opener {
  readonly command: string;
  /** The file's path comes after these. */
  readonly args: readonly string[];
}

/** @returns null where nobody would see a browser */
export function browserOpener(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): Opener | null {
  if (platform === 'darwin') return { command: 'open', args: [] };
  if (platform === 'win32') return { command: 'rundll32.exe', args: ['url.dll,FileProtocolHandler'] };
  const display = env['DISPLAY'] ?? env['WAYLAND_DISPLAY'] ?? '';
  return display === '' ? null : { command: 'xdg-open', args: [] };
}

/** A page that goes on to `url` at once and leaves no history entry of its own. */
export function forwardingPage(url: string): string {
  const escaped = url.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
  return `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Portcullis</title>
<meta http-equiv="refresh" content="0;url=${escaped}"><p><a href="${escaped}">Open Portcullis</a></p>
`;
}

/**
 * Arguments are visible to every user of a machine, so the invitation goes into a file only the owner can read (0600
 * in a fresh 0700 folder) and the browser is given the file. Browsers confined away from the temporary folder (snap,
 * flatpak) cannot read it: print the invitation as well where there is a terminal.
 *
 * @param onFailure called at most once, when no browser could be started
 * @returns call it when the invitation was used; otherwise the file goes after 60 s
 */
export function openInBrowser(url: string, onFailure: () => void): Stop {
  const opener = browserOpener(process.platform, process.env);
  if (opener === null) {
    onFailure();
    return () => undefined;
  }
  const { file, remove } = writeForwardingPage(url);
  let failed = false;
  const failOnce = (): void => {
    if (failed) return;
    failed = true;
    remove();
    onFailure();
  };
  // SECURITY: no shell, and the only variable argument is the path of a file we made.
  const child = spawn(opener.command, [...opener.args, file], {
    stdio: 'ignore',
    detached: true,
    shell: false,
  });
  child.once('error', failOnce);
  child.once('exit', (code) => {
    if (code !== null && code !== 0) failOnce();
  });
  child.unref();
  return remove;
}

function writeForwardingPage(url: string): { readonly file: string; readonly remove: Stop } {
  const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-open-'));
  const file = path.join(folder, 'open.html');
  const remove = (): void => {
    clearTimeout(lapse);
    process.off('exit', remove);
    rmSync(folder, { recursive: true, force: true });
  };
  const lapse = setTimeout(remove, openFileLifeMs);
  lapse.unref();
  process.once('exit', remove);
  writeFileSync(file, forwardingPage(url), { mode: 0o600, flag: 'wx' });
  return { file, remove };
}
