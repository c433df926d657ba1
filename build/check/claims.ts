/** The table of docs/TESTING.md: what the product claims, and the tests that prove it. */
import { posix } from 'node:path';

export interface Claim {
  readonly claim: string;
  /** Test files, repository-relative. */
  readonly files: readonly string[];
  /** `default`: in every run; `full`: only there; `longer in full`: in every run, and there more often or on both hosts. */
  readonly tier: string;
  /** As it stands in the table. */
  readonly time: string;
  /** 0-based line of the page. */
  readonly line: number;
}

export const claimsPage = 'docs/TESTING.md';

/** The rows of the table under the heading "What is claimed". */
export function readClaims(page: string): readonly Claim[] {
  const lines = page.split('\n');
  const start = lines.findIndex((line) => line.startsWith('## What is claimed'));
  const end = lines.findIndex((line, index) => index > start && line.startsWith('## '));
  return lines.flatMap((text, line) => {
    const inTable = line > start && (end === -1 || line < end) && text.startsWith('| ');
    const [, claim = '', proof = '', tier = '', time = ''] = text.split('|').map((cell) => cell.trim());
    const files = [...proof.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) =>
      posix.join(posix.dirname(claimsPage), link),
    );
    return inTable && !/^(claim|-+)$/.test(claim) ? [{ claim, files, tier, time, line }] : [];
  });
}

/** @param seconds of each file's tests; a row whose files were not run keeps its time */
export function withTimes(page: string, seconds: ReadonlyMap<string, number>): string {
  const lines = page.split('\n');
  for (const { files, line } of readClaims(page)) {
    const known = files.flatMap((file) => seconds.get(file) ?? []);
    if (known.length < files.length) continue;
    const cells = (lines[line] ?? '').split('|');
    cells[4] = ` ${inWords(known.reduce((sum, each) => sum + each, 0))} `;
    lines[line] = cells.join('|');
  }
  return lines.join('\n');
}

function inWords(seconds: number): string {
  if (seconds < 1) return '< 1 s';
  return seconds < 90 ? `${seconds.toFixed(0)} s` : `${(seconds / 60).toFixed(1)} min`;
}
