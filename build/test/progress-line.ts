/** What a test runner tells while it runs: one JSON line per test, appended to the file its step names. */
import { appendFileSync } from 'node:fs';
import { z } from 'zod';

/** Names the file; a runner started by hand tells nobody. */
export const progressVariable = 'PORTCULLIS_TEST_PROGRESS';

const outcome = z.enum(['passed', 'failed', 'skipped']);
const progressLine = z.union([z.object({ planned: z.number() }), z.object({ ended: outcome })]);

export type ProgressLine = z.infer<typeof progressLine>;
export type TestOutcome = z.infer<typeof outcome>;

export function tell(line: ProgressLine): void {
  const file = process.env[progressVariable];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(line)}\n`);
}

/** @returns null for what is no such line, or only the beginning of one */
export function readProgressLine(text: string): ProgressLine | null {
  try {
    return progressLine.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
