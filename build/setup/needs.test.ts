import { describe, expect, it } from 'vitest';
import { needsOf } from '../test/selection.mjs';
import { debianPackagesFor } from './needs.mjs';

describe('the Debian packages for a step', () => {
  it.each([
    [['format', 'lint', 'types', 'unused', 'unit', 'build'], [], ['chromium', 'libsecret-1-0', 'xvfb']],
    [['proof'], [], ['chromium', 'libsecret-1-0', 'xvfb']],
    [['window'], ['chromium', 'zbar-tools'], ['libsecret-1-0', 'xvfb']],
    [['adapters'], ['libsecret-1-0', 'xvfb', 'xfce4-panel'], []],
    [['e2e-browser', 'e2e-desktop'], ['chromium', 'libsecret-1-0', 'xvfb'], []],
  ] as const)('%j are what it needs and no more', (steps, brought, spared) => {
    const packages = debianPackagesFor(needsOf(steps));
    expect(packages).toEqual(expect.arrayContaining([...brought]));
    for (const name of spared) expect(packages).not.toContain(name);
    expect(packages).toEqual([...new Set(packages)]);
  });
});
