/** `launch` ends Messages and starts it again with a library inside: any library, with everything Messages may do. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Outcome } from './carry-out.ts';
import type { Input } from './input.ts';
import type { World } from './world.ts';

/** Below the working folder imsg looks for a helper as well, last of all places. */
const searched = ['.build/release', '.build/debug'];

export function launchHelper(world: World, input: Input): Outcome {
  if (input.flag([], 'kill-only') === true) return {};
  const { workingFolder } = world.surroundings;
  const found = searched.map((folder) => resolve(workingFolder, folder)).find(existsSync);
  world.launch(input.text([], 'dylib') ?? found ?? null);
  return { more: { success: true } };
}
