import { describe, expect, it } from 'vitest';
import { needsOf, select, tierOf, UsageError, type Selection } from './selection.mjs';

const only = (name: string, ...files: string[]): Selection => select(name, files, 'default');
const steps = ({ runs }: Selection): readonly string[] => runs.flatMap((run) => run.steps);

describe('what is run', () => {
  it('is everything but the details of the guard without a word', () => {
    const { runs } = select(undefined, [], 'default');
    expect(runs).toHaveLength(1);
    expect(runs[0]?.steps).toEqual([
      ...['format', 'lint', 'types', 'unused', 'unit', 'build', 'adapters', 'proof'],
      ...['window', 'e2e-browser', 'e2e-desktop'],
    ]);
    expect(runs[0]?.asked).toBe(false);
  });

  it('is what was named, once each and in running order', () => {
    expect(steps(only('unit,lint,unit'))).toEqual(['lint', 'unit']);
    expect(steps(only('e2e'))).toEqual(['e2e-browser', 'e2e-desktop']);
    expect(only('window').runs[0]?.asked).toBe(true);
  });

  it('leaves nothing of the default out of the full runs, and adds the guard', () => {
    const full = only('full');
    expect(full.runs.map(({ name }) => name)).toEqual(['full-checks', 'full-gateway', 'full-hosts']);
    const wanted = [...(select(undefined, [], 'default').runs[0]?.steps ?? []), 'guard'];
    expect(steps(full).toSorted()).toEqual(wanted.toSorted());
    expect(full.runs.every(({ tier, limitMinutes }) => tier === 'full' && limitMinutes <= 80)).toBe(true);
    expect(only('full-hosts').runs).toEqual(full.runs.slice(2));
  });

  it('takes the tier from outside, for a step that has a longer form', () => {
    expect(select('e2e', ['flows/contact'], 'full').runs[0]?.tier).toBe('full');
    expect(tierOf('proof')).toBe('default');
    expect(tierOf('guard')).toBe('full');
  });

  it.each([
    ['an unknown step', 'lnt', []],
    ['a name of every object', 'toString', []],
    ['a run beside a step', 'full,lint', []],
    ['files for several steps', 'unit,lint', ['a.ts']],
    ['files for a step that sees the whole project', 'types', ['a.ts']],
    ['files for a run', 'full', ['a.ts']],
    ['files for no step', undefined, ['a.ts']],
    ['nothing', '', []],
  ])('refuses %s', (_, name, files) => {
    expect(() => select(name, files, 'default')).toThrow(UsageError);
  });

  it('hands files to the one step that was named, or to both of e2e', () => {
    expect(only('e2e', 'flows/contact').files).toEqual(['flows/contact']);
    expect(only('unit', 'core/notify').files).toEqual(['core/notify']);
  });
});

describe('what a run needs', () => {
  it('is the needs of its steps, once each, and nothing else', () => {
    expect(needsOf(['format', 'lint', 'types', 'unused', 'unit', 'build'])).toEqual([]);
    expect(needsOf(['window'])).toEqual(['chromium']);
    expect(needsOf(['proof'])).toEqual(['linux', 'build', 'openclaw']);
    expect(needsOf(['adapters', 'e2e-browser'])).toEqual(['keychain', 'desktop', 'build', 'openclaw']);
  });
});
