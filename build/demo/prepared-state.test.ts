import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openClawVersion } from './openclaw-install.ts';
import { differsFromPin, findPreparedState, imessagePlugin, statePrefix } from './prepared-state.ts';

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'portcullis-cache-')));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

describe('the installed versions', () => {
  it('belong together', () => {
    const wanted: unknown = JSON.parse(
      readFileSync(new URL('openclaw/package.json', import.meta.url), 'utf8'),
    );
    expect(wanted).toMatchObject({ dependencies: { openclaw: openClawVersion } });
    expect(imessagePlugin.version).toBe(openClawVersion);
  });
});

describe('a prepared state', () => {
  it('counts for its own kind, this code, and only when it was finished', async () => {
    const make = (name: string, finished: boolean): void => {
      mkdirSync(join(root, name));
      if (finished) writeFileSync(join(root, name, 'prepared'), '');
    };
    make('state-slim-000000000000-a', true);
    expect(await findPreparedState(root, 'slim')).toBeNull();
    const prefix = await statePrefix('slim');
    make(`${prefix}unfinished`, false);
    expect(await findPreparedState(root, 'slim')).toBeNull();
    make(`${prefix}whole`, true);
    expect(await findPreparedState(root, 'slim')).toBe(join(root, `${prefix}whole`));
    expect(await findPreparedState(root, 'unmodified')).toBeNull();
  });

  const known = { version: imessagePlugin.version, integrity: imessagePlugin.integrity };
  const path = 'node_modules/@openclaw/imessage';

  it.each([
    [
      'the plugin alone, with what it brings',
      { '': {}, [path]: known, [`${path}/node_modules/zod`]: { inBundle: true } },
      null,
    ],
    ['another hash', { [path]: { ...known, integrity: 'sha512-other' } }, 'sha512-other'],
    ['another version', { [path]: { ...known, version: '2026.9.7' } }, '2026.9.7'],
    ['no plugin', {}, 'is not the one we know'],
    ['a package besides', { [path]: known, 'node_modules/more': { version: '1.0.0' } }, 'node_modules/more'],
  ])('is made of %s', (_, packages, fault) => {
    const found = differsFromPin(packages);
    if (fault === null) expect(found).toBeNull();
    else expect(found).toContain(fault);
  });
});
