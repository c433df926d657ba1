/** Why a config is not edited, and what its owner can do by hand instead. */
import { touchesMeta } from '../../../contract/gateway-config/config-meta.ts';
import { appError, type AppError } from '../../../contract/result.ts';
import type { ConfigChange, ConfigInclude, GatewayConfigContent } from '../../../core/config-ports.ts';

export function changedMeanwhile(): AppError {
  return appError(
    'config-changed',
    'Somebody else changed OpenClaw’s config meanwhile, and that was left as it is. Look at the preview again.',
  );
}

export function byHand(why: string, changes: readonly ConfigChange[]): AppError {
  return appError(
    'config-not-editable',
    `${why}, so Portcullis leaves it alone. Change it by hand: ${steps(changes)}.`,
  );
}

/** Null unless OpenClaw's own mark would be written. */
export function metaInTheWay(
  { path }: Pick<GatewayConfigContent, 'path'>,
  changes: readonly ConfigChange[],
): AppError | null {
  if (!touchesMeta(changes)) return null;
  return appError('config-not-editable', `Only OpenClaw itself writes meta in ${path}. Nothing was changed.`);
}

/** Null when every path is written in the file itself. */
export function includeInTheWay(
  { includes, path }: Pick<GatewayConfigContent, 'includes' | 'path'>,
  changes: readonly ConfigChange[],
): AppError | null {
  for (const include of includes) {
    const concerned = changes.filter((change) => overlaps(include, change));
    if (concerned.length > 0) return byHand(`${described(include)} ${path}`, concerned);
  }
  return null;
}

function overlaps(include: ConfigInclude, change: ConfigChange): boolean {
  const shorter = Math.min(include.path.length, change.path.length);
  return include.path.slice(0, shorter).every((key, index) => key === change.path[index]);
}

function described({ path, files, line }: ConfigInclude): string {
  const what = path.length === 0 ? 'The config' : path.join('.');
  const where = line === null ? '' : `line ${String(line)} of `;
  return `${what} comes from ${files.join(', ')}, included by ${where}`.trimEnd();
}

function steps(changes: readonly ConfigChange[]): string {
  return changes
    .map(({ path, value }) =>
      value === undefined ? `remove ${path.join('.')}` : `set ${path.join('.')} to ${JSON.stringify(value)}`,
    )
    .join('; ');
}
