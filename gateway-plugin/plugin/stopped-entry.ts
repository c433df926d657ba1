/** A send as a hook reports it, as the rules judge it, and as it is written down when it is stopped. */
import { randomUUID } from 'node:crypto';
import { addressKey } from '../../electron/contract/guard/address.ts';
import { keptTextMax } from '../../electron/contract/guard/blocked-send.ts';
import type { BlockedSend, StoppedFile } from '../../electron/contract/guard/blocked-send.ts';
import type { Decision } from '../../electron/contract/guard/decide.ts';
import type { PolicyState, Send, SendTarget } from '../../electron/contract/guard/send.ts';
import { wereContacted } from '../store/contacts.ts';
import type { ConversationBook } from '../store/conversations.ts';
import type { GuardFiles } from '../store/guard-files.ts';
import type { ToolFile } from './tool-send.ts';

export interface Outgoing {
  /** Canonical; it may come out on any of them. */
  readonly channels: readonly string[];
  readonly account: string | null;
  /** As they go on; on iMessage only the canonical spelling is understood. */
  readonly to: readonly string[];
  /** `text`, or the tool action. */
  readonly action: string;
  readonly text: string;
  /** Every text in it by itself. */
  readonly texts: readonly string[];
  readonly files: readonly ToolFile[];
  /** What exactly is sent, where that is more than the text. */
  readonly content: string;
  /** imsg commands that carry this out, for actions that are no message. */
  readonly transportActions: readonly string[] | null;
  readonly cause: BlockedSend['cause'];
}

/** As the rules of one of its channels see it. */
export interface Judged {
  readonly send: Send;
  readonly decision: Decision;
  readonly policy: PolicyState;
}

export interface EntryParts {
  readonly files: GuardFiles;
  readonly book: ConversationBook;
  readonly now: () => number;
}

/** In a group where nobody told who reads along; no spelling of anybody. */
export const unknownMember = '???';

export function toTargets(
  { book, now }: EntryParts,
  outgoing: Outgoing,
  channel: string,
  policy: PolicyState,
): readonly SendTarget[] {
  const context = { channel, region: null };
  return outgoing.to.map((to) => {
    const key = addressKey(to, context);
    const name = key === null || !isConversation(key) ? null : conversationKey(channel, key);
    const known = name === null ? null : book.find(name);
    const group = known?.people.length === 0 || key?.startsWith('group:') === true;
    return {
      to,
      aliases: [],
      // Somebody who must not be written to may have joined since; the hooks do not tell who is in there.
      people: group && refusesSomebody(policy, channel) ? [unknownMember] : (known?.people ?? []),
      // A bare number is nobody's conversation: writing there needs a rule even if they wrote to us once.
      opened: name !== null && book.isOpen(name, now()),
      verbatim: true,
    };
  });
}

function refusesSomebody(state: PolicyState, channel: string): boolean {
  const policy = state.status === 'ready' ? state.policy : null;
  if (policy === null) return true;
  const here = (entry: { readonly channel: string }): boolean => entry.channel === channel;
  return policy.blocked.some(here) || policy.accounts.filter(here).some(({ denyTo }) => denyTo.length > 0);
}

/** Conversation ids are per channel; the book keeps all channels. */
export function conversationKey(channel: string, key: string): string {
  return `${channel} ${key}`;
}

function isConversation(key: string): boolean {
  return !key.startsWith('+') && !key.startsWith('short:') && !key.includes('@');
}

export function keyOf(to: string, send: Send): string | null {
  return addressKey(to, { channel: send.channel, region: send.region });
}

/** What every entry of the plugin begins with: refused once, and nobody waits. */
export function newEntry({ account, cause }: Outgoing, send: Send, at: number) {
  return {
    version: 1,
    id: randomUUID(),
    layer: 'gateway-plugin',
    state: 'refused',
    channel: send.channel.slice(0, 64),
    account: account?.slice(0, 128) ?? null,
    cause,
    createdAt: at,
    lastAt: at,
    attempts: 1,
    until: null,
    holder: null,
  } as const;
}

export function toEntry(
  parts: EntryParts,
  outgoing: Outgoing,
  send: Send,
  decision: Decision,
  files: readonly StoppedFile[],
): BlockedSend {
  return {
    ...newEntry(outgoing, send, parts.now()),
    action: outgoing.action.slice(0, 64),
    targets: send.targets.slice(0, 100).map((target) => ({
      to: target.to.slice(0, 1000),
      key: keyOf(target.to, send),
      people: target.people.filter((person) => person !== unknownMember).slice(0, 200),
    })),
    text: outgoing.text.slice(0, keptTextMax),
    textComplete: outgoing.text.length <= keptTextMax,
    textSha256: send.textSha256,
    media: files.map(({ name }) => name),
    files: [...files],
    ...(send.secrets.length > 0 ? { secrets: [...send.secrets] } : {}),
    rule: decision.because.rule,
    contacted: wereContacted(parts.files, send.channel, contactNames(send)),
  };
}

/** The addresses each recipient may be remembered by: its own, and the person where there is exactly one behind it. */
function contactNames(send: Send): readonly (readonly string[])[] {
  return send.targets.map(({ to, people }) =>
    [keyOf(to, send), people.length === 1 ? people[0] : null].filter((name) => typeof name === 'string'),
  );
}
