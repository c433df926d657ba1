/** An OpenClaw on this computer that knows a gateway elsewhere, without its token; here it is the throw-away one. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ThrowawayGateway } from '../../build/demo/throwaway-gateway.ts';

/** @returns the environment an app finds that profile in */
export function remoteProfile(
  { url, env }: Pick<ThrowawayGateway, 'url' | 'env'>,
  folder: string,
): NodeJS.ProcessEnv {
  const state = join(folder, 'openclaw-here');
  mkdirSync(state, { mode: 0o700 });
  const path = join(state, 'openclaw.json');
  writeFileSync(path, JSON.stringify({ gateway: { mode: 'remote', remote: { url } } }), {
    mode: 0o600,
  });
  return { ...env, OPENCLAW_STATE_DIR: state, OPENCLAW_CONFIG_PATH: path };
}
