/**
 * Settings of a channel that come from another file are not in ours: a list made from what stands here would leave
 * people out, even where the value itself could be written. Nothing is written then; the owner is told what to change.
 */
import { includedConfigText } from '../../contract/config-texts.ts';
import type { ConfigChange } from '../../contract/gateway-config/json.ts';
import { appError, type AppError } from '../../contract/result.ts';
import type { ConfigInclude, GatewayConfigContent } from '../config-ports.ts';
import type { GatewayConfigReading } from './gateway-config.ts';

type IncludingContent = Pick<GatewayConfigContent, 'includes' | 'path'>;

/** Something of this channel, or around it, comes from another file. */
export function isIncluded(content: Pick<IncludingContent, 'includes'>, channel: string): boolean {
  return includeOf(content, channel) !== undefined;
}

/** As the gateway put it together, to work out what would have to be changed: our file does not tell. */
export function withIncluded(
  content: GatewayConfigContent,
  reading: Pick<GatewayConfigReading, 'authored'> | null,
  channel: string,
): GatewayConfigContent {
  if (reading === null || !isIncluded(content, channel)) return content;
  return { ...content, value: reading.authored };
}

/** Null: everything about this channel stands in the file itself. */
export function includedProblem(
  content: IncludingContent,
  channel: string,
  changes: readonly ConfigChange[],
): AppError | null {
  const include = includeOf(content, channel);
  if (include === undefined) return null;
  const text = includedConfigText({
    ...include,
    configPath: content.path,
    changes: changes.map(sentence),
  });
  return appError('config-not-editable', text);
}

function includeOf(
  { includes }: Pick<IncludingContent, 'includes'>,
  channel: string,
): ConfigInclude | undefined {
  const place = ['channels', channel];
  return includes.find((entry) => {
    const shorter = Math.min(place.length, entry.path.length);
    return place.slice(0, shorter).every((key, index) => key === entry.path[index]);
  });
}

function sentence({ path, value }: ConfigChange): string {
  return value === undefined
    ? `remove ${path.join('.')}`
    : `set ${path.join('.')} to ${JSON.stringify(value)}`;
}
