/** Carries one edit out, step by step: write, remember how to take it back, wait until the gateway runs with it. */
import type { ConfigStep } from '../../contract/channels.ts';
import { configErrorTexts } from '../../contract/config-texts.ts';
import type { ConfigUndo } from '../../contract/gateway-config/config-undo.ts';
import { appError, fail, ok, type AppError, type Result } from '../../contract/result.ts';
import type { Call } from '../gateway/calls.ts';
import type { Waiting } from '../guard/waiting.ts';
import type { RulesDoor } from '../people/people-parts.ts';
import type { Clock } from '../ports.ts';
import { displayText } from '../requests/display-text.ts';
import type { ConfigDoor } from './config-door.ts';
import { awaitArrival, departure, type Departure } from './config-arrival.ts';
import { isWrite, write, type ConfigJob, type ConfigJobPart } from './config-job.ts';
import { changeEdit, withEdit, type ConfigRecord, type RecordedEdit } from './config-record.ts';
import { setPairingReply, takePairingReplyBack } from './pairing-rule.ts';
import type { RecordKeeper } from './record-keeper.ts';
import { joinedUndo } from './undo-plan.ts';
import type { WriteLimit } from './write-limit.ts';

/** Characters of what the gateway says about a config it does not accept. */
const longestIssue = 200;

export interface JobParts {
  readonly file: ConfigDoor;
  readonly record: RecordKeeper;
  readonly rules: RulesDoor;
  readonly request: Call;
  readonly clock: Clock;
  readonly waiting: Waiting;
  readonly limit: WriteLimit;
  readonly job: ConfigJob;
  readonly editId: string;
  /** Of the file the job was made from. */
  readonly hash: string;
  readonly configPath: string;
  readonly onStep: (step: ConfigStep, write: number, writes: number) => void;
}

export interface JobOutcome {
  /** Null: the gateway runs with it. */
  readonly error: AppError | null;
  /** True: something of it stands in the config or the rules. */
  readonly written: boolean;
}

export async function runConfigJob(parts: JobParts): Promise<JobOutcome> {
  const { job } = parts;
  const run = new Run(parts);
  for (const part of job.parts) {
    const done = isWriting(part) ? await run.write(part) : await run.changeRule(part);
    if (!done.ok) return { error: done.error, written: run.written };
  }
  await run.confirm();
  return { error: null, written: run.written };
}

type WritePart = Extract<ConfigJobPart, { readonly do: 'edit' | 'take-back' }>;
type RulePart = Exclude<ConfigJobPart, WritePart>;

function isWriting(part: ConfigJobPart): part is WritePart {
  return isWrite(part);
}

class Run {
  readonly #parts: JobParts;
  readonly #writes: number;
  #edit: RecordedEdit;
  #hash: string;
  readonly #recordBefore: ConfigRecord;
  #write = 0;

  constructor(parts: JobParts) {
    const { job, editId, clock, configPath, hash } = parts;
    const { reason, channel, account, takesBack } = job;
    this.#parts = parts;
    this.#recordBefore = parts.record.current;
    this.#writes = job.parts.filter(isWrite).length;
    this.#hash = hash;
    this.#edit = {
      id: editId,
      at: clock.now(),
      reason,
      configPath,
      channel,
      account,
      undos: [],
      rule: null,
      takesBack,
      confirmed: false,
      undone: false,
    };
  }

  get written(): boolean {
    return this.#edit.undos.length > 0 || this.#edit.rule !== null;
  }

  async write(part: WritePart): Promise<Result<null>> {
    const { file, limit, request, job } = this.#parts;
    this.#write += 1;
    this.#step('writing');
    const before = await departure(request, job.channel);
    const done = await write(file, part, this.#hash);
    if (!done.ok) return done;
    const { undo, hash } = done.value;
    this.#hash = hash;
    if (undo.changes.length === 0) return ok(null);
    limit.count();
    await this.#remember({ undos: [...this.#edit.undos, undo] });
    if (file.restartsGateway()) this.#step('restart');
    const settled = await file.settled();
    return settled.ok ? this.#arrive(undo, before) : settled;
  }

  async changeRule(part: RulePart): Promise<Result<null>> {
    const { rules, job } = this.#parts;
    this.#step('rules');
    if (part.do === 'rule-back') {
      const { account, before, after } = part.undo;
      const back = await takePairingReplyBack(rules, part.undo);
      if (!back.ok) return back;
      const now = before === 'absent' ? 'send' : before;
      await this.#remember({ rule: { account, before: after, after: now } });
      return back;
    }
    const set = await setPairingReply(rules, job.account, part.pairingReply);
    if (!set.ok) return set;
    if (set.value !== null) await this.#remember({ rule: set.value });
    return ok(null);
  }

  async confirm(): Promise<void> {
    if (this.written) await this.#remember({ confirmed: true });
  }

  async #arrive({ changes }: ConfigUndo, before: Departure): Promise<Result<null>> {
    const { request, waiting } = this.#parts;
    this.#step('gateway');
    const onTakenOver = (): void => {
      this.#step('channel');
    };
    const arrival = await awaitArrival({ request, waiting, onTakenOver }, changes, before);
    if (arrival.state === 'arrived') return ok(null);
    if (arrival.state === 'rejected') return fail(await this.#putBack(arrival.where, arrival.why));
    const text = waiting.stopped ? configErrorTexts.stopped : configErrorTexts.notTakenOver;
    return fail(appError('gateway-timeout', text, true));
  }

  /** The gateway does not accept the config: it must not stand there until the next start. */
  async #putBack(where: string, why: string): Promise<AppError> {
    const { file, record, rules } = this.#parts;
    const place = displayText(where, longestIssue).text;
    const undo = joinedUndo(this.#edit.undos);
    const back = undo === null ? ok(null) : await write(file, { do: 'take-back', undo }, this.#hash);
    if (!back.ok)
      return appError('setup-failed', configErrorTexts.rejectedNotUndone(place, back.error.message));
    const { rule } = this.#edit;
    const ruleBack = rule === null ? ok(null) : await takePairingReplyBack(rules, rule);
    if (!ruleBack.ok)
      return appError('setup-failed', configErrorTexts.rejectedNotUndone(place, ruleBack.error.message));
    this.#edit = { ...this.#edit, undos: [], rule: null };
    const before = this.#recordBefore;
    // Putting it back was a write as well, and the gateway has to restart for it.
    await record.change(({ owedRestarts }) => ({ ...before, owedRestarts }));
    return appError('gateway-refused', configErrorTexts.rejected(place, displayText(why, longestIssue).text));
  }

  /** On disk before anything else happens: a crash must not lose the way back. */
  async #remember(
    change: Partial<Pick<RecordedEdit, 'undos' | 'rule' | 'confirmed'>> & {
      readonly undos?: readonly ConfigUndo[];
    },
  ): Promise<void> {
    const { record, job } = this.#parts;
    const { takesBack } = job;
    this.#edit = { ...this.#edit, ...change };
    const edit = this.#edit;
    await record.change((all) => {
      const added = withEdit(all, edit);
      const taken = takesBack === null ? added : changeEdit(added, takesBack, { undone: true });
      // Taking back a taking back: what that one took back stands again.
      const again = all.edits.find(({ id }) => id === takesBack)?.takesBack ?? null;
      const revived = again === null ? taken : changeEdit(taken, again, { undone: false });
      return job.remember === undefined ? revived : job.remember(revived, edit);
    });
  }

  #step(step: ConfigStep): void {
    this.#parts.onStep(step, this.#write, this.#writes);
  }
}
