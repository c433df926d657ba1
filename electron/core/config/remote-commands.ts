/** The commands that make the same changes on the gateway's own machine, for when they cannot be made from here. */
import { remoteConfigTexts } from '../../contract/config-texts.ts';
import { valueAt, type ConfigChange, type Json } from '../../contract/gateway-config/json.ts';
import { appError, type AppError } from '../../contract/result.ts';

/** @param config what the changes were made from */
export function commandsInstead(changes: readonly ConfigChange[], config: Json): AppError {
  const commands = changes.map((change) => command(change, config));
  return appError('config-not-editable', remoteConfigTexts.runThere(commands));
}

/** Refuses by itself when the value is no longer what this was made from. */
function command({ path, value }: ConfigChange, config: Json): string {
  const place = quoted(path.join('.'));
  if (value === undefined) return `openclaw config unset ${place}`;
  const old = valueAt(config, path);
  const expected = old === undefined ? '' : ` --expect-current-json ${quoted(JSON.stringify(old))}`;
  return `openclaw config set ${place} ${quoted(JSON.stringify(value))} --strict-json${expected}`;
}

/** One word of a POSIX shell, whatever is in it. */
function quoted(text: string): string {
  return /^[\w.-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
