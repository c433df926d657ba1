/** Puts the gateway that the tests run against into the cache folder; done in a second when it is there. */
import { ensureOpenClaw } from '../demo/openclaw-install.ts';

await ensureOpenClaw({ onProgress: console.log });
