/** Each flow has one home, and nothing is left out by a name that is wrong. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { desktopFlows, onBothHosts, testsOn } from '../../e2e/flow-hosts.ts';
import type { HostKind } from '../../e2e/fixtures/running-app.ts';

const flows = readdirSync(path.join(import.meta.dirname, '../../e2e/flows')).map((file) =>
  file.replace(/\.spec\.ts$/, ''),
);

/** @param title as Playwright matches it: project, file, test, tags */
function hostsOf(title: string, full = false): readonly HostKind[] {
  return (['browser', 'desktop'] as const).filter((host) =>
    testsOn(host, full).some((pattern) => pattern.test(`${host}-host ${title}`)),
  );
}

describe('which host a flow runs on', () => {
  it('names only flows there are', () => {
    expect(flows).toEqual(expect.arrayContaining([...desktopFlows]));
  });

  it.each(flows)('is one host for %s, both for what is tagged, both for all in the full tier', (flow) => {
    const title = `flows/${flow}.spec.ts somebody wants in`;
    const home = desktopFlows.includes(flow) ? 'desktop' : 'browser';
    expect(hostsOf(title)).toEqual([home]);
    expect(hostsOf(`${title} ${onBothHosts}`)).toEqual(['browser', 'desktop']);
    expect(hostsOf(title, true)).toEqual(['browser', 'desktop']);
  });

  it.each(['browser', 'desktop'] as const)('runs what is about the %s host alone there', (host) => {
    expect(
      testsOn(host, false).some((each) => each.test(`${host}-host ${host}-host/any.spec.ts a test`)),
    ).toBe(true);
  });
});
