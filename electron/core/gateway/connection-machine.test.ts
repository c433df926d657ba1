import { describe, expect, it } from 'vitest';
import type { GatewayLabel } from '../../contract/snapshot.ts';
import { initialState, step, viewOf, type MachineInput, type MachineState } from './connection-machine.ts';

const here = { now: 10_000, fraction: 0.5 };
const gateway: GatewayLabel = { address: '127.0.0.1:18789', remote: false, version: '2026.9.6' };
const common = { generation: 7, gateway, attempt: 0 };

const states = {
  stopped: { ...common, phase: 'stopped' },
  connecting: { ...common, phase: 'connecting' },
  syncing: { ...common, phase: 'syncing', missing: ['node-pairing'], limited: true },
  ready: { ...common, phase: 'ready', missing: [], limited: false, since: 10_000 },
  waiting: { ...common, phase: 'waiting', attempt: 3, reason: 'not-running', retryAt: 12_000 },
  keychain: { ...common, phase: 'waiting', attempt: 1, reason: 'keychain-locked', retryAt: 12_000 },
  suspended: { ...common, phase: 'waiting', reason: 'suspended', retryAt: 9_000 },
  blocked: { ...common, phase: 'blocked', reason: 'token-wrong', detail: null },
} as const satisfies Record<string, MachineState>;

type Name = keyof typeof states;

const connecting = { ...common, phase: 'connecting', generation: 8 };
const attempt = { type: 'attempt', generation: 8 };
const hangUp = { type: 'hang-up' };
const lost = { type: 'lost' };
const disarm = { type: 'disarm' };
const unchanged = null;

const wait: MachineInput = { type: 'wait', generation: 7, reason: 'not-running', minDelayMs: 0 };
const block: MachineInput = { type: 'block', generation: 7, reason: 'tls-changed', detail: 'ab' };
const waiting = (attempts: number, delayMs: number, more: object = {}): object => ({
  generation: 8,
  gateway,
  attempt: attempts,
  phase: 'waiting',
  reason: 'not-running',
  retryAt: 10_000 + delayMs,
  ...more,
});
const arm = (delayMs: number): object => ({ type: 'arm', generation: 8, delayMs });
const blockedState = {
  generation: 8,
  gateway,
  attempt: 0,
  phase: 'blocked',
  reason: 'tls-changed',
  detail: 'ab',
};
const stoppedState = { generation: 8, gateway, attempt: 0, phase: 'stopped' };
const asleep = { generation: 8, gateway, attempt: 0, phase: 'waiting', reason: 'suspended', retryAt: 10_000 };

const rows: readonly [from: Name, input: MachineInput, to: object | null, effects: readonly object[]][] = [
  ['stopped', { type: 'start' }, connecting, [attempt]],
  ['ready', { type: 'start' }, unchanged, []],

  ['stopped', { type: 'stop' }, unchanged, []],
  ['connecting', { type: 'stop' }, stoppedState, [hangUp]],
  ['syncing', { type: 'stop' }, stoppedState, [hangUp, lost]],
  ['ready', { type: 'stop' }, stoppedState, [hangUp, lost]],
  ['waiting', { type: 'stop' }, stoppedState, [disarm]],
  ['blocked', { type: 'stop' }, stoppedState, []],

  ['waiting', { type: 'retry' }, connecting, [disarm, attempt]],
  ['blocked', { type: 'retry' }, connecting, [attempt]],
  ['suspended', { type: 'retry' }, connecting, [disarm, attempt]],
  ['ready', { type: 'retry' }, unchanged, []],
  ['connecting', { type: 'retry' }, unchanged, []],
  ['stopped', { type: 'retry' }, unchanged, []],

  ['ready', { type: 'restart' }, connecting, [hangUp, lost, attempt]],
  ['connecting', { type: 'restart' }, connecting, [hangUp, attempt]],
  ['blocked', { type: 'restart' }, connecting, [attempt]],
  ['suspended', { type: 'restart' }, unchanged, []],
  ['stopped', { type: 'restart' }, unchanged, []],

  ['ready', { type: 'suspend' }, asleep, [hangUp, lost]],
  ['connecting', { type: 'suspend' }, asleep, [hangUp]],
  ['waiting', { type: 'suspend' }, asleep, [disarm]],
  ['blocked', { type: 'suspend' }, unchanged, []],
  ['suspended', { type: 'suspend' }, unchanged, []],

  ['suspended', { type: 'resume' }, connecting, [disarm, attempt]],
  ['waiting', { type: 'resume' }, connecting, [disarm, attempt]],
  ['ready', { type: 'resume' }, unchanged, []],
  ['blocked', { type: 'resume' }, unchanged, []],

  ['keychain', { type: 'keychain-ready' }, connecting, [disarm, attempt]],
  ['waiting', { type: 'keychain-ready' }, unchanged, []],
  ['blocked', { type: 'keychain-ready' }, unchanged, []],

  ['waiting', { type: 'timer', generation: 7 }, { ...connecting, attempt: 3 }, [disarm, attempt]],
  ['waiting', { type: 'timer', generation: 6 }, unchanged, []],
  ['blocked', { type: 'timer', generation: 7 }, unchanged, []],

  ['connecting', { type: 'located', generation: 7, gateway }, { ...states.connecting, gateway }, []],
  ['connecting', { type: 'located', generation: 6, gateway }, unchanged, []],
  ['blocked', { type: 'located', generation: 7, gateway }, unchanged, []],

  [
    'connecting',
    { type: 'opened', generation: 7, gateway, missing: ['node-pairing'], limited: true },
    states.syncing,
    [{ type: 'sync', generation: 7 }],
  ],
  ['connecting', { type: 'opened', generation: 6, gateway, missing: [], limited: false }, unchanged, []],
  ['waiting', { type: 'opened', generation: 7, gateway, missing: [], limited: false }, unchanged, []],

  [
    'syncing',
    { type: 'synced', generation: 7 },
    { ...states.ready, missing: ['node-pairing'], limited: true },
    [],
  ],
  ['syncing', { type: 'synced', generation: 6 }, unchanged, []],
  ['connecting', { type: 'synced', generation: 7 }, unchanged, []],

  ['connecting', wait, waiting(1, 1_000), [hangUp, arm(1_000)]],
  ['connecting', { ...wait, minDelayMs: 5_000 }, waiting(1, 5_000), [hangUp, arm(5_000)]],
  [
    'ready',
    { ...wait, reason: 'starting' },
    waiting(1, 1_000, { reason: 'starting' }),
    [hangUp, lost, arm(1_000)],
  ],
  ['connecting', { ...wait, generation: 6 }, unchanged, []],
  ['waiting', wait, unchanged, []],
  ['blocked', wait, unchanged, []],

  ['connecting', block, blockedState, [hangUp]],
  ['ready', block, blockedState, [hangUp, lost]],
  ['ready', { ...block, generation: 6 }, unchanged, []],
  ['waiting', block, unchanged, []],
];

describe('the connection machine', () => {
  it.each(rows)('%s on %j', (from, input, to, effects) => {
    const state = states[from];
    expect(step(state, input, here)).toEqual({ state: to ?? state, effects });
  });

  it('counts failed attempts over timers and forgets them once ready', () => {
    let state: MachineState = { ...initialState };
    const delays: number[] = [];
    const feed = (input: MachineInput): void => {
      const next = step(state, input, here);
      state = next.state;
      for (const effect of next.effects) if (effect.type === 'arm') delays.push(effect.delayMs);
    };
    const current = (): { generation: number } => ({ generation: state.generation });
    feed({ type: 'start' });
    for (let failures = 0; failures < 3; failures += 1) {
      feed({ type: 'wait', ...current(), reason: 'no-answer', minDelayMs: 0 });
      feed({ type: 'timer', ...current() });
    }
    feed({ type: 'opened', ...current(), gateway, missing: [], limited: false });
    feed({ type: 'synced', ...current() });
    feed({ type: 'wait', ...current(), reason: 'connection-lost', minDelayMs: 0 });
    expect(delays).toEqual([1_000, 2_000, 4_000, 1_000]);
  });

  it('shows every state without its inner numbers', () => {
    expect(Object.values(states).map(viewOf)).toEqual([
      { state: 'stopped' },
      { state: 'connecting', gateway },
      { state: 'syncing', gateway },
      { state: 'ready', gateway, missing: [], since: 10_000, limited: false },
      { state: 'waiting', reason: 'not-running', gateway, retryAt: 12_000, attempt: 3 },
      { state: 'waiting', reason: 'keychain-locked', gateway, retryAt: 12_000, attempt: 1 },
      { state: 'waiting', reason: 'suspended', gateway, retryAt: 9_000, attempt: 0 },
      { state: 'blocked', reason: 'token-wrong', gateway, detail: null },
    ]);
  });
});
