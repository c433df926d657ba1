/** What the gateway's config says about one account's imsg: the guard in front of it lets a caller name nothing else. */
import type { Json } from '../../../core/config-ports.ts';
import type { AccountInConfig } from '../../../contract/gateway-config/channel-accounts.ts';
import { settingInConfig } from '../../../contract/gateway-config/channel-accounts.ts';
import { transportConfigSchema } from '../../../contract/guard/transport-config.ts';
import type { TransportConfig } from '../../../contract/guard/transport-config.ts';
import { expandVariables } from '../gateway/config-file.ts';

export type TransportSettings = Pick<TransportConfig, 'region' | 'service' | 'database'>;

const { region, service } = transportConfigSchema.shape;

/** What OpenClaw cannot use counts as not set, as it does for OpenClaw. */
export function transportSettings(
  config: Json,
  account: AccountInConfig,
  { env, home }: { readonly env: NodeJS.ProcessEnv; readonly home: string },
): TransportSettings {
  const text = (key: string): string | undefined => {
    const { value } = settingInConfig(config, account, key);
    const written = typeof value === 'string' ? (expandVariables(value, env) ?? '').trim() : '';
    return written === '' ? undefined : written;
  };
  const database = text('dbPath');
  return {
    region: region.catch('US').parse(text('region')?.toUpperCase()),
    service: service.catch('auto').parse(text('service')?.toLowerCase()),
    database: database?.replace(/^~(?=\/|$)/u, () => home) ?? null,
  };
}
