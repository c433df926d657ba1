/** Runs the built app, with the demo around it when asked; second half of `npm start`, under the pinned Node. */
import { homedir } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { browserHost, startApp } from './launch/app-process.ts';
import type { Surrounding } from './launch/demo-around.ts';
import { untilAskedToEnd } from './launch/leaving.ts';
import { isNewHere } from './setup/first-use.ts';
import { root } from './setup/repository.mjs';

const { values } = parseArgs({ options: { demo: { type: 'boolean' }, electron: { type: 'string' } } });
const leaving = untilAskedToEnd();
process.exitCode = await launch();

function isLeaving(): boolean {
  return leaving.aborted;
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
    const answer = await prompt.question(question, { signal: leaving });
    return !/^n/i.test(answer.trim());
  } catch (error: unknown) {
    if (isLeaving()) return false;
    throw error;
  } finally {
    prompt.close();
  }
}

/** Loaded only here: without the demo, nothing of it is needed. */
async function startDemo(): Promise<Surrounding> {
  const { startDemoAround } = await import('./launch/demo-around.ts');
  return await startDemoAround();
}

async function runApp(env: Readonly<NodeJS.ProcessEnv>): Promise<number> {
  const app = values.electron
    ? startApp(values.electron, [root], env)
    : startApp(process.execPath, [browserHost], env);
  leaving.addEventListener('abort', () => {
    app.end();
  });
  const code = await app.ended;
  return isLeaving() ? 0 : (code ?? 1);
}
