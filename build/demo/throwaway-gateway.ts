/**
 * A real OpenClaw gateway in a folder of its own: own HOME, state, port and token, its iMessage channel on the scripted
 * imsg. Nothing of the user's own gateway is read or written, and stop() leaves no process and no file.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createScriptedMessages, type ScriptedMessages } from './scripted-messages.ts';
import { prepareFolder, type PlaceOptions } from './throwaway-folder.ts';
import { end, launch, startDeadlineMs, waitUntilReady, type RunningGateway } from './throwaway-process.ts';
import { waitUntil } from './wait-until.ts';

export interface ThrowawayOptions extends PlaceOptions {
  /** Folder to live in, created and removed by us; default: a new one in the temp folder. */
  readonly root?: string;
  readonly onLog?: (line: string) => void;
}

export interface ThrowawayGateway {
  readonly url: string;
  readonly port: number;
  /** The shared token, new for every throw-away gateway. */
  readonly token: string;
  readonly root: string;
  readonly stateDir: string;
  readonly configPath: string;
  /** Full environment for programs that should see this gateway as the machine's own, with `openclaw` on PATH. */
  readonly env: NodeJS.ProcessEnv;
  readonly imsg: ScriptedMessages;
  /** Of the gateway process; changes with restart(). */
  readonly pid: number;
  /** Ends the process only; port, state and token stay for start(). */
  halt(): Promise<void>;
  start(): Promise<void>;
  restart(): Promise<void>;
  /** Ends every process and removes the folder. Safe to call twice. */
  stop(): Promise<void>;
}

export async function startThrowawayGateway(options: ThrowawayOptions): Promise<ThrowawayGateway> {
  const root = options.root ?? (await mkdtemp(join(tmpdir(), 'portcullis-gateway-')));
  const place = await prepareFolder(root, options);
  const imsg = createScriptedMessages(place.imsgDir);
  let gateway: RunningGateway | null = null;

  async function start(): Promise<void> {
    if (gateway !== null) return;
    const watchesBefore = await imsg.watches();
    gateway = launch(options.openclaw, place, options.onLog);
    await waitUntilReady(gateway, place);
    if (!place.hasImessage) return;
    await waitUntil(
      'The start of the iMessage channel',
      async () => ((await imsg.watches()) > watchesBefore ? true : undefined),
      startDeadlineMs,
    );
  }

  async function halt(): Promise<void> {
    const running = gateway;
    gateway = null;
    if (running !== null) await end(running);
  }

  async function stop(): Promise<void> {
    await halt();
    await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  try {
    await start();
  } catch (error: unknown) {
    await stop();
    throw error;
  }
  return {
    url: place.url,
    port: place.port,
    token: place.token,
    root,
    stateDir: place.stateDir,
    configPath: place.configPath,
    env: place.env,
    imsg,
    get pid() {
      return gateway?.child.pid ?? 0;
    },
    halt,
    start,
    async restart() {
      await halt();
      await start();
    },
    stop,
  };
}
