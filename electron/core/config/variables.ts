/** Variables of the environment in OpenClaw's config, `${NAME}`: the gateway tells their values instead. */
import type { Json } from '../../contract/gateway-config/json.ts';

/** What is written cannot be compared with what the gateway tells. */
export function hasVariables(value: Json | undefined): boolean {
  return value !== undefined && JSON.stringify(value).includes('${');
}
