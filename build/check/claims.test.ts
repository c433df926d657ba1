import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../setup/repository.mjs';
import { tierOf } from '../test/selection.mjs';
import { claimsPage, readClaims, withTimes } from './claims.ts';
import { stepsRunning } from './test-steps.ts';

const claims = readClaims(readFileSync(join(root, claimsPage), 'utf8'));
const tiers = ['default', 'longer in full', 'full'];

describe('the page of claims', () => {
  it('lists some', () => {
    expect(claims.length).toBeGreaterThan(40);
  });

  it.each(claims)('$claim: its tests are there, and run in the tier it names', ({ files, tier }) => {
    expect(tiers).toContain(tier);
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    const runIn = files.map((file) => {
      const steps = stepsRunning(file);
      if (steps.length === 0) return `${file}: no step`;
      return steps.some((step) => tierOf(step) === 'default') ? 'default' : 'full';
    });
    expect(new Set(runIn)).toEqual(new Set([tier === 'full' ? 'full' : 'default']));
  });
});

describe('which step runs a test', () => {
  it.each([
    ['build/check/claims.test.ts', ['unit']],
    ['renderer/window.test.tsx', ['unit']],
    ['electron/adapters/node/gateway/real-gateway.test.ts', ['adapters']],
    ['gateway-plugin/paths.gateway.test.ts', ['proof']],
    ['gateway-plugin/strict.gateway.test.ts', ['guard']],
    ['e2e/renderer/sends.spec.ts', ['window']],
    ['e2e/renderer/build-window.setup.ts', ['window']],
    ['e2e/browser-host/secrets.spec.ts', ['e2e-browser']],
    ['e2e/electron-stand-in/stand-in.spec.ts', ['e2e-desktop']],
    ['e2e/flows/nowhere.ts', []],
  ])('%s: %j', (file, steps) => {
    expect(stepsRunning(file)).toEqual(steps);
  });
});

const page = `# Testing

| claim | x |
| ----- | - |
| not   | y |

## What is claimed

| claim | proven by          | tier    | time |
| ----- | ------------------ | ------- | ---- |
| One   | [a](../e2e/a.ts), [b](../b.ts) | default | 9 s |
| Two   | [c](../c.ts)       | full    | 8 s  |

## After

| more | [d](../d.ts) | full | 7 s |
`;

describe('the table', () => {
  it('is read by its heading', () => {
    expect(readClaims(page).map(({ claim, files, tier, time }) => [claim, files, tier, time])).toEqual([
      ['One', ['e2e/a.ts', 'b.ts'], 'default', '9 s'],
      ['Two', ['c.ts'], 'full', '8 s'],
    ]);
  });

  it('gets the times of what was run, summed up, and keeps the others', () => {
    const seconds = new Map([
      ['e2e/a.ts', 100],
      ['b.ts', 0.6],
      ['d.ts', 5],
    ]);
    expect(readClaims(withTimes(page, seconds)).map(({ time }) => time)).toEqual(['1.7 min', '8 s']);
    expect(withTimes(page, seconds)).toContain('| full | 7 s |');
    expect(readClaims(withTimes(page, new Map([['c.ts', 0.2]])))[1]?.time).toBe('< 1 s');
  });
});
