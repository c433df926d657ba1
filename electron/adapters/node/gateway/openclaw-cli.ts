/**
 * Asks the installed `openclaw` command for a one-time way in (`openclaw dashboard --json`, its documented interface for
 * desktop programs). Never through a shell; the token comes back on stdout and is in no argument list.
 */
import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '../../../contract/result.ts';
import type { Logger } from '../../../core/ports.ts';

/** Measured at 4 to 10 s; a machine that is just starting up may need several times that. */
const DEADLINE_MS = 60_000;
const MAX_OUTPUT = 100_000;

const answerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), port: z.int(), browserUrl: z.url().max(4_000) }),
  z.object({ ok: z.literal(false), reason: z.string().optional() }),
]);

export interface DashboardAnswer {
  readonly port: number;
  /** Single use, valid for ten minutes. */
  readonly bootstrapToken: string;
}

export type DashboardFailure = 'no-command' | 'not-running' | 'no-token';

export interface OpenClawCliOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly logger: Logger;
  readonly deadlineMs?: number;
}

export async function askDashboard(
  options: OpenClawCliOptions,
): Promise<Result<DashboardAnswer, DashboardFailure>> {
  const command = await findOpenClaw(options);
  if (command === null) return fail('no-command');
  const output = await capture(command, ['dashboard', '--json'], options);
  return output === null ? fail('no-token') : parseDashboard(output);
}

/** Tolerates lines around the JSON object, e.g. warnings of an older Node. */
export function parseDashboard(output: string): Result<DashboardAnswer, DashboardFailure> {
  let value: unknown;
  try {
    value = JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1));
  } catch {
    return fail('no-token');
  }
  const parsed = answerSchema.safeParse(value);
  if (!parsed.success) return fail('no-token');
  if (!parsed.data.ok) return fail('not-running');
  const fragment = new URLSearchParams(new URL(parsed.data.browserUrl).hash.slice(1));
  const bootstrapToken = fragment.get('bootstrapToken') ?? '';
  return bootstrapToken === '' ? fail('no-token') : ok({ port: parsed.data.port, bootstrapToken });
}

// ------------------------------------------------------------------ finding and running it

interface FoundCommand {
  readonly file: string;
  readonly leadingArgs: readonly string[];
  readonly path: string;
}

async function findOpenClaw(options: OpenClawCliOptions): Promise<FoundCommand | null> {
  const dirs = searchPath(options);
  const path = dirs.join(delimiter);
  for (const dir of dirs) {
    if (options.platform === 'win32') {
      // npm's `.cmd` launcher would need a shell, so its JavaScript is run directly.
      const entry = join(dir, 'node_modules', 'openclaw', 'openclaw.mjs');
      const node = await firstExecutable(dirs.map((candidate) => join(candidate, 'node.exe')));
      if (node !== null && (await isExecutable(entry))) return { file: node, leadingArgs: [entry], path };
    } else if (await isExecutable(join(dir, 'openclaw'))) {
      return { file: join(dir, 'openclaw'), leadingArgs: [], path };
    }
  }
  return null;
}

/** A program started from the dock or the menu gets a short PATH, so the usual places are looked at too. */
export function searchPath({
  env,
  platform,
  home,
}: Pick<OpenClawCliOptions, 'env' | 'platform' | 'home'>): readonly string[] {
  const listed = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter((dir) => dir !== '');
  const usual =
    platform === 'win32'
      ? [join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'npm')]
      : [
          join(home, '.local', 'bin'),
          join(home, '.npm-global', 'bin'),
          join(home, '.volta', 'bin'),
          '/opt/homebrew/bin',
          '/usr/local/bin',
        ];
  return [...new Set([...listed, ...usual])];
}

async function firstExecutable(candidates: readonly string[]): Promise<string | null> {
  for (const candidate of candidates) if (await isExecutable(candidate)) return candidate;
  return null;
}

async function isExecutable(path: string): Promise<boolean> {
  return await access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** @returns stdout whatever the exit code (failures are told as JSON too), or null when it did not end by itself */
async function capture(
  command: FoundCommand,
  args: readonly string[],
  options: OpenClawCliOptions,
): Promise<string | null> {
  const child = spawn(command.file, [...command.leadingArgs, ...args], {
    cwd: dirname(command.file),
    env: { ...options.env, PATH: command.path, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'ignore'],
    windowsHide: true,
  });
  return await new Promise((resolve) => {
    let output = '';
    const timer = setTimeout(() => {
      options.logger.log('warn', 'openclaw-command-too-slow');
      child.kill('SIGKILL');
    }, options.deadlineMs ?? DEADLINE_MS);
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      if (output.length > MAX_OUTPUT) child.kill('SIGKILL');
    });
    child.once('error', (error) => {
      clearTimeout(timer);
      options.logger.log('warn', 'openclaw-command-failed', { message: error.message });
      resolve(null);
    });
    child.once('close', (_code, signal) => {
      clearTimeout(timer);
      resolve(signal === null ? output : null);
    });
  });
}
