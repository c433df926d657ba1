/** What taking an edit back would change, and whether it still can be: only while nobody else changed those values. */
import { configErrorTexts } from '../../contract/config-texts.ts';
import type { ConfigUndo, ConfigValueChange } from '../../contract/gateway-config/config-undo.ts';
import { sameJson, valueAt, type Json } from '../../contract/gateway-config/json.ts';
import type { ConfigChangeView } from '../../contract/guard/guard-view.ts';
import { appError, type AppError } from '../../contract/result.ts';
import type { RecordedEdit } from './config-record.ts';
import { hasVariables } from './variables.ts';

/** One edit in several writes, seen as a whole: each path once, from the first value to the last. */
export function netChanges(undos: readonly ConfigUndo[]): readonly ConfigValueChange[] {
  const net = new Map<string, ConfigValueChange>();
  for (const change of undos.flatMap(({ changes }) => changes)) {
    const key = JSON.stringify(change.path);
    const first = net.get(key) ?? change;
    net.set(key, {
      path: change.path,
      ...(first.before === undefined ? {} : { before: first.before }),
      ...(change.after === undefined ? {} : { after: change.after }),
    });
  }
  return [...net.values()];
}

/**
 * Takes all writes of one edit back in a single one. They were made on each other, so their splices fit one after the
 * other; and the gateway's watcher can lose a file that is replaced twice within moments.
 */
export function joinedUndo(undos: readonly ConfigUndo[]): ConfigUndo | null {
  const last = undos.at(-1);
  if (last === undefined) return null;
  return {
    hash: last.hash,
    splices: undos.toReversed().flatMap(({ splices }) => splices),
    changes: netChanges(undos),
    created: undos.flatMap(({ created }) => created),
  };
}

/** As the owner reads it. */
export function changeView({ path, before, after }: ConfigValueChange): ConfigChangeView {
  return { path: path.join('.'), before: shown(before), after: shown(after) };
}

/** The way back. */
export function reversedView({ path, before, after }: ConfigValueChange): ConfigChangeView {
  return { path: path.join('.'), before: shown(after), after: shown(before) };
}

function shown(value: Json | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

/** Null: it can be taken back. */
export function undoProblem(
  edit: RecordedEdit,
  { value, path }: { readonly value: Json; readonly path: string },
): AppError | null {
  if (edit.undone) return appError('config-changed', configErrorTexts.undoneAlready);
  if (edit.configPath !== path) return appError('config-not-editable', configErrorTexts.otherGateway);
  const changed = netChanges(edit.undos).find(
    (change) => !sameJson(valueAt(value, change.path), change.after),
  );
  return changed === undefined
    ? null
    : appError('config-changed', configErrorTexts.changedSince(changed.path.join('.')));
}

/**
 * Whether nobody else changed what an edit wrote, as the gateway tells its config: variables are filled in there, so
 * values that have some are taken for untouched.
 */
export function isUntouched({ undos }: RecordedEdit, authored: Json): boolean {
  return netChanges(undos).every(
    ({ path, after }) => hasVariables(after) || sameJson(valueAt(authored, path), after),
  );
}
