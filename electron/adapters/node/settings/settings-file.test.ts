import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultSettings, type Settings } from '../../../contract/settings.ts';
import type { LogLevel } from '../../../core/ports.ts';
import { settingsFormat, settingsVersion } from '../../../core/settings/settings-model.ts';
import { openConfStore } from './conf-store.ts';
import { openSettingsFile } from './settings-file.ts';
import { expectMode } from '../../../../build/vitest/file-mode.fixture.ts';

const now = Date.UTC(2026, 10, 20, 23, 12, 5, 123);
const stamp = '2026-11-20T23-12-05.123Z';
const dark: Settings = { ...defaultSettings, theme: 'dark' };

let home: string;
let directory: string;
let logged: { level: LogLevel; event: string; facts: unknown }[];

const file = () => path.join(directory, 'settings.json');
const open = () =>
  openSettingsFile({
    directory,
    openStore: openConfStore,
    format: settingsFormat,
    clock: { now: () => now },
    logger: { log: (level, event, facts) => logged.push({ level, event, facts }) },
  });

function put(content: string | Buffer): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(file(), content);
}

/** Root may write anywhere, so tests of refusals give root up for a moment. */
function asOrdinaryUser<T>(run: () => T): T {
  if (process.geteuid?.() !== 0) return run();
  execFileSync('chown', ['-R', '65534', home]);
  process.seteuid?.(65534);
  try {
    return run();
  } finally {
    process.seteuid?.(0);
  }
}

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'portcullis-settings-'));
  directory = path.join(home, 'Portcullis');
  logged = [];
});
afterEach(() => {
  if (existsSync(directory)) chmodSync(directory, 0o700);
  rmSync(home, { recursive: true, force: true });
});

describe('a settings file that is fine', () => {
  it('gives the defaults before anything was saved, and makes nothing', () => {
    expect(open().read()).toEqual({ settings: defaultSettings, keptAside: null });
    expect(existsSync(directory)).toBe(false);
  });

  it('reads back what it saved, also after a restart', () => {
    expect(open().write(dark)).toEqual({ ok: true, value: null });
    expect(open().read()).toEqual({ settings: dark, keptAside: null });
  });

  it('is one readable numbered JSON file that only the owner may read, in a folder of the same kind', () => {
    open().write(dark);
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual({ version: settingsVersion, ...dark });
    expect(readdirSync(directory)).toEqual(['settings.json']);
    expectMode(file(), 0o600);
    expectMode(directory, 0o700);
  });

  it('takes back rights that others were given', () => {
    open().write(dark);
    chmodSync(file(), 0o644);
    open().write(defaultSettings);
    expectMode(file(), 0o600);
  });

  it('is brought up to date from an unnumbered one, and numbered by the next save', () => {
    put('\u{feff}{"theme":"dark"}');
    const settings = open();
    expect(settings.read()).toEqual({ settings: dark, keptAside: null });
    settings.write(dark);
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual({ version: settingsVersion, ...dark });
  });
});

describe('a settings file that cannot be used', () => {
  const whole = JSON.stringify({ version: settingsVersion, ...dark });
  const damaged = [
    { what: 'cut off in the middle', content: whole.slice(0, 60) },
    { what: 'empty', content: '' },
    { what: 'of binary garbage', content: Buffer.from([0, 255, 254, 1, 2, 200, 10]) },
    { what: 'not UTF-8 inside valid JSON', content: Buffer.from('{"theme":"\xff"}', 'latin1') },
    { what: 'a JSON list', content: '[]' },
    { what: 'a JSON null', content: 'null' },
    { what: 'of wrong types', content: JSON.stringify({ version: settingsVersion, ...dark, theme: 7 }) },
    { what: 'far too large', content: `{"version":1,"x":"${'x'.repeat(200_000)}"}` },
  ];

  it.each(damaged)('$what: is kept aside untouched, and the defaults are used', ({ content }) => {
    put(content);
    const aside = `${file()}.corrupt-${stamp}`;
    expect(open().read()).toEqual({ settings: defaultSettings, keptAside: aside });
    expect(readFileSync(aside)).toEqual(Buffer.from(content));
    expect(logged).toMatchObject([
      { level: 'warn', event: 'settings.unusable', facts: { keptAside: aside } },
    ]);
    expect(open().write(dark)).toEqual({ ok: true, value: null });
    expect(open().read()).toEqual({ settings: dark, keptAside: null });
  });

  it('written by a newer Portcullis: is kept aside too, under a name that says so', () => {
    const newer = JSON.stringify({ version: 9, everything: 'new' });
    put(newer);
    const aside = `${file()}.newer-${stamp}`;
    expect(open().read()).toEqual({ settings: defaultSettings, keptAside: aside });
    expect(readFileSync(aside, 'utf8')).toBe(newer);
  });

  it('does not take the place of one kept before', () => {
    put('first');
    open().read();
    put('second');
    expect(open().read().keptAside).toBe(`${file()}.corrupt-${stamp}-2`);
    expect(readFileSync(`${file()}.corrupt-${stamp}`, 'utf8')).toBe('first');
    expect(readFileSync(`${file()}.corrupt-${stamp}-2`, 'utf8')).toBe('second');
  });

  it('a folder in its place: is moved aside with what is in it', () => {
    mkdirSync(file(), { recursive: true });
    writeFileSync(path.join(file(), 'note'), 'mine');
    const aside = `${file()}.corrupt-${stamp}`;
    expect(open().read()).toEqual({ settings: defaultSettings, keptAside: aside });
    expect(readFileSync(path.join(aside, 'note'), 'utf8')).toBe('mine');
    expect(open().write(dark)).toEqual({ ok: true, value: null });
  });

  it('damaged between reading and saving: is kept aside, not written over', () => {
    const settings = open();
    settings.read();
    put('edited by hand {');
    expect(settings.write(dark)).toEqual({ ok: true, value: null });
    expect(readFileSync(`${file()}.corrupt-${stamp}`, 'utf8')).toBe('edited by hand {');
    expect(settings.read().settings).toEqual(dark);
  });

  it('never has its content quoted in the log', () => {
    put('{"token": "hunter2-hunter2" oops');
    open().read();
    expect(JSON.stringify(logged)).not.toContain('hunter2');
  });
});

describe('a settings folder that cannot be written', () => {
  const refusal = (reason: string) => ({
    ok: false,
    error: {
      code: 'settings-not-saved',
      message: `Your settings could not be saved in ${directory}: ${reason}.`,
      retryable: true,
    },
  });

  it('is said so, and the old settings stay', () => {
    open().write(dark);
    chmodSync(directory, 0o500);
    const written = asOrdinaryUser(() => open().write(defaultSettings));
    expect(written).toEqual(refusal('Portcullis may not write there'));
    expect(open().read()).toEqual({ settings: dark, keptAside: null });
    expect(readdirSync(directory)).toEqual(['settings.json']);
  });

  it('leaves a damaged file where it is and does not save over it', () => {
    put('broken {');
    chmodSync(directory, 0o500);
    const [read, written] = asOrdinaryUser(() => [open().read(), open().write(dark)]);
    expect(read).toEqual({ settings: defaultSettings, keptAside: null });
    expect(written).toEqual(refusal('the damaged file there could not be moved'));
    expect(readFileSync(file(), 'utf8')).toBe('broken {');
  });

  it('because it is a file: is said so, and that file stays', () => {
    writeFileSync(directory, 'not a folder');
    expect(open().read()).toEqual({ settings: defaultSettings, keptAside: null });
    expect(open().write(dark)).toEqual(refusal('there is a file in place of the folder'));
    expect(readFileSync(directory, 'utf8')).toBe('not a folder');
  });
});
