/** The machine's randomness as a port. */
import { randomBytes } from 'node:crypto';
import type { Random } from '../../../core/ports.ts';

export const systemRandom: Random = {
  fraction: () => Math.random(),
  token: () => randomBytes(16).toString('base64url'),
};
