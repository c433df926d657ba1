/** The policy on disk: one file, changed under a lock by revision, read by every process that guards a send. */
import { rmSync, statSync } from 'node:fs';
import {
  emptyPolicy,
  formatPolicy,
  parsePolicy,
  parsePolicyText,
} from '../../electron/contract/guard/policy.ts';
import type { Policy } from '../../electron/contract/guard/policy.ts';
import type { PolicyState } from '../../electron/contract/guard/decide.ts';
import { fail, ok } from '../../electron/contract/result.ts';
import type { Result } from '../../electron/contract/result.ts';
import type { GuardFiles } from './guard-files.ts';
import { createOnce, errorCode, readText, replaceText } from './private-file.ts';

/** A writer holds the lock for milliseconds; one that old was left by a process that died. */
const staleLockMs = 10_000;

export type PolicyUpdateFailure =
  /** Somebody changed the policy since `revision`; read it again. */
  | { readonly reason: 'conflict'; readonly revision: number }
  | { readonly reason: 'unreadable'; readonly problem: string }
  | { readonly reason: 'invalid'; readonly problem: string }
  | { readonly reason: 'locked' };

/** Never throws: whatever goes wrong is an unreadable policy, and nothing unlisted leaves. */
export function readPolicyState(files: GuardFiles): PolicyState {
  const current = tryRead(files.policy);
  if (current.ok && current.value !== null) return { status: 'ready', policy: current.value };
  const before = tryRead(files.lastGood);
  const lastGood = before.ok ? before.value : null;
  if (current.ok && lastGood === null && before.ok) return { status: 'absent' };
  const problem = current.ok ? 'The policy file is gone.' : current.error;
  return { status: 'unreadable', problem, lastGood };
}

/** Replaces the policy if it still has `revision`. The caller's own revision number is ignored and counted on. */
export function updatePolicy(
  files: GuardFiles,
  revision: number,
  change: (policy: Policy) => unknown,
  now: number,
): Result<Policy, PolicyUpdateFailure> {
  if (!lock(files, now)) return fail({ reason: 'locked' });
  try {
    const state = readPolicyState(files);
    if (state.status === 'unreadable') return fail({ reason: 'unreadable', problem: state.problem });
    const current = state.status === 'ready' ? state.policy : emptyPolicy;
    if (current.revision !== revision) return fail({ reason: 'conflict', revision: current.revision });
    return store(files, change(current), current.revision + 1);
  } finally {
    rmSync(files.policyLock, { force: true });
  }
}

/** Puts the last good policy, or an empty one, back in place of a file that cannot be read. */
export function restorePolicy(files: GuardFiles, now: number): Result<Policy, PolicyUpdateFailure> {
  if (!lock(files, now)) return fail({ reason: 'locked' });
  try {
    const state = readPolicyState(files);
    if (state.status === 'ready') return ok(state.policy);
    const policy = (state.status === 'unreadable' ? state.lastGood : null) ?? emptyPolicy;
    return store(files, policy, policy.revision + 1);
  } finally {
    rmSync(files.policyLock, { force: true });
  }
}

function store(files: GuardFiles, value: unknown, revision: number): Result<Policy, PolicyUpdateFailure> {
  const parsed = parsePolicy(typeof value === 'object' && value !== null ? { ...value, revision } : value);
  if (!parsed.ok)
    return fail({ reason: 'invalid', problem: `${parsed.error.path}: ${parsed.error.message}` });
  const text = formatPolicy(parsed.value);
  replaceText(files.policy, text);
  replaceText(files.lastGood, text);
  return ok(parsed.value);
}

function tryRead(path: string): Result<Policy | null, string> {
  let text: string | null;
  try {
    text = readText(path);
  } catch (error: unknown) {
    return fail(`The policy file cannot be opened (${errorCode(error) ?? 'unknown reason'}).`);
  }
  if (text === null) return ok(null);
  const parsed = parsePolicyText(text);
  if (parsed.ok) return parsed;
  return fail(
    parsed.error.path === '' ? parsed.error.message : `${parsed.error.path}: ${parsed.error.message}`,
  );
}

function lock(files: GuardFiles, now: number): boolean {
  if (createOnce(files.policyLock, `${String(process.pid)}\n`)) return true;
  try {
    if (now - statSync(files.policyLock).mtimeMs < staleLockMs) return false;
  } catch (error: unknown) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
  rmSync(files.policyLock, { force: true });
  return createOnce(files.policyLock, `${String(process.pid)}\n`);
}
