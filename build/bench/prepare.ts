/** What benches find ready: the built app and an installed gateway. */
import { defaultCacheDir } from '../demo/cache-dir.ts';
import { ensureOpenClaw } from '../demo/openclaw-install.ts';
import { bundle, bundleIsFresh } from '../setup/bundle.mjs';
import { say, step } from '../setup/step.mjs';

/** @returns variables for the environment of every bench */
export async function prepareBenches(): Promise<Readonly<Record<string, string>>> {
  if (!bundleIsFresh()) await step('the app (Vite)', bundle);
  const cacheDir = defaultCacheDir();
  await ensureOpenClaw({ cacheDir, onProgress: (line) => say(`Setting up: ${line}`) });
  // The desktop session has a home of its own; without this it would install the gateway again.
  return { PORTCULLIS_CACHE_DIR: cacheDir };
}
