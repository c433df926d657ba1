import { createHash } from 'node:crypto';

/** @param content a text counts as UTF-8. @returns lower-case hex */
export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
