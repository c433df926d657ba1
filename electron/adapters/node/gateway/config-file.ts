/**
 * Reads the connection facts from OpenClaw's config file (JSON5). `${NAME}` is filled in from the environment; a
 * credential that is a SecretRef, or names a variable we do not have, counts as "not plainly there". `$include` is not
 * followed: a file that keeps its gateway section elsewhere is served by the `openclaw` command instead.
 */
import { readFile } from 'node:fs/promises';
import JSON5 from 'json5';
import { z } from 'zod';
import { fail, ok, type Result } from '../../../contract/result.ts';

const MAX_CONFIG_BYTES = 5_000_000;

/** Another type is as good as absent: a credential may be a SecretRef, and the gateway may know forms we do not. */
const text = z.string().min(1).max(4_000).nullable().catch(null).default(null);
const flag = z.boolean().catch(false).default(false);

const schema = z.object({
  gateway: z
    .object({
      mode: text,
      port: z.int().min(1).max(65_535).nullable().catch(null).default(null),
      bind: text,
      customBindHost: text,
      auth: z
        .object({ mode: text, token: text, password: text })
        .prefault({})
        .catch({ mode: null, token: null, password: null }),
      tls: z.object({ enabled: flag, certPath: text }).prefault({}).catch({ enabled: false, certPath: null }),
      remote: z
        .object({ url: text, token: text, password: text, tlsFingerprint: text })
        .prefault({})
        .catch({ url: null, token: null, password: null, tlsFingerprint: null }),
    })
    .prefault({}),
});

export type GatewayConfig = z.output<typeof schema>['gateway'];

export type ConfigFailure = 'absent' | 'unreadable';

export async function readGatewayConfig(
  path: string,
  env: NodeJS.ProcessEnv,
): Promise<Result<GatewayConfig, ConfigFailure>> {
  let raw: string;
  try {
    raw = await readFile(path, 'utf8');
  } catch (error: unknown) {
    return fail(isNoSuchFile(error) ? 'absent' : 'unreadable');
  }
  return raw.length > MAX_CONFIG_BYTES ? fail('unreadable') : parseGatewayConfig(raw, env);
}

export function parseGatewayConfig(raw: string, env: NodeJS.ProcessEnv): Result<GatewayConfig, 'unreadable'> {
  let value: unknown;
  try {
    value = JSON5.parse(raw);
  } catch {
    return fail('unreadable');
  }
  const parsed = schema.safeParse(withEnvironment(value, env));
  return parsed.success ? ok(parsed.data.gateway) : fail('unreadable');
}

/** A string with a variable we do not have becomes null: half a token must never be sent. */
function withEnvironment(value: unknown, env: NodeJS.ProcessEnv): unknown {
  if (typeof value === 'string') return expandVariables(value, env);
  if (Array.isArray(value)) return value.map((item: unknown) => withEnvironment(item, env));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withEnvironment(item, env)]));
}

/** @returns null when a variable it names is not there */
export function expandVariables(value: string, env: NodeJS.ProcessEnv): string | null {
  const missing: string[] = [];
  // `$${NAME}` is OpenClaw's way to write a literal `${NAME}`.
  const expanded = value.replace(/(\$?)\$\{([A-Z_][A-Z0-9_]*)\}/g, (whole, escape: string, name: string) => {
    if (escape !== '') return whole.slice(1);
    const replacement = env[name];
    if (replacement === undefined || replacement === '') missing.push(name);
    return replacement ?? '';
  });
  return missing.length > 0 ? null : expanded;
}

function isNoSuchFile(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
