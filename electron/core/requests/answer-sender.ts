/** Carries the owner's answer to the gateway: which call it is, over which connection, and what came back. */
import { z } from 'zod';
import type { ApproveInput, DecideInput, SendAnswerInput } from '../../contract/schemas.ts';
import { letsOut } from '../../contract/guard/send-answer.ts';
import { appError, fail, ok, type AppError, type Result } from '../../contract/result.ts';
import { answerErrorTexts, noteTexts } from '../../contract/strings.ts';
import type { Call, Elevate } from '../gateway/calls.ts';
import type { GatewayFailure } from '../ports.ts';
import { changed, connectionLost, refused, rejected, type Reply } from './answer-reply.ts';
import { carryOutSend } from './carry-out-send.ts';
import type { InboxDelta } from './delta.ts';
import type { Inbox } from './inbox.ts';
import type { RequestFeed } from './request-feed.ts';
import type { Answer, Submission, SubmitInput } from './submission.ts';

export interface AnswerParts {
  readonly inbox: Inbox;
  readonly feed: RequestFeed;
  readonly request: Call;
  /** One action over a short second connection with more scopes. */
  readonly elevate: Elevate;
  readonly screenLocked: () => boolean;
  readonly onDelta: (delta: InboxDelta) => void;
  /** An answer is on its way: show it. */
  readonly onSubmitted: () => void;
}

/** `channels.pairing.approve` tells whether the contact heard of it. */
const chatApproval = z.object({ notification: z.string() });

const screenLocked = fail(appError('not-armed', answerErrorTexts.screenLocked, true));

export class AnswerSender {
  readonly #parts: AnswerParts;
  readonly #underWay = new Set<Promise<Result<null>>>();

  constructor(parts: AnswerParts) {
    this.#parts = parts;
  }

  async approve(input: ApproveInput): Promise<Result<null>> {
    if (this.#parts.screenLocked()) return screenLocked;
    const { key, revision, elevate, notifyContact } = input;
    return this.#track(this.#send({ key, revision, decision: 'approve', elevate }, notifyContact));
  }

  async deny(input: DecideInput): Promise<Result<null>> {
    return this.#track(this.#send({ ...input, decision: 'deny', elevate: false }, false));
  }

  /** The owner's answer to a stopped message. */
  async answerSend({ key, revision, answer }: SendAnswerInput): Promise<Result<null>> {
    const decision = letsOut(answer) ? 'approve' : 'deny';
    if (decision === 'approve' && this.#parts.screenLocked()) return screenLocked;
    return this.#track(this.#send({ key, revision, decision, elevate: false, answer }, false));
  }

  /** Resolves when no answer is under way any more: elevated connections are closed, their keys taken back. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#underWay);
  }

  async #send(input: SubmitInput, notifyContact: boolean): Promise<Result<null>> {
    const { inbox, feed, onDelta, onSubmitted } = this.#parts;
    const submitted = inbox.submit(input);
    if (!submitted.ok) return submitted;
    onSubmitted();
    const submission = submitted.value;
    const { answer, error } = await this.#ask(submission, notifyContact);
    // These do not say whether the request is gone; a list does, and must be in before they count.
    const listFirst = answer.type === 'refused' || answer.type === 'let-out';
    if (listFirst) await feed.refresh(submission.kind);
    onDelta(inbox.answered(submission, answer));
    if (!listFirst) void feed.refresh(submission.kind);
    if (error === null) return ok(null);
    return answer.type === 'refused' ? this.#refusal(submission.key, error) : fail(error);
  }

  async #track(call: Promise<Result<null>>): Promise<Result<null>> {
    this.#underWay.add(call);
    try {
      return await call;
    } finally {
      this.#underWay.delete(call);
    }
  }

  async #ask(submission: Submission, notifyContact: boolean): Promise<Reply> {
    const { request, elevate } = this.#parts;
    // The guard itself compares what was shown.
    if (submission.kind === 'send') return carryOutSend(submission, request);
    const { method, params } = callFor(submission, notifyContact);
    if (submission.elevation.length === 0) {
      if (mayHaveChanged(submission) && !(await this.#isStillMeant(submission))) return changed;
      return replyTo(submission, await request(method, params), notifyContact);
    }
    const scopes = submission.elevation.map((view) => view.scope);
    // Elevating takes seconds: what the owner decided on may be another thing by then.
    const elevated = await elevate(scopes, async (send) =>
      (await this.#isStillMeant(submission)) ? send(method, params) : null,
    );
    if (!elevated.ok) return refused(elevated.error);
    if (elevated.value === null) return changed;
    return replyTo(submission, elevated.value, notifyContact);
  }

  async #isStillMeant(submission: Submission): Promise<boolean> {
    const { feed, inbox } = this.#parts;
    if (mayHaveChanged(submission)) await feed.refresh(submission.kind);
    return inbox.stillStands(submission);
  }

  /** What a refusal means once the list was read again. */
  #refusal(key: string, error: AppError): Result<null> {
    switch (this.#parts.inbox.get(key)?.status) {
      case 'settled':
        // Somebody was faster. That is no error the owner has to deal with: the card says who.
        return ok(null);
      case undefined:
      case 'expired':
        return fail(appError('request-gone', answerErrorTexts.gone));
      case 'lost':
        return fail(connectionLost);
      case 'pending':
      case 'submitting':
        return fail(error);
    }
  }
}

/** A node may change what it offers under the same request id, so the list has the last word before an Approve. */
function mayHaveChanged({ kind, decision }: Submission): boolean {
  return kind === 'node' && decision === 'approve';
}

type PairingSubmission = Exclude<Submission, { kind: 'send' }>;

const deviceAndNodeCalls = {
  device: { approve: 'device.pair.approve', deny: 'device.pair.reject' },
  node: { approve: 'node.pair.approve', deny: 'node.pair.reject' },
} as const satisfies Record<Exclude<PairingSubmission['kind'], 'chat'>, unknown>;

/** Chat contacts are approved by RPC only: the CLI would make the first one the command owner. */
function callFor(submission: PairingSubmission, notifyContact: boolean): { method: string; params: unknown } {
  if (submission.kind !== 'chat') {
    return {
      method: deviceAndNodeCalls[submission.kind][submission.decision],
      params: { requestId: submission.id },
    };
  }
  const target = {
    channel: submission.channel,
    accountId: submission.accountId,
    requestId: submission.id,
  };
  return submission.decision === 'approve'
    ? {
        method: 'channels.pairing.approve',
        params: { ...target, notify: notifyContact && submission.notifySupported },
      }
    : { method: 'channels.pairing.dismiss', params: target };
}

function replyTo(
  submission: Submission,
  result: Result<unknown, GatewayFailure>,
  notifyContact: boolean,
): Reply {
  return result.ok
    ? { answer: accepted(submission, result.value, notifyContact), error: null }
    : rejected(result.error);
}

function accepted(submission: Submission, payload: unknown, notifyContact: boolean): Answer {
  const isChat = submission.kind === 'chat';
  const wasToBeTold =
    isChat && submission.decision === 'approve' && notifyContact && submission.notifySupported;
  const told = chatApproval.safeParse(payload);
  const missed = wasToBeTold && !(told.success && told.data.notification === 'sent');
  return { type: 'accepted', authoritative: isChat, note: missed ? noteTexts.contactNotTold : null };
}
