import { describe, expect, it } from 'vitest';
import { holdsExactly, readLock } from './lock-file.mjs';

const wanted = {
  '': { version: '1.0.0' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/mac-only': { version: '1.0.0', integrity: 'sha512-m', optional: true },
};
const a = wanted['node_modules/a'];

describe('what npm installed', () => {
  it.each([
    ['everything for this platform', { 'node_modules/a': a }, true],
    ['a required package missing', {}, false],
    ['another version', { 'node_modules/a': { ...a, version: '1.0.1' } }, false],
    ['other content', { 'node_modules/a': { ...a, integrity: 'sha512-b' } }, false],
    ['a package nobody asked for', { 'node_modules/a': a, 'node_modules/b': a }, false],
  ])('%s', (_, installed, expected) => {
    expect(holdsExactly(installed, wanted)).toBe(expected);
  });

  it('cannot be told from a file that is not there or not a lock file', () => {
    expect(readLock('/nowhere/package-lock.json')).toBeNull();
    expect(readLock(import.meta.filename)).toBeNull();
  });
});
