/**
 * Settings of a channel that come from another file are not in ours: a list made from what stands here would leave
 * people out, even where the value itself could be written.
 */
import { includedConfigText } from '../../contract/config-texts.ts';
import type { ConfigChange } from '../../contract/gateway-config/json.ts';
import { appError, type AppError } from '../../contract/result.ts';
import type { GatewayConfigContent } from '../config-ports.ts';

/** Null: everything about this channel stands in the file itself. */
export function includedProblem(
  { includes, path }: Pick<GatewayConfigContent, 'includes' | 'path'>,
  channel: string,
  changes: readonly ConfigChange[],
): AppError | null {
  const place = ['channels', channel];
  const include = includes.find((entry) => {
    const shorter = Math.min(place.length, entry.path.length);
    return place.slice(0, shorter).every((key, index) => key === entry.path[index]);
  });
  if (include === undefined) return null;
  const text = includedConfigText({ ...include, configPath: path, changes: changes.map(sentence) });
  return appError('config-not-editable', text);
}

function sentence({ path, value }: ConfigChange): string {
  return value === undefined
    ? `remove ${path.join('.')}`
    : `set ${path.join('.')} to ${JSON.stringify(value)}`;
}
