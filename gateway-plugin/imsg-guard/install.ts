/** Puts the transport guard in front of one account's imsg, and says how to take it away again exactly. */
import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { transportConfigName } from '../../electron/contract/guard/transport-config.ts';
import type { TransportConfig } from '../../electron/contract/guard/transport-config.ts';
import { fail, ok } from '../../electron/contract/result.ts';
import type { Result } from '../../electron/contract/result.ts';
import type { GuardFiles } from '../store/guard-files.ts';
import { replaceText } from '../store/private-file.ts';

export interface InstallRequest {
  readonly files: GuardFiles;
  readonly stateDir: string;
  readonly account: string;
  /** `cliPath` as it is configured now; null when it is not set (OpenClaw then runs `imsg` from PATH). */
  readonly previousCliPath: string | null;
  /** PATH and HOME of the gateway, to find what it would run. */
  readonly path: string;
  readonly home: string;
  /** The built guard (dist/gateway-plugin/imsg-guard.js). */
  readonly bundle: string;
  /** Node 24 or newer, absolute; the guard must not depend on what the gateway finds on its PATH. */
  readonly node: string;
}

export type InstallFailure =
  /** The configured imsg is not there or may not be run. */
  | { readonly reason: 'imsg-not-found'; readonly looked: string }
  /** It is a guard already. */
  | { readonly reason: 'already-installed' }
  /** An SSH wrapper that OpenClaw recognises by its text: set `remoteHost` first, or remote features are lost. */
  | { readonly reason: 'ssh-wrapper' };

export interface InstalledGuard {
  /** The new `cliPath`. */
  readonly cliPath: string;
  readonly config: TransportConfig;
}

export function installImsgGuard(request: InstallRequest): Result<InstalledGuard, InstallFailure> {
  const configured = request.previousCliPath ?? 'imsg';
  const imsg = findProgram(configured, request.path, request.home);
  if (imsg === null) return fail({ reason: 'imsg-not-found', looked: configured });
  if (imsg.startsWith(request.files.imsgGuard)) return fail({ reason: 'already-installed' });
  if (isSshWrapper(imsg)) return fail({ reason: 'ssh-wrapper' });

  const folder = join(request.files.imsgGuard, encodeURIComponent(request.account));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { stateDir, account, previousCliPath } = request;
  const config: TransportConfig = { version: 1, stateDir, account, imsg, previousCliPath };
  replaceText(join(folder, transportConfigName), `${JSON.stringify(config, null, 2)}\n`);
  copyFileSync(request.bundle, join(folder, 'imsg-guard.js'));
  const cliPath = join(folder, 'imsg');
  const quoted = [request.node, join(folder, 'imsg-guard.js')].map(shellQuote).join(' ');
  replaceText(cliPath, `#!/bin/sh\nexec ${quoted} "$@"\n`);
  chmodSync(cliPath, 0o700);
  return ok({ cliPath, config });
}

/** Call after `cliPath` is back at what it was. */
export function removeImsgGuard(files: GuardFiles, account: string): void {
  rmSync(join(files.imsgGuard, encodeURIComponent(account)), { recursive: true, force: true });
}

function findProgram(name: string, path: string, home: string): string | null {
  const expanded = name.startsWith('~/') ? join(home, name.slice(2)) : name;
  if (expanded.includes('/'))
    return isProgram(expanded) ? (isAbsolute(expanded) ? expanded : resolve(expanded)) : null;
  const folders = path.split(delimiter).filter((folder) => isAbsolute(folder));
  return folders.map((folder) => join(folder, expanded)).find(isProgram) ?? null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** OpenClaw finds the remote Mac in the text of the documented wrapper `exec ssh … imsg "$@"`. */
function isSshWrapper(path: string): boolean {
  if (statSync(path).size > 64 * 1024) return false;
  return /\bssh\b[^\n]*\bimsg\b[^\n]*"\$@"/u.test(readFileSync(path, 'utf8'));
}

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
