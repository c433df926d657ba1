import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../setup/repository.mjs';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  /** Comes inside another package, under that one's hash. */
  readonly inBundle?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface LockFile {
  readonly packages: Readonly<Record<string, Locked>>;
}

describe.each(['package-lock.json', 'build/demo/openclaw/package-lock.json'])('%s', (path) => {
  const { packages } = JSON.parse(readFileSync(join(root, path), 'utf8')) as LockFile;
  const installed = Object.entries(packages).filter(([place]) => place.startsWith('node_modules/'));

  // `npm ci` of npm 11 refuses a lock file that lacks the package of any platform, not only of its own.
  it('names every platform package, so that it installs on every platform', () => {
    const missing = installed.flatMap(([place, locked]) =>
      Object.keys(locked.optionalDependencies ?? {})
        .filter(
          (name) => !(`node_modules/${name}` in packages) && !(`${place}/node_modules/${name}` in packages),
        )
        .map((name) => `${place} -> ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('pins every package by hash and ties none to one registry host', () => {
    expect(installed.length).toBeGreaterThan(100);
    const downloaded = installed.filter(([, locked]) => locked.inBundle !== true);
    expect(downloaded.filter(([, locked]) => locked.integrity === undefined)).toEqual([]);
    expect(installed.filter(([, locked]) => locked.resolved !== undefined)).toEqual([]);
  });
});
