/**
 * The life of the owner's answer: submitted, accepted or refused, confirmed by event or absence, late, or lost. It
 * only ever repeats what the owner decided; when it does not know what happened, it says so.
 */
import type { Decision, RequestOutcome } from '../../contract/request.ts';
import { appError, fail, ok, type Result } from '../../contract/result.ts';
import { noteTexts } from '../../contract/strings.ts';
import type { Clock } from '../ports.ts';
import type { DeltaBuilder } from './delta.ts';
import { isAmong, isOverdue, isPastEnd, outcomeOf, type Entry } from './inbox-entry.ts';
import type { ResolvedDecision } from './read.ts';
import type { RequestQueue } from './request-queue.ts';
import { denialElevation, type HeldAuthority } from './scopes.ts';
import { refusalOf, submissionOf, type Answer, type Submission, type SubmitInput } from './submission.ts';

export interface AnsweringOptions {
  readonly clock: Clock;
  /** What our connection at rest may do. */
  readonly held: () => HeldAuthority;
  /** How long we wait for the gateway's answer, and after that for its confirmation. */
  readonly confirmDeadlineMs: number;
  /** Same for an answer that first needs an elevated connection, or that delivers a message. */
  readonly elevatedDeadlineMs: number;
}

export class Answering {
  readonly #queue: RequestQueue;
  readonly #options: AnsweringOptions;
  readonly #inFlight = new Set<Entry>();
  #attempts = 0;

  constructor(queue: RequestQueue, options: AnsweringOptions) {
    this.#queue = queue;
    this.#options = options;
  }

  submit(input: SubmitInput, connected: boolean, delta: DeltaBuilder): Result<Submission> {
    const now = this.#options.clock.now();
    const entry = this.#queue.findKey(input.key);
    const view = entry === null ? null : this.#queue.viewOf(entry);
    const refusal = refusalOf(input, view, { now, connected });
    if (refusal !== null) return fail(refusal);
    if (entry === null || view === null)
      return fail(appError('internal', 'The request vanished while answering.'));

    const { decision } = input;
    const elevation =
      decision === 'approve' ? view.elevation : denialElevation(view.kind, this.#options.held());
    const takesLong = elevation.length > 0 || view.kind === 'send';
    const patience = takesLong ? this.#options.elevatedDeadlineMs : this.#options.confirmDeadlineMs;
    this.#attempts += 1;
    entry.status = 'submitting';
    entry.note = null;
    const repeats = entry.sent.includes(decision);
    entry.sent = [...entry.sent.filter((sent) => sent !== decision), decision];
    entry.submission = {
      attempt: this.#attempts,
      decision,
      repeats,
      deadline: now + patience,
      announced: null,
      absent: false,
    };
    this.#inFlight.add(entry);
    this.#queue.touch(entry, delta);
    return ok(submissionOf(entry.request, input, { attempt: this.#attempts, elevation }));
  }

  answered(submission: Submission, answer: Answer, delta: DeltaBuilder): void {
    const entry = this.#queue.findKey(submission.key);
    if (answer.type === 'accepted') {
      if (entry !== null) this.#accept(entry, submission, answer, delta);
      else {
        const decision = outcomeOf(submission.decision);
        this.#queue.correctSettled(submission.key, decision, this.#options.clock.now(), 'us', delta);
      }
    } else if (entry?.submission?.attempt === submission.attempt) {
      this.#failed(entry, submission.decision, answer, delta);
    }
  }

  /** The gateway announced how an open request was decided. @param at epoch ms, our clock */
  resolved(entry: Entry, decision: ResolvedDecision, at: number, delta: DeltaBuilder): void {
    const { submission } = entry;
    if (submission === null || outcomeOf(submission.decision) !== decision) {
      this.#settle(entry, decision, isAmong(entry.sent, decision) ? 'us' : 'elsewhere', at, delta);
    } else if (entry.accepted === submission.decision) {
      this.#settle(entry, decision, 'us', at, delta);
    } else {
      // Ours, or someone else's at the same moment? The answer to our own call tells, within its deadline.
      submission.announced = decision;
    }
  }

  /** A list asked for after this request was known does not hold it. */
  absent(entry: Entry, delta: DeltaBuilder): void {
    const { submission } = entry;
    if (submission !== null && entry.accepted !== submission.decision) submission.absent = true;
    else this.#concludeGone(entry, delta);
  }

  /** A list of the present connection holds it. */
  listed(entry: Entry, delta: DeltaBuilder): void {
    if (entry.submission !== null) entry.submission.absent = false;
    if (entry.status === 'lost') this.#reopen(entry, noteTexts.connectionLost, delta);
  }

  /** No confirmation in time: the owner may answer again, and the list tells what really happened. */
  giveUpWaiting(entry: Entry, delta: DeltaBuilder): void {
    const announced = entry.submission?.announced ?? null;
    delta.readAgain(entry.request.kind);
    if (announced !== null) {
      this.#settle(entry, announced, 'us', this.#options.clock.now(), delta);
    } else if (entry.submission?.absent === true) {
      this.#concludeGone(entry, delta);
    } else {
      this.#reopen(entry, noteTexts.notConfirmed, delta);
    }
  }

  loseAll(delta: DeltaBuilder): void {
    for (const entry of [...this.#inFlight]) this.#lose(entry, delta);
  }

  expire(entry: Entry, delta: DeltaBuilder): void {
    this.#inFlight.delete(entry);
    this.#queue.settle(entry, null, false, entry.sent.length > 0 ? noteTexts.answerUnknown : null, delta);
  }

  #accept(
    entry: Entry,
    submission: Submission,
    answer: Extract<Answer, { type: 'accepted' }>,
    delta: DeltaBuilder,
  ): void {
    const now = this.#options.clock.now();
    const current = entry.submission?.attempt === submission.attempt ? entry.submission : null;
    entry.accepted = submission.decision;
    entry.acceptedNote = answer.note;
    const known = current !== null && (current.announced !== null || current.absent);
    if (answer.authoritative || known) {
      this.#settle(entry, outcomeOf(submission.decision), 'us', now, delta, answer.note);
    } else if (current !== null) {
      current.deadline = now + this.#options.confirmDeadlineMs;
      this.#queue.touch(entry, delta);
    }
  }

  #failed(
    entry: Entry,
    decision: Decision,
    answer: Exclude<Answer, { type: 'accepted' }>,
    delta: DeltaBuilder,
  ): void {
    const announced = entry.submission?.announced ?? null;
    const absent = entry.submission?.absent ?? false;
    switch (answer.type) {
      case 'unknown':
        this.giveUpWaiting(entry, delta);
        return;
      case 'connection-lost':
        this.#lose(entry, delta);
        return;
      case 'refused':
        entry.sent = entry.sent.filter((sent) => sent !== decision);
        if (announced === null && !absent) this.#reopen(entry, answer.note, delta);
        else this.#answeredByOthers(entry, announced, delta);
        return;
      case 'let-out':
        this.#letOut(entry, answer, delta);
        return;
      case 'decided': {
        const by = this.#whoDecided(entry, answer.decision);
        this.#settle(entry, answer.decision, by, this.#options.clock.now(), delta);
        return;
      }
      case 'gone':
        entry.sent = entry.sent.filter((sent) => sent !== decision);
        this.#answeredByOthers(entry, announced, delta);
    }
  }

  #letOut(entry: Entry, { by, note }: Extract<Answer, { type: 'let-out' }>, delta: DeltaBuilder): void {
    const announced = entry.submission?.announced ?? null;
    const whose = by === 'us' ? by : this.#whoDecided(entry, 'approved');
    if (announced !== null || entry.submission?.absent === true) {
      this.#settle(entry, announced ?? 'approved', whose, this.#options.clock.now(), delta, note);
    } else {
      this.#reopen(entry, null, delta);
    }
  }

  /** An answer before the present one counted: perhaps an earlier one of ours. The present one did not. */
  #whoDecided(entry: Entry, decided: RequestOutcome['decision']): RequestOutcome['by'] {
    const { submission } = entry;
    if (submission !== null && !submission.repeats)
      entry.sent = entry.sent.filter((sent) => sent !== submission.decision);
    return isAmong(entry.sent, decided) ? 'us' : 'elsewhere';
  }

  #answeredByOthers(entry: Entry, announced: RequestOutcome['decision'] | null, delta: DeltaBuilder): void {
    if (announced !== null) {
      this.#settle(entry, announced, 'elsewhere', this.#options.clock.now(), delta);
    } else {
      delta.readAgain(entry.request.kind);
      this.#concludeGone(entry, delta);
    }
  }

  #lose(entry: Entry, delta: DeltaBuilder): void {
    const announced = entry.submission?.announced ?? null;
    if (announced !== null) {
      this.#settle(entry, announced, 'us', this.#options.clock.now(), delta);
      return;
    }
    entry.status = 'lost';
    this.#endSubmission(entry, delta);
  }

  #reopen(entry: Entry, note: string | null, delta: DeltaBuilder): void {
    entry.status = 'pending';
    entry.note = note;
    this.#endSubmission(entry, delta);
    if (isPastEnd(entry, this.#options.clock.now())) this.expire(entry, delta);
  }

  #endSubmission(entry: Entry, delta: DeltaBuilder): void {
    entry.submission = null;
    this.#inFlight.delete(entry);
    this.#queue.touch(entry, delta);
  }

  /** It is not at the gateway any more and nothing said why. */
  #concludeGone(entry: Entry, delta: DeltaBuilder): void {
    const now = this.#options.clock.now();
    if (entry.accepted !== null) {
      this.#settle(entry, outcomeOf(entry.accepted), 'us', now, delta, entry.acceptedNote);
    } else if (entry.sent.length === 0 && isOverdue(entry, now)) {
      this.expire(entry, delta);
    } else {
      const ours = entry.sent.length > 0;
      const outcome: RequestOutcome = {
        decision: 'withdrawn',
        by: ours ? 'us' : 'elsewhere',
        at: now,
        note: ours ? noteTexts.answerUnknown : null,
      };
      this.#inFlight.delete(entry);
      this.#queue.settle(entry, outcome, false, null, delta);
    }
  }

  /** The gateway said so. */
  #settle(
    entry: Entry,
    decision: RequestOutcome['decision'],
    by: RequestOutcome['by'],
    at: number,
    delta: DeltaBuilder,
    note: string | null = null,
  ): void {
    this.#inFlight.delete(entry);
    this.#queue.settle(entry, { decision, by, at, note }, true, null, delta);
  }
}
