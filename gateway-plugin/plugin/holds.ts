/** Sends that wait for the owner: written down first, so that a gateway that dies leaves a refused send, not a lost one. */
import type { BlockedSend } from '../../electron/contract/guard/blocked-send.ts';
import type { GuardFiles } from '../store/guard-files.ts';
import { addToSpool, findSpooled, readSpool, removeSpooled, writeSpooled } from '../store/spool.ts';
import { asRefused, asShown } from './shown.ts';
import { rememberAnswer, rememberUnkept } from './shared-state.ts';
import type { HoldEnd, SharedState } from './shared-state.ts';

export interface HoldParts {
  readonly state: SharedState;
  readonly files: GuardFiles;
  readonly now: () => number;
  /** Milliseconds of a clock that nobody sets and that never goes back. */
  readonly elapsed: () => number;
}

export interface EndOfHold {
  readonly how: HoldEnd | 'spool-full';
  readonly id: string | null;
}

/** @returns how the wait ended; only `allow` lets the send go */
export async function hold(parts: HoldParts, send: BlockedSend, holdMs: number): Promise<EndOfHold> {
  const { state, now } = parts;
  if (state.stopping || holdMs <= 0) return { how: 'stopping', id: refuse(parts, send) };
  const wanted: BlockedSend = { ...send, state: 'held', until: now() + holdMs, holder: state.holder };
  const entry = keep(parts, wanted);
  if (entry === null) return { how: 'spool-full', id: null };
  const how = settle(parts, entry, await waitForAnswer(parts, entry, holdMs));
  return { how, id: entry.id };
}

/** Writes a send down that is not even asked about. @returns its id, or null when the spool is full */
export function refuse(parts: HoldParts, send: BlockedSend): string | null {
  const entry = keep(parts, { ...send, state: 'refused' });
  if (entry !== null) tellBlocked(parts, entry);
  return entry?.id ?? null;
}

/** Holds of an earlier run of the gateway were never sent: they are refused sends now. */
export function refuseForgottenHolds(parts: HoldParts): void {
  const { state, files } = parts;
  for (const send of readSpool(files).sends) {
    if (send.state !== 'held' || send.holder === state.holder) continue;
    const refused = asRefused(send);
    writeSpooled(files, refused);
    tellBlocked(parts, refused);
  }
}

/** Longer ones are read by RPC: an event goes to every operator that listens. */
const longestInEvent = 50_000;

export function tellBlocked(parts: HoldParts, send: BlockedSend): void {
  const entry = send.text.length > longestInEvent ? {} : { entry: asShown(parts, send) };
  parts.state.emit?.('blocked', { id: send.id, state: send.state, ...entry });
}

/** A stopped send, also one there was no room on the disk for. */
export function findStopped({ state, files }: HoldParts, id: string): BlockedSend | null {
  return findSpooled(files, id) ?? state.unkept.get(id) ?? null;
}

/** @throws when the disk does not take it: then the send is still there, and nothing may be said about it */
export function forget({ state, files }: HoldParts, id: string): void {
  removeSpooled(files, id);
  state.unkept.delete(id);
}

/** A disk that takes nothing must not hide a message from its owner: it is kept in memory, for as long as that lasts. */
export function keep({ state, files }: HoldParts, send: BlockedSend): BlockedSend | null {
  try {
    return addToSpool(files, send);
  } catch {
    rememberUnkept(state, send);
    return send;
  }
}

/** The gateway is stopping: everything still waiting is refused, so that it does not wait for us. */
export function endAllHolds(state: SharedState): void {
  state.stopping = true;
  for (const end of [...state.holds.values()]) end('stopping');
}

async function waitForAnswer(parts: HoldParts, entry: BlockedSend, holdMs: number): Promise<HoldEnd> {
  const { state } = parts;
  return await new Promise((resolve) => {
    const end = (how: HoldEnd): void => {
      clearTimeout(timer);
      state.holds.delete(entry.id);
      resolve(how);
    };
    const timer = setTimeout(() => {
      end('timeout');
    }, holdMs);
    state.holds.set(entry.id, end);
    tellBlocked(parts, entry);
  });
}

/** @returns `stopping` for an answer the disk did not take: it was none, and the message is refused */
function settle(parts: HoldParts, entry: BlockedSend, how: HoldEnd): HoldEnd {
  if (how === 'timeout' || how === 'stopping') {
    refuseHeld(parts, entry);
    return how;
  }
  const end = how === 'allow' ? 'allowed' : 'denied';
  try {
    forget(parts, entry.id);
  } catch {
    // Left on the disk it could be let out a second time.
    parts.state.answered.delete(entry.id);
    refuseHeld(parts, entry);
    return 'stopping';
  }
  rememberAnswer(parts.state, entry.id, end);
  parts.state.emit?.('settled', { id: entry.id, state: end });
  return how;
}

export function refuseHeld(parts: HoldParts, entry: BlockedSend): void {
  const { state, files } = parts;
  const refused = asRefused(findStopped(parts, entry.id) ?? entry);
  try {
    writeSpooled(files, refused);
    state.unkept.delete(entry.id);
  } catch {
    // What is on the disk says held, by nobody who waits any more: that is read as refused.
    if (state.unkept.has(entry.id)) rememberUnkept(state, refused);
  }
  tellBlocked(parts, refused);
}
