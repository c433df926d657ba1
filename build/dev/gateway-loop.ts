/**
 * `npm run dev -- --gateway`: the browser host beside a demo gateway, built and started again whenever a source of the
 * app or its window changes. The gateway and its visitors keep running. Opens nothing by itself.
 */
import { browserHost, startApp, type AppProcess } from '../launch/app-process.ts';
import { startDemoAround } from '../launch/demo-around.ts';
import { untilAskedToEnd } from '../launch/leaving.ts';
import { watchBuilds } from './watch-builds.ts';

/** Keeps one app running, the newest: a change while one still ends starts no second one. */
class AppLoop {
  readonly #env: Readonly<NodeJS.ProcessEnv>;
  #app: AppProcess | null = null;
  #turn: Promise<void> = Promise.resolve();

  constructor(env: Readonly<NodeJS.ProcessEnv>) {
    this.#env = env;
  }

  restart(): void {
    this.#turn = this.#turn.then(async () => {
      await this.#end();
      const app = startApp(process.execPath, [browserHost, '--no-open'], this.#env);
      this.#app = app;
      void app.ended.then(
        (code) => {
          if (this.#app === app && !leaving.aborted)
            console.log(`The app ended (${String(code)}); the next change starts it again.`);
        },
        (error: unknown) => {
          console.error(error);
        },
      );
    });
  }

  async stop(): Promise<void> {
    await this.#turn;
    await this.#end();
  }

  async #end(): Promise<void> {
    const app = this.#app;
    this.#app = null;
    app?.end();
    await app?.ended.catch(() => null);
  }
}

const leaving = untilAskedToEnd();
const demo = await startDemoAround();
try {
  if (!leaving.aborted) await loop();
} finally {
  await demo.stop();
}

async function loop(): Promise<void> {
  const asked = Promise.withResolvers<undefined>();
  leaving.addEventListener('abort', () => {
    asked.resolve(undefined);
  });
  const app = new AppLoop(demo.env);
  const stopWatching = await watchBuilds({
    onBuilt: () => {
      console.log('Built. Starting the app …');
      app.restart();
    },
    onFailed: (message) => {
      console.error(`Not built, so what ran before goes on: ${message}`);
    },
  });
  await asked.promise;
  await stopWatching();
  await app.stop();
}
