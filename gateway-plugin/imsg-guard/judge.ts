/** Decides about one imsg send: policy, hand-off tickets, one-time allowances; writes down what it stops. */
import { randomUUID } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { personKey } from '../../electron/contract/guard/address.ts';
import { secretsIn } from '../../electron/contract/guard/content/secrets-in.ts';
import { accountsFor, decide } from '../../electron/contract/guard/decide.ts';
import type { Decision, DecidingRule } from '../../electron/contract/guard/decide.ts';
import type { PolicyState, Send } from '../../electron/contract/guard/send.ts';
import { claimOnce, sendOfAllowance } from '../store/claims.ts';
import { rememberContacts, wereContacted } from '../store/contacts.ts';
import type { ConversationBook } from '../store/conversations.ts';
import type { GuardFiles } from '../store/guard-files.ts';
import { readRules } from '../store/prepared-rules.ts';
import { addToSpool, removeSpooled } from '../store/spool.ts';
import { useTicket } from '../store/tickets.ts';
import { sha256 } from '../store/sha256.ts';
import type { Knocks } from './knocks.ts';
import { takeFiles, ticketFiles } from './outgoing-files.ts';
import type { OutgoingFiles } from './outgoing-files.ts';
import { isApprovedNotice, pairingReplySender } from './pairing-reply.ts';
import { imessageChannel } from './places.ts';
import type { Place, Places } from './places.ts';
import { refusal, refusalOf } from './refusal-texts.ts';
import type { SendRequest, Written } from './send-request.ts';
import { stoppedEntry } from './stopped-entry.ts';

export type Verdict =
  | {
      readonly outcome: 'pass';
      readonly written: Written;
      /** Removes the private copies of its files, which imsg no longer needs once it has ended; null: there are none. */
      readonly done: (() => Promise<void>) | null;
    }
  /** Answered as if it had been sent. */
  | { readonly outcome: 'swallow' }
  | { readonly outcome: 'refuse'; readonly message: string };

export interface JudgeParts {
  readonly files: GuardFiles;
  readonly account: string;
  /** Service the account sends by: imsg's word for it. */
  readonly service: string;
  readonly places: Places;
  readonly knocks: Knocks;
  /** Who the plugin says wrote and was let in. */
  readonly letIn: ConversationBook;
  /** The process that asked, for the owner; null when unknown. */
  readonly askedBy: () => string | null;
  readonly now: () => number;
  /** Something the owner's log should know; never a message text. */
  readonly warn: (line: string) => void;
}

/** One request on its way through the judge. */
interface Case {
  readonly request: SendRequest;
  readonly state: PolicyState;
  readonly places: readonly Place[];
  readonly send: Send;
  readonly decision: Decision;
}

const nothingTaken: OutgoingFiles = { stopped: [], copies: [], remove: () => Promise.resolve() };
/** Somebody is vouched for by name, so that it matters how the name is written. */
const byName: ReadonlySet<DecidingRule['rule']> = new Set(['listed', 'one-time', 'reply']);

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
    const state = this.#policy();
    const places: Place[] = [];
    for (const recipient of request.recipients) places.push(await this.#place(recipient, request));
    const first = this.#decided(request, state, places, request.content);
    if (first.decision.because.rule === 'self-test')
      return { outcome: 'refuse', message: refusal('This was a test of the guard.') };
    const fixed = this.#silenced(first);
    if (fixed !== null) return fixed;
    if (request.files.length === 0 || isAllowed(first)) return await this.#settle(first, nothingTaken);
    const taken = await takeFiles(this.#parts.files, request.files);
    // Files that could not be read are like no other, so that no allowance is for them.
    const bytes = taken.copies?.map(({ path, sha256: hash }) => [basename(path), hash]) ?? randomUUID();
    const content = JSON.stringify([request.content, bytes]);
    return await this.#settle(this.#decided(request, state, places, content), taken);
  }

  /** Where a guard was installed there were rules. */
  #policy(): PolicyState {
    const state = readRules(this.#parts.files);
    return state.status === 'absent' ? { ...state, installed: true } : state;
  }

  async #place(recipient: SendRequest['recipients'][number], request: SendRequest): Promise<Place> {
    const { places, letIn, now } = this.#parts;
    const place = await places.find(recipient, request.region);
    if (!request.sign) return place;
    const { people } = place.target;
    const opened =
      place.names.some((name) => letIn.isOpen(`${imessageChannel} ${name}`, now())) ||
      (people.length === 1 && people.every((person) => letIn.hasWritten(person, now())));
    const [name = ''] = place.names;
    const written =
      recipient.as !== 'row' && people.length === 1 && people[0] === name
        ? await places.directChat(name)
        : place.written;
    return { ...place, written, target: { ...place.target, opened } };
  }

  #decided(request: SendRequest, state: PolicyState, places: readonly Place[], content: string): Case {
    const send: Send = {
      channel: imessageChannel,
      account: this.#parts.account,
      accounts: null,
      region: request.region,
      targets: places.map(({ target }) => target),
      textSha256: sha256(content),
      media: request.files.length > 0,
      secrets: secretsIn(state, { texts: [request.shown, ...request.texts], fileNames: request.files }),
    };
    return { request, state, places, send, decision: decide(state, send, this.#parts.now()) };
  }

  async #settle(asked: Case, files: OutgoingFiles): Promise<Verdict> {
    const { request, places, decision } = asked;
    const written = writtenBy(asked, files);
    if (written !== null && this.#mayPass(asked, files)) {
      if (!request.sign)
        rememberContacts(
          this.#parts.files,
          imessageChannel,
          places.flatMap(({ names }) => names),
        );
      return { outcome: 'pass', written, done: files === nothingTaken ? null : () => files.remove() };
    }
    await files.remove();
    if (!request.sign) this.#writeDown(asked, files);
    return { outcome: 'refuse', message: refusalOf(decision) };
  }

  #mayPass(asked: Case, taken: OutgoingFiles): boolean {
    const { files, now } = this.#parts;
    const { request, places, send, decision } = asked;
    const { verdict, because } = decision;
    if (verdict === 'deny') return false;
    if (verdict === 'allow' && because.rule !== 'one-time') return true;
    if (because.rule === 'one-time' && claimOnce(files, because.id)) {
      removeSpooled(files, sendOfAllowance(because.id));
      return true;
    }
    if (this.#answersKnock(asked)) return true;
    const targets = places.map(({ names }) => names);
    const { action, texts } = request;
    const { channel, account } = send;
    const handedOver = { channel, account, targets, action, texts, files: ticketFiles(taken) };
    return isUsualService(request, this.#parts.service) && useTicket(files, handedOver, now());
  }

  /** The gateway's fixed texts go to whoever wrote, and say nothing but what the gateway says to everybody. */
  #answersKnock({ request, places, decision }: Case): boolean {
    const [place, ...others] = places;
    if (request.action !== 'text' || place === undefined || others.length > 0) return false;
    if (decision.because.rule === 'policy-unreadable') return false;
    const { knocks } = this.#parts;
    const people = place.names.filter((name) => !name.startsWith('chat_id:'));
    const sender = pairingReplySender(request.shown);
    if (sender !== null) {
      const named = personKey(sender, { channel: imessageChannel, region: request.region });
      return named !== null && people.includes(named) && knocks.answer(named, 'pairing');
    }
    return isApprovedNotice(request.shown) && people.some((person) => knocks.answer(person, 'approved'));
  }

  /** A stranger's request reaches the owner either way; only the answer to the stranger is kept back. */
  #silenced({ request, state, send, decision }: Case): Verdict | null {
    if (request.action !== 'text' || pairingReplySender(request.shown) === null) return null;
    if (decision.because.rule === 'one-time') return null;
    const policy = state.status === 'ready' ? state.policy : null;
    const silent =
      policy !== null && accountsFor(policy, send).some((entry) => entry.pairingReply === 'silent');
    return silent || decision.verdict === 'deny' ? { outcome: 'swallow' } : null;
  }

  #writeDown(asked: Case, taken: OutgoingFiles): void {
    const { files, now, askedBy, warn } = this.#parts;
    const names = asked.places.map((place) => place.names);
    const entry = stoppedEntry({
      ...asked,
      files: taken,
      rule: asked.decision.because.rule,
      contacted: wereContacted(files, imessageChannel, names),
      askedBy: askedBy(),
      at: now(),
    });
    try {
      addToSpool(files, entry);
    } catch (error: unknown) {
      warn(`a refused message could not be written down: ${describe(error)}`);
    }
  }
}

function isAllowed({ decision }: Case): boolean {
  return decision.verdict === 'allow' && decision.because.rule !== 'one-time';
}

/** null when somebody is meant whose name cannot be written so that everybody reads the same. */
function writtenBy({ request, places, decision }: Case, taken: OutgoingFiles): Written | null {
  const { verdict, because } = decision;
  const asWritten = verdict === 'allow' && !byName.has(because.rule) && !request.sign;
  const recipients = places.map(
    ({ written }, index) => written ?? (asWritten ? request.recipients[index] : undefined),
  );
  if (recipients.some((recipient) => recipient === undefined) || recipients.length === 0) return null;
  const copies = taken.copies?.map(({ path }) => path) ?? null;
  const files = taken === nothingTaken ? request.files.map(fromHere) : copies;
  return files === null ? null : { recipients: recipients.filter((each) => each !== undefined), files };
}

/** imsg runs in another folder than the caller. */
function fromHere(path: string): string {
  return path.startsWith('~') || path.startsWith('file:') ? path : resolve(path);
}

/** A hand-over does not say by which service, and an SMS is not the message that was let through. */
function isUsualService({ words }: SendRequest, own: string): boolean {
  return words.every(
    ([name, value]) => name !== 'service' || [own, 'imessage'].includes(value.toLowerCase()),
  );
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
