/** Counts the tests of a running step from what its runner tells. */
import { readFile } from 'node:fs/promises';
import { readProgressLine } from './progress-line.ts';
import { nothing, type Tally } from './tally.ts';

export interface Progress extends Tally {
  /** How many tests the runner said there are; 0 until it does. */
  readonly planned: number;
}

export const noProgress: Progress = { ...nothing, planned: 0 };

export function countProgress(text: string): Progress {
  const counts = { ...noProgress };
  for (const each of text.split('\n')) {
    const line = readProgressLine(each);
    if (line === null) continue;
    if ('planned' in line) counts.planned += line.planned;
    else counts[line.ended] += 1;
  }
  return counts;
}

/** @returns nothing counted while there is no file yet */
export async function readProgress(file: string): Promise<Progress> {
  return countProgress(await readFile(file, 'utf8').catch(() => ''));
}
