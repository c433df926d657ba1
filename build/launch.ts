/** Runs the built app, with the demo around it when asked; second half of `npm start`, under the pinned Node. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { isNewHere } from './setup/first-use.ts';
import { root } from './setup/repository.mjs';

/** How long the app may take to end after it was asked to. */
const goodbyeMs = 5_000;

interface Surrounding {
  /** Added to the app's environment. */
  readonly env: Readonly<NodeJS.ProcessEnv>;
  stop(): Promise<void>;
}

const { values } = parseArgs({ options: { demo: { type: 'boolean' }, electron: { type: 'string' } } });
const leaving = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    leaving.abort(); // asked again: still tidying up, so that nothing stays behind
  });
}
process.exitCode = await launch();

function isLeaving(): boolean {
  return leaving.signal.aborted;
}

async function launch(): Promise<number> {
  const demo = values.demo === true || (await offerDemo());
  if (isLeaving()) return 0;
  const surrounding = demo ? await startDemo() : { env: {}, stop: () => Promise.resolve() };
  try {
    return isLeaving() ? 0 : await runApp(surrounding.env);
  } finally {
    await surrounding.stop();
  }
}

/** Without a gateway there is nothing to guard yet: show a newcomer what it does rather than an empty window. */
async function offerDemo(): Promise<boolean> {
  const isNew = await isNewHere({ env: process.env, home: homedir(), platform: process.platform });
  if (!isNew) return false;
  if (!process.stdin.isTTY) {
    console.log(
      'No OpenClaw gateway was found on this machine. To try Portcullis without one: npm start -- --demo',
    );
    return false;
  }
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const question =
      'No OpenClaw gateway was found on this machine. Start a demo with a throw-away one? [Y/n] ';
    const answer = await prompt.question(question, { signal: leaving.signal });
    return !/^n/i.test(answer.trim());
  } catch (error: unknown) {
    if (isLeaving()) return false;
    throw error;
  } finally {
    prompt.close();
  }
}

/** The demo's app has a data folder of its own and leaves the keychain alone: nothing of the user's is touched. */
async function startDemo(): Promise<Surrounding> {
  const { runDemo } = await import('./demo/demo.ts');
  const dataDir = await mkdtemp(join(tmpdir(), 'portcullis-demo-'));
  try {
    const demo = await runDemo({ onLine: (line) => console.log(line) });
    return {
      env: { ...gatewayOnly(demo.env), PORTCULLIS_DATA_DIR: dataDir, PORTCULLIS_SECRETS: 'session' },
      stop: async () => {
        await demo.stop();
        await rm(dataDir, { recursive: true, force: true });
      },
    };
  } catch (error: unknown) {
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
}

/** What leads to the demo's gateway; the home folder stays the user's, so that their own browser opens. */
function gatewayOnly(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => name === 'PATH' || name.startsWith('OPENCLAW_')),
  );
}

async function runApp(env: Readonly<NodeJS.ProcessEnv>): Promise<number> {
  const [file, args] = values.electron
    ? [values.electron, [root]]
    : [process.execPath, [join(root, 'dist/main/browser.js')]];
  const app = spawn(file, args, { cwd: root, env: { ...process.env, ...env }, stdio: 'inherit' });
  const ended = once(app, 'exit') as Promise<[number | null]>;
  leaving.signal.addEventListener('abort', () => {
    app.kill('SIGTERM');
    const impatience = setTimeout(() => app.kill('SIGKILL'), goodbyeMs);
    app.once('exit', () => {
      clearTimeout(impatience);
    });
  });
  const [code] = await ended;
  return isLeaving() ? 0 : (code ?? 1);
}
