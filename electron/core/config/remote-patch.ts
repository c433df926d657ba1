/** Changes of the config as the gateway's `config.patch` takes them: a merge patch that says only what changes. */
import { remoteConfigTexts } from '../../contract/config-texts.ts';
import type { ConfigValueChange } from '../../contract/gateway-config/config-undo.ts';
import { touchesMeta } from '../../contract/gateway-config/config-meta.ts';
import { isJsonArray, isJsonObject, withChange, type Json } from '../../contract/gateway-config/json.ts';
import { appError, type AppError } from '../../contract/result.ts';

/** What the gateway shows in the place of a secret. */
const mask = '__OPENCLAW_REDACTED__';

export interface ConfigPatch {
  readonly raw: string;
  /** Lists that are replaced as a whole: without this the gateway takes no entry out. */
  readonly replacePaths: readonly string[];
}

/** Only for changes without a `patchProblem`. */
export function patchOf(changes: readonly ConfigValueChange[]): ConfigPatch {
  const patch = changes.reduce<Json>(
    (made, { path, after }) => withChange(made, { path, value: after ?? null }) ?? made,
    {},
  );
  return {
    raw: JSON.stringify(patch),
    replacePaths: changes
      .filter(({ before, after }) => isJsonArray(before) || isJsonArray(after))
      .map(({ path }) => path.join('.')),
  };
}

/** Null: a patch can say exactly this. */
export function patchProblem(changes: readonly ConfigValueChange[]): AppError | null {
  const odd = changes.find(
    (change) =>
      touchesMeta([change]) || !isSayable(change) || isMasked(change.before) || isMasked(change.after),
  );
  return odd === undefined
    ? null
    : appError('config-not-editable', remoteConfigTexts.notPatchable(odd.path.join('.')));
}

/** An object would be merged into what is there, and null would remove it. */
function isSayable({ before, after }: ConfigValueChange): boolean {
  if (isJsonObject(after)) return before === undefined && Object.keys(after).length === 0;
  return after !== null;
}

/** Nobody can tell what really stands there, so it is neither replaced nor written anywhere. */
function isMasked(value: Json | undefined): boolean {
  return value !== undefined && JSON.stringify(value).includes(mask);
}
