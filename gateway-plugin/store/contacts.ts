/**
 * Who was ever written to or wrote here, so that the owner can be warned about a first contact. One empty file per
 * address, named by a hash: plugin and transport guards add to it at the same time without losing each other's.
 */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { GuardFiles } from './guard-files.ts';
import { createOnce } from './private-file.ts';
import { sha256 } from './sha256.ts';

/** Beyond this nobody new is remembered, and who is not known is "not known" rather than "never". */
export const contactsLimit = 20_000;

/**
 * Never throws: a warning that is missing must not stop a message.
 * @param keys canonical addresses
 */
export function rememberContacts(files: GuardFiles, channel: string, keys: readonly string[]): void {
  try {
    const unknown = keys.filter((key) => !existsSync(fileOf(files, channel, key)));
    if (unknown.length === 0 || count(files) >= contactsLimit) return;
    for (const key of unknown) createOnce(fileOf(files, channel, key), '');
  } catch {
    // not remembered: the next message to them counts as a first contact
  }
}

/**
 * @param places for every place a message goes to, the canonical addresses it is known by
 * @returns whether all of them were in contact before; null when that cannot be told
 */
export function wereContacted(
  files: GuardFiles,
  channel: string,
  places: readonly (readonly string[])[],
): boolean | null {
  if (places.length === 0 || places.some((names) => names.length === 0)) return null;
  if (places.every((names) => names.some((key) => existsSync(fileOf(files, channel, key))))) return true;
  try {
    return count(files) >= contactsLimit ? null : false;
  } catch {
    return null;
  }
}

function fileOf(files: GuardFiles, channel: string, key: string): string {
  return join(files.contacts, sha256(`${channel} ${key}`));
}

function count(files: GuardFiles): number {
  mkdirSync(files.contacts, { recursive: true, mode: 0o700 });
  return readdirSync(files.contacts).length;
}
