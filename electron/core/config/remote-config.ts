/**
 * The config of a gateway on another machine, changed over RPC with rights the owner confirms for this one change. The
 * elevated connection stays open until the gateway has restarted: closing it before would take the channel's tools away
 * (remote-write.ts). What cannot be written from here is answered with the commands to run there.
 */
import { configErrorTexts, remoteConfigTexts } from '../../contract/config-texts.ts';
import type { ConfigUndo } from '../../contract/gateway-config/config-undo.ts';
import { inverseChanges, undoFacts, viewOf } from '../../contract/gateway-config/value-edit.ts';
import { appError, fail, ok, type AppError, type Result } from '../../contract/result.ts';
import type { ConfigChange, ConfigPreview, GatewayConfigContent } from '../config-ports.ts';
import type { Call, Elevate } from '../gateway/calls.ts';
import { Waiting } from '../guard/waiting.ts';
import type { Logger, Timers } from '../ports.ts';
import { adminScope } from '../requests/scopes.ts';
import type { ConfigDoor } from './config-door.ts';
import { commandsInstead } from './remote-commands.ts';
import { readRemoteContent } from './remote-content.ts';
import { isLetInSilently } from './let-in-silently.ts';
import { patchProblem } from './remote-patch.ts';
import {
  askForRestart,
  standsThere,
  writeOverRpc,
  type RemoteEdit,
  type RemoteWrite,
} from './remote-write.ts';
import type { RestartMarks } from './restart-marks.ts';

/** A restart waits for running work; after so many deadlines nobody waits for it any more (half an hour). */
const longestHold = 20;

export interface RemoteConfigParts {
  /** Over the connection at rest. */
  readonly request: Call;
  readonly elevate: Elevate;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly marks: RestartMarks;
  /** Its address; null while not connected. */
  readonly gateway: () => string | null;
  readonly ownDeviceId: () => string | null;
}

/** `gone`: it hung up, as it does when it restarts. `stays`: it did not, in half an hour. */
export type RestartAsked = 'gone' | 'stays' | 'refused' | 'no-rights';

export class RemoteConfig implements ConfigDoor {
  readonly #parts: RemoteConfigParts;
  readonly #writing: Waiting;
  readonly #holding: Waiting;
  /** Ends when the gateway has restarted and nothing of ours is open there any more; false: it has not. */
  #held: Promise<boolean> = Promise.resolve(true);
  #restartOwed = false;
  /** The owner asked for a restart, which is under way. */
  #restarting = false;

  constructor(parts: RemoteConfigParts) {
    this.#parts = parts;
    this.#writing = new Waiting(parts.timers);
    this.#holding = new Waiting(parts.timers);
  }

  restartsGateway(): boolean {
    return true;
  }

  async read(): Promise<Result<GatewayConfigContent>> {
    return readRemoteContent(this.#parts.request, this.#parts.gateway());
  }

  async preview(changes: readonly ConfigChange[]): Promise<Result<ConfigPreview>> {
    const content = await this.read();
    if (!content.ok) return content;
    const { hash, value } = content.value;
    const facts = undoFacts(value, changes);
    const problem = patchProblem(facts.changes);
    if (problem !== null) return fail(problem);
    const { request, ownDeviceId } = this.#parts;
    if (!(await isLetInSilently(request, ownDeviceId()))) return fail(commandsInstead(changes, value));
    return ok({ hash, changes: facts.changes.map(viewOf), undo: { hash, splices: [], ...facts } });
  }

  async edit(edit: RemoteEdit): Promise<Result<ConfigUndo>> {
    const { marks, gateway } = this.#parts;
    const address = gateway();
    if (address === null) return fail(appError('not-connected', configErrorTexts.notConnected, true));
    if (this.#restarting) return fail(appError('config-not-editable', configErrorTexts.busy, true));
    const written = Promise.withResolvers<RemoteWrite | null>();
    this.#held = this.#elevated(async (call, bootId) => {
      const owe = async (): Promise<() => Promise<void>> => marks.owe(address, bootId);
      const write = await writeOverRpc({ call, waiting: this.#writing, owe }, edit);
      written.resolve(write);
      return write.state === 'written' && write.restart === 'asked' ? this.#untilGone(call, address) : true;
    }).then((gone) => {
      written.resolve(null);
      return gone ?? true;
    });
    const write = await written.promise;
    if (write === null) return fail(await this.#instead(edit));
    const known = write.state === 'unknown' ? await this.#lookAgain(write) : write;
    if (known.state === 'refused') return fail(known.error);
    this.#restartOwed = known.restart === 'owed';
    return ok(known.undo);
  }

  async restore(undo: ConfigUndo): Promise<Result<ConfigUndo>> {
    const changes = await this.inverse(undo);
    return changes.ok ? this.edit({ expectedHash: undo.hash, changes: changes.value }) : changes;
  }

  async inverse(undo: ConfigUndo): Promise<Result<readonly ConfigChange[]>> {
    const content = await this.read();
    return content.ok ? ok(inverseChanges(content.value.value, undo)) : content;
  }

  /** Also asks for the restart once more where the connection was lost before the gateway heard of it. */
  async settled(): Promise<Result<null>> {
    if (this.#restartOwed) await this.#askForRestart();
    if (await this.#held) return ok(null);
    return fail(appError('gateway-timeout', remoteConfigTexts.notRestarted));
  }

  /** The owner wants the restart that is owed. Resolves when it has begun, or will not begin. */
  async restart(): Promise<RestartAsked> {
    this.#restarting = true;
    const asked = await this.#askForRestart();
    this.#restarting = false;
    return asked;
  }

  /** The config changed, or the gateway is connected again. */
  nudge(): void {
    this.#writing.nudge();
    this.#holding.nudge();
  }

  /** Resolves when the elevated connection is closed. A restart the gateway was told of still comes. */
  async stop(): Promise<void> {
    this.#writing.stop();
    this.#holding.stop();
    await this.#held;
  }

  async #askForRestart(): Promise<RestartAsked> {
    const address = this.#parts.gateway() ?? '';
    const asking = this.#elevated(async (call): Promise<RestartAsked> => {
      if (!(await askForRestart(call))) return 'refused';
      return (await this.#untilGone(call, address)) ? 'gone' : 'stays';
    });
    this.#held = asking.then((asked) => asked === 'gone');
    const asked = (await asking) ?? 'no-rights';
    this.#restartOwed = asked !== 'gone';
    return asked;
  }

  /** @returns null when the rights could not be had, or a bug of ours was in the way; nothing was done then */
  async #elevated<T>(action: (call: Call, bootId: string) => Promise<T>): Promise<T | null> {
    const { elevate, logger } = this.#parts;
    try {
      const outcome = await elevate([adminScope], async (call, _deviceId, bootId) => action(call, bootId));
      if (outcome.ok) return outcome.value;
      logger.log('warn', 'remote-config-not-elevated', { code: outcome.error.code });
    } catch (error: unknown) {
      logger.log('error', 'remote-config-threw', { error });
    }
    return null;
  }

  /** The gateway hangs up when it restarts; until then its channel works through this connection. */
  async #untilGone(call: Call, gateway: string): Promise<boolean> {
    for (let round = 0; round < longestHold && !this.#holding.stopped; round += 1) {
      const gone = await this.#holding.until(async () => {
        const alive = await call('health', {});
        // One that is too busy to answer is still there.
        return !alive.ok && alive.error.code === 'CONNECTION_LOST';
      });
      if (!gone) continue;
      await this.#parts.marks.hungUp(gateway);
      return true;
    }
    return false;
  }

  async #lookAgain({ changes, undo }: Extract<RemoteWrite, { state: 'unknown' }>): Promise<KnownWrite> {
    const now: { content: GatewayConfigContent | null } = { content: null };
    await this.#writing.until(async () => {
      const read = await this.read();
      now.content = read.ok ? read.value : null;
      return read.ok;
    });
    const { content } = now;
    if (content !== null && standsThere(content, changes))
      return { state: 'written', undo: { hash: content.hash, ...undo }, restart: 'owed' };
    return { state: 'refused', error: appError('connection-lost', remoteConfigTexts.lost, true) };
  }

  async #instead({ changes }: RemoteEdit): Promise<AppError> {
    const content = await this.read();
    if (!content.ok) return appError('elevation-failed', configErrorTexts.notConnected, true);
    const { value } = content.value;
    return patchProblem(undoFacts(value, changes).changes) ?? commandsInstead(changes, value);
  }
}

type KnownWrite = Exclude<RemoteWrite, { state: 'unknown' }>;
