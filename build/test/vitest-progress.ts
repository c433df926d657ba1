/** A reporter for vitest that tells of every test as it ends. How many there will be it learns file by file. */
import type { Reporter, TestCase } from 'vitest/node';
import { tell } from './progress-line.ts';

class VitestProgress implements Reporter {
  onTestCaseResult(test: TestCase): void {
    const { state } = test.result();
    if (state !== 'pending') tell({ ended: state });
  }
}

export { VitestProgress as default };
