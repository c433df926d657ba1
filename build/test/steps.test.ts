import { describe, expect, it } from 'vitest';
import { select } from './selection.mjs';
import { planTests, type Machine, type Plan } from './steps.ts';
import type { Step } from './step.ts';

const debian: Machine = {
  ...{ linux: true, debian: true, chromium: '/usr/bin/chromium', scanner: true, electron: false },
  ...{ built: true, changedSince: 'abc', artifacts: '/a' },
};
const bare: Machine = { ...debian, linux: false, debian: false, chromium: null, scanner: false };

function plan(machine: Machine, only?: string, files: readonly string[] = []): Plan {
  const [run] = select(only, files, 'default').runs;
  if (run === undefined) throw new Error('No run was selected.');
  return planTests(machine, run, files);
}
const names = ({ steps }: Plan): readonly string[] => steps.map(({ name }) => name);
const argsOf = (step: Step | undefined): readonly string[] => step?.commands.flat() ?? [];
const projectsOf = (step: Step | undefined): readonly string[] =>
  argsOf(step).filter((arg) => arg.startsWith('--project='));

describe('the test plan', () => {
  it('runs every default step on Debian, and says that real Electron is left out', () => {
    const found = plan(debian);
    expect(names(found)).toEqual(['openclaw', ...(select(undefined, [], 'default').runs[0]?.steps ?? [])]);
    expect(found.steps.filter(({ inDesktop }) => inDesktop).map(({ name }) => name)).toEqual([
      'adapters',
      'e2e-browser',
      'e2e-desktop',
    ]);
    expect(found.cannotRun).toEqual([]);
    expect(found.withoutParts).toEqual([
      'The desktop host on real Electron: no binary (npx install-electron)',
    ]);
  });

  it('names everything it leaves out elsewhere', () => {
    const found = plan(bare);
    expect(names(found)).toEqual(['format', 'lint', 'types', 'unused', 'unit', 'build']);
    expect(found.cannotRun).toEqual([
      'Adapters on a real desktop: it needs the throw-away Debian desktop',
      expect.stringMatching(/^In a real gateway .*: it was made for Linux only$/),
      'The window in a browser: set PORTCULLIS_CHROMIUM to the path of a Chromium',
      'End to end, browser host: it needs the throw-away Debian desktop',
      'End to end, desktop host: it needs the throw-away Debian desktop',
    ]);
    expect(found.withoutParts).toEqual([]);
  });

  it('runs what a Chromium and Electron allow elsewhere', () => {
    const found = plan({ ...bare, chromium: '/chrome', electron: true }, 'window,e2e-desktop');
    expect(names(found)).toEqual(['openclaw', 'window', 'e2e-desktop']);
    const [, window, hosts] = found.steps;
    expect(projectsOf(window)).toEqual(['--project=renderer']);
    expect(projectsOf(hosts)).toEqual(['--project=real-electron']);
    expect(hosts?.inDesktop).toBe(false);
    expect(window?.env).toMatchObject({ PORTCULLIS_CHROMIUM: '/chrome' });
    expect(found.cannotRun).toEqual([]);
    expect(found.withoutParts).toHaveLength(2);
  });

  it('reads the QR code off the window only where the scanner is', () => {
    const elsewhere = plan({ ...bare, chromium: '/chrome' }, 'window');
    expect(argsOf(elsewhere.steps[0])).toContain('--grep-invert=@zbarimg');
    expect(elsewhere.withoutParts.join()).toContain('QR code');
    const here = plan(debian, 'window');
    expect(argsOf(here.steps[0])).not.toContain('--grep-invert=@zbarimg');
    expect(here.withoutParts).toEqual([]);
  });

  it('builds and installs first what a step needs, once, and no more than that', () => {
    expect(names(plan({ ...debian, built: false }, 'proof'))).toEqual(['build', 'openclaw', 'proof']);
    expect(names(plan(debian, 'proof'))).toEqual(['openclaw', 'proof']);
    expect(names(plan({ ...debian, built: false }, 'build,e2e'))).toEqual([
      'openclaw',
      'build',
      'e2e-browser',
      'e2e-desktop',
    ]);
    expect(names(plan({ ...debian, built: false }, 'lint,window'))).toEqual(['lint', 'window']);
    for (const { after } of plan(debian, 'e2e').steps.slice(1)) expect(after).toEqual(['build', 'openclaw']);
  });

  it('gives the full tier more time', () => {
    const quick = plan(debian, 'e2e').steps[1];
    const full = plan(debian, 'full-hosts').steps[1];
    expect(full?.name).toBe(quick?.name);
    expect(full?.deadlineMs).toBeGreaterThan(quick?.deadlineMs ?? Infinity);
  });

  it('hands files on to the tool of the step', () => {
    expect(argsOf(plan(debian, 'unit', ['electron/core/notify']).steps[0])).toContain('electron/core/notify');
    expect(argsOf(plan(debian, 'lint', ['build/test']).steps[0]).slice(-1)).toEqual(['build/test']);
    const both = plan(debian, 'e2e', ['flows/contact']).steps.slice(1);
    expect(both.map((step) => argsOf(step).at(-1))).toEqual(['flows/contact', 'flows/contact']);
    expect(both.map(({ mayBeEmpty }) => mayBeEmpty)).toEqual([true, true]);
    expect(plan(debian, 'unit', ['electron/core/notify']).steps[0]?.mayBeEmpty).toBeUndefined();
  });

  it('keeps what checks found only in the quick check', () => {
    const quick = plan(debian, 'check');
    expect(names(quick)).toEqual(['format', 'lint', 'types', 'unused', 'changed']);
    expect(quick.steps.slice(0, 2).every((step) => argsOf(step).includes('--cache'))).toBe(true);
    expect(argsOf(quick.steps[4])).toContain('--changed=abc');
    expect(plan(debian, 'format,lint').steps.some((step) => argsOf(step).includes('--cache'))).toBe(false);
  });

  it('takes every unit test for changed outside a git checkout', () => {
    const step = plan({ ...debian, changedSince: null }, 'check').steps[4];
    expect(argsOf(step).filter((arg) => arg.startsWith('--changed'))).toEqual([]);
    expect(step?.mayBeEmpty).toBe(false);
  });

  it('can run a file again that failed, with a trace and into folders of its own', () => {
    const step = plan(debian, 'e2e').steps[1];
    const again = step?.again?.(['e2e/flows/contact.spec.ts']);
    expect(again?.env?.['PORTCULLIS_TRACE']).toBe('1');
    expect(argsOf(again).at(-1)).toBe('flows/contact\\.spec\\.ts$');
    expect(again?.report).not.toBe(step?.report);
    expect(argsOf(again)).toContain(`--output=${again?.traces ?? ''}`);
    expect(argsOf(step)).not.toContain(`--output=${again?.traces ?? ''}`);
  });
});
