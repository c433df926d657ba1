import { describe, expect, it } from 'vitest';
import tsconfig from '../../tsconfig.json' with { type: 'json' };
import { root } from '../setup/repository.mjs';
import { programsOf } from './programs.ts';

describe('what is type-checked together', () => {
  const programs = programsOf(root);
  const together = (project: string): readonly string[] =>
    programs.find(({ projects }) => projects.includes(project))?.projects ?? [];

  it('is every project that tsconfig.json names, once', () => {
    const named = tsconfig.references.map(({ path }) => path.replace('./', ''));
    expect(programs.flatMap(({ projects }) => projects).toSorted()).toEqual(named.toSorted());
  });

  it('leaves layers alone that must not name Node, or the page', () => {
    expect(together('electron/core')).toEqual(['electron/contract', 'electron/core']);
    expect(together('electron/preload')).toEqual(['electron/preload']);
    expect(together('renderer')).toEqual(['renderer']);
    expect(together('electron/main')).not.toContain('e2e');
  });

  it('joins the layers that run in Node', () => {
    expect(together('build')).toEqual(together('electron/adapters/node'));
    expect(programs.length).toBeLessThan(tsconfig.references.length / 2 + 1);
  });
});
