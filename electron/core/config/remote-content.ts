/**
 * The config of a gateway on another machine, as its file has it (docs/GATEWAY-PROTOCOL.md#config). Secrets are masked.
 */
import { z } from 'zod';
import { configErrorTexts, remoteConfigTexts } from '../../contract/config-texts.ts';
import { configHash } from '../../contract/gateway-config/config-undo.ts';
import type { Json } from '../../contract/gateway-config/json.ts';
import { appError, fail, ok, type Result } from '../../contract/result.ts';
import type { GatewayConfigContent } from '../config-ports.ts';
import type { Call } from '../gateway/calls.ts';

const json: z.ZodType<Json> = z.json();
const place = z.string().max(4_096);
const wire = z.object({
  path: place,
  valid: z.boolean(),
  hash: configHash,
  /** As written: variables are not filled in, included files not followed. */
  parsed: json,
  includedPaths: z.array(place).nullish(),
});

/** @param gateway its address: the same path may be a file of this machine, too */
export async function readRemoteContent(
  request: Call,
  gateway: string | null,
): Promise<Result<GatewayConfigContent>> {
  const answer = await request('config.get', {});
  const parsed = answer.ok ? wire.safeParse(answer.value) : null;
  if (parsed?.success !== true)
    return fail(appError('config-not-editable', configErrorTexts.configUnread, true));
  const { path, valid, hash, parsed: value, includedPaths } = parsed.data;
  if (!valid) return fail(appError('config-not-editable', remoteConfigTexts.notValid));
  const files = includedPaths ?? [];
  return ok({
    path: remotePath(path, gateway),
    hash,
    value,
    // Which part each file fills in stays with the gateway, so all of it is left alone.
    includes: files.length === 0 ? [] : [{ path: [], files, line: null }],
    editable: { ok: true },
  });
}

/** @param gateway null: the one on this machine */
export function remotePath(path: string, gateway: string | null): string {
  return gateway === null ? path : `${path} (${gateway})`;
}
