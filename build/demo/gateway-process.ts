/** The processes of one throw-away gateway: start, readiness, and an end that leaves nobody behind. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { probeGateway } from '../../electron/adapters/node/gateway/gateway-probe.ts';
import { lastLinesOf } from '../setup/last-lines.mjs';
import { compileCacheSettings } from './openclaw-env.ts';
import type { InstalledOpenClaw } from './openclaw-install.ts';
import { waitUntil } from './wait-until.ts';

/** Ten seconds of work, which take minutes on a machine that is busy; a gateway that ends is noticed at once. */
const START_DEADLINE_MS = 300_000;
const STOP_DEADLINE_MS = 20_000;

export interface GatewayPlace {
  readonly root: string;
  readonly url: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Starts at once. A keeper process sits between us and the gateway and ends it even when we are killed. */
export class GatewayProcess {
  readonly #keeper: ChildProcess;
  readonly #place: GatewayPlace;
  readonly #log: WriteStream;
  readonly #lastLines: readonly string[];
  #pid = 0;
  #ending: string | null = null;

  constructor(openclaw: InstalledOpenClaw, place: GatewayPlace, onLog?: (line: string) => void) {
    this.#place = place;
    this.#log = createWriteStream(join(place.root, 'console.log'), { flags: 'a' });
    const keeper = fileURLToPath(new URL('gateway-keeper.ts', import.meta.url));
    // A process group of its own, so that Ctrl-C in our terminal reaches us first and helpers can be ended with it.
    this.#keeper = spawn(
      openclaw.node,
      [keeper, place.root, openclaw.node, openclaw.entry, 'gateway', 'run'],
      {
        cwd: place.root,
        env: { ...place.env, ...compileCacheSettings(openclaw.compileCache) },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        detached: process.platform !== 'win32',
        windowsHide: true,
      },
    );
    this.#keeper.once('message', (pid) => (this.#pid = Number(pid)));
    this.#keeper.once('error', (error) => (this.#ending = error.message));
    this.#keeper.once('exit', (code, signal) => (this.#ending = signal ?? `exit code ${String(code)}`));
    this.#lastLines = lastLinesOf([this.#keeper.stdout, this.#keeper.stderr], (line) => {
      this.#log.write(`${line}\n`);
      onLog?.(line);
    });
  }

  get pid(): number {
    return this.#pid;
  }

  /** @throws Error with the last lines of its log, when it ends instead */
  async ready(): Promise<void> {
    await waitUntil(
      'The start of the OpenClaw gateway',
      async () => {
        if (this.#ending !== null) {
          const lines = this.#lastLines.join('\n  ');
          throw new Error(`The OpenClaw gateway ended while starting (${this.#ending}).\n  ${lines}`);
        }
        return (await probeGateway(this.#place.url)) === 'ready' ? true : undefined;
      },
      START_DEADLINE_MS,
      100,
    );
  }

  async end(): Promise<void> {
    if (this.#keeper.connected) this.#keeper.send('end');
    await waitUntil(
      'The end of the OpenClaw gateway',
      () => (this.#ending === null ? undefined : true),
      STOP_DEADLINE_MS,
    ).catch(() => this.#keeper.kill('SIGKILL'));
    this.#log.end();
  }
}
