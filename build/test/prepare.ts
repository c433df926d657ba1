/** What steps inside the throw-away desktop find ready: the built app and an installed gateway. */
import { bundle, bundleIsFresh } from '../setup/bundle.mjs';
import { say, step } from '../setup/step.mjs';

/** @returns variables for the environment of every step */
export async function prepareDesktopSteps(options: {
  readonly builds: boolean;
}): Promise<Readonly<Record<string, string>>> {
  if (!options.builds && !bundleIsFresh()) await step('the app (Vite)', bundle);
  const { defaultCacheDir } = await import('../demo/cache-dir.ts');
  const { ensureOpenClaw } = await import('../demo/openclaw-install.ts');
  const cacheDir = defaultCacheDir();
  await ensureOpenClaw({ cacheDir, onProgress: (line) => say(`Setting up: ${line}`) });
  // The desktop session has a home of its own; without this it would install the gateway again.
  return { PORTCULLIS_CACHE_DIR: cacheDir };
}
