/**
 * Messages beyond the limit of a minute. All of them are one entry and one question to the owner; each waits for the
 * answer as long as any other stopped message would, and is refused without one.
 */
import { possiblySamePerson } from '../../electron/contract/guard/address-kin.ts';
import { isSurplus } from '../../electron/contract/guard/blocked-send.ts';
import type { BlockedSend, Surplus } from '../../electron/contract/guard/blocked-send.ts';
import { isOwn } from '../../electron/contract/guard/content/judge-content.ts';
import { resolveTarget } from '../../electron/contract/guard/send-people.ts';
import { knownPolicy } from '../../electron/contract/guard/send.ts';
import type { PolicyState, Send } from '../../electron/contract/guard/send.ts';
import {
  defaultSendLimit,
  isBeyondLimit,
  sendLimitOf,
  surplusRule,
  withLeft,
} from '../../electron/contract/guard/send-limit.ts';
import type { SendLimit } from '../../electron/contract/guard/send-limit.ts';
import { sha256 } from '../store/sha256.ts';
import { readSpool, writeSpooled } from '../store/spool.ts';
import { keep, refuseHeld, tellBlocked } from './holds.ts';
import type { EndOfHold, HoldParts } from './holds.ts';
import { rememberUnkept } from './shared-state.ts';
import type { HoldEnd } from './shared-state.ts';
import { keyOf, newEntry, unknownMember } from './stopped-entry.ts';
import type { Judged, Outgoing } from './stopped-entry.ts';

/** How long an answer counts: messages beyond the limit leave, or are refused without a further question. */
export const limitLiftedMs = 60 * 60_000;
export const surplusDeniedMs = 10 * 60_000;

const mostWaiting = 200;
const keptMessages = 20;
const keptText = 1000;
const keptRecipients = 100;

/**
 * Counts a message that may leave; false: it is one too many, and not counted. An account without rules is
 * unrestricted, the owner's own addresses are not counted, and what they let out by itself is counted when it leaves
 * (`countLeft`).
 */
export function isWithinLimit(parts: HoldParts, judged: Judged): boolean {
  const { rule } = judged.decision.because;
  if (rule === 'not-configured' || rule === 'one-time') return true;
  const { pace } = parts.state;
  const at = parts.elapsed();
  const names = countedNames(judged);
  const isCounted = names.length > 0 && at >= pace.liftedUntil;
  if (isCounted && isBeyondLimit(pace.left, names, limitOf(judged.policy), at)) return false;
  countLeft(parts, judged);
  return true;
}

export function countLeft(
  { state: { pace }, elapsed }: HoldParts,
  judged: Pick<Judged, 'send' | 'policy'>,
): void {
  pace.left = withLeft(pace.left, countedNames(judged), elapsed());
}

/** @returns how the wait ended; only `allow` lets it go */
export async function holdSurplus(
  parts: HoldParts,
  outgoing: Outgoing,
  { send, policy }: { readonly send: Send; readonly policy: PolicyState },
  holdMs: number,
): Promise<EndOfHold> {
  const { state, elapsed, now } = parts;
  const { pace } = state;
  if (elapsed() < pace.deniedUntil) return { how: 'deny', id: null };
  const waits = !state.stopping && holdMs > 0 && pace.waiting.size < mostWaiting;
  const entry = join(
    parts,
    surplusEntry(outgoing, send, limitOf(policy), now()),
    waits ? now() + holdMs : null,
  );
  if (entry === null) return { how: 'spool-full', id: null };
  const how = waits ? await waitForAnswer(parts, entry, holdMs) : 'stopping';
  if (!waits) tellBlocked(parts, entry);
  return { how, id: entry.id };
}

/** The owner's answer, for everything beyond the limit that waits and that comes while it counts. */
export function endSurplus(
  { state: { pace, holds }, elapsed }: HoldParts,
  id: string,
  how: 'allow' | 'deny',
): void {
  if (how === 'allow') pace.liftedUntil = elapsed() + limitLiftedMs;
  else pace.deniedUntil = elapsed() + surplusDeniedMs;
  holds.get(id)?.(how);
}

async function waitForAnswer(parts: HoldParts, entry: BlockedSend, holdMs: number): Promise<HoldEnd> {
  const { holds, pace } = parts.state;
  const how = await new Promise<HoldEnd>((resolve) => {
    const end = (ended: HoldEnd): void => {
      clearTimeout(timer);
      pace.waiting.delete(end);
      if (pace.waiting.size === 0) holds.delete(entry.id);
      resolve(ended);
    };
    const timer = setTimeout(() => {
      end('timeout');
    }, holdMs);
    pace.waiting.add(end);
    holds.set(entry.id, (ended) => {
      for (const waiting of [...pace.waiting]) waiting(ended);
    });
    tellBlocked(parts, entry);
  });
  const unanswered = how === 'timeout' || how === 'stopping';
  // The last one that waited: the request stays, and nobody waits for its answer any more.
  if (unanswered && pace.waiting.size === 0) refuseHeld(parts, entry);
  return how;
}

/** @param until null: its sender does not wait. @returns null when there is no room */
function join(parts: HoldParts, entry: BlockedSend, until: number | null): BlockedSend | null {
  const { state, files } = parts;
  const before = [...readSpool(files).sends, ...state.unkept.values()].find(isSurplus);
  const joined = before === undefined ? entry : withOneMore(before, entry);
  const othersWait = state.pace.waiting.size > 0;
  const held = until !== null || othersWait;
  const next: BlockedSend = {
    ...joined,
    state: held ? 'held' : 'refused',
    until: held ? Math.max(until ?? 0, othersWait ? (before?.until ?? 0) : 0) : null,
    holder: held ? state.holder : null,
  };
  if (before === undefined) return keep(parts, next);
  if (state.unkept.has(next.id)) rememberUnkept(state, next);
  else rewrite(parts, next);
  return next;
}

function rewrite({ files }: HoldParts, send: BlockedSend): void {
  try {
    writeSpooled(files, send);
  } catch {
    // The disk does not take it: what stands there tells of fewer messages, and is answered all the same.
  }
}

function surplusEntry(outgoing: Outgoing, send: Send, limit: SendLimit, at: number): BlockedSend {
  return {
    ...newEntry(outgoing, send, at),
    action: 'text',
    targets: send.targets.slice(0, keptRecipients).map(({ to }) => ({
      to: to.slice(0, 1000),
      key: keyOf(to, send),
      people: [],
    })),
    text: '',
    textComplete: true,
    textSha256: sha256(''),
    media: [],
    rule: surplusRule,
    contacted: null,
    surplus: { limit, messages: [messageOf(outgoing, send)] },
  };
}

function messageOf({ text, to }: Outgoing, send: Send): Surplus['messages'][number] {
  return {
    to: (to.length === 0 ? '' : to.map((one) => keyOf(one, send) ?? one).join(', ')).slice(0, 400),
    text: text.slice(0, keptText),
    textComplete: text.length <= keptText,
  };
}

/** Everything as it is now; whoever was to get one of them first stays on the list. */
function withOneMore(before: BlockedSend, entry: BlockedSend): BlockedSend {
  const name = ({ to, key }: BlockedSend['targets'][number]): string => key ?? to;
  const known = new Set(before.targets.map(name));
  const added = entry.targets.filter((target) => !known.has(name(target)));
  const messages = [...(before.surplus?.messages ?? []), ...(entry.surplus?.messages ?? [])];
  return {
    ...entry,
    id: before.id,
    createdAt: before.createdAt,
    attempts: before.attempts + 1,
    targets: [...before.targets, ...added].slice(0, keptRecipients),
    surplus: { limit: entry.surplus?.limit ?? defaultSendLimit, messages: messages.slice(-keptMessages) },
  };
}

/** One person counts as one, however they are written to on a channel; what goes to the owner troubles nobody. */
function countedNames({ send, policy }: Pick<Judged, 'send' | 'policy'>): readonly string[] {
  const rules = knownPolicy(policy);
  const others = send.targets.filter(
    (target) =>
      rules === null || !isOwn(rules.content, send.channel, resolveTarget(target, send, rules.region)),
  );
  return others.map(({ to, people }) => {
    const [person] = people;
    const alone = people.length === 1 && person !== unknownMember ? person : undefined;
    return `${send.channel} ${possiblySamePerson(alone ?? keyOf(to, send) ?? to)}`.slice(0, 400);
  });
}

function limitOf(state: PolicyState): SendLimit {
  return sendLimitOf(knownPolicy(state) ?? {});
}
