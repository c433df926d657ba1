/** Finds files that import each other in a circle, types included: such files can only be understood together. */

/** One line per circle, `a -> b -> a`; of circles that share files the first one met. */
export function circles(imports: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const path: string[] = [];

  function visit(file: string): void {
    const start = path.indexOf(file);
    if (start !== -1) found.push([...path.slice(start), file].join(' -> '));
    if (start !== -1 || done.has(file)) return;
    path.push(file);
    for (const next of imports.get(file) ?? []) visit(next);
    path.pop();
    done.add(file);
  }

  for (const file of imports.keys()) visit(file);
  return found;
}
