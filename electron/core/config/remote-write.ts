/**
 * One write of the config over an elevated connection. On OpenClaw 2026.9.6 a channel that such a write reloads loses
 * its tools when this connection closes, until the gateway restarts
 * (docs/GATEWAY-PROTOCOL.md#writes-over-a-connection). So the restart is asked for as soon as the change stands in the
 * file, and the caller keeps the connection open until then.
 */
import { configErrorTexts, remoteConfigTexts } from '../../contract/config-texts.ts';
import type { ConfigUndo, ConfigValueChange } from '../../contract/gateway-config/config-undo.ts';
import { sameJson, valueAt } from '../../contract/gateway-config/json.ts';
import { undoFacts } from '../../contract/gateway-config/value-edit.ts';
import { appError, type AppError, type Result } from '../../contract/result.ts';
import type { ConfigChange, GatewayConfigContent } from '../config-ports.ts';
import type { Call } from '../gateway/calls.ts';
import type { Waiting } from '../guard/waiting.ts';
import type { GatewayFailure } from '../ports.ts';
import { displayText } from '../requests/display-text.ts';
import { includedProblem } from './included.ts';
import { patchOf, patchProblem } from './remote-patch.ts';
import { readRemoteContent } from './remote-content.ts';

/** The gateway answers when the channel is back, and running turns go first. */
const patchDeadlineMs = 900_000;
const longestRefusal = 200;

export interface RemoteEdit {
  readonly expectedHash: string;
  readonly changes: readonly ConfigChange[];
}

export type RemoteWrite =
  /** Nothing stands in the config. */
  | { readonly state: 'refused'; readonly error: AppError }
  /** `owed`: the gateway was not told to restart yet. `none`: nothing had to be written. */
  | { readonly state: 'written'; readonly undo: ConfigUndo; readonly restart: 'asked' | 'owed' | 'none' }
  /** The connection was lost in the middle: look again whether these stand there. */
  | { readonly state: 'unknown'; readonly changes: readonly ConfigValueChange[]; readonly undo: UndoPart };

type UndoPart = Omit<ConfigUndo, 'hash'>;

export interface RemoteWriteParts {
  readonly call: Call;
  readonly waiting: Waiting;
  /** Notes that a restart is owed, before anything is sent. @returns takes the note back, for when nothing was written */
  readonly owe: () => Promise<() => Promise<void>>;
}

export async function writeOverRpc(
  { call, waiting, owe }: RemoteWriteParts,
  { expectedHash, changes }: RemoteEdit,
): Promise<RemoteWrite> {
  const restartable = await call('gateway.restart.preflight', {});
  if (!restartable.ok) return refused(appError('unsupported', remoteConfigTexts.noRestart));
  const content = await readRemoteContent(call, null);
  if (!content.ok) return refused(content.error);
  const { hash, value } = content.value;
  if (hash !== expectedHash) return refused(changedMeanwhile);
  const facts = undoFacts(value, changes);
  const undo: UndoPart = { splices: [], ...facts };
  if (facts.changes.length === 0) return { state: 'written', undo: { hash, ...undo }, restart: 'none' };
  const problem = includedProblem(content.value, '', changes) ?? patchProblem(facts.changes);
  if (problem !== null) return refused(problem);

  const notOwed = await owe();
  const patch = new Patch(
    call('config.patch', { ...patchOf(facts.changes), baseHash: hash }, patchDeadlineMs),
  );
  void patch.answer.then(() => {
    waiting.nudge();
  });
  const now: { content: GatewayConfigContent | null } = { content: null };
  await waiting.until(async () => {
    const { answered } = patch;
    const read = await readRemoteContent(call, null);
    now.content = read.ok ? read.value : null;
    return (read.ok && standsThere(read.value, facts.changes)) || answered !== null;
  });
  const after = now.content;
  if (after !== null && standsThere(after, facts.changes)) {
    const restart = await askForRestart(call);
    return { state: 'written', undo: { hash: after.hash, ...undo }, restart: restart ? 'asked' : 'owed' };
  }
  const failure = patch.answered?.ok === false ? patch.answered.error : null;
  if (failure === null || isLoss(failure)) return { state: 'unknown', changes: facts.changes, undo };
  await notOwed();
  return refused(after === null || after.hash === hash ? refusal(failure) : changedMeanwhile);
}

/** @returns false: the gateway did not take it */
export async function askForRestart(call: Call): Promise<boolean> {
  const asked = await call('gateway.restart.request', { reason: 'a changed channel setting' });
  return asked.ok;
}

export function standsThere({ value }: GatewayConfigContent, changes: readonly ConfigValueChange[]): boolean {
  return changes.every(({ path, after }) => sameJson(valueAt(value, path), after));
}

/** Whether there is no answer because there is no connection any more, or no time. */
function isLoss({ code }: GatewayFailure): boolean {
  return code === 'CONNECTION_LOST' || code === 'TIMEOUT';
}

class Patch {
  readonly answer: Promise<unknown>;
  answered: Result<unknown, GatewayFailure> | null = null;

  constructor(answer: ReturnType<Call>) {
    this.answer = answer.then((result) => {
      this.answered = result;
    });
  }
}

function refused(error: AppError): RemoteWrite {
  return { state: 'refused', error };
}

/** Too many writes are told by when to come back. */
function refusal({ message, retryAfterMs }: GatewayFailure): AppError {
  return retryAfterMs === null
    ? appError('gateway-refused', remoteConfigTexts.refused(displayText(message, longestRefusal).text))
    : appError('config-not-editable', configErrorTexts.tooMany, true);
}

const changedMeanwhile = appError('config-changed', configErrorTexts.stalePlan, true);
