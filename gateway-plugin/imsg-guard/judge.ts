/** Decides about one imsg send: policy, hand-off tickets, one-time allowances; writes down what it stops. */
import { createHash, randomUUID } from 'node:crypto';
import { normaliseAddress } from '../../electron/contract/guard/address.ts';
import { keptTextMax } from '../../electron/contract/guard/blocked-send.ts';
import type { BlockedSend } from '../../electron/contract/guard/blocked-send.ts';
import { accountsFor, decide } from '../../electron/contract/guard/decide.ts';
import type { Decision } from '../../electron/contract/guard/decide.ts';
import type { PolicyState, Send, SendTarget } from '../../electron/contract/guard/send.ts';
import { claimOnce, sendOfAllowance } from '../store/claims.ts';
import { rememberContacts, wereContacted } from '../store/contacts.ts';
import type { GuardFiles } from '../store/guard-files.ts';
import { readPolicyState } from '../store/policy-file.ts';
import { addToSpool, removeSpooled } from '../store/spool.ts';
import { useTicket } from '../store/tickets.ts';
import type { Conversations } from './conversations.ts';
import { isApprovedNotice, isPairingReply } from './pairing-reply.ts';
import type { Recipient, SendRequest } from './send-request.ts';

export const imessageChannel = 'imessage';

export type Verdict =
  | { readonly outcome: 'pass' }
  /** Answered as if it had been sent. */
  | { readonly outcome: 'swallow' }
  | { readonly outcome: 'refuse'; readonly message: string };

export interface JudgeParts {
  readonly files: GuardFiles;
  readonly account: string;
  readonly conversations: Conversations;
  /** The process that asked, for the owner; null when unknown. */
  readonly askedBy: () => string | null;
  readonly now: () => number;
  /** Something the owner's log should know; never a message text. */
  readonly warn: (line: string) => void;
}

export class Judge {
  readonly #parts: JudgeParts;

  constructor(parts: JudgeParts) {
    this.#parts = parts;
  }

  /** Never throws; whatever goes wrong on the way refuses the message. */
  async judge(request: SendRequest): Promise<Verdict> {
    try {
      return await this.#judge(request);
    } catch (error: unknown) {
      this.#parts.warn(`a message was refused because the guard failed: ${describe(error)}`);
      return { outcome: 'refuse', message: refusal('The send guard could not check this message.') };
    }
  }

  async #judge(request: SendRequest): Promise<Verdict> {
    const { files, account, now } = this.#parts;
    const state = readPolicyState(files);
    const targets = await this.#targets(request, state);
    const send: Send = {
      channel: imessageChannel,
      account,
      accounts: null,
      region: request.region,
      targets,
      textSha256: createHash('sha256').update(request.content).digest('hex'),
      media: request.files.length > 0,
    };
    const decision = decide(state, send, now());
    if (decision.because.rule === 'self-test') {
      return { outcome: 'refuse', message: refusal('This was a test of the guard.') };
    }
    if (request.action === 'text' && isPairingReply(request.text))
      return this.#pairingReply(state, send, decision);
    if (this.#mayPass(decision, request, send)) {
      const names = targets.flatMap((target) => namesOf(target, send));
      rememberContacts(files, imessageChannel, names);
      return { outcome: 'pass' };
    }
    this.#writeDown(request, send, decision);
    return { outcome: 'refuse', message: refusal(explanation(decision)) };
  }

  #mayPass(decision: Decision, request: SendRequest, send: Send): boolean {
    const { files, now } = this.#parts;
    const { verdict, because } = decision;
    if (verdict === 'allow' && because.rule !== 'one-time') return true;
    if (verdict === 'allow' && because.rule === 'one-time' && claimOnce(files, because.id)) {
      removeSpooled(files, sendOfAllowance(because.id));
      return true;
    }
    if (verdict === 'deny') return false;
    const targets = send.targets.map((target) => namesOf(target, send));
    const { action, text } = request;
    const media = request.files.length;
    return useTicket(
      files,
      { channel: send.channel, account: send.account, targets, action, text, media },
      now(),
    );
  }

  /** A stranger's request reaches the owner either way; only the answer to the stranger is kept back. */
  #pairingReply(state: PolicyState, send: Send, decision: Decision): Verdict {
    const policy = state.status === 'ready' ? state.policy : null;
    const silent =
      policy !== null && accountsFor(policy, send).some((entry) => entry.pairingReply === 'silent');
    return decision.verdict === 'allow' && !silent ? { outcome: 'pass' } : { outcome: 'swallow' };
  }

  async #targets(request: SendRequest, state: PolicyState): Promise<readonly SendTarget[]> {
    if (state.status === 'absent')
      return request.recipients.map(({ to }) => ({ to, aliases: [], people: [], opened: false }));
    const targets: SendTarget[] = [];
    for (const recipient of request.recipients) targets.push(await this.#target(recipient, request));
    return targets;
  }

  async #target(recipient: Recipient, request: SendRequest): Promise<SendTarget> {
    const { conversations, now } = this.#parts;
    const address = normaliseAddress(recipient.to, { channel: imessageChannel, region: request.region });
    if (!address.ok) return { to: recipient.to, aliases: [], people: [], opened: false };
    const { key, kind } = address.value;
    if (!recipient.conversation) {
      const opened = isApprovedNotice(request.text) && conversations.hasWritten(key, now());
      return { to: recipient.to, aliases: [], people: [], opened };
    }
    if (kind === 'phone' || kind === 'email' || kind === 'short-code') {
      return { to: recipient.to, aliases: [], people: [key], opened: conversations.hasWritten(key, now()) };
    }
    const { aliases, people } = await conversations.behind(key);
    return { to: recipient.to, aliases, people, opened: conversations.isOpen(key, now()) };
  }

  #writeDown(request: SendRequest, send: Send, decision: Decision): void {
    const { files, account, now, askedBy, warn } = this.#parts;
    const at = now();
    const entry: BlockedSend = {
      version: 1,
      id: randomUUID(),
      layer: 'imsg-guard',
      state: 'refused',
      channel: imessageChannel,
      account,
      action: request.action.slice(0, 64),
      targets: send.targets.slice(0, 100).map((target) => ({
        to: target.to.slice(0, 1000),
        key: ownKey(target, send),
        people: target.people.slice(0, 200).map((person) => person.slice(0, 400)),
      })),
      text: request.text.slice(0, keptTextMax),
      textComplete: request.text.length <= keptTextMax,
      textSha256: send.textSha256,
      media: request.files.slice(0, 50).map((file) => file.slice(0, 2000)),
      cause: { agentId: null, sessionKey: null, runId: null, process: askedBy()?.slice(0, 400) ?? null },
      rule: decision.because.rule,
      contacted: wereContacted(
        files,
        imessageChannel,
        send.targets.map((target) => namesOf(target, send)),
      ),
      createdAt: at,
      lastAt: at,
      attempts: 1,
      until: null,
      holder: null,
    };
    try {
      addToSpool(files, entry);
    } catch (error: unknown) {
      warn(`a refused message could not be written down: ${describe(error)}`);
    }
  }
}

function ownKey(target: SendTarget, send: Send): string | null {
  const address = normaliseAddress(target.to, { channel: send.channel, region: send.region });
  return address.ok ? address.value.key : null;
}

/** The addresses a ticket may name this place by: its own, and the person when there is exactly one behind it. */
function namesOf(target: SendTarget, send: Send): readonly string[] {
  const own = ownKey(target, send);
  const alone = target.people.length === 1 ? target.people : [];
  return [...(own === null ? [] : [own]), ...target.aliases, ...alone];
}

function explanation({ verdict, because }: Decision): string {
  switch (because.rule) {
    case 'paused':
      return 'The owner has paused all sends.';
    case 'blocked':
    case 'denied':
      return 'The owner does not allow messages to this recipient.';
    case 'policy-unreadable':
      return 'The send rules cannot be read, so nothing unlisted is sent.';
    default:
      return verdict === 'deny'
        ? 'This recipient is not on the allowlist.'
        : 'This recipient is not on the allowlist; the owner is asked.';
  }
}

/**
 * OpenClaw reads these words. They must not sound like a missing imsg feature, or it would try another way; and
 * "recipient is not a valid" tells its delivery queue that trying again is pointless (OpenClaw 2026.9.6).
 */
function refusal(reason: string): string {
  return `Message stopped by the Portcullis send guard: the recipient is not a valid one now. ${reason} Do not try again.`;
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
