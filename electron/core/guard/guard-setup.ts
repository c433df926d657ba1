/**
 * Sets the guard up in the local gateway: one change at a time, exactly as previewed, proven by the self-test, and put
 * back when anything goes wrong. It says `done` only after the gateway runs with it.
 */
import { remoteSetupText, guardErrorTexts, setupErrorTexts } from '../../contract/guard/guard-texts.ts';
import type {
  GuardSetupInput,
  GuardSetupPlan,
  GuardSetupStep,
  GuardSetupView,
  SelfTestView,
} from '../../contract/guard/guard-view.ts';
import type { JournalFact } from '../../contract/journal.ts';
import { appError, fail, ok } from '../../contract/result.ts';
import type { AppError, Result } from '../../contract/result.ts';
import type { GuardInstaller } from '../guard-ports.ts';
import type { Logger, Timers } from '../ports.ts';
import { testEveryLayer, testPlugin, testTransport, type SelfTestParts } from './self-test.ts';
import { takeOver, type Takeover } from './takeover.ts';
import { Waiting } from './waiting.ts';

export interface GuardSetupParts extends SelfTestParts {
  readonly installer: GuardInstaller;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly connected: () => boolean;
  readonly screenLocked: () => boolean;
  /** Something may have changed: ask the gateway anew. */
  readonly lookAgain: () => Promise<void>;
  readonly onView: (view: GuardSetupView) => void;
  /** For the journal. */
  readonly note: (fact: JournalFact) => void;
}

export class GuardSetup {
  readonly #parts: GuardSetupParts;
  readonly #waiting: Waiting;
  #plan: GuardSetupPlan | null = null;
  /** Ends with what is under way; null: nothing is. */
  #underWay: Promise<unknown> | null = null;

  constructor(parts: GuardSetupParts) {
    this.#parts = parts;
    this.#waiting = new Waiting(parts.timers);
  }

  /** Works out the exact changes. Only the newest preview can be applied. */
  async plan(input: GuardSetupInput): Promise<Result<GuardSetupPlan>> {
    const { connected, isLocal, installer } = this.#parts;
    if (!connected()) return fail(notConnected);
    if (!isLocal()) return fail(appError('config-not-editable', remoteSetupText(input)));
    const planned = await installer.plan(input);
    if (planned.ok) this.#plan = planned.value;
    return planned;
  }

  /** Starts it; how it goes is in the view. */
  apply(id: string): Result<null> {
    if (this.#parts.screenLocked()) return fail(screenLocked);
    if (this.#underWay !== null) return fail(busy);
    if (!this.#parts.connected()) return fail(notConnected);
    const plan = this.#plan;
    if (plan?.id !== id) return fail(stalePlan);
    this.#plan = null;
    void this.#alone(async () => this.#run(plan));
    return ok(null);
  }

  async test(): Promise<Result<SelfTestView>> {
    if (this.#underWay !== null) return fail(busy);
    if (!this.#parts.connected()) return fail(notConnected);
    return this.#alone(async () => {
      const test = await testEveryLayer(this.#parts);
      this.#show({ state: 'idle', lastTest: test });
      return ok(test);
    });
  }

  /** The gateway's config changed, or it is connected again: no need to wait for the beat. */
  nudge(): void {
    this.#waiting.nudge();
  }

  /** Resolves when no file is being written any more. What was applied stays; nobody waits for the gateway. */
  async stop(): Promise<void> {
    this.#waiting.stop();
    await this.#underWay;
  }

  async #alone<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
    const running = this.#safely(work);
    this.#underWay = running;
    const done = await running;
    this.#underWay = null;
    return done;
  }

  async #run(plan: GuardSetupPlan): Promise<Result<null>> {
    const { input } = plan;
    this.#step(input, 'files');
    const takeover = await takeOver(this.#parts, plan);
    const applied = await this.#safely(async () =>
      this.#parts.installer.apply(plan.id, (step) => {
        this.#step(input, step);
      }),
    );
    if (!applied.ok) {
      this.#end({ state: 'failed', input, error: applied.error, undone: applied.error.code !== 'internal' });
      return applied;
    }
    const proven = await this.#safely(async () => this.#prove(input, takeover));
    if (proven.ok) this.#end({ state: 'done', input, test: proven.value });
    else if (!this.#waiting.stopped) await this.#undo(plan, proven.error);
    await this.#parts.lookAgain();
    return ok(null);
  }

  async #prove(input: GuardSetupInput, takeover: Takeover): Promise<Result<SelfTestView | null>> {
    this.#step(input, 'waiting-for-gateway');
    if (!(await this.#waiting.until(takeover))) return fail(notTakenOver);
    if (input.action === 'remove') return ok(null);
    this.#step(input, 'self-test');
    return this.#testPart(input);
  }

  async #testPart(input: GuardSetupInput): Promise<Result<SelfTestView>> {
    const at = this.#parts.clock.now();
    if (input.part === 'strict') {
      const tested = await testTransport(this.#parts, input.account);
      if (tested.result !== 'stopped') return fail(notStopped);
      return ok({ plugin: 'not-tested', strict: [tested], at });
    }
    const plugin = await testPlugin(this.#parts);
    if (plugin === 'stopped') return ok({ plugin, strict: [], at });
    // Nothing is connected that a message could go through: nothing can get past the guard either.
    return plugin === 'no-channel' ? ok({ plugin: 'not-tested', strict: [], at }) : fail(notStopped);
  }

  async #undo(plan: GuardSetupPlan, error: AppError): Promise<void> {
    this.#step(plan.input, 'undo');
    const undone = await this.#safely(async () => this.#parts.installer.undo(plan.id));
    this.#end({
      state: 'failed',
      input: plan.input,
      error: undone.ok ? error : notUndone(error, undone.error),
      undone: undone.ok,
    });
  }

  /** A bug must not leave the view at `working` for good. */
  async #safely<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
    try {
      return await work();
    } catch (error: unknown) {
      this.#parts.logger.log('error', 'guard-setup-threw', { error });
      return fail(appError('internal', setupErrorTexts.unexpected));
    }
  }

  #step(input: GuardSetupInput, step: GuardSetupStep): void {
    this.#show({ state: 'working', input, step });
  }

  #end(view: Extract<GuardSetupView, { readonly state: 'done' | 'failed' }>): void {
    const { part, action } = view.input;
    const failure = view.state === 'failed' && !view.undone ? 'failed' : 'undone';
    this.#parts.note({ kind: 'setup', part, action, outcome: view.state === 'done' ? 'done' : failure });
    this.#show(view);
  }

  #show(view: GuardSetupView): void {
    this.#parts.onView(view);
  }
}

const notConnected = appError('not-connected', guardErrorTexts.notConnected, true);
const screenLocked = appError('not-armed', guardErrorTexts.changeLocked, true);
const busy = appError('setup-failed', setupErrorTexts.busy, true);
const stalePlan = appError('config-changed', setupErrorTexts.stalePlan, true);
const notTakenOver = appError('setup-failed', setupErrorTexts.notTakenOver);
const notStopped = appError('setup-failed', setupErrorTexts.notStopped);

function notUndone(error: AppError, undo: AppError): AppError {
  return { ...error, message: setupErrorTexts.notUndone(undo.message) };
}
