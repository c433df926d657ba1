/** One send on its way out of the gateway: decided, let through, held for the owner or refused. */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { addressKey } from '../../electron/contract/guard/address.ts';
import { keptTextMax } from '../../electron/contract/guard/blocked-send.ts';
import type { BlockedSend } from '../../electron/contract/guard/blocked-send.ts';
import { decide } from '../../electron/contract/guard/decide.ts';
import type { Decision } from '../../electron/contract/guard/decide.ts';
import type { Send } from '../../electron/contract/guard/send.ts';
import { claimOnce, sendOfAllowance } from '../store/claims.ts';
import { wereContacted } from '../store/contacts.ts';
import type { ConversationBook } from '../store/conversations.ts';
import type { GuardFiles } from '../store/guard-files.ts';
import { readPolicyState } from '../store/policy-file.ts';
import { removeSpooled } from '../store/spool.ts';
import { hashFile } from '../store/file-copy.ts';
import { issueTicket, ticketLifeMs } from '../store/tickets.ts';
import type { TicketFile } from '../store/tickets.ts';
import { hold, refuse } from './holds.ts';
import { rememberAnswer } from './shared-state.ts';
import type { SharedState } from './shared-state.ts';

/** A send as a hook reports it. */
export interface Outgoing {
  readonly channel: string;
  readonly account: string | null;
  readonly to: readonly string[];
  /** `text`, or the tool action. */
  readonly action: string;
  readonly text: string;
  readonly media: readonly string[];
  /** What exactly is sent, where that is more than the text. */
  readonly content: string;
  /** imsg commands that carry this out, for actions that are no message. */
  readonly transportActions: readonly string[] | null;
  readonly cause: BlockedSend['cause'];
}

export interface OutgoingParts {
  readonly state: SharedState;
  readonly files: GuardFiles;
  readonly book: ConversationBook;
  readonly now: () => number;
}

export type Passage =
  { readonly pass: true } | { readonly pass: false; readonly id: string | null; readonly reason: string };

/** Waits up to `holdMs` for the owner. Whatever is not clearly allowed does not pass. */
export async function guardOutgoing(
  parts: OutgoingParts,
  outgoing: Outgoing,
  holdMs: number,
): Promise<Passage> {
  const { files, now } = parts;
  const policy = readPolicyState(files);
  const send = toSend(parts, outgoing);
  const decision = decide(policy, send, now());
  if (await mayPass(parts, outgoing, send, decision)) return { pass: true };
  if (decision.because.rule === 'self-test') {
    parts.state.selfTests += 1;
    return stopped(null, 'self-test');
  }

  const entry = toEntry(parts, outgoing, send, decision);
  if (decision.verdict === 'deny') return stopped(refuse(parts, entry), decision.because.rule);
  const end = await hold(parts, entry, holdMs);
  if (end.how !== 'allow') return stopped(end.id, end.how);
  await handOver(parts, outgoing, send);
  return { pass: true };
}

async function mayPass(
  parts: OutgoingParts,
  outgoing: Outgoing,
  send: Send,
  { verdict, because }: Decision,
): Promise<boolean> {
  if (verdict !== 'allow') return false;
  if (because.rule === 'one-time') {
    if (!claimOnce(parts.files, because.id)) return false;
    const id = sendOfAllowance(because.id);
    removeSpooled(parts.files, id);
    rememberAnswer(parts.state, id, 'sent');
    parts.state.emit?.('settled', { id, state: 'sent' });
    await handOver(parts, outgoing, send);
  }
  if (because.rule === 'reply') await handOver(parts, outgoing, send);
  return true;
}

/** The transport guard cannot see why this may pass; without one there is nobody to tell. */
async function handOver(parts: OutgoingParts, outgoing: Outgoing, send: Send): Promise<void> {
  const { files, now } = parts;
  if (outgoing.channel !== 'imessage' || !existsSync(files.imsgGuard)) return;
  const { text, transportActions } = outgoing;
  const ticket = {
    channel: outgoing.channel,
    account: outgoing.account,
    keys: send.targets
      .flatMap((target) => [keyOf(target.to, send) ?? '', ...target.people])
      .filter((key) => key !== ''),
    texts: transportActions === null ? [text] : [text, ...text.split('\n')],
    actions: transportActions === null ? null : [...transportActions],
    files: await filesFor(outgoing.media),
    expiresAt: now() + ticketLifeMs,
  };
  issueTicket(files, ticket, now());
}

/** What cannot be read here is not on the ticket, and so does not leave. */
async function filesFor(media: readonly string[]): Promise<TicketFile[]> {
  const read = await Promise.all(media.map(async (name) => ({ name, facts: await hashFile(name) })));
  return read.flatMap(({ name, facts }) => (facts.ok ? [{ name, sha256: facts.value.sha256 }] : []));
}

function toSend(parts: OutgoingParts, outgoing: Outgoing): Send {
  const { book, now } = parts;
  // The hooks do not tell in which country the channel dials, nor which accounts it has.
  const context = { channel: outgoing.channel, region: null };
  const targets = outgoing.to.map((to) => {
    const key = addressKey(to, context);
    const conversation = key === null ? null : book.find(conversationKey(outgoing.channel, key));
    return {
      to,
      aliases: [],
      people: conversation?.people ?? [],
      // A bare number is nobody's conversation: writing there needs a rule even if they wrote to us once.
      opened:
        key !== null && isConversation(key) && book.isOpen(conversationKey(outgoing.channel, key), now()),
    };
  });
  return {
    channel: outgoing.channel,
    account: outgoing.account,
    accounts: null,
    region: context.region,
    targets,
    textSha256: createHash('sha256').update(outgoing.content).digest('hex'),
    media: outgoing.media.length > 0,
  };
}

/** Conversation ids are per channel; the book keeps all channels. */
export function conversationKey(channel: string, key: string): string {
  return `${channel} ${key}`;
}

function isConversation(key: string): boolean {
  return !key.startsWith('+') && !key.startsWith('short:') && !key.includes('@');
}

function keyOf(to: string, send: Send): string | null {
  return addressKey(to, { channel: send.channel, region: send.region });
}

function toEntry(parts: OutgoingParts, outgoing: Outgoing, send: Send, decision: Decision): BlockedSend {
  const at = parts.now();
  return {
    version: 1,
    id: randomUUID(),
    layer: 'gateway-plugin',
    state: 'refused',
    channel: outgoing.channel.slice(0, 64),
    account: outgoing.account?.slice(0, 128) ?? null,
    action: outgoing.action.slice(0, 64),
    targets: send.targets.slice(0, 100).map((target) => ({
      to: target.to.slice(0, 1000),
      key: keyOf(target.to, send),
      people: target.people.slice(0, 200),
    })),
    text: outgoing.text.slice(0, keptTextMax),
    textComplete: outgoing.text.length <= keptTextMax,
    textSha256: send.textSha256,
    media: outgoing.media.slice(0, 50).map((file) => file.slice(0, 2000)),
    cause: outgoing.cause,
    rule: decision.because.rule,
    contacted: wereContacted(parts.files, send.channel, contactNames(send)),
    createdAt: at,
    lastAt: at,
    attempts: 1,
    until: null,
    holder: null,
  };
}

/** The addresses each recipient may be remembered by: its own, and the person where there is exactly one behind it. */
function contactNames(send: Send): readonly (readonly string[])[] {
  return send.targets.map(({ to, people }) =>
    [keyOf(to, send), people.length === 1 ? people[0] : null].filter((name) => typeof name === 'string'),
  );
}

function stopped(id: string | null, why: string): Passage {
  return { pass: false, id, reason: `portcullis-guard: not sent (${why})` };
}
