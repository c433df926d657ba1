/**
 * A gateway on another machine: its config is not written from here. A write over the connection would leave that
 * channel's agent tools without authority as soon as the connection closes (gateway protocol, section 5.3), and our
 * resting connection may not write. So the owner gets the commands that do the same there.
 */
import { remoteConfigText } from '../../contract/config-texts.ts';
import { valueAt, type ConfigChange } from '../../contract/gateway-config/json.ts';
import { appError, type AppError } from '../../contract/result.ts';
import type { GatewayConfigContent } from '../config-ports.ts';
import type { ConfigJobPart } from './config-job.ts';
import type { GatewayConfigReading } from './gateway-config.ts';

/** The gateway's own account of its config, to plan on; it cannot be written. */
export function remoteContent(reading: GatewayConfigReading): GatewayConfigContent {
  const reason = 'it is on another machine';
  return {
    path: reading.path ?? '',
    hash: '',
    value: reading.authored,
    includes: [],
    editable: { ok: false, reason, line: 1 },
  };
}

export function remoteRefusal(parts: readonly ConfigJobPart[], reading: GatewayConfigReading): AppError {
  const changes = parts.flatMap((part) => (part.do === 'edit' ? part.changes : []));
  return appError('config-not-editable', remoteConfigText(changes.map((change) => command(change, reading))));
}

/** Refuses by itself when the value is no longer what this was made from. */
function command({ path, value }: ConfigChange, { authored }: GatewayConfigReading): string {
  const place = quoted(path.join('.'));
  if (value === undefined) return `openclaw config unset ${place}`;
  const old = valueAt(authored, path);
  const expected = old === undefined ? '' : ` --expect-current-json ${quoted(JSON.stringify(old))}`;
  return `openclaw config set ${place} ${quoted(JSON.stringify(value))} --strict-json${expected}`;
}

/** One word of a POSIX shell, whatever is in it. */
function quoted(text: string): string {
  return /^[\w.-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
