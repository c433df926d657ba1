/**
 * `node build/check/claim-times.ts`: writes how long the tests of each claim took into docs/TESTING.md, from the reports
 * of the last `npm test`. A claim that it did not run keeps its time.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { root } from '../setup/repository.mjs';
import { readReport } from '../test/report.ts';
import { claimsPage, withTimes } from './claims.ts';

const reports = join(process.env['PORTCULLIS_ARTIFACTS'] ?? join(root, 'artifacts'), 'reports');
const seconds = new Map<string, number>();
for (const name of globSync('*.json', { cwd: reports, exclude: ['changed.json', '*-traced.json'] })) {
  for (const test of (await readReport(join(reports, name))) ?? [])
    seconds.set(test.file, (seconds.get(test.file) ?? 0) + test.seconds);
}
const path = join(root, claimsPage);
const page = withTimes(readFileSync(path, 'utf8'), seconds);
writeFileSync(path, await format(page, { ...(await resolveConfig(path)), filepath: path }));
console.log(`${claimsPage}: times of ${seconds.size} test files.`);
