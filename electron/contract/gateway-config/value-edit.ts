/** What an edit of plain values changes, and which changes take it back when the config has moved on since. */
import type { ConfigChangeView } from '../guard/guard-view.ts';
import type { ConfigUndo, ConfigValueChange } from './config-undo.ts';
import {
  isJsonArray,
  isJsonObject,
  sameJson,
  valueAt,
  withChange,
  without,
  type ConfigChange,
  type Json,
} from './json.ts';

type UndoFacts = Pick<ConfigUndo, 'changes' | 'created'>;

export function undoFacts(value: Json, changes: readonly ConfigChange[]): UndoFacts {
  const made: ConfigValueChange[] = [];
  const created: (readonly string[])[] = [];
  let current: Json | null = value;
  for (const change of changes) {
    if (current === null) break;
    const before = valueAt(current, change.path);
    if (change.value !== undefined) created.push(...missingAncestors(current, change.path));
    if (!sameJson(before, change.value)) made.push(valueChange(change.path, before, change.value));
    current = withChange(current, change);
  }
  return { changes: made, created };
}

/** The same changes seen from the other side. */
export function turned({ changes }: UndoFacts): readonly ConfigValueChange[] {
  return changes.toReversed().map(({ path, before, after }) => valueChange(path, after, before));
}

export function viewOf({ path, before, after }: ConfigValueChange): ConfigChangeView {
  const shown = (value: Json | undefined): string | null =>
    value === undefined ? null : JSON.stringify(value);
  return { path: path.join('.'), before: shown(before), after: shown(after) };
}

/**
 * Lists lose what the edit added and get back what it took, single values get their old value back; a value that
 * somebody else has set since stays as it is.
 */
export function inverseChanges(value: Json, { changes, created }: UndoFacts): readonly ConfigChange[] {
  const inverse: ConfigChange[] = [];
  let current = value;
  const add = (change: ConfigChange): void => {
    if (sameJson(valueAt(current, change.path), change.value)) return;
    const next = withChange(current, change);
    if (next === null) return;
    inverse.push(change);
    current = next;
  };
  for (const change of changes.toReversed()) {
    const back = inverseValue(valueAt(current, change.path), change);
    if (back !== 'leave') add({ path: change.path, value: back.value });
  }
  for (const path of created.toReversed()) {
    const left = valueAt(current, path);
    if (isJsonObject(left) && Object.keys(left).length === 0) add({ path, value: undefined });
  }
  return inverse;
}

function inverseValue(
  current: Json | undefined,
  { before, after }: ConfigValueChange,
): { readonly value: Json | undefined } | 'leave' {
  if (isJsonArray(current) && isJsonArray(after)) {
    const old = isJsonArray(before) ? before : [];
    const kept = without(current, without(after, old));
    const list = [...kept, ...without(without(old, after), kept)];
    return { value: before === undefined && list.length === 0 ? undefined : list };
  }
  return sameJson(current, after) ? { value: before } : 'leave';
}

function missingAncestors(value: Json, path: readonly string[]): readonly (readonly string[])[] {
  return path
    .slice(0, -1)
    .map((_, index) => path.slice(0, index + 1))
    .filter((ancestor) => valueAt(value, ancestor) === undefined);
}

export function valueChange(
  path: readonly string[],
  before: Json | undefined,
  after: Json | undefined,
): ConfigValueChange {
  return {
    path,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}
