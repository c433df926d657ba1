/** The owner's edits of the send rules. The gateway stores them; nothing is overwritten that the owner has not seen. */
import { applyRuleChange } from '../../contract/guard/apply-rule-change.ts';
import { guardErrorTexts } from '../../contract/guard/guard-texts.ts';
import type { RulesView } from '../../contract/guard/guard-view.ts';
import type { Policy } from '../../contract/guard/policy.ts';
import type { RuleChange } from '../../contract/guard/rule-change.ts';
import { appError, fail, ok } from '../../contract/result.ts';
import type { AppError, Result } from '../../contract/result.ts';
import type { JournalFact } from '../../contract/journal.ts';
import type { GatewayFailure } from '../ports.ts';
import type { GuardCalls, GuardRules as ReadRules } from './guard-calls.ts';
import { readError, storeError } from './guard-errors.ts';
import { restoredSummary, ruleSummary } from './rule-summary.ts';

export interface GuardRulesParts {
  readonly calls: GuardCalls;
  readonly screenLocked: () => boolean;
  readonly onStored: (policy: Policy) => void;
  /** For the journal. */
  readonly note: (fact: JournalFact) => void;
}

export interface RuleEdit {
  /** The revision the owner looked at. */
  readonly revision: number;
  readonly change: RuleChange;
}

export interface EditedRules {
  readonly rules: RulesView;
  readonly undo: RuleChange;
}

export class GuardRules {
  readonly #parts: GuardRulesParts;

  constructor(parts: GuardRulesParts) {
    this.#parts = parts;
  }

  async read(): Promise<Result<RulesView>> {
    const read = await this.#parts.calls.rules();
    return read.ok ? ok(rulesView(read.value)) : fail(readError(read.error));
  }

  /** Pausing always works; letting messages out again is a decision, and takes an unlocked screen. */
  async pause(paused: boolean): Promise<Result<null>> {
    if (!paused && this.#parts.screenLocked()) return fail(resumeLocked);
    const change: RuleChange = { type: 'pause', paused };
    const first = await this.#edit(null, change);
    // It does not depend on the other rules, so whoever was faster with those does not matter.
    const done = !first.ok && first.error.code === 'rules-changed' ? await this.#edit(null, change) : first;
    return done.ok ? ok(null) : done;
  }

  async change({ revision, change }: RuleEdit): Promise<Result<EditedRules>> {
    if (this.#parts.screenLocked()) return fail(changeLocked);
    return this.#edit(revision, change);
  }

  /** Goes back to the last rules that could be read. Never to none: that would let everything out. */
  async restore(): Promise<Result<RulesView>> {
    const { calls, screenLocked, onStored, note } = this.#parts;
    if (screenLocked()) return fail(changeLocked);
    const read = await calls.rules();
    if (!read.ok) return fail(readError(read.error));
    if (read.value.status !== 'unreadable') return ok(rulesView(read.value));
    if (!read.value.known) return fail(nothingToRestore);
    const restored = await calls.restoreRules();
    if (!restored.ok) return fail(storeError(restored.error));
    onStored(restored.value);
    note(changedByUs(restoredSummary));
    return ok({ status: 'ready', policy: restored.value });
  }

  /** @param revision null: of whatever the rules are now */
  async #edit(revision: number | null, change: RuleChange): Promise<Result<EditedRules>> {
    const { calls, onStored, note } = this.#parts;
    const read = await calls.rules();
    if (!read.ok) return fail(readError(read.error));
    if (read.value.status === 'unreadable') return fail(rulesUnreadable);
    const before = read.value.policy;
    if (revision !== null && revision !== before.revision) return fail(rulesChanged);
    const applied = applyRuleChange(before, change);
    if (!applied.ok) return fail(invalid(applied.error.message));
    const stored = await calls.setRules(before.revision, applied.value.policy);
    if (!stored.ok) return fail(await this.#refusal(stored.error, before.revision));
    onStored(stored.value);
    note(changedByUs(ruleSummary(change, stored.value.region)));
    return ok({ rules: { status: 'ready', policy: stored.value }, undo: applied.value.undo });
  }

  /** A refusal does not say in a way to rely on whether somebody was faster; the rules do. */
  async #refusal(failure: GatewayFailure, revision: number): Promise<AppError> {
    if (failure.code !== 'INVALID_REQUEST' && failure.code !== 'UNAVAILABLE') return storeError(failure);
    const now = await this.#parts.calls.rules();
    if (!now.ok) return storeError(failure);
    if (now.value.status === 'unreadable') return rulesUnreadable;
    if (now.value.policy.revision !== revision) return rulesChanged;
    return failure.code === 'INVALID_REQUEST' ? invalid(guardErrorTexts.rulesInvalid) : storeError(failure);
  }
}

function changedByUs(summary: string): JournalFact {
  return { kind: 'rules-changed', by: 'us', summary };
}

function rulesView({ status, policy }: ReadRules): RulesView {
  return { status, policy };
}

const resumeLocked = appError('not-armed', guardErrorTexts.resumeLocked, true);
const changeLocked = appError('not-armed', guardErrorTexts.changeLocked, true);
const rulesChanged = appError('rules-changed', guardErrorTexts.rulesChanged, true);
const rulesUnreadable = appError('rules-unreadable', guardErrorTexts.rulesUnreadable);
const nothingToRestore = appError('rules-unreadable', guardErrorTexts.nothingToRestore);

function invalid(message: string): AppError {
  return appError('rules-invalid', message);
}
