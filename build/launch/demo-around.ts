/** The demo around an app: a throw-away gateway with visitors, and a data folder of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runDemo } from '../demo/demo.ts';

export interface Surrounding {
  /** Added to the app's environment. */
  readonly env: Readonly<NodeJS.ProcessEnv>;
  stop(): Promise<void>;
}

/** The demo's app has a data folder of its own and leaves the keychain alone: nothing of the user's is touched. */
export async function startDemoAround(): Promise<Surrounding> {
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
