import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBrowserWindowHost } from './browser-window-host.ts';
import { browserOpener, forwardingPage, openInBrowser } from './open-in-browser.ts';

const url = 'http://127.0.0.1:4711/#open=the-token';

describe('the program that opens a browser', () => {
  it.each([
    ['darwin', {}, { command: 'open', args: [] }],
    ['win32', {}, { command: 'rundll32.exe', args: ['url.dll,FileProtocolHandler'] }],
    ['linux', { DISPLAY: ':0' }, { command: 'xdg-open', args: [] }],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, { command: 'xdg-open', args: [] }],
    ['linux', {}, null],
    ['linux', { DISPLAY: '' }, null],
  ] as const)('on %s with %j is %j', (platform, env, expected) => {
    expect(browserOpener(platform, env)).toEqual(expected);
  });
});

it('escapes the address it forwards to', () => {
  expect(forwardingPage('http://x/"><script>')).not.toContain('"><script>');
  expect(forwardingPage(url)).toContain(`content="0;url=${url}"`);
});

/** Runs against a real `xdg-open` found on PATH: a script of ours that notes what it was given. */
describe.runIf(process.platform === 'linux')('opening', () => {
  let folder: string;
  const seen = (): string => path.join(folder, 'seen');

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'portcullis-opener-'));
    vi.stubEnv('PATH', `${folder}:${process.env['PATH'] ?? ''}`);
    vi.stubEnv('DISPLAY', ':99');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  function installOpener(exitCode: number): void {
    const script = path.join(folder, 'xdg-open');
    writeFileSync(
      script,
      `#!/bin/sh\nd=${folder}\n{ echo "$# $1"; stat -c %a "$1" "$(dirname "$1")"; cat "$1"; } > $d/noting\nmv $d/noting $d/seen\nexit ${String(exitCode)}\n`,
    );
    chmodSync(script, 0o755);
  }

  it('hands over a file only the owner can read, and the token in no argument', async () => {
    installOpener(0);
    const onFailure = vi.fn();
    const discard = openInBrowser(url, onFailure);

    await expect.poll(() => existsSync(seen())).toBe(true);
    const [argument = '', fileMode, folderMode, ...page] = readFileSync(seen(), 'utf8').split('\n');

    expect(argument).toMatch(/^1 .*\/portcullis-open-\w+\/open\.html$/);
    expect([fileMode, folderMode]).toEqual(['600', '700']);
    expect(page.join('\n')).toBe(forwardingPage(url));

    const file = argument.slice(2);
    expect(existsSync(file)).toBe(true);
    discard();
    expect(existsSync(path.dirname(file))).toBe(false);
    expect(onFailure).not.toHaveBeenCalled();
  });

  it('says so and removes the file when the browser could not be started', async () => {
    installOpener(3);
    const onFailure = vi.fn();
    openInBrowser(url, onFailure);
    await expect.poll(() => onFailure.mock.calls.length).toBe(1);
    const argument = readFileSync(seen(), 'utf8').split('\n')[0] ?? '';
    expect(existsSync(argument.slice(2))).toBe(false);
  });

  it('says so when there is no such program', async () => {
    vi.stubEnv('PATH', folder);
    const onFailure = vi.fn();
    openInBrowser(url, onFailure);
    await expect.poll(() => onFailure.mock.calls.length).toBe(1);
  });

  it.each([
    ['no browser can be shown', '', false, 1],
    ['a terminal is there', ':99', true, 1],
    ['a browser opens and nobody reads', ':99', false, 0],
  ])('prints an address when %s', async (_case, display, alwaysPrint, times) => {
    installOpener(0);
    vi.stubEnv('DISPLAY', display);
    vi.stubEnv('WAYLAND_DISPLAY', '');
    const print = vi.fn();
    const redeemed: (() => void)[] = [];
    const invite = (onRedeemed?: () => void): string => {
      if (onRedeemed !== undefined) redeemed.push(onRedeemed);
      return url;
    };
    createBrowserWindowHost({ inviter: { invite }, print, alwaysPrint }).open(null);
    if (display !== '') await expect.poll(() => existsSync(seen())).toBe(true);
    expect(print.mock.calls).toEqual(Array.from({ length: times }, () => [url]));
    for (const use of redeemed) use();
    if (display !== '') {
      const file = (readFileSync(seen(), 'utf8').split('\n')[0] ?? '').slice(2);
      expect(existsSync(file)).toBe(false);
    }
  });
});
