/** Writes the bench lines for people: one row each, columns aligned. */
import { alignedRows } from '../aligned-rows.ts';
import type { BenchLine, Spread } from './bench-line.ts';

const heading = ['what', 'median', 'p95', 'n', 'baseline', 'median', 'ratio', 'target', ''];
const numeric = new Set([1, 2, 3, 5, 6]);

export function tableOf(lines: readonly BenchLine[]): string {
  return alignedRows([heading, ...lines.map(rowOf)], numeric);
}

function rowOf({ name, unit, measured, baseline, ratio, target }: BenchLine): readonly string[] {
  const amount = (value: number): string => `${short(value)} ${unit}`;
  return [
    name,
    amount(measured.median),
    p95Of(measured, amount),
    String(measured.count),
    baseline?.name ?? '',
    baseline === null ? '' : amount(baseline.median),
    ratio === null ? '' : `${short(ratio)} ×`,
    target === null ? '' : targetText(target, unit),
    target === null ? '' : target.met ? 'met' : 'MISSED',
  ];
}

/** Of one sample there is none. */
function p95Of({ p95, count }: Spread, amount: (value: number) => string): string {
  return count === 1 ? '' : amount(p95);
}

function targetText({ of, bound, value }: NonNullable<BenchLine['target']>, unit: string): string {
  const sign = bound === 'at-most' ? '≤' : '≥';
  return of === 'ratio' ? `${sign} ${value} ×` : `${of === 'p95' ? 'p95 ' : ''}${sign} ${value} ${unit}`;
}

function short(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
