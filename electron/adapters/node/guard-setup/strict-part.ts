/** The transport guard in front of one iMessage account's imsg: what has to be in the config and on disk. */
import { delimiter } from 'node:path';
import { appError, fail, ok, type AppError, type Result } from '../../../contract/result.ts';
import type { ConfigChange, ConfigUndo, Json } from '../../../core/config-ports.ts';
import { valueAt } from '../../../contract/gateway-config/json.ts';
import { expandVariables } from '../gateway/config-file.ts';
import { searchPath } from '../gateway/openclaw-cli.ts';
import type { BroughtFiles } from './brought-guard.ts';
import {
  accountsInConfig,
  imessage,
  type AccountInConfig,
} from '../../../contract/gateway-config/channel-accounts.ts';
import type { FileChange } from './file-changes.ts';
import { findGuardNodes, readGatewayProcess, type MachineFacts } from './guard-node.ts';
import type { GuardFolders } from './guard-folders.ts';
import {
  isTransportGuard,
  planTransportGuard,
  readTransportConfig,
  type TransportGuardFailure,
} from './transport-guard.ts';
import { transportSettings } from './transport-settings.ts';

export interface StrictPlace extends MachineFacts {
  readonly stateDir: string;
  readonly folders: GuardFolders;
}

export function findImessageAccount(config: Json, account: string): AccountInConfig | null {
  const accounts = accountsInConfig(config);
  return accounts.find((each) => each.channel === imessage && each.account === account) ?? null;
}

/** What one part of the guard needs in place. */
export interface PartChanges {
  readonly changes: readonly ConfigChange[];
  readonly files: readonly FileChange[];
}

/** @param undo of an earlier set-up of this account, which knows the old cliPath when the guard itself is damaged */
export async function planStrictInstall(
  config: Json,
  account: AccountInConfig,
  parts: {
    readonly place: StrictPlace;
    readonly brought: BroughtFiles;
    readonly undo: ConfigUndo | undefined;
  },
): Promise<Result<PartChanges>> {
  const { place, brought, undo } = parts;
  const { env, home, folders, stateDir } = place;
  const gateway = await readGatewayProcess(stateDir, place.platform);
  const nodes = await findGuardNodes(gateway, place);
  if (nodes.length === 0) {
    const message =
      'Strict mode needs Node 24 or newer on this machine, and none was found. Install Node first.';
    return fail(appError('setup-failed', message));
  }
  const behind = await imsgBehind(config, account, folders, undo);
  const runs = behind.runs === null ? null : expandVariables(behind.runs, env);
  const usual = searchPath(place).join(delimiter);
  const planned = await planTransportGuard({
    folders,
    stateDir,
    account: account.account,
    previousCliPath: behind.previousCliPath,
    runs,
    path: gateway.path === null ? usual : `${gateway.path}${delimiter}${usual}`,
    home,
    brought,
    nodes,
    remoteHost: account.remoteHost,
    settings: transportSettings(config, account, place),
  });
  if (!planned.ok) return fail(explained(planned.error));
  return ok({
    changes: [{ path: cliPathAt(account), value: planned.value.cliPath }],
    files: planned.value.files,
  });
}

/** For a set-up nobody recorded: the guard itself knows what was there before. */
export async function strictLeftovers(
  config: Json,
  account: AccountInConfig,
  folders: GuardFolders,
): Promise<readonly ConfigChange[]> {
  const present = valueAt(config, cliPathAt(account));
  if (typeof present !== 'string' || !isTransportGuard(folders, present)) return [];
  const previous = (await readTransportConfig(present))?.previousCliPath;
  return [{ path: cliPathAt(account), value: previous ?? undefined }];
}

/** What the account ran before any guard. */
async function imsgBehind(
  config: Json,
  account: AccountInConfig,
  folders: GuardFolders,
  undo: ConfigUndo | undefined,
): Promise<{ readonly previousCliPath: string | null; readonly runs: string | null }> {
  const { cliPath } = account;
  const at = cliPathAt(account);
  if (cliPath === null || !isTransportGuard(folders, cliPath)) {
    const own = valueAt(config, at);
    return { previousCliPath: typeof own === 'string' ? own : null, runs: cliPath };
  }
  const guard = await readTransportConfig(cliPath);
  if (guard !== null) return { previousCliPath: guard.previousCliPath, runs: guard.imsg };
  const recorded = undo?.changes.find(({ path }) => path.join('.') === at.join('.'))?.before;
  const before = typeof recorded === 'string' ? recorded : null;
  return { previousCliPath: before, runs: before };
}

/** Of this account alone: no other one inherits it. */
function cliPathAt({ at }: AccountInConfig): readonly string[] {
  return [...at, 'cliPath'];
}

function explained(failure: TransportGuardFailure): AppError {
  switch (failure.reason) {
    case 'imsg-not-found':
      return appError(
        'setup-failed',
        `The program this account sends with was not found (${failure.looked}). Install imsg, or correct cliPath in OpenClaw's config.`,
      );
    case 'ssh-wrapper':
      return appError(
        'setup-failed',
        "This account sends from another Mac over SSH. Name that Mac in OpenClaw's config first (channels.imessage.remoteHost); strict mode would hide it otherwise.",
      );
    case 'already-installed':
      return appError('setup-failed', 'Strict mode is in front of this account already.');
  }
}
