/** Carries the owner's answer to the gateway: which call it is, over which connection, and what came back. */
import { z } from 'zod';
import type { ApproveInput, DecideInput } from '../../contract/api.ts';
import type { RequestKind } from '../../contract/request.ts';
import { appError, fail, ok, type Result } from '../../contract/result.ts';
import { answerErrorTexts, noteTexts } from '../../contract/strings.ts';
import type { GatewayFailure, Logger } from '../ports.ts';
import type { InboxDelta } from './delta.ts';
import type { Inbox } from './inbox.ts';
import type { RequestFeed } from './request-feed.ts';
import { adminScope, type HeldAuthority } from './scopes.ts';
import type { Answer, Submission, SubmitInput } from './submission.ts';

export type Send = (method: string, params: unknown) => Promise<Result<unknown, GatewayFailure>>;

export interface AnswerParts {
  readonly inbox: Inbox;
  readonly feed: RequestFeed;
  readonly logger: Logger;
  readonly request: Send;
  /** One action over a short second connection with more scopes. */
  readonly elevate: <T>(scopes: readonly string[], action: (send: Send) => Promise<T>) => Promise<Result<T>>;
  readonly held: () => HeldAuthority;
  readonly screenLocked: () => boolean;
  readonly onDelta: (delta: InboxDelta) => void;
  /** An answer is on its way: show it. */
  readonly onSubmitted: () => void;
}

/** `channels.pairing.approve` tells whether the contact heard of it. */
const chatApproval = z.object({ notification: z.string() });

export class AnswerSender {
  readonly #parts: AnswerParts;

  constructor(parts: AnswerParts) {
    this.#parts = parts;
  }

  async approve(input: ApproveInput): Promise<Result<null>> {
    if (this.#parts.screenLocked()) return fail(appError('not-armed', answerErrorTexts.screenLocked, true));
    const { key, revision, elevate, notifyContact } = input;
    return this.#send({ key, revision, decision: 'approve', elevate }, notifyContact);
  }

  async deny(input: DecideInput): Promise<Result<null>> {
    return this.#send({ ...input, decision: 'deny', elevate: false }, false);
  }

  async #send(input: SubmitInput, notifyContact: boolean): Promise<Result<null>> {
    const { inbox, feed, onDelta, onSubmitted } = this.#parts;
    const submitted = inbox.submit(input);
    if (!submitted.ok) return submitted;
    onSubmitted();
    const submission = submitted.value;
    const answer = await this.#ask(submission, notifyContact);
    // Refusals do not say whether the request is gone; a list does, and must be in before the refusal counts.
    if (answer.type === 'refused') await feed.refresh(submission.kind);
    onDelta(inbox.answered(submission, answer));
    if (answer.type !== 'refused') void feed.refresh(submission.kind);
    return this.#report(submission, answer);
  }

  async #ask(submission: Submission, notifyContact: boolean): Promise<Answer> {
    const { method, params } = callFor(submission, notifyContact);
    const scopes = this.#elevationOf(submission);
    const reply =
      scopes.length === 0
        ? ok(await this.#parts.request(method, params))
        : await this.#parts.elevate(scopes, (send) => send(method, params));
    if (!reply.ok) return { type: 'refused', note: reply.error.message };
    const { value: answered } = reply;
    return answered.ok ? accepted(submission, answered.value, notifyContact) : rejected(answered.error);
  }

  /** Denying needs no confirmation, but a device-token session may not even deny what another device asks. */
  #elevationOf(submission: Submission): readonly string[] {
    const { ownDeviceOnly, scopes } = this.#parts.held();
    if (
      submission.decision === 'deny' &&
      submission.kind !== 'chat' &&
      ownDeviceOnly &&
      !scopes.includes(adminScope)
    ) {
      return [adminScope];
    }
    return submission.elevation.map((view) => view.scope);
  }

  #report(submission: Submission, answer: Answer): Result<null> {
    switch (answer.type) {
      case 'accepted':
        return ok(null);
      case 'gone':
        return fail(appError('request-gone', answerErrorTexts.gone));
      case 'refused': {
        // Refused because somebody was faster is not an error the owner has to deal with: the card says who.
        if (this.#parts.inbox.get(submission.key)?.status === 'settled') return ok(null);
        const code = submission.elevation.length > 0 ? 'elevation-failed' : 'gateway-refused';
        return fail(appError(code, answer.note, true));
      }
      case 'unknown':
        return fail(appError('gateway-timeout', noteTexts.notConfirmed, true));
      case 'connection-lost':
        return fail(appError('connection-lost', answerErrorTexts.connectionLost, true));
    }
  }
}

const deviceAndNodeCalls = {
  device: { approve: 'device.pair.approve', deny: 'device.pair.reject' },
  node: { approve: 'node.pair.approve', deny: 'node.pair.reject' },
} as const satisfies Record<Exclude<RequestKind, 'chat'>, unknown>;

/** Chat contacts are approved by RPC only: the CLI would make the first one the command owner. */
function callFor(submission: Submission, notifyContact: boolean): { method: string; params: unknown } {
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

function accepted(submission: Submission, payload: unknown, notifyContact: boolean): Answer {
  const isChat = submission.kind === 'chat';
  const wasToBeTold =
    isChat && submission.decision === 'approve' && notifyContact && submission.notifySupported;
  const told = chatApproval.safeParse(payload);
  const missed = wasToBeTold && !(told.success && told.data.notification === 'sent');
  return { type: 'accepted', authoritative: isChat, note: missed ? noteTexts.contactNotTold : null };
}

/** Branches on codes; the gateway's own words go to the log, not to the owner. */
function rejected(failure: GatewayFailure): Answer {
  switch (failure.code) {
    case 'CONNECTION_LOST':
      return { type: 'connection-lost' };
    case 'TIMEOUT':
    case 'BAD_ANSWER':
      return { type: 'unknown' };
    default:
      return { type: 'refused', note: noteTexts.refused };
  }
}
