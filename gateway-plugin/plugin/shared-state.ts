/**
 * What all live instances of the plugin in one gateway process share. The gateway keeps several instances at once and
 * replaces them while it runs, so this is plain data on globalThis and every function lives outside it.
 */
import { randomUUID } from 'node:crypto';
import type { BlockedSend, GuardEvent } from '../../electron/contract/guard/blocked-send.ts';
import type { Left } from '../../electron/contract/guard/send-limit.ts';

export type Answer = 'allow' | 'deny';
export type HoldEnd = Answer | 'timeout' | 'stopping';

export type EmitEvent = (name: string, payload: object) => void;

/** How much leaves, and what the owner said about too much of it. Times are of the clock that never goes back, in ms. */
export interface Pace {
  left: readonly Left[];
  /** Those beyond the limit that wait for the answer. */
  readonly waiting: Set<(end: HoldEnd) => void>;
  /** The limit does not count. */
  liftedUntil: number;
  /** Whatever is beyond the limit is refused, and nobody is asked. */
  deniedUntil: number;
}

export interface SharedState {
  /** This run of the gateway. */
  readonly holder: string;
  /** Waiting sends by id. */
  readonly holds: Map<string, (end: HoldEnd) => void>;
  /** Stopped sends the disk had no room for; gone with the process. */
  readonly unkept: Map<string, BlockedSend>;
  /** How the most recent ones ended, to tell whoever answers second. */
  readonly answered: Map<string, GuardEvent['state']>;
  /** The conversation each session is about, for tool calls that name no target. */
  readonly sessionConversations: Map<string, string>;
  readonly pace: Pace;
  /** Set while a service of ours runs. */
  emit: EmitEvent | null;
  /** Self-tests this run of the gateway has stopped. */
  selfTests: number;
  /** The gateway is on its way down: nothing is held any more. */
  stopping: boolean;
}

const key = Symbol.for('portcullis-guard.state.3');
const rememberedAnswers = 500;
const rememberedSessions = 500;
const rememberedUnkept = 200;

export function sharedState(): SharedState {
  const shared = Reflect.get(globalThis, key) as SharedState | undefined;
  if (shared !== undefined) return shared;
  const created: SharedState = {
    holder: randomUUID(),
    holds: new Map(),
    unkept: new Map(),
    answered: new Map(),
    sessionConversations: new Map(),
    pace: newPace(),
    emit: null,
    selfTests: 0,
    stopping: false,
  };
  Reflect.set(globalThis, key, created);
  return created;
}

export function newPace(): Pace {
  return { left: [], waiting: new Set(), liftedUntil: 0, deniedUntil: 0 };
}

export function rememberAnswer(state: SharedState, id: string, end: GuardEvent['state']): void {
  put(state.answered, id, end, rememberedAnswers);
}

export function rememberUnkept(state: SharedState, send: BlockedSend): void {
  put(state.unkept, send.id, send, rememberedUnkept);
}

export function rememberSession(state: SharedState, sessionKey: string, conversation: string): void {
  put(state.sessionConversations, sessionKey, conversation, rememberedSessions);
}

function put<T>(map: Map<string, T>, name: string, value: T, limit: number): void {
  map.delete(name);
  map.set(name, value);
  const oldest = map.keys().next().value;
  if (map.size > limit && oldest !== undefined) map.delete(oldest);
}
