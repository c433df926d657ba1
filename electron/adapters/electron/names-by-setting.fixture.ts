/** A set of switches as a test wants to read it: which are on, which are off, and that there is no other. */

/** Throws at a setting that is neither on nor off, so that none goes unnoticed. */
export function namesBySetting(settings: object): { on: readonly string[]; off: readonly string[] } {
  const names: { on: string[]; off: string[] } = { on: [], off: [] };
  for (const [name, setting] of Object.entries(settings)) {
    if (typeof setting !== 'boolean') throw new Error(`${name} is no switch.`);
    names[setting ? 'on' : 'off'].push(name);
  }
  return { on: names.on.sort(), off: names.off.sort() };
}
