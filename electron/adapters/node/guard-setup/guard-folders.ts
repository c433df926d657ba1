/** Where the app puts the guard's programs in the gateway's state folder; rules and spool live beside them. */
import { join } from 'node:path';
import { guardFolder, transportFolder } from '../../../contract/guard/guard-folder.ts';

export interface GuardFolders {
  /** Shared with the guard itself. */
  readonly root: string;
  /** One folder per brought build, named by the config. */
  readonly plugin: string;
  /** One folder per account, in it one per brought build. */
  readonly transport: string;
  /** How to take the set-up back. */
  readonly record: string;
}

export function guardFolders(stateDir: string): GuardFolders {
  const root = join(stateDir, guardFolder);
  return {
    root,
    plugin: join(root, 'plugin'),
    transport: join(root, transportFolder),
    record: join(root, 'setup.json'),
  };
}

/** An account's name as a folder: never a path of its own. */
export function accountFolder(folders: GuardFolders, account: string): string {
  return join(folders.transport, encodeURIComponent(account).replaceAll('.', '%2E'));
}
