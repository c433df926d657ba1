import { describe, expect, it } from 'vitest';
import { stepNames } from './step-names.mjs';
import { planTests, type Machine } from './steps.ts';

const debian: Machine = { desktop: true, chromium: '/usr/bin/chromium', electron: false, artifacts: '/a' };
const bare: Machine = { desktop: false, chromium: null, electron: false, artifacts: '/a' };

describe('the test plan', () => {
  it('runs the details of the send guard only when asked; the proof is always run', () => {
    expect(planTests(debian, ['guard']).steps.map((step) => step.name)).toEqual(['guard']);
  });

  it('runs every step on Debian, and says that real Electron is left out', () => {
    const { steps, leftOut } = planTests(debian, []);
    expect(steps.map((step) => step.name)).toEqual(stepNames.filter((name) => name !== 'guard'));
    expect(steps.filter((step) => step.inDesktop).map((step) => step.name)).toEqual([
      'adapters',
      'proof',
      'e2e',
    ]);
    expect(leftOut).toEqual(['end to end with real Electron: no binary (npx install-electron)']);
  });

  it('names everything it leaves out elsewhere', () => {
    const { steps, leftOut } = planTests(bare, []);
    expect(steps.map((step) => step.name)).toEqual(['format', 'lint', 'types', 'unused', 'unit', 'build']);
    expect(leftOut).toHaveLength(5);
  });

  it('runs what a Chromium and Electron allow elsewhere', () => {
    const { steps, leftOut } = planTests({ ...bare, chromium: '/chrome', electron: true }, ['window', 'e2e']);
    const projects = steps.map(({ args }) => args.filter((arg) => arg.startsWith('--project')));
    expect(projects).toEqual([['--project=renderer'], ['--project=real-electron']]);
    expect(steps[0]?.env).toMatchObject({ PORTCULLIS_CHROMIUM: '/chrome' });
    expect(leftOut).toHaveLength(4);
  });

  it('reads the QR code off the window only where the scanner comes with the set-up', () => {
    const elsewhere = planTests({ ...bare, chromium: '/chrome' }, ['window']);
    expect(elsewhere.steps[0]?.args).toContain('--grep-invert=@zbarimg');
    expect(elsewhere.leftOut.join()).toContain('QR code');
    const here = planTests(debian, ['window']);
    expect(here.steps[0]?.args).not.toContain('--grep-invert=@zbarimg');
    expect(here.leftOut.join()).not.toContain('QR code');
  });

  it('runs only what was asked for, in its own order', () => {
    expect(planTests(debian, ['unit', 'lint']).steps.map((step) => step.name)).toEqual(['lint', 'unit']);
  });
});
