/** A guard folder of its own with stopped sends in it, and one gateway run's state around it. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BlockedSend } from '../../electron/contract/guard/blocked-send.ts';
import { emptyPolicy } from '../../electron/contract/guard/policy.ts';
import type { AccountPolicy, Policy } from '../../electron/contract/guard/policy.ts';
import { guardFiles } from '../store/guard-files.ts';
import { readPolicyState, updatePolicy } from '../store/policy-file.ts';
import { hold, refuse } from './holds.ts';
import type { EndOfHold, HoldParts } from './holds.ts';
import { newPace, sharedState } from './shared-state.ts';
import type { SharedState } from './shared-state.ts';

export const now = 1_800_000_000_000;
export const stranger = '+15551230099';
export const other = '+15551230098';

export const guarded: AccountPolicy = {
  channel: 'imessage',
  account: 'default',
  unlisted: 'ask',
  pairingReply: 'send',
  allowTo: [],
  denyTo: [],
};

export interface StoppedSends {
  readonly parts: HoldParts;
  readonly events: readonly { readonly name: string; readonly payload: object }[];
  setPolicy(change: Partial<Policy>): void;
  policy(): Policy;
  refused(change?: Partial<BlockedSend>): string;
  held(change?: Partial<BlockedSend>): { readonly id: string; readonly end: Promise<EndOfHold> };
  /** As after a restart of the gateway: nothing is remembered but what is on disk. */
  forgetRun(): HoldParts;
  /** Ends every hold first: each writes down that it was refused. */
  remove(): Promise<void>;
}

export function createStoppedSends(): StoppedSends {
  const root = mkdtempSync(join(tmpdir(), 'portcullis-answers-'));
  const files = guardFiles(root);
  const ends: Promise<EndOfHold>[] = [];
  const events: { name: string; payload: object }[] = [];
  const run = (): HoldParts => ({
    state: newRun((name, payload) => events.push({ name, payload })),
    files,
    now: () => now,
    elapsed: () => 0,
  });
  const parts = run();
  const policy = (): Policy => {
    const state = readPolicyState(files);
    return state.status === 'ready' ? state.policy : emptyPolicy;
  };
  return {
    parts,
    events,
    setPolicy: (change) => {
      const before = policy();
      const next = { ...before, region: 'US', accounts: [guarded], ...change };
      const updated = updatePolicy(files, before.revision, () => next);
      if (!updated.ok) throw new Error(`The test policy was not taken: ${JSON.stringify(updated.error)}`);
    },
    policy,
    refused: (change) => refuse(parts, stoppedSend(change)) ?? '',
    held: (change) => {
      const send = stoppedSend(change);
      const end = hold(parts, send, 60_000);
      ends.push(end);
      return { id: send.id, end };
    },
    forgetRun: run,
    remove: async () => {
      for (const end of [...parts.state.holds.values()]) end('stopping');
      await Promise.all(ends);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** The tests of one file share a process; each starts as a gateway does that has sent nothing yet. */
export function forgetPace(): void {
  Object.assign(sharedState().pace, newPace());
}

export function stoppedSend(change: Partial<BlockedSend> = {}): BlockedSend {
  const text = change.text ?? 'hi';
  return {
    version: 1,
    id: randomUUID(),
    layer: 'gateway-plugin',
    state: 'refused',
    channel: 'imessage',
    account: 'default',
    action: 'text',
    targets: [{ to: '(555) 123-0099', key: stranger, people: [] }],
    text,
    textComplete: true,
    textSha256: createHash('sha256').update(text).digest('hex'),
    media: [],
    cause: { agentId: null, sessionKey: null, runId: null, process: null },
    rule: 'unlisted',
    contacted: null,
    createdAt: now,
    lastAt: now,
    attempts: 1,
    until: null,
    holder: null,
    ...change,
  };
}

function newRun(emit: SharedState['emit']): SharedState {
  return {
    holder: randomUUID(),
    holds: new Map(),
    unkept: new Map(),
    answered: new Map(),
    sessionConversations: new Map(),
    pace: newPace(),
    emit,
    selfTests: 0,
    stopping: false,
  };
}
