/** What the benches of the whole app share: a real gateway, the built app, and the session bus it is watched on. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SessionBus } from '../../electron/adapters/node/dbus/session-bus.ts';
import { ensureOpenClaw } from '../demo/openclaw-install.ts';
import { startThrowawayGateway, type ThrowawayGateway } from '../demo/throwaway-gateway.ts';
import { startBenchApp, type BenchApp } from './bench-app.ts';
import { followTrayStart, type TrayStart } from './tray-reading.ts';

export interface BenchWorld {
  readonly gateway: ThrowawayGateway;
  /** The bench's own connection to the session bus. */
  readonly bus: SessionBus;
  /** Resolves when the tray says that the gateway is connected. Always the same data folder: a second start is warm. */
  startApp(): Promise<{ readonly app: BenchApp; readonly start: TrayStart }>;
}

/** Runs a bench inside a world of its own, and leaves no process and no file behind. */
export async function inBenchWorld(run: (world: BenchWorld) => Promise<void>): Promise<void> {
  const openclaw = await ensureOpenClaw({ onProgress: (line) => console.log(line) });
  const dataDir = await mkdtemp(join(tmpdir(), 'portcullis-bench-'));
  const gateway = await startThrowawayGateway({ openclaw });
  const bus = new SessionBus({ log: () => undefined });
  const running: BenchApp[] = [];
  try {
    await run({
      gateway,
      bus,
      async startApp() {
        const app = startBenchApp(gateway, dataDir);
        running.push(app);
        return { app, start: await followTrayStart(bus, app.pid) };
      },
    });
  } finally {
    for (const app of running) await app.stop();
    await bus.close();
    await gateway.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
