/** One line of the bench: what was measured, next to its baseline from the same run, and the target it is held to. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { root } from '../setup/repository.mjs';

const spread = z.strictObject({
  median: z.number(),
  p95: z.number(),
  /** How many samples. */
  count: z.int().positive(),
});
export type Spread = Readonly<z.infer<typeof spread>>;

const benchLine = z.strictObject({
  name: z.string(),
  unit: z.enum(['ms', 'µs', 'MB', 'kB', '% of a core']),
  measured: spread,
  baseline: spread.extend({ name: z.string() }).nullable(),
  /** Measured against baseline; for pairs taken in turns, the median over the pairs. */
  ratio: z.number().nullable(),
  target: z
    .strictObject({
      of: z.enum(['ratio', 'median', 'p95']),
      bound: z.enum(['at-most', 'at-least']),
      value: z.number(),
      met: z.boolean(),
    })
    .nullable(),
});
export type BenchLine = Readonly<z.infer<typeof benchLine>>;

export interface LineInput {
  readonly name: string;
  readonly unit: BenchLine['unit'];
  readonly measured: readonly number[];
  /** `paired`: sample by sample taken together with the measured ones, so that each pair is a ratio of its own. */
  readonly baseline: {
    readonly name: string;
    readonly samples: readonly number[];
    readonly paired: boolean;
  } | null;
  readonly target: Omit<NonNullable<BenchLine['target']>, 'met'> | null;
}

export function lineOf({ name, unit, measured, baseline, target }: LineInput): BenchLine {
  const own = spreadOf(measured);
  const ratio = baseline === null ? null : ratioOf(measured, baseline.samples, baseline.paired);
  const judged = { ...own, ratio };
  return {
    name,
    unit,
    measured: own,
    baseline: baseline === null ? null : { name: baseline.name, ...spreadOf(baseline.samples) },
    ratio,
    target: target === null ? null : { ...target, met: isMet(judged[target.of], target) },
  };
}

function ratioOf(measured: readonly number[], baseline: readonly number[], paired: boolean): number {
  if (!paired) return percentile(measured, 0.5) / percentile(baseline, 0.5);
  return percentile(
    measured.map((value, index) => value / (baseline[index] ?? Number.NaN)),
    0.5,
  );
}

function isMet(value: number | null, { bound, value: limit }: Omit<NonNullable<BenchLine['target']>, 'met'>) {
  if (value === null) return false;
  return bound === 'at-most' ? value <= limit : value >= limit;
}

export function spreadOf(samples: readonly number[]): Spread {
  return { median: percentile(samples, 0.5), p95: percentile(samples, 0.95), count: samples.length };
}

/** @param share 0.5 is the median */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (at === undefined) throw new Error('Nothing was measured.');
  return at;
}

// ------------------------------------------------------------------ from the benches to the summary

/** A bench hands its lines to the runner through a file: between them are a desktop session and another process. */
export async function keepLines(bench: string, lines: readonly BenchLine[]): Promise<void> {
  const folder = linesFolder();
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${bench}.json`), JSON.stringify(lines, null, 2));
}

/** @returns null when the bench left none */
export async function readLines(bench: string): Promise<readonly BenchLine[] | null> {
  let text: string;
  try {
    text = await readFile(join(linesFolder(), `${bench}.json`), 'utf8');
  } catch (error: unknown) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  return z.array(benchLine).parse(JSON.parse(text));
}

export function artifactsFolder(): string {
  return process.env['PORTCULLIS_ARTIFACTS'] ?? join(root, 'artifacts');
}

export function linesFolder(): string {
  return join(artifactsFolder(), 'bench');
}
