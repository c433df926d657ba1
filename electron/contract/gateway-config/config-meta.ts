/**
 * OpenClaw's own mark in its config. A config without it is taken for a damaged one at the next start: OpenClaw puts an
 * older one back (`missing-meta-vs-last-good`), and the guard that stood in the new one is gone without a word.
 */
export function touchesMeta(changes: readonly { readonly path: readonly string[] }[]): boolean {
  return changes.some(({ path: [first] }) => first === undefined || first === 'meta');
}
