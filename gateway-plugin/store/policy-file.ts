/** The policy on disk: one file, changed under a lock by revision, read by every process that guards a send. */
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, rmSync, statSync } from 'node:fs';
import {
  emptyPolicy,
  formatPolicy,
  parsePolicy,
  parsePolicyText,
} from '../../electron/contract/guard/policy.ts';
import type { Policy } from '../../electron/contract/guard/policy.ts';
import type { PolicyState } from '../../electron/contract/guard/send.ts';
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
  if (current.ok && current.value !== null) {
    keepAsLastGood(files);
    return { status: 'ready', policy: current.value };
  }
  const before = tryRead(files.lastGood);
  const lastGood = before.ok ? before.value : null;
  if (current.ok && lastGood === null && before.ok) return { status: 'absent', installed: false };
  const problem = current.ok ? 'The policy file is gone.' : current.error;
  return { status: 'unreadable', problem, lastGood };
}

/**
 * Differs whenever the rules do, also after an edit by hand that left the revision as it was. Null: they cannot be
 * read, so nothing is known to be the same.
 */
export function policyDigest(state: PolicyState): string | null {
  if (state.status !== 'ready') return state.status === 'absent' ? 'absent' : null;
  const known = digests.get(state.policy);
  if (known !== undefined) return known;
  const digest = createHash('sha256').update(JSON.stringify(state.policy)).digest('hex');
  digests.set(state.policy, digest);
  return digest;
}

/** As long as the file says the same, its policy is the same object. */
const digests = new WeakMap<Policy, string>();

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

/**
 * Puts the last good policy back in place of a file that cannot be read, which is kept aside as `.corrupt-<time>`.
 * Without a last good one nothing is changed: an empty policy would let everything out.
 */
export function restorePolicy(files: GuardFiles, now: number): Result<Policy, PolicyUpdateFailure> {
  if (!lock(files, now)) return fail({ reason: 'locked' });
  try {
    const state = readPolicyState(files);
    if (state.status === 'ready') return ok(state.policy);
    if (state.status === 'absent') return store(files, emptyPolicy, emptyPolicy.revision + 1);
    const { lastGood, problem } = state;
    if (lastGood === null) return fail({ reason: 'unreadable', problem });
    keepAside(files.policy, now);
    return store(files, lastGood, lastGood.revision + 1);
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

/** A copy, so that there is no moment without a policy: that would be none at all. */
function keepAside(path: string, now: number): void {
  const time = new Date(now).toISOString().replaceAll(':', '-');
  if (existsSync(path)) copyFileSync(path, `${path}.corrupt-${time}`);
}

/** What was written by hand counts, too, once the file cannot be read or is gone. Best effort: the policy itself holds. */
function keepAsLastGood({ lastGood }: GuardFiles): void {
  if (lastParsed === null || lastParsed.keptAt === lastGood) return;
  try {
    if (readText(lastGood) !== lastParsed.text) replaceText(lastGood, lastParsed.text);
    lastParsed = { ...lastParsed, keptAt: lastGood };
  } catch {
    // E.g. a full disk. The next read tries again.
  }
}

/** The text parsed last and what came of it: with many rules parsing takes longer than the send it is about. */
let lastParsed: {
  readonly text: string;
  readonly parsed: ReturnType<typeof parsePolicyText>;
  /** Where this text is known to stand as the last good one. */
  readonly keptAt: string | null;
} | null = null;

function parse(text: string): ReturnType<typeof parsePolicyText> {
  if (lastParsed?.text !== text) lastParsed = { text, parsed: parsePolicyText(text), keptAt: null };
  return lastParsed.parsed;
}

function tryRead(path: string): Result<Policy | null, string> {
  let text: string | null;
  try {
    text = readText(path);
  } catch (error: unknown) {
    return fail(`The policy file cannot be opened (${errorCode(error) ?? 'unknown reason'}).`);
  }
  if (text === null) return ok(null);
  const parsed = parse(text);
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
