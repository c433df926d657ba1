import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { coverage, formatCoverageTable } from './coverage.ts';

const repository = new URL('../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, repository), 'utf8');

const claims = coverage.flatMap(({ path, plugin, transport, provenBy }) => [
  { name: `${path} × gateway plugin`, cell: plugin, test: provenBy.plugin },
  { name: `${path} × transport guard`, cell: transport, test: provenBy.transport },
]);

describe('the coverage table', () => {
  it.each(claims)(
    '$name is backed by a test of this repository, or says that it is not',
    ({ cell, test }) => {
      expect(test === null).toBe(cell === 'unverified');
      if (test === null) return;
      expect(read(test.file)).toContain(`'${test.title}'`);
    },
  );

  it('names every way out once', () => {
    const paths = coverage.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
  });

  it('is the one in docs/COVERAGE.md', () => {
    const lines = read('docs/COVERAGE.md')
      .split('\n')
      .filter((line) => line.startsWith('| '));
    expect(lines.map(cellsOf)).toEqual(formatCoverageTable().trimEnd().split('\n').map(cellsOf));
  });
});

/** Formatting pads cells; what they say counts. */
function cellsOf(line: string): readonly string[] {
  return line.split('|').map((cell) => cell.trim().replace(/^-+$/u, '---'));
}
