/** PORTCULLIS_LOG: how much of what happens is written to the log, in both hosts. */
import { z } from 'zod';
import type { LogLevel } from '../core/ports.ts';

const levelSchema = z.enum(['error', 'warn', 'info', 'debug']);

export interface ChosenLogLevel {
  /** Lines below it are not written. */
  readonly lowest: LogLevel;
  /** What was asked for and is no level; null: understood, or nothing was asked for. */
  readonly notUnderstood: string | null;
}

/** What is not understood must not silence the log: it counts as `info`, and the caller says so. */
export function chooseLogLevel(value: string | undefined): ChosenLogLevel {
  if (value === undefined || value === '') return { lowest: 'info', notUnderstood: null };
  const parsed = levelSchema.safeParse(value);
  return parsed.success
    ? { lowest: parsed.data, notUnderstood: null }
    : { lowest: 'info', notUnderstood: value };
}
