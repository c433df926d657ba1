/**
 * A one-time allowance is used by whoever creates its claim file first, in whichever process. Every "send once" makes
 * an allowance of its own, so that one that was taken back stays void for a process that read the rules before.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { GuardFiles } from './guard-files.ts';
import { createOnce, readText } from './private-file.ts';

const takenBack = 'taken back\n';

/** @returns false when the allowance was used before */
export function claimOnce(files: GuardFiles, allowanceId: string): boolean {
  return createOnce(join(files.claims, allowanceId), `${String(process.pid)}\n`);
}

/** @returns false when it was used before and cannot be taken back any more */
export function takeBack(files: GuardFiles, allowanceId: string): boolean {
  return createOnce(join(files.claims, allowanceId), takenBack) || isTakenBack(files, allowanceId);
}

export function isClaimed(files: GuardFiles, allowanceId: string): boolean {
  return existsSync(join(files.claims, allowanceId)) && !isTakenBack(files, allowanceId);
}

/** Was any allowance for this stopped send used? */
export function wasCarriedOut(files: GuardFiles, sendId: string): boolean {
  mkdirSync(files.claims, { recursive: true, mode: 0o700 });
  return readdirSync(files.claims).some(
    (name) => !name.startsWith('ticket-') && sendOfAllowance(name) === sendId && isClaimed(files, name),
  );
}

export function newAllowanceId(sendId: string): string {
  return `${sendId}_${randomBytes(6).toString('hex')}`;
}

/** The stopped send an allowance is for. */
export function sendOfAllowance(allowanceId: string): string {
  return allowanceId.split('_')[0] ?? allowanceId;
}

function isTakenBack(files: GuardFiles, allowanceId: string): boolean {
  return readText(join(files.claims, allowanceId)) === takenBack;
}
