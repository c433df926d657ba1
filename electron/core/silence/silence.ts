/** The switch "Silence strangers on iMessage": plans, applies and takes back, and ends by itself where it was asked to. */
import type { CommandHandlers } from '../../contract/api.ts';
import { configErrorTexts, remoteConfigTexts, silenceErrorTexts } from '../../contract/config-texts.ts';
import type { GuardView } from '../../contract/guard/guard-view.ts';
import { keepNewest } from '../../contract/keep-newest.ts';
import { appError, fail, ok, type AppError, type Result } from '../../contract/result.ts';
import {
  unknownSilence,
  type SilenceMode,
  type SilencePlan,
  type SilenceView,
} from '../../contract/silence.ts';
import type { SilencePlanInput } from '../../contract/schemas.ts';
import type { ConfigChanges } from '../config/config-changes.ts';
import type { ConfigJob } from '../config/config-job.ts';
import { withSilence, type RecordedSilence } from '../config/config-record.ts';
import type { ConfigWatch } from '../config/config-watch.ts';
import { withIncluded } from '../config/included.ts';
import type { RecordKeeper } from '../config/record-keeper.ts';
import type { GatewayConfigFile } from '../config-ports.ts';
import type { Clock } from '../ports.ts';
import { obstacles, planSilence, type PlannedSilence } from './plan-silence.ts';
import { imessage } from './silence-account.ts';
import { liveSilence, silenceView } from './silence-view.ts';

const mostPlans = 10;

export interface SilenceParts {
  readonly file: GatewayConfigFile;
  readonly changes: ConfigChanges;
  readonly record: RecordKeeper;
  readonly watch: ConfigWatch;
  readonly clock: Clock;
  readonly guard: () => GuardView;
  readonly approved: (channel: string, account: string) => Promise<Result<readonly string[]>>;
  readonly connected: () => boolean;
  readonly isLocal: () => boolean;
  /** The end times may be others now. */
  readonly onTimes: () => void;
  readonly onView: () => void;
}

interface KnownPlan {
  readonly plan: SilencePlan;
  /** Who may write afterwards; null: nobody who may now is shut out. */
  readonly admitted: readonly string[] | null;
  /** What holds already and gets another end, or none; null: something is written. */
  readonly newEnd: NewEnd | null;
}

interface NewEnd {
  readonly of: RecordedSilence;
  /** The config it was seen in. */
  readonly hash: string;
}

type SilenceCommand = Extract<keyof CommandHandlers, `silence.${string}`>;

export class Silence {
  readonly #parts: SilenceParts;
  readonly #plans = new Map<string, KnownPlan>();
  readonly #errors = new Map<string, AppError>();
  #view: SilenceView = unknownSilence;
  readonly handlers: Pick<CommandHandlers, SilenceCommand>;

  constructor(parts: SilenceParts) {
    this.#parts = parts;
    this.handlers = {
      'silence.plan': async (input) => this.plan(input),
      'silence.apply': async ({ id, confirmed }) => this.apply(id, confirmed),
      'silence.undo': async ({ account, confirmed }) => this.undo(account, confirmed),
    };
  }

  get view(): SilenceView {
    return this.#view;
  }

  /** Something it is made from may have changed. */
  refresh(): void {
    const { connected, watch, guard, record, changes } = this.#parts;
    const next = silenceView({
      connected: connected(),
      reading: watch.reading,
      guard: guard(),
      record: record.current,
      work: changes.view,
      errors: this.#errors,
    });
    // Small and made of plain values; most looks find nothing new.
    if (JSON.stringify(next) === JSON.stringify(this.#view)) return;
    this.#view = next;
    this.#parts.onView();
  }

  async plan(input: SilencePlanInput): Promise<Result<SilencePlan>> {
    const { connected, isLocal, file, clock } = this.#parts;
    if (!connected()) return fail(notConnected);
    if (input.until !== null && input.until <= clock.now())
      return fail(appError('bad-input', silenceErrorTexts.untilPast));
    if (input.until !== null && !isLocal()) return fail(appError('bad-input', remoteConfigTexts.noEnd));
    const content = await file.read();
    if (!content.ok) return content;
    const planned = await this.#work(input, content.value);
    if (!planned.ok) return planned;
    const { parts, takesBack, admitted, ...shown } = planned.value;
    const known = liveSilence(this.#parts.record.current, content.value.path, input.account);
    const nothingToWrite = parts.length === 0 && shown.applicable;
    const problem = nothingToWrite ? endProblem(known?.silence ?? null, input) : null;
    if (problem !== null) return fail(problem);
    const place = { configPath: content.value.path, account: input.account };
    const job: ConfigJob = {
      reason: { kind: 'silence', account: input.account },
      channel: imessage,
      account: input.account,
      parts,
      takesBack,
      remember: (record, edit) =>
        withSilence(record, place, {
          ...place,
          editId: edit.id,
          former: shown.from,
          to: input.to,
          until: input.until,
        }),
    };
    const config = await this.#parts.changes.plan(job, content.value);
    if (!config.ok) return config;
    const plan: SilencePlan = { ...config.value, ...input, ...shown };
    const newEnd = nothingToWrite && known !== null ? { of: known.silence, hash: content.value.hash } : null;
    this.#plans.set(plan.id, { plan, admitted, newEnd });
    keepNewest(this.#plans, mostPlans);
    return ok(plan);
  }

  async apply(id: string, confirmed: boolean): Promise<Result<null>> {
    const known = this.#plans.get(id);
    if (known === undefined) return fail(stalePlan);
    const { plan, admitted, newEnd } = known;
    const [obstacle] = obstacles(plan.to, this.#parts.guard(), plan.account);
    if (obstacle !== undefined) {
      const { strictNeeded, pluginNeeded } = silenceErrorTexts;
      const text = obstacle.kind === 'strict-needed' ? strictNeeded : pluginNeeded;
      return fail(appError('setup-failed', text));
    }
    if (plan.warnings.some(({ kind }) => kind === 'makes-approvers'))
      return fail(appError('setup-failed', silenceErrorTexts.makesApprovers));
    if (plan.confirm && !confirmed) return fail(appError('bad-input', configErrorTexts.notConfirmed));
    this.#plans.delete(id);
    const shutOut = await this.#shutsOut(plan.account, admitted);
    if (shutOut !== null) return fail(shutOut);
    return newEnd === null ? this.#start(id, plan.account) : this.#setEnd(plan, newEnd);
  }

  /** From the tray, where nothing can be read or confirmed: fails when something has to be. */
  async switchAtOnce(account: string, to: SilenceMode): Promise<Result<null>> {
    const plan = await this.plan({ account, to, until: null });
    if (!plan.ok) return plan;
    const { warnings, confirm, restarts } = plan.value;
    if (warnings.length > 0 || confirm || restarts)
      return fail(appError('bad-input', silenceErrorTexts.lookFirst));
    return this.apply(plan.value.id, false);
  }

  /** Exactly the config from before the switch. */
  async undo(account: string, confirmed: boolean): Promise<Result<null>> {
    const { connected, file, changes, record } = this.#parts;
    if (!connected()) return fail(notConnected);
    const content = await file.read();
    if (!content.ok) return content;
    const known = liveSilence(record.current, content.value.path, account);
    if (known === null) return fail(appError('bad-input', silenceErrorTexts.nothingToUndo));
    const job = changes.undoJob(
      known.edit,
      { reason: { kind: 'silence', account }, confirmed },
      content.value,
    );
    if (!job.ok) return job;
    const place = { configPath: content.value.path, account };
    const plan = await changes.plan(
      { ...job.value, remember: (all) => withSilence(all, place, null) },
      content.value,
    );
    return plan.ok ? this.#start(plan.value.id, account) : plan;
  }

  async #work(
    input: SilencePlanInput,
    content: Parameters<typeof planSilence>[1]['content'],
  ): Promise<Result<PlannedSilence>> {
    const { guard, record, approved, watch } = this.#parts;
    return planSilence(input, {
      content: withIncluded(content, watch.reading, imessage),
      effective: watch.reading?.effective ?? null,
      guard: guard(),
      edits: record.current.edits,
      approved: async () => approved(imessage, input.account),
    });
  }

  /** Somebody may have been approved since the preview. */
  async #shutsOut(account: string, admitted: readonly string[] | null): Promise<AppError | null> {
    if (admitted === null) return null;
    const approved = await this.#parts.approved(imessage, account);
    if (!approved.ok) return approved.error;
    const everybody = approved.value.every((entry) => admitted.includes(entry));
    return everybody ? null : stalePlan;
  }

  /** Writes nothing into the config; still, it must be what the preview showed. */
  async #setEnd({ id, account, until }: SilencePlan, { of, hash }: NewEnd): Promise<Result<null>> {
    const { changes, file, record, onTimes } = this.#parts;
    const refusal = changes.refusal(id);
    if (refusal !== null) return fail(refusal);
    const content = await file.read();
    if (!content.ok) return content;
    const holds = liveSilence(record.current, content.value.path, account)?.silence === of;
    if (!holds || content.value.hash !== hash) return fail(stalePlan);
    await record.change((all) => withSilence(all, of, { ...of, until }));
    this.#errors.delete(account);
    onTimes();
    this.refresh();
    return ok(null);
  }

  #start(id: string, account: string): Result<null> {
    const { changes, onTimes } = this.#parts;
    const started = changes.apply(id);
    if (!started.ok) return started;
    this.#errors.delete(account);
    void started.value.done.then(({ error }) => {
      if (error !== null) this.#errors.set(account, error);
      onTimes();
      this.refresh();
    });
    this.refresh();
    return ok(null);
  }
}

/** Null: what holds can be given this end. */
function endProblem(known: RecordedSilence | null, { to, until }: SilencePlanInput): AppError | null {
  const { alreadySo, untilNothing } = silenceErrorTexts;
  if (known?.to !== to) return appError('bad-input', until === null ? alreadySo : untilNothing);
  return known.until === until ? appError('bad-input', alreadySo) : null;
}

const notConnected = appError('not-connected', configErrorTexts.notConnected, true);
const stalePlan = appError('config-changed', configErrorTexts.stalePlan, true);
