/** A one-time allowance is used by whoever creates its claim file first, in whichever process. */
import { join } from 'node:path';
import { existsSync } from 'node:fs';
import type { GuardFiles } from './guard-files.ts';
import { createOnce } from './private-file.ts';

/** @returns false when the allowance was used before */
export function claimOnce(files: GuardFiles, allowanceId: string): boolean {
  return createOnce(join(files.claims, allowanceId), `${String(process.pid)}\n`);
}

export function isClaimed(files: GuardFiles, allowanceId: string): boolean {
  return existsSync(join(files.claims, allowanceId));
}
