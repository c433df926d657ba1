/** Sends that wait for the owner: written down first, so that a gateway that dies leaves a refused send, not a lost one. */
import type { BlockedSend } from '../../electron/contract/guard/blocked-send.ts';
import type { GuardFiles } from '../store/guard-files.ts';
import { addToSpool, findSpooled, readSpool, removeSpooled, writeSpooled } from '../store/spool.ts';
import { rememberAnswer } from './shared-state.ts';
import type { HoldEnd, SharedState } from './shared-state.ts';

export interface HoldParts {
  readonly state: SharedState;
  readonly files: GuardFiles;
  readonly now: () => number;
}

export interface EndOfHold {
  readonly how: HoldEnd | 'spool-full';
  readonly id: string | null;
}

/** @returns how the wait ended; only `allow` lets the send go */
export async function hold(parts: HoldParts, send: BlockedSend, holdMs: number): Promise<EndOfHold> {
  const { state, files, now } = parts;
  if (state.stopping || holdMs <= 0) return { how: 'stopping', id: refuse(parts, send) };
  const entry = addToSpool(files, { ...send, state: 'held', until: now() + holdMs, holder: state.holder });
  if (entry === null) return { how: 'spool-full', id: null };
  const how = await waitForAnswer(state, entry.id, holdMs);
  settle(parts, entry, how);
  return { how, id: entry.id };
}

/** Writes a send down that is not even asked about. @returns its id, or null when the spool is full */
export function refuse(parts: HoldParts, send: BlockedSend): string | null {
  const entry = addToSpool(parts.files, { ...send, state: 'refused' });
  if (entry !== null) parts.state.emit?.('blocked', { id: entry.id, state: 'refused' });
  return entry?.id ?? null;
}

/** Holds of an earlier run of the gateway were never sent: they are refused sends now. */
export function refuseForgottenHolds({ state, files }: HoldParts): void {
  for (const send of readSpool(files).sends) {
    if (send.state !== 'held' || send.holder === state.holder) continue;
    writeSpooled(files, asRefused(send));
    state.emit?.('blocked', { id: send.id, state: 'refused' });
  }
}

/** The gateway is stopping: everything still waiting is refused, so that it does not wait for us. */
export function endAllHolds(state: SharedState): void {
  state.stopping = true;
  for (const end of [...state.holds.values()]) end('stopping');
}

export function asRefused(send: BlockedSend): BlockedSend {
  return { ...send, state: 'refused', until: null, holder: null };
}

async function waitForAnswer(state: SharedState, id: string, holdMs: number): Promise<HoldEnd> {
  return await new Promise((resolve) => {
    const end = (how: HoldEnd): void => {
      clearTimeout(timer);
      state.holds.delete(id);
      resolve(how);
    };
    const timer = setTimeout(() => {
      end('timeout');
    }, holdMs);
    state.holds.set(id, end);
    state.emit?.('blocked', { id, state: 'held' });
  });
}

function settle({ state, files }: HoldParts, entry: BlockedSend, how: HoldEnd): void {
  if (how === 'timeout' || how === 'stopping') {
    writeSpooled(files, asRefused(findSpooled(files, entry.id) ?? entry));
    state.emit?.('blocked', { id: entry.id, state: 'refused' });
    return;
  }
  const end = how === 'allow' ? 'allowed' : 'denied';
  rememberAnswer(state, entry.id, end);
  removeSpooled(files, entry.id);
  state.emit?.('settled', { id: entry.id, state: end });
}
