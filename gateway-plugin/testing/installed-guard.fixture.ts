/** A built transport guard in front of an imsg, installed as the app does it. */
import { mkdir } from 'node:fs/promises';
import { broughtTransport } from '../../electron/adapters/node/guard-setup/brought-guard.ts';
import { makeFileChanges } from '../../electron/adapters/node/guard-setup/file-changes.ts';
import { guardFolders } from '../../electron/adapters/node/guard-setup/guard-folders.ts';
import type { TransportSettings } from '../../electron/adapters/node/guard-setup/transport-settings.ts';
import { planTransportGuard } from '../../electron/adapters/node/guard-setup/transport-guard.ts';

export interface GuardToInstall {
  readonly stateDir: string;
  /** The real imsg. */
  readonly imsg: string;
  /** Built by build/gateway-plugin.ts. */
  readonly built: string;
  /** Runs the guard. */
  readonly node: string;
  readonly account?: string;
  /** What the gateway's config says about the account, where it says anything. */
  readonly settings?: Partial<TransportSettings>;
}

/** @returns its `cliPath` */
export async function installTransportGuard(wanted: GuardToInstall): Promise<string> {
  const { stateDir, imsg, built, node, account = 'default' } = wanted;
  const folders = guardFolders(stateDir);
  const planned = await planTransportGuard({
    folders,
    stateDir,
    account,
    previousCliPath: imsg,
    runs: imsg,
    path: '',
    home: stateDir,
    brought: await broughtTransport(built),
    nodes: [node],
    remoteHost: false,
    settings: { region: 'US', service: 'auto', database: null, ...wanted.settings },
  });
  if (!planned.ok) throw new Error(`The transport guard was not installed: ${planned.error.reason}`);
  await mkdir(folders.root, { recursive: true, mode: 0o700 });
  await makeFileChanges(planned.value.files, folders.root);
  return planned.value.cliPath;
}
