/** National numbering plans, as data: prefixes and the shape of a country's numbers, never a reading of them. */
import { createRequire } from 'node:module';

export interface NumberPlan {
  readonly countryCode: string;
  /** What is dialled before a country code, `011` or `00`; a pattern. */
  readonly internationalPrefix: string | null;
  /** Any number of the country. */
  readonly national: string;
  readonly nationalPrefix: string | null;
  readonly prefixRule: string | null;
}

type Row = readonly unknown[];
interface Metadata {
  readonly countries: Readonly<Record<string, Row>>;
  readonly country_calling_codes: Readonly<Record<string, readonly string[]>>;
  readonly nonGeographic: Readonly<Record<string, Row>>;
}

let loaded: Metadata | null = null;

/** Read when the first number has to be understood: most calls never need it. */
function metadata(): Metadata {
  loaded ??= createRequire(import.meta.url)('libphonenumber-js/metadata.min.json') as Metadata;
  return loaded;
}

/** null for a region nobody knows, `UK` among them. */
export function planOfRegion(region: string): NumberPlan | null {
  const { countries } = metadata();
  return Object.hasOwn(countries, region) ? planOf(countries[region] ?? []) : null;
}

/** The plans that share a country code, the main country first; empty when no country has it. */
export function plansOfCode(code: string): readonly NumberPlan[] {
  const { country_calling_codes: codes, countries, nonGeographic } = metadata();
  const rows = Object.hasOwn(codes, code)
    ? (codes[code] ?? []).map((region) => countries[region] ?? [])
    : Object.hasOwn(nonGeographic, code)
      ? [nonGeographic[code] ?? []]
      : [];
  return rows.map(planOf);
}

function planOf(row: Row): NumberPlan {
  const nationalPrefix = textAt(row, 5);
  return {
    countryCode: textAt(row, 0) ?? '',
    internationalPrefix: textAt(row, 1),
    national: textAt(row, 2) ?? '',
    nationalPrefix: textAt(row, 7) ?? nationalPrefix,
    prefixRule: textAt(row, 8),
  };
}

function textAt(row: Row, at: number): string | null {
  const value = row[at];
  return typeof value === 'string' && value !== '' ? value : null;
}
