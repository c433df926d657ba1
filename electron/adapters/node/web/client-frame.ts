/** Parses what a tab sent over the bridge. */
import type { RawData } from 'ws';
import { z } from 'zod';
import type { ClientFrame, Greeting } from '../../../contract/bridge-frames.ts';

const clientFrameSchema = z.strictObject({
  id: z.int().nonnegative(),
  command: z.string().max(100),
  input: z.unknown().optional(),
});

/** Both are 43 characters; anything near this bound is neither. */
const secretSchema = z.string().min(1).max(200);
const greetingSchema = z.union([
  z.strictObject({ token: secretSchema }),
  z.strictObject({ secret: secretSchema }),
]);

/** @returns null when it is not JSON or not a client frame */
export function parseClientFrame(data: RawData, isBinary: boolean): ClientFrame | null {
  return parse(clientFrameSchema, data, isBinary);
}

/** @returns null when it is not JSON or not a greeting */
export function parseGreeting(data: RawData, isBinary: boolean): Greeting | null {
  return parse(greetingSchema, data, isBinary);
}

function parse<T>(schema: z.ZodType<T>, data: RawData, isBinary: boolean): T | null {
  if (isBinary) return null;
  try {
    const parsed = schema.safeParse(JSON.parse(textOf(data)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** `ws` hands over Buffers unless told otherwise; the union is its widest case. */
function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return (data instanceof ArrayBuffer ? Buffer.from(data) : data).toString('utf8');
}
