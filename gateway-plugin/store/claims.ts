/**
 * A one-time allowance is used by whoever creates its claim file first, in whichever process. Every "send once" makes
 * an allowance of its own, so that one that was taken back stays void for a process that read the rules before.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
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

/** One that broke off while it was written was not carried out, and bars whoever comes next all the same. */
export function isClaimed(files: GuardFiles, allowanceId: string): boolean {
  return /^\d+\n$/u.test(readText(join(files.claims, allowanceId)) ?? '');
}

/**
 * Removes what is left of allowances the rules do not hold any more: nobody can use those. Recent ones stay a while, to
 * tell a late answer that the message was sent.
 */
export function dropDoneClaims(files: GuardFiles, allowanceIds: ReadonlySet<string>, now: number): void {
  for (const name of claimNames(files)) {
    if (name.startsWith(ticketClaim) || allowanceIds.has(name)) continue;
    const path = join(files.claims, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats !== undefined && now - stats.mtimeMs > toldFor) rmSync(path, { force: true });
  }
}

const toldFor = 60 * 60_000;
/** Those of the hand-off to the transport guard go with their tickets. */
const ticketClaim = 'ticket-';

function claimNames(files: GuardFiles): readonly string[] {
  mkdirSync(files.claims, { recursive: true, mode: 0o700 });
  return readdirSync(files.claims);
}

/** Was any allowance for this stopped send used? */
export function wasCarriedOut(files: GuardFiles, sendId: string): boolean {
  return claimNames(files).some(
    (name) => !name.startsWith(ticketClaim) && sendOfAllowance(name) === sendId && isClaimed(files, name),
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
