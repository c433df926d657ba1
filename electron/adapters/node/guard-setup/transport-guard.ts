/** The files that put the transport guard in front of one account's imsg, and what is said about those in place. */
import { constants } from 'node:fs';
import { access, readFile, readdir, stat } from 'node:fs/promises';
import { delimiter, dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { transportConfigName, transportConfigSchema } from '../../../contract/guard/transport-config.ts';
import type { TransportConfig } from '../../../contract/guard/transport-config.ts';
import { fail, ok, type Result } from '../../../contract/result.ts';
import { transportFile, type BroughtFiles } from './brought-guard.ts';
import { privateMode, programMode, readIfThere, type FileChange } from './file-changes.ts';
import { accountFolder, type GuardFolders } from './guard-folders.ts';
import type { TransportSettings } from './transport-settings.ts';

const launcherName = 'imsg';

export interface TransportGuardRequest {
  readonly folders: GuardFolders;
  readonly stateDir: string;
  readonly account: string;
  /** `cliPath` as it is configured now, of this account alone; null when it is not set. */
  readonly previousCliPath: string | null;
  /** What OpenClaw runs for this account: a path, a name on PATH, or null for its default. */
  readonly runs: string | null;
  /** PATH and HOME of the gateway, to find what it would run. */
  readonly path: string;
  readonly home: string;
  readonly brought: BroughtFiles;
  /** Node 24 or newer, absolute, best first: the guard must not depend on what the gateway finds on its PATH. */
  readonly nodes: readonly string[];
  /** The config names the Mac imsg runs on, so OpenClaw need not read it from a wrapper. */
  readonly remoteHost: boolean;
  readonly settings: TransportSettings;
}

export type TransportGuardFailure =
  /** The configured imsg is not there or may not be run. */
  | { readonly reason: 'imsg-not-found'; readonly looked: string }
  /** It is a guard already. */
  | { readonly reason: 'already-installed' }
  /** An SSH wrapper that OpenClaw recognises by its text: without `remoteHost`, remote features would be lost. */
  | { readonly reason: 'ssh-wrapper' };

export interface TransportGuardFiles {
  /** The new `cliPath`. */
  readonly cliPath: string;
  readonly config: TransportConfig;
  readonly files: readonly FileChange[];
}

/** Writes nothing. */
export async function planTransportGuard(
  request: TransportGuardRequest,
): Promise<Result<TransportGuardFiles, TransportGuardFailure>> {
  const configured = request.runs ?? 'imsg';
  const imsg = await findProgram(configured, request.path, request.home);
  if (imsg === null) return fail({ reason: 'imsg-not-found', looked: configured });
  if (isTransportGuard(request.folders, imsg)) return fail({ reason: 'already-installed' });
  if (!request.remoteHost && (await isSshWrapper(imsg))) return fail({ reason: 'ssh-wrapper' });

  const { stateDir, account, previousCliPath, brought } = request;
  const folder = join(accountFolder(request.folders, account), brought.build);
  const cliPath = join(folder, launcherName);
  const { settings, home } = request;
  const config: TransportConfig = { version: 1, stateDir, account, imsg, previousCliPath, ...settings, home };
  const text = (content: string): Buffer => Buffer.from(content);
  const files = [
    {
      path: join(folder, transportConfigName),
      content: text(`${JSON.stringify(config, null, 2)}\n`),
      mode: privateMode,
    },
    ...brought.files.map(({ name, content }) => ({ path: join(folder, name), content, mode: privateMode })),
    { path: cliPath, content: text(launcher(request.nodes, join(folder, transportFile))), mode: programMode },
  ];
  return ok({ cliPath, config, files });
}

/** @param keep folders (full paths) that stay */
export async function removeBuilds(parent: string, keep: readonly string[]): Promise<readonly FileChange[]> {
  const entries = await readdir(parent, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => !entry.isDirectory() && !keep.includes(entry.parentPath))
    .map((entry) => ({ path: join(entry.parentPath, entry.name), content: null, mode: privateMode }));
}

// ------------------------------------------------------------------ what is in place

export function isTransportGuard(folders: GuardFolders, cliPath: string): boolean {
  return cliPath.startsWith(`${folders.transport}${sep}`);
}

export type TransportGuardState = 'complete' | 'outdated' | 'broken';

/** @param cliPath of a guard */
export async function inspectTransportGuard(
  cliPath: string,
  expected: { readonly account: string; readonly settings: TransportSettings },
  brought: BroughtFiles | null,
): Promise<TransportGuardState> {
  const config = await readTransportConfig(cliPath);
  const program = await readIfThere(join(dirname(cliPath), transportFile));
  if (config === null || program === null || !(await isProgram(cliPath))) return 'broken';
  const nodes = nodesOf((await readIfThere(cliPath))?.toString('utf8') ?? '');
  const usable = await Promise.all(nodes.map(isProgram));
  if (!usable.includes(true) || !(await isProgram(config.imsg))) return 'broken';
  const current = brought?.files.find(({ name }) => name === transportFile)?.content;
  const sameBuild = current === undefined || current.equals(program);
  const { account, settings } = expected;
  const sameSettings =
    config.region === settings.region &&
    config.service === settings.service &&
    config.database === settings.database;
  // Inherited from another account, it would apply that account's rules.
  return sameBuild && sameSettings && config.account === account ? 'complete' : 'outdated';
}

/** @returns null when it is missing or damaged */
export async function readTransportConfig(cliPath: string): Promise<TransportConfig | null> {
  try {
    const text = await readFile(join(dirname(cliPath), transportConfigName), 'utf8');
    return transportConfigSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

// ------------------------------------------------------------------ programs

/** @returns the absolute path of what OpenClaw would run, or null */
async function findProgram(name: string, path: string, home: string): Promise<string | null> {
  const expanded = name.replace(/^~(?=\/|$)/u, () => home);
  if (expanded.includes('/'))
    return (await isProgram(expanded)) ? (isAbsolute(expanded) ? expanded : resolve(expanded)) : null;
  for (const folder of path.split(delimiter).filter((each) => isAbsolute(each))) {
    const candidate = join(folder, expanded);
    if (await isProgram(candidate)) return candidate;
  }
  return null;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** OpenClaw finds the remote Mac in the text of the documented wrapper `exec ssh … imsg "$@"`. */
async function isSshWrapper(path: string): Promise<boolean> {
  if ((await stat(path)).size > 64 * 1024) return false;
  return /\bssh\b[^\n]*\bimsg\b[^\n]*"\$@"/u.test(await readFile(path, 'utf8'));
}

/**
 * What a caller's environment could make of Node, or of any program, is taken away before the first one starts. When no
 * Node is left it fails as imsg does, and nothing is sent.
 */
function launcher(nodes: readonly string[], program: string): string {
  const tries = nodes.map(
    (node) => `[ -x ${shellQuote(node)} ] && exec ${shellQuote(node)} ${shellQuote(program)} "$@"\n`,
  );
  return [
    '#!/bin/sh\n',
    `unset ${loaders.join(' ')}\n`,
    ...tries,
    "echo 'imsg guard: its Node is gone; update the guard in Portcullis'\nexit 1\n",
  ].join('');
}

/** Variables that load code, or choose which code is loaded, into Node and whatever it starts. */
const loaders = [
  'NODE_OPTIONS',
  'NODE_PATH',
  'NODE_EXTRA_CA_CERTS',
  'NODE_COMPILE_CACHE',
  'NODE_REPL_EXTERNAL_MODULE',
  'NODE_V8_COVERAGE',
  'OPENSSL_CONF',
  'OPENSSL_MODULES',
  'LD_PRELOAD',
  'LD_LIBRARY_PATH',
  'LD_AUDIT',
  'DYLD_INSERT_LIBRARIES',
  'DYLD_LIBRARY_PATH',
  'DYLD_FRAMEWORK_PATH',
  'DYLD_FALLBACK_LIBRARY_PATH',
  'DYLD_FALLBACK_FRAMEWORK_PATH',
  'ENV',
  'BASH_ENV',
];

function nodesOf(launcherText: string): readonly string[] {
  return [...launcherText.matchAll(/^\[ -x '((?:[^']|'\\'')*)' \]/gmu)].map((match) =>
    (match[1] ?? '').replaceAll(String.raw`'\''`, "'"),
  );
}

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
