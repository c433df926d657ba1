/** The policy on disk: one file, changed under a lock by revision, read by every process that guards a send. */
import { copyFileSync, lstatSync } from 'node:fs';
import {
  emptyPolicy,
  formatPolicy,
  parsePolicy,
  parsePolicyText,
  policyMaxBytes,
} from '../../electron/contract/guard/policy.ts';
import type { Policy } from '../../electron/contract/guard/policy.ts';
import type { PolicyState } from '../../electron/contract/guard/send.ts';
import { fail, ok } from '../../electron/contract/result.ts';
import type { Result } from '../../electron/contract/result.ts';
import { withFileLock } from './file-lock.ts';
import type { GuardFiles } from './guard-files.ts';
import { outsideChanges } from './outside-changes.ts';
import type { ChangedBy } from './outside-changes.ts';
import { errorCode, readText, replaceText } from './private-file.ts';
import { sha256 } from './sha256.ts';

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
  // Where rules were ever written, none at all are rules that are gone.
  const written = tryRead(files.written);
  if (current.ok && isNone(before) && isNone(written)) return { status: 'absent', installed: false };
  // A damaged copy is a reason to trust none of them.
  const lastGood = isNone(before) ? valueOf(written) : valueOf(before);
  const problem = current.ok ? 'The policy file is gone.' : current.error;
  return { status: 'unreadable', problem, lastGood, gone: current.ok };
}

/**
 * Differs whenever the rules do, also after an edit by hand that left the revision as it was. Null: they cannot be
 * read, so nothing is known to be the same.
 */
export function policyDigest(state: PolicyState): string | null {
  if (state.status !== 'ready') return state.status === 'absent' ? 'absent' : null;
  const known = digests.get(state.policy);
  if (known !== undefined) return known;
  const digest = sha256(JSON.stringify(state.policy));
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
): Result<Policy, PolicyUpdateFailure> {
  return locked(files, () => {
    const state = readPolicyState(files);
    if (state.status === 'unreadable') return fail({ reason: 'unreadable', problem: state.problem });
    const current = state.status === 'ready' ? state.policy : emptyPolicy;
    if (current.revision !== revision) return fail({ reason: 'conflict', revision: current.revision });
    const own = readOwn(files) ?? current;
    const stored = store(files, change(current), current.revision + 1);
    // What somebody else put in stays told until a change takes it up or out.
    if (stored.ok)
      rememberWritten(files, own === current ? stored.value : applied(own, change, stored.value));
    return stored;
  });
}

/**
 * Puts the last good policy back in place of a file that cannot be read, which is kept aside as `.corrupt-<time>`.
 * Without a last good one nothing is changed: an empty policy would let everything out.
 */
export function restorePolicy(files: GuardFiles, now: number): Result<Policy, PolicyUpdateFailure> {
  return locked(files, () => {
    const state = readPolicyState(files);
    if (state.status === 'ready') return ok(state.policy);
    if (state.status === 'absent') return store(files, emptyPolicy, emptyPolicy.revision + 1);
    const { lastGood: again, problem } = state;
    if (again === null) return fail({ reason: 'unreadable', problem });
    keepAside(files.policy, now);
    return store(files, again, again.revision + 1);
  });
}

/** What the rules say that Portcullis did not write; null: nothing, or they cannot be read. */
export function changedByOthers(files: GuardFiles): ChangedBy | null {
  const current = tryRead(files.policy);
  const written = readOwn(files);
  return current.ok && current.value !== null && written !== null && current.value !== written
    ? outsideChanges(written, current.value)
    : null;
}

/** The rules as Portcullis wrote them last; null: they were never kept, or cannot be read. */
function readOwn(files: GuardFiles): Policy | null {
  return valueOf(tryRead(files.written));
}

function isNone(read: Result<Policy | null, string>): boolean {
  return read.ok && read.value === null;
}

function valueOf(read: Result<Policy | null, string>): Policy | null {
  return read.ok ? read.value : null;
}

/** Best effort: the rules hold either way. On a disk that does not take it, our own change looks like somebody else's. */
function rememberWritten(files: GuardFiles, own: Policy): void {
  try {
    replaceText(files.written, formatPolicy(own));
  } catch {
    // The next change tries again.
  }
}

/** The same change to what we wrote. Where it cannot be made there, what was stored counts as written. */
function applied(own: Policy, change: (policy: Policy) => unknown, stored: Policy): Policy {
  const changed = parsePolicy(withRevision(change(own), stored.revision));
  return changed.ok ? changed.value : stored;
}

function locked(
  files: GuardFiles,
  run: () => Result<Policy, PolicyUpdateFailure>,
): Result<Policy, PolicyUpdateFailure> {
  const outcome = withFileLock(files.policyLock, run);
  return outcome === null ? fail({ reason: 'locked' }) : outcome.result;
}

function store(files: GuardFiles, value: unknown, revision: number): Result<Policy, PolicyUpdateFailure> {
  const parsed = parsePolicy(withRevision(value, revision));
  if (!parsed.ok)
    return fail({ reason: 'invalid', problem: `${parsed.error.path}: ${parsed.error.message}` });
  const text = formatPolicy(parsed.value);
  replaceText(files.policy, text);
  // The last good one is made of what the disk gives back, so that it is never a damaged one.
  if (tryText(files.policy) !== text)
    return fail({ reason: 'unreadable', problem: 'The policy file could not be read back.' });
  lastParsed.set(files.policy, { text, parsed, keptAt: null });
  keepAsLastGood(files);
  return ok(parsed.value);
}

function withRevision(value: unknown, revision: number): unknown {
  return typeof value === 'object' && value !== null ? { ...value, revision } : value;
}

/** A copy, so that there is no moment without a policy: that would be none at all. */
function keepAside(path: string, now: number): void {
  const time = new Date(now).toISOString().replaceAll(':', '-');
  // What is no file would be copied for ever, or lead elsewhere.
  if (lstatSync(path, { throwIfNoEntry: false })?.isFile() === true)
    copyFileSync(path, `${path}.corrupt-${time}`);
}

/** What was written by hand counts, too, once the file cannot be read or is gone. Best effort: the policy itself holds. */
function keepAsLastGood({ policy, lastGood }: GuardFiles): void {
  const known = lastParsed.get(policy);
  if (known === undefined || known.keptAt === lastGood) return;
  try {
    if (tryText(lastGood) !== known.text) replaceText(lastGood, known.text);
    known.keptAt = lastGood;
  } catch {
    // E.g. a full disk. The next read tries again.
  }
}

function tryText(path: string): string | null {
  try {
    return readText(path, policyMaxBytes);
  } catch {
    return null;
  }
}

interface Parsed {
  readonly text: string;
  readonly parsed: ReturnType<typeof parsePolicyText>;
  /** Where this text is known to stand as the last good one. */
  keptAt: string | null;
}

/** The text read last from a file and what came of it: with many rules parsing takes longer than the send it is about. */
const lastParsed = new Map<string, Parsed>();

function parse(path: string, text: string): ReturnType<typeof parsePolicyText> {
  const known = lastParsed.get(path);
  if (known?.text === text) return known.parsed;
  // One text stands in up to three files: the same policy is the same object.
  const same = [...lastParsed.values()].find((other) => other.text === text);
  const parsed = same?.parsed ?? parsePolicyText(text);
  lastParsed.set(path, { text, parsed, keptAt: null });
  return parsed;
}

function tryRead(path: string): Result<Policy | null, string> {
  let text: string | null;
  try {
    text = readText(path, policyMaxBytes);
  } catch (error: unknown) {
    return fail(`The policy file cannot be opened (${errorCode(error) ?? 'unknown reason'}).`);
  }
  if (text === null) return ok(null);
  const parsed = parse(path, text);
  if (parsed.ok) return parsed;
  return fail(
    parsed.error.path === '' ? parsed.error.message : `${parsed.error.path}: ${parsed.error.message}`,
  );
}
