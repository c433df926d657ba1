/** A running web server on a free port, with a small built window and an app double behind it, for one test. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ServedApp } from '../../../contract/served-app.ts';
import { TimersDouble } from '../../../core/gateway/outside.double.ts';
import type { WebServer, WebServerOptions } from './web-server.ts';
import { startWebServer } from './web-server.ts';

export class RunningServers {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'portcullis-web-'));
  readonly logged: string[] = [];
  /** The servers' time. */
  readonly timers = new TimersDouble();
  readonly #servers: WebServer[] = [];

  constructor() {
    const rendererDir = this.#rendererDir;
    mkdirSync(path.join(rendererDir, 'assets'), { recursive: true });
    writeFileSync(path.join(rendererDir, 'index.html'), '<!doctype html><title>Window</title>');
    writeFileSync(path.join(rendererDir, 'assets', 'main-1a2b.js'), 'export {};');
    // None of these may ever be served.
    writeFileSync(path.join(rendererDir, '.env'), 'hidden');
    writeFileSync(path.join(rendererDir, 'source.map'), 'unknown type');
    writeFileSync(path.join(this.folder, 'private.html'), 'outside');
    symlinkSync(path.join(this.folder, 'private.html'), path.join(rendererDir, 'link.html'));
  }

  /** @param app null: nothing is behind the server yet */
  async start(app: ServedApp | null, options: Partial<WebServerOptions> = {}): Promise<WebServer> {
    const server = await startWebServer({
      rendererDir: this.#rendererDir,
      port: 0,
      now: () => this.timers.now,
      timers: this.timers,
      logger: { log: (level, event) => this.logged.push(`${level} ${event}`) },
      ...options,
    });
    this.#servers.push(server);
    if (app !== null) server.serve(app);
    return server;
  }

  async stop(): Promise<void> {
    for (const server of this.#servers) await server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get #rendererDir(): string {
    return path.join(this.folder, 'renderer');
  }
}
