/** A throw-away gateway with the send guard in it from the start, put there as the app puts it into a real one. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GatewayClient } from '@openclaw/gateway-client';
import { z } from 'zod';
import { broughtPlugin, pluginId } from '../../electron/adapters/node/guard-setup/brought-guard.ts';
import { makeFileChanges } from '../../electron/adapters/node/guard-setup/file-changes.ts';
import { guardFolders } from '../../electron/adapters/node/guard-setup/guard-folders.ts';
import { pluginFiles, pluginInstallChanges } from '../../electron/adapters/node/guard-setup/plugin-part.ts';
import type { AccountPolicy, Policy } from '../../electron/contract/guard/policy.ts';
import { parsePolicy } from '../../electron/contract/guard/policy.ts';
import {
  startThrowawayGateway,
  type ConfigOverrides,
  type ThrowawayGateway,
  type ThrowawayOptions,
} from './throwaway-gateway.ts';
import { makeThrowawayRoot } from './throwaway-root.ts';

export interface GuardedGatewayOptions extends Omit<ThrowawayOptions, 'root'> {
  /** How long a message waits for the owner; the guard's own choice when absent. */
  readonly holdSeconds?: number;
}

/** Built with the app. */
const builtPlugin = fileURLToPath(new URL('../../dist/gateway-plugin', import.meta.url));

/** Nothing is stopped until rules are set: see {@link setRules}. */
export async function startGuardedGateway(options: GuardedGatewayOptions): Promise<ThrowawayGateway> {
  const { holdSeconds, config, ...others } = options;
  const root = await makeThrowawayRoot();
  const plugin = await placePlugin(join(root, 'home', '.openclaw')).catch(async (error: unknown) => {
    await rm(root, { recursive: true, force: true });
    throw error;
  });
  const settings = holdSeconds === undefined ? {} : { config: { holdSeconds } };
  const entry = { enabled: true, ...settings };
  return await startThrowawayGateway({
    ...others,
    root,
    config: {
      ...config,
      plugins: { ...plugin, entries: { imessage: { enabled: true }, [pluginId]: entry } },
    },
  });
}

/** @returns what belongs under `plugins` in the config */
async function placePlugin(stateDir: string): Promise<ConfigOverrides> {
  const folders = guardFolders(stateDir);
  const brought = await broughtPlugin(builtPlugin);
  const folder = join(folders.plugin, brought.build);
  await mkdir(folders.root, { recursive: true, mode: 0o700 });
  await makeFileChanges(pluginFiles(folder, brought), folders.root);
  const changes = await pluginInstallChanges({}, folder, folders);
  if (!changes.ok) throw new Error(changes.error.message);
  const paths = changes.value.find(({ path }) => path.join('.') === 'plugins.load.paths')?.value;
  return { load: { paths } };
}

// ------------------------------------------------------------------ rules

/** iMessage asks the owner about everybody no rule names. */
export const asksAboutStrangers: AccountPolicy = {
  channel: 'imessage',
  account: 'default',
  unlisted: 'ask',
  pairingReply: 'send',
  allowTo: [],
  denyTo: [],
};

const stored = z.object({ policy: z.unknown() });

export async function readRules(operator: GatewayClient): Promise<Policy> {
  const { policy } = stored.parse(await operator.request('portcullis-guard.rules.get', {}));
  const parsed = parsePolicy(policy);
  if (!parsed.ok) throw new Error(`The rules cannot be read: ${parsed.error.message}`);
  return parsed.value;
}

/** @param operator with `operator.read` and `operator.approvals` */
export async function setRules(operator: GatewayClient, change: (policy: Policy) => Policy): Promise<void> {
  const before = await readRules(operator);
  const { revision } = before;
  await operator.request('portcullis-guard.rules.set', { revision, policy: change(before) });
}
