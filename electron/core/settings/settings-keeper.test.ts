import { beforeEach, expect, it } from 'vitest';
import { appError, fail, ok, type Result } from '../../contract/result.ts';
import { defaultSettings, type Settings } from '../../contract/settings.ts';
import type { SettingsFile } from '../ports.ts';
import { SettingsKeeper } from './settings-keeper.ts';

let written: Settings[];
let writing: Result<null>;
let file: SettingsFile;

beforeEach(() => {
  written = [];
  writing = ok(null);
  file = {
    read: () => ({ settings: { ...defaultSettings, theme: 'dark' }, keptAside: null }),
    write: (settings) => {
      written.push(settings);
      return writing;
    },
  };
});

it('starts with what the file says', () => {
  const keeper = new SettingsKeeper(file);
  expect([keeper.current, keeper.keptAside, written]).toEqual([
    { ...defaultSettings, theme: 'dark' },
    null,
    [],
  ]);
});

it('tells where a damaged file went', () => {
  file = { ...file, read: () => ({ settings: defaultSettings, keptAside: '/data/settings.corrupt-1' }) };
  expect(new SettingsKeeper(file).keptAside).toBe('/data/settings.corrupt-1');
});

it('writes the whole settings and puts them in force', () => {
  const keeper = new SettingsKeeper(file);
  expect(keeper.patch({ tellApprovedContacts: true })).toEqual(ok(null));
  const next = { ...defaultSettings, theme: 'dark', tellApprovedContacts: true };
  expect([keeper.current, written]).toEqual([next, [next]]);
});

it('leaves in force what was in force when the new settings could not be written', () => {
  const keeper = new SettingsKeeper(file);
  writing = fail(appError('settings-not-saved', 'The disk is full.'));
  expect(keeper.patch({ theme: 'light' })).toEqual(writing);
  expect(keeper.current.theme).toBe('dark');
});
