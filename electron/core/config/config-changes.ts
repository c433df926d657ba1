/**
 * Every edit of the gateway's config goes through here: previewed exactly, one at a time, in writes that are each safe
 * by themselves, confirmed by the gateway before it is shown as done, and remembered so that it can be taken back.
 */
import type {
  ConfigHistoryEntry,
  ConfigReason,
  ConfigStep,
  ConfigWorkView,
} from '../../contract/channels.ts';
import { idleConfigWork } from '../../contract/channels.ts';
import { configErrorTexts } from '../../contract/config-texts.ts';
import type { ConfigChangeView, GuardView } from '../../contract/guard/guard-view.ts';
import { keepNewest } from '../../contract/keep-newest.ts';
import { appError, fail, ok, type AppError, type Result } from '../../contract/result.ts';
import type { GatewayConfigContent } from '../config-ports.ts';
import type { Call } from '../gateway/calls.ts';
import { Waiting } from '../guard/waiting.ts';
import type { RulesDoor } from '../people/people-parts.ts';
import type { Clock, Logger, Random, Timers } from '../ports.ts';
import { displayText } from '../requests/display-text.ts';
import type { ConfigDoor } from './config-door.ts';
import { isWrite, withJoinedEdits, type ConfigJob } from './config-job.ts';
import { runConfigJob, type JobOutcome } from './run-config-job.ts';
import type { RecordedEdit } from './config-record.ts';
import { opensUp } from './opening-up.ts';
import type { RecordKeeper } from './record-keeper.ts';
import { changeView, joinedUndo, netChanges, reversedView, undoProblem } from './undo-plan.ts';
import { WriteLimit } from './write-limit.ts';

/** Previews the owner looked at and left. */
const mostPlans = 10;
const longestSummary = 500;

export interface ConfigChangesParts {
  readonly file: ConfigDoor;
  readonly record: RecordKeeper;
  readonly rules: RulesDoor;
  readonly request: Call;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly logger: Logger;
  readonly connected: () => boolean;
  readonly screenLocked: () => boolean;
  /**
   * A stopped message waits for its answer; the gateway takes no config over meanwhile
   * (docs/GATEWAY-PROTOCOL.md#holding-a-send).
   */
  readonly holdsSend: () => boolean;
  readonly guard: () => GuardView;
  /** Something stands in the config now that did not before; in words. */
  readonly onChanged: (summary: string) => void;
  readonly onView: () => void;
}

export interface ConfigPlan {
  readonly id: string;
  readonly configPath: string;
  readonly changes: readonly ConfigChangeView[];
  /** The gateway restarts afterwards. */
  readonly restarts: boolean;
}

interface KnownPlan {
  readonly job: ConfigJob;
  readonly changes: readonly ConfigChangeView[];
  readonly hash: string;
  readonly configPath: string;
}

export class ConfigChanges {
  readonly #parts: ConfigChangesParts;
  readonly #waiting: Waiting;
  readonly #limit: WriteLimit;
  readonly #plans = new Map<string, KnownPlan>();
  #view: ConfigWorkView = idleConfigWork;
  /** Ends with what is under way; null: nothing is. */
  #underWay: Promise<unknown> | null = null;

  constructor(parts: ConfigChangesParts) {
    this.#parts = parts;
    this.#waiting = new Waiting(parts.timers, parts.holdsSend);
    this.#limit = new WriteLimit(parts.clock);
  }

  get view(): ConfigWorkView {
    return this.#view;
  }

  get busy(): boolean {
    return this.#underWay !== null;
  }

  /** Works out the exact changes; writes nothing. `content` is what the job was made from. */
  async plan(job: ConfigJob, content: GatewayConfigContent): Promise<Result<ConfigPlan>> {
    const changes = job.parts.flatMap((part) => (part.do === 'edit' ? part.changes : []));
    const undos = job.parts.flatMap((part) => (part.do === 'take-back' ? [part.undo] : []));
    const views = undos.flatMap(({ changes: made }) => made.map(reversedView));
    if (changes.length > 0) {
      const preview = await this.#parts.file.preview(changes);
      if (!preview.ok) return preview;
      if (preview.value.hash !== content.hash) return fail(stalePlan);
      views.push(...preview.value.changes);
    }
    const id = this.#parts.random.token();
    const restartsGateway = this.#parts.file.restartsGateway();
    this.#plans.set(id, {
      job: restartsGateway ? withJoinedEdits(job) : job,
      changes: views,
      hash: content.hash,
      configPath: content.path,
    });
    keepNewest(this.#plans, mostPlans);
    const restarts = restartsGateway && job.parts.some(isWrite);
    return ok({ id, configPath: content.path, changes: views, restarts });
  }

  /**
   * Starts it; how it goes is in the view.
   * @param unattended decided by the owner earlier: neither a locked screen nor the number of changes stops it
   */
  apply(id: string, unattended = false): Result<{ readonly done: Promise<JobOutcome> }> {
    const refusal = this.refusal(id, unattended);
    if (refusal !== null) return fail(refusal);
    const plan = this.#plans.get(id);
    if (plan === undefined) return fail(stalePlan);
    // What the other previews were made from is about to change.
    this.#plans.clear();
    const done = this.#run(plan);
    this.#underWay = done;
    return ok({ done });
  }

  /** Why nothing may be changed now; null: it may. */
  refusal(id: string, unattended = false): AppError | null {
    const { connected, screenLocked } = this.#parts;
    if (!unattended && screenLocked()) return appError('not-armed', configErrorTexts.screenLocked, true);
    if (this.busy) return appError('config-not-editable', configErrorTexts.busy, true);
    if (!connected()) return appError('not-connected', configErrorTexts.notConnected, true);
    const writes = this.#plans.get(id)?.job.parts.filter(isWrite).length ?? 0;
    if (!unattended && !this.#limit.allows(writes))
      return appError('config-not-editable', configErrorTexts.tooMany, true);
    return null;
  }

  /**
   * Taking an edit back, as a job: the newest write first.
   * @param confirmed the owner knows that strangers may be answered, or let in, again
   */
  undoJob(
    edit: RecordedEdit,
    { reason, confirmed }: { readonly reason: ConfigReason; readonly confirmed: boolean },
    content: GatewayConfigContent,
  ): Result<ConfigJob> {
    const problem = undoProblem(edit, content);
    if (problem !== null) return fail(problem);
    if (!confirmed && opensUp(edit, content.value, this.#parts.guard()))
      return fail(appError('bad-input', configErrorTexts.notConfirmed));
    const { channel, account, id, rule } = edit;
    const undo = joinedUndo(edit.undos);
    const back = undo === null ? [] : [{ do: 'take-back', undo } as const];
    const ruleBack = rule === null ? [] : [{ do: 'rule-back', undo: rule } as const];
    // Silent first, answering last: nobody gets a reply in between.
    const parts = rule?.before === 'silent' ? [...ruleBack, ...back] : [...back, ...ruleBack];
    return ok({ reason, channel, account, parts, takesBack: id });
  }

  async history(): Promise<readonly ConfigHistoryEntry[]> {
    const { edits } = this.#parts.record.current;
    const content = await this.#parts.file.read();
    const guard = this.#parts.guard();
    return edits.toReversed().map((edit) => {
      const problem = content.ok ? undoProblem(edit, content.value) : content.error;
      return {
        id: edit.id,
        at: edit.at,
        reason: edit.reason,
        changes: netChanges(edit.undos).map(changeView),
        confirmed: edit.confirmed,
        notUndoable: problem?.message ?? null,
        undone: edit.undone,
        confirm: problem === null && content.ok && opensUp(edit, content.value.value, guard),
      };
    });
  }

  /** The gateway's config changed, or it is connected again: no need to wait for the beat. */
  nudge(): void {
    this.#waiting.nudge();
  }

  /** Resolves when no file is being written any more. What was written stays; nobody waits for the gateway. */
  async stop(): Promise<void> {
    this.#waiting.stop();
    await this.#underWay;
  }

  async #run({ job, changes, hash, configPath }: KnownPlan): Promise<JobOutcome> {
    const { clock, random, logger, onChanged } = this.#parts;
    const outcome = await runConfigJob({
      ...this.#parts,
      waiting: this.#waiting,
      limit: this.#limit,
      job,
      hash,
      configPath,
      editId: random.token(),
      onStep: (step, write, writes) => {
        this.#working(job.reason, step, write, writes);
      },
    }).catch((error: unknown): JobOutcome => {
      logger.log('error', 'config-change-threw', { error });
      // A write may have happened; the record says which.
      return { error: appError('internal', configErrorTexts.unexpected), written: true };
    });
    this.#underWay = null;
    const at = clock.now();
    const { error, written } = outcome;
    if (written) onChanged(summaryOf(job, changes));
    this.#show(
      error === null
        ? { state: 'done', reason: job.reason, at }
        : { state: 'failed', reason: job.reason, error, written, at },
    );
    return outcome;
  }

  #working(reason: ConfigReason, step: ConfigStep, write: number, writes: number): void {
    this.#show({ state: 'working', reason, progress: { step, write, writes } });
  }

  #show(view: ConfigWorkView): void {
    this.#view = view;
    this.#parts.onView();
  }
}

/** Addresses may be in it, as display text; never more than one glance takes. */
function summaryOf({ channel, account }: ConfigJob, changes: readonly ConfigChangeView[]): string {
  const what = changes.map(({ path, after }) => (after === null ? `${path} removed` : `${path}: ${after}`));
  return displayText([`${channel} (${account})`, ...what].join('; '), longestSummary).text;
}

const stalePlan = appError('config-changed', configErrorTexts.stalePlan, true);
