/** A reporter for Playwright that tells how many tests there are, and of every one as it ends. */
import type { FullConfig, Reporter, Suite, TestCase, TestResult } from '@playwright/test/reporter';
import { tell } from './progress-line.ts';

class PlaywrightProgress implements Reporter {
  onBegin(_config: FullConfig, suite: Suite): void {
    tell({ planned: suite.allTests().length });
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status === 'skipped') tell({ ended: 'skipped' });
    else tell({ ended: result.status === test.expectedStatus ? 'passed' : 'failed' });
  }

  /** The list reporter beside it writes the terminal. */
  printsToStdio(): boolean {
    return false;
  }
}

export { PlaywrightProgress as default };
