/** Plans and runs what the command line asks for; second half of `npm test`, under the pinned Node. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDebian } from '../setup/apt-packages.mjs';
import { bundleIsFresh } from '../setup/bundle.mjs';
import { electronBinary } from '../setup/electron-binary.mjs';
import { root } from '../setup/repository.mjs';
import { searchedFolders } from '../setup/search-path.mjs';
import { readArguments } from './arguments.mjs';
import { Screen } from './screen.ts';
import { planTests, type Machine } from './steps.ts';
import { runSuite } from './suite.ts';
import { add, closingLine, nothing } from './tally.ts';

const artifacts = process.env['PORTCULLIS_ARTIFACTS'] ?? join(root, 'artifacts');
const debianChromium = '/usr/bin/chromium';
const machine: Machine = {
  linux: process.platform === 'linux',
  debian: isDebian(),
  chromium: process.env['PORTCULLIS_CHROMIUM'] ?? (existsSync(debianChromium) ? debianChromium : null),
  scanner: searchedFolders(process.env).some((folder) => existsSync(join(folder, 'zbarimg'))),
  electron: electronBinary() !== null,
  built: bundleIsFresh(),
  changedSince: changedSince(),
  artifacts,
};

const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    stopped.abort(`stopped by ${signal}`);
  });
}

const screen = new Screen(process.stdout);
const { runs, files } = readArguments(process.argv.slice(2), process.env);
const plans = runs.map((run) => ({ run, plan: planTests(machine, run, files) }));
const missing = plans.flatMap(({ run, plan }) => (run.asked ? plan.cannotRun : []));
if (missing.length > 0) {
  screen.line(`This machine cannot run what was asked for:\n  ${missing.join('\n  ')}`);
  process.exitCode = 1;
} else {
  let total = nothing;
  for (const { run, plan } of plans) {
    if (stopped.signal.aborted) break;
    total = add(
      total,
      await runSuite(run, plan, {
        ...{ screen, artifacts, signal: stopped.signal },
        timesFile: join(root, '.cache/test-times.json'),
        whole: files.length === 0,
      }),
    );
  }
  const found = total.passed + total.failed + total.skipped;
  if (found === 0) screen.line('Nothing was run.');
  screen.line(`\n${closingLine(total)}`);
  process.exitCode = found > 0 && total.failed === 0 && !stopped.signal.aborted ? 0 : 1;
}

/** Where the checked-out branch left the main one; null outside a git checkout. */
function changedSince(): string | null {
  for (const main of ['origin/main', 'main']) {
    try {
      const args = ['merge-base', 'HEAD', main];
      return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim();
    } catch {
      continue; // no git, or no such branch
    }
  }
  return null;
}
