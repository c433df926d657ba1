/** Numbered one-way steps from every older document to the newest; the compiler checks that each step fits the next. */
import type { z } from 'zod';
import { ok, fail, type Result } from '../../contract/result.ts';

/** The way from a document of any known version to the newest shape. */
export interface Versions<Newest> {
  readonly version: number;
  /** Reads a document written as `version` (0 up to our own) and brings it up to date. */
  readonly read: (document: unknown, version: number) => Result<Newest, z.ZodError>;
  /** Adds the next version: its schema, and how a document of the version before becomes one. */
  readonly upgrade: <Next>(migration: Migration<Newest, Next>) => Versions<Next>;
}

export interface Migration<Before, After> {
  readonly schema: z.ZodType<After>;
  readonly up: (document: Before) => After;
}

/** Starts the list; documents without a number are version 0. */
export function versionZero<First>(schema: z.ZodType<First>): Versions<First> {
  return versionsUpTo(0, (document) => parse(schema, document));
}

function versionsUpTo<Newest>(version: number, read: Versions<Newest>['read']): Versions<Newest> {
  return {
    version,
    read,
    upgrade: <Next>({ schema, up }: Migration<Newest, Next>) =>
      versionsUpTo<Next>(version + 1, (document, from) => {
        if (from > version) return parse(schema, document);
        const before = read(document, from);
        // Parsed once more: a type cannot promise bounds and patterns.
        return before.ok ? parse(schema, up(before.value)) : before;
      }),
  };
}

function parse<T>(schema: z.ZodType<T>, document: unknown): Result<T, z.ZodError> {
  const parsed = schema.safeParse(document);
  return parsed.success ? ok(parsed.data) : fail(parsed.error);
}
