/** Parses what a tab sent over the bridge. */
import { z } from 'zod';
import type { ClientFrame } from '../../../contract/bridge-frames.ts';

const clientFrameSchema = z.strictObject({
  id: z.int().nonnegative(),
  command: z.string().max(100),
  input: z.unknown().optional(),
});

/** @returns null when it is not JSON or not a client frame */
export function parseClientFrame(text: string): ClientFrame | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = clientFrameSchema.safeParse(json);
  return parsed.success ? parsed.data : null;
}
