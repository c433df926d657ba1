/**
 * The connection's states as data: (state, input) → state and effects, no clock and no socket. Only `ready` means the
 * lists were re-read. `blocked` never tries by itself. Each attempt has a generation, and what an older one still says
 * is ignored.
 */
import { assertNever } from '../../contract/result.ts';
import type {
  BlockedReason,
  ConnectionView,
  Feature,
  GatewayLabel,
  WaitReason,
} from '../../contract/snapshot.ts';
import { backoffMs } from './backoff.ts';

interface Common {
  readonly generation: number;
  /** The gateway of the last attempt, once known. */
  readonly gateway: GatewayLabel | null;
  /** Failed attempts in a row. */
  readonly attempt: number;
}

/** What the gateway that let us in gives us. */
interface Offer {
  readonly gateway: GatewayLabel;
  readonly missing: readonly Feature[];
  /** Devices and nodes that asked before we connected are not listed. */
  readonly limited: boolean;
}

export type MachineState = Common &
  (
    | { readonly phase: 'stopped' | 'connecting' }
    | ({ readonly phase: 'syncing' } & Offer)
    | ({ readonly phase: 'ready'; readonly since: number } & Offer)
    | { readonly phase: 'waiting'; readonly reason: WaitReason; readonly retryAt: number }
    | { readonly phase: 'blocked'; readonly reason: BlockedReason; readonly detail: string | null }
  );

export type MachineInput =
  | { readonly type: 'start' | 'stop' }
  /** The owner asks to try now. */
  | { readonly type: 'retry' }
  /** Another gateway or another token: begin anew. */
  | { readonly type: 'restart' }
  | { readonly type: 'suspend' | 'resume' }
  /** The keychain can be read again. */
  | { readonly type: 'keychain-ready' }
  | { readonly type: 'timer'; readonly generation: number }
  | { readonly type: 'located'; readonly generation: number; readonly gateway: GatewayLabel }
  | ({ readonly type: 'opened'; readonly generation: number } & Offer)
  | { readonly type: 'synced'; readonly generation: number }
  /** The attempt, the sync or the session failed, and trying again may help. */
  | {
      readonly type: 'wait';
      readonly generation: number;
      readonly reason: WaitReason;
      readonly minDelayMs: number;
    }
  /** … and only the owner can help. */
  | {
      readonly type: 'block';
      readonly generation: number;
      readonly reason: BlockedReason;
      readonly detail: string | null;
    };

export type MachineEffect =
  | { readonly type: 'attempt' | 'sync'; readonly generation: number }
  | { readonly type: 'arm'; readonly generation: number; readonly delayMs: number }
  | { readonly type: 'disarm' }
  /** Close the session or abandon the attempt. */
  | { readonly type: 'hang-up' }
  /** The session the app was working with is gone: answers under way are lost. */
  | { readonly type: 'lost' };

export interface Step {
  readonly state: MachineState;
  readonly effects: readonly MachineEffect[];
}

/** What the machine may not know by itself. */
export interface Circumstances {
  /** Epoch ms. */
  readonly now: number;
  /** 0 <= n < 1 */
  readonly fraction: number;
}

export const initialState: MachineState = { phase: 'stopped', generation: 0, gateway: null, attempt: 0 };

export function step(state: MachineState, input: MachineInput, circumstances: Circumstances): Step {
  if ('generation' in input && input.generation !== state.generation) return unchanged(state);
  switch (input.type) {
    case 'start':
      return state.phase === 'stopped' ? begin(state, 0) : unchanged(state);
    case 'stop':
      return state.phase === 'stopped' ? unchanged(state) : leave(state, { phase: 'stopped' });
    case 'retry':
      return state.phase === 'waiting' || state.phase === 'blocked' ? begin(state, 0) : unchanged(state);
    case 'restart':
      return state.phase === 'stopped' || isSuspended(state) ? unchanged(state) : begin(state, 0);
    case 'suspend':
      return suspend(state, circumstances);
    case 'resume':
      return state.phase === 'waiting' ? begin(state, 0) : unchanged(state);
    case 'keychain-ready':
      return isWaitingForKeychain(state) ? begin(state, 0) : unchanged(state);
    case 'timer':
      return state.phase === 'waiting' ? begin(state, state.attempt) : unchanged(state);
    case 'located':
      return state.phase === 'connecting'
        ? { state: { ...state, gateway: input.gateway }, effects: [] }
        : unchanged(state);
    case 'opened': {
      if (state.phase !== 'connecting') return unchanged(state);
      const { gateway, missing, limited } = input;
      return {
        state: { ...state, phase: 'syncing', gateway, missing, limited },
        effects: [{ type: 'sync', generation: state.generation }],
      };
    }
    case 'synced':
      return state.phase === 'syncing'
        ? { state: { ...state, phase: 'ready', attempt: 0, since: circumstances.now }, effects: [] }
        : unchanged(state);
    case 'wait':
      return isUnderWay(state) ? waitAfter(state, input, circumstances) : unchanged(state);
    case 'block':
      return isUnderWay(state)
        ? leave(state, { phase: 'blocked', reason: input.reason, detail: input.detail })
        : unchanged(state);
    default:
      return assertNever(input);
  }
}

export function viewOf(state: MachineState): ConnectionView {
  switch (state.phase) {
    case 'stopped':
      return { state: 'stopped' };
    case 'connecting':
    case 'syncing':
      return { state: state.phase, gateway: state.gateway };
    case 'ready': {
      const { gateway, missing, since, limited } = state;
      return { state: 'ready', gateway, missing, since, limited };
    }
    case 'waiting': {
      const { reason, gateway, retryAt, attempt } = state;
      return { state: 'waiting', reason, gateway, retryAt, attempt };
    }
    case 'blocked':
      return { state: 'blocked', reason: state.reason, gateway: state.gateway, detail: state.detail };
    default:
      return assertNever(state);
  }
}

// ------------------------------------------------------------------ transitions

/** Where a step can lead when it ends the attempt or the session. */
type Rest =
  | { readonly phase: 'stopped' }
  | { readonly phase: 'waiting'; readonly reason: WaitReason; readonly retryAt: number }
  | { readonly phase: 'blocked'; readonly reason: BlockedReason; readonly detail: string | null };

function begin(state: MachineState, attempt: number): Step {
  const generation = state.generation + 1;
  return {
    state: { phase: 'connecting', generation, gateway: state.gateway, attempt },
    effects: [...farewell(state), { type: 'attempt', generation }],
  };
}

function leave(state: MachineState, rest: Rest, attempt = 0): Step {
  const { generation, gateway } = state;
  return { state: { generation: generation + 1, gateway, attempt, ...rest }, effects: farewell(state) };
}

function waitAfter(
  state: MachineState,
  { reason, minDelayMs }: { readonly reason: WaitReason; readonly minDelayMs: number },
  { now, fraction }: Circumstances,
): Step {
  const attempt = state.attempt + 1;
  const delayMs = Math.max(minDelayMs, backoffMs(attempt, fraction));
  const left = leave(state, { phase: 'waiting', reason, retryAt: now + delayMs }, attempt);
  const arm = { type: 'arm', generation: left.state.generation, delayMs } as const;
  return { state: left.state, effects: [...left.effects, arm] };
}

function suspend(state: MachineState, { now }: Circumstances): Step {
  const asleep = state.phase === 'stopped' || state.phase === 'blocked' || isSuspended(state);
  return asleep ? unchanged(state) : leave(state, { phase: 'waiting', reason: 'suspended', retryAt: now });
}

/** What must be put away before the state can be left. */
function farewell(state: MachineState): readonly MachineEffect[] {
  switch (state.phase) {
    case 'connecting':
      return [{ type: 'hang-up' }];
    case 'syncing':
    case 'ready':
      return [{ type: 'hang-up' }, { type: 'lost' }];
    case 'waiting':
      return [{ type: 'disarm' }];
    case 'stopped':
    case 'blocked':
      return [];
    default:
      return assertNever(state);
  }
}

function unchanged(state: MachineState): Step {
  return { state, effects: [] };
}

function isUnderWay(state: MachineState): boolean {
  return state.phase === 'connecting' || state.phase === 'syncing' || state.phase === 'ready';
}

function isSuspended(state: MachineState): boolean {
  return state.phase === 'waiting' && state.reason === 'suspended';
}

function isWaitingForKeychain(state: MachineState): boolean {
  return (
    state.phase === 'waiting' && (state.reason === 'keychain-locked' || state.reason === 'keychain-hung')
  );
}
