/**
 * What the gateway says about its own config (docs/GATEWAY-PROTOCOL.md#config): values, whether it runs with them, why
 * not.
 */
import { z } from 'zod';
import type { Json } from '../../contract/gateway-config/json.ts';
import type { Call } from '../gateway/calls.ts';

const json: z.ZodType<Json> = z.json();
const text = z.string().max(2_000);
const wire = z.object({
  path: z.string().max(4_096).nullish(),
  valid: z.boolean(),
  /** With the gateway's defaults filled in; null while the file is not valid. */
  config: json.nullish(),
  /** As the owner wrote it, included files and variables resolved. */
  resolved: json.nullish(),
  issues: z
    .array(z.object({ path: text.catch(''), message: text.catch('') }))
    .nullish()
    .catch(null),
  configRevisionHash: z.string().nullish(),
  appliedConfigHash: z.string().nullish(),
});

export interface GatewayConfigReading {
  readonly path: string | null;
  readonly valid: boolean;
  readonly effective: Json;
  readonly authored: Json;
  readonly issue: { readonly path: string; readonly message: string } | null;
  /** The gateway runs with what stands in its file. A gateway that does not tell is taken at its word. */
  readonly applied: boolean;
  /** Of the config it runs with; null: it does not tell. */
  readonly appliedHash: string | null;
}

/** @returns null when the gateway did not say */
export async function readGatewayConfig(request: Call): Promise<GatewayConfigReading | null> {
  const answer = await request('config.get', {});
  const parsed = answer.ok ? wire.safeParse(answer.value) : null;
  if (parsed?.success !== true) return null;
  const { path, valid, config, resolved, issues, configRevisionHash, appliedConfigHash } = parsed.data;
  return {
    path: path ?? null,
    valid,
    effective: config ?? resolved ?? {},
    authored: resolved ?? config ?? {},
    issue: issues?.[0] ?? null,
    applied: (configRevisionHash ?? null) === (appliedConfigHash ?? null),
    appliedHash: appliedConfigHash ?? null,
  };
}
