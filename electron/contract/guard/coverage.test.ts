import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { coverage, type CoverageCell, type ProvingTest } from './coverage.ts';

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

const cellWords: Readonly<Record<CoverageCell, string>> = {
  asked: 'asked',
  stopped: 'stopped',
  'not-seen': 'not seen',
  unverified: 'unverified',
};

/** The table of docs/COVERAGE.md, as Markdown. */
function formatCoverageTable(): string {
  const header = ['Way out', 'Gateway plugin', 'Transport guard', 'Note'];
  const lines = coverage.map(({ path, plugin, transport, provenBy, note }) => [
    path,
    formatCell(plugin, provenBy.plugin),
    formatCell(transport, provenBy.transport),
    note ?? '',
  ]);
  const rows = [header, header.map(() => '---'), ...lines];
  return `${rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}

function formatCell(cell: CoverageCell, test: ProvingTest | null): string {
  const words = cellWords[cell];
  if (test === null) return words;
  const name = test.file.slice(test.file.lastIndexOf('/') + 1);
  return `${words} ([${name}](../${test.file}): ${test.title})`;
}
