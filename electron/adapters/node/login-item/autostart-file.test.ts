import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAutostartFile } from './autostart-file.ts';
import { autostartEntry } from './desktop-entry.ts';

let configDir: string;
const command = ['/opt/node/bin/node', '/opt/portcullis/dist/main/browser.js', '--no-open'];
const file = () => path.join(configDir, 'autostart/portcullis.desktop');
const item = (parts: readonly string[] = command) => createAutostartFile({ configDir, command: parts });

function put(content: string): void {
  mkdirSync(path.dirname(file()), { recursive: true });
  writeFileSync(file(), content);
}

beforeEach(() => {
  configDir = mkdtempSync(path.join(tmpdir(), 'portcullis-autostart-'));
});
afterEach(() => {
  rmSync(configDir, { recursive: true, force: true });
});

describe('starting at login on Linux', () => {
  it('shows what it would write before it writes anything', async () => {
    const view = await item().read();
    expect(view).toMatchObject({ ok: true, value: { state: 'off', writes: { path: file() } } });
    expect(existsSync(path.dirname(file()))).toBe(false);
  });

  it('writes exactly that, and takes it away again', async () => {
    const before = await item().read();
    expect(await item().set(true)).toMatchObject({ ok: true, value: { state: 'on' } });
    expect(before.ok && before.value.writes?.content).toBe(readFileSync(file(), 'utf8'));
    expect(await item().set(false)).toMatchObject({ ok: true, value: { state: 'off' } });
    expect(existsSync(file())).toBe(false);
    expect(await item().set(false)).toMatchObject({ ok: true, value: { state: 'off' } });
  });

  it.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false'])(
    'is off when the desktop says %s',
    async (line) => {
      await item().set(true);
      put(`${readFileSync(file(), 'utf8')}${line}\n`);
      expect(await item().read()).toMatchObject({ value: { state: 'off' } });
    },
  );

  it('tells a copy in another folder from this one, and replaces it', async () => {
    await item(['/home/eva/old/portcullis']).set(true);
    expect(await item().read()).toMatchObject({ value: { state: 'other' } });
    expect(await item().set(true)).toMatchObject({ value: { state: 'on' } });
  });

  it.each([true, false])('leaves alone an entry it did not write (%s)', async (on) => {
    const mine = '[Desktop Entry]\nType=Application\nName=Mine\nExec=/usr/bin/mine\n';
    put(mine);
    expect(await item().read()).toMatchObject({ value: { state: 'other' } });
    expect(await item().set(on)).toMatchObject({ ok: false, error: { code: 'settings-not-saved' } });
    expect(readFileSync(file(), 'utf8')).toBe(mine);
  });

  it('says why it could not be written', async () => {
    writeFileSync(path.join(configDir, 'autostart'), 'a file in place of the folder');
    const message = `${file()} could not be written: there is a file in place of the folder.`;
    expect(await item().set(true)).toMatchObject({ ok: false, error: { message } });
  });

  it.each([['/opt/a=b/portcullis'], ['/opt/portcullis', 'line\nbreak'], []])(
    'refuses a command no entry can hold (%#)',
    async (...parts) => {
      expect(autostartEntry(parts)).toBeNull();
      expect(await item(parts).set(true)).toMatchObject({ ok: false });
      expect(existsSync(file())).toBe(false);
    },
  );
});

/** GLib is what desktops start autostart entries with. */
const launch = `
import sys, gi
gi.require_version('Gio', '2.0')
from gi.repository import Gio, GLib
app = Gio.DesktopAppInfo.new_from_filename(sys.argv[1])
app.launch_uris_as_manager([], None, GLib.SpawnFlags.DO_NOT_REAP_CHILD, None, None,
                           lambda _app, pid: GLib.child_watch_add(0, pid, lambda *_: loop.quit()))
loop = GLib.MainLoop()
loop.run()
`;

describe.runIf(process.platform === 'linux')('the entry as a desktop reads it', () => {
  it.each([
    ['plain', 'dist/main/browser.js'],
    ['spaces and quotes', `Eva's "own" folder`],
    ['what a shell would expand', '$HOME `id` $(id) ~ * ; & | > #'],
    ['backslashes', String.raw`a\b\\c\n\s`],
    ['field codes', '%f %U 100%'],
    ['other alphabets', 'Ödland/заяц/兎'],
  ])('starts the program with exactly its arguments: %s', (_what, argument) => {
    const written = path.join(configDir, 'arguments');
    const program = path.join(configDir, 'a "program" $1');
    writeFileSync(program, `#!/bin/sh\nprintf '%s' "$2" > "$1"\n`);
    chmodSync(program, 0o700);
    put(autostartEntry([program, written, argument]) ?? '');
    execFileSync('/usr/bin/python3', ['-c', launch, file()], { timeout: 20_000 });
    expect(readFileSync(written, 'utf8')).toBe(argument);
  });
});
