/** Plain values of a gateway's config: look up, change, compare. Nothing here knows about text or files. */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Sets the value at a path, or (undefined) removes it; objects on the way are made. Keys are never array indices. */
export interface ConfigChange {
  readonly path: readonly string[];
  readonly value: Json | undefined;
}

type JsonObject = Readonly<Record<string, Json>>;

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isJsonArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

export function valueAt(root: Json | undefined, path: readonly string[]): Json | undefined {
  let value = root;
  for (const key of path) value = isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return value;
}

/** @returns null when something that is no object stands in the way */
export function withChange(root: Json, { path, value }: ConfigChange): Json | null {
  if (value === undefined && valueAt(root, path) === undefined) return root;
  const [key, ...rest] = path;
  if (key === undefined || !isJsonObject(root)) return null;
  const others = Object.entries(root).filter(([name]) => name !== key);
  if (rest.length === 0) {
    if (value === undefined) return Object.fromEntries(others);
    return Object.hasOwn(root, key)
      ? Object.fromEntries(Object.entries(root).map(([name, old]) => [name, name === key ? value : old]))
      : Object.fromEntries([...others, [key, value]]);
  }
  const inner = Object.hasOwn(root, key) ? root[key] : undefined;
  const changed = withChange(inner === undefined ? {} : inner, { path: rest, value });
  return changed === null ? null : withChange(root, { path: [key], value: changed });
}

/** Order of keys does not count. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (isJsonArray(a) && isJsonArray(b))
    return a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
  if (isJsonObject(a) && isJsonObject(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
    );
  }
  return a === b;
}

/** What of `list` is not in `other`, counting repeats. */
export function without(list: readonly Json[], other: readonly Json[]): readonly Json[] {
  const left = [...other];
  return list.filter((item) => {
    const at = left.findIndex((candidate) => sameJson(candidate, item));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
