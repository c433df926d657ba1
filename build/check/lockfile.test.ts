import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lockfile = new URL('../../package-lock.json', import.meta.url);
const { packages } = JSON.parse(readFileSync(lockfile, 'utf8')) as { packages: Record<string, Locked> };
const installed = Object.entries(packages).filter(([path]) => path.startsWith('node_modules/'));

describe('package-lock.json', () => {
  // `npm ci` of npm 11 refuses a lock file that lacks the package of any platform, not only of its own.
  it('names every platform package, so that it installs on every platform', () => {
    const missing = installed.flatMap(([path, locked]) =>
      Object.keys(locked.optionalDependencies ?? {})
        .filter(
          (name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
        )
        .map((name) => `${path} -> ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('pins every package by hash and ties none to one registry host', () => {
    expect(installed.length).toBeGreaterThan(100);
    expect(installed.filter(([, locked]) => locked.integrity === undefined)).toEqual([]);
    expect(installed.filter(([, locked]) => locked.resolved !== undefined)).toEqual([]);
  });
});
