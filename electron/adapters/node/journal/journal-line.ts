/** One line of the journal: its number, the hash of the line before, and what happened. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { journalEntrySchema, type JournalEntry } from '../../../contract/journal.ts';

const lineSchema = z.strictObject({
  /** 1, 2, 3, … over all files. */
  seq: z.int().positive(),
  /** SHA-256 of the line before, without its line break; zeros for the first. */
  prev: z.string().regex(/^[0-9a-f]{64}$/),
  entry: journalEntrySchema,
});
export type JournalLine = z.infer<typeof lineSchema>;

/** Where the chain stands: what the next line has to name. */
export interface ChainEnd {
  readonly seq: number;
  readonly hash: string;
}

export const chainStart: ChainEnd = { seq: 0, hash: '0'.repeat(64) };

/** @returns the line without its line break, and where the chain stands after it */
export function formatLine(entry: JournalEntry, { seq, hash }: ChainEnd): { text: string; end: ChainEnd } {
  const line: JournalLine = { seq: seq + 1, prev: hash, entry };
  const text = JSON.stringify(line);
  return { text, end: { seq: seq + 1, hash: hashOf(text) } };
}

/** @returns null for a line that is damaged, or of a newer Portcullis */
export function readLine(text: string): JournalLine | null {
  try {
    const parsed = lineSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** The chain goes on over a line that cannot be read: its number is counted, its bytes are hashed. */
export function endAfter(text: string, before: ChainEnd): ChainEnd {
  return { seq: readLine(text)?.seq ?? before.seq + 1, hash: hashOf(text) };
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
