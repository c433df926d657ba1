/**
 * The contacts the gateway on this machine approved by pairing, from its own database
 * (docs/GATEWAY-PROTOCOL.md#chat-contacts). Opened for reading only, for one query: the gateway goes on writing
 * meanwhile, and only it may.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { z } from 'zod';
import { longestContact } from '../../../contract/people.ts';
import { fail, ok } from '../../../contract/result.ts';
import type { StoredContacts } from '../../../core/people-ports.ts';
import type { Logger } from '../../../core/ports.ts';

const query =
  'SELECT channel_key, account_id, entry FROM channel_pairing_allow_entries ORDER BY 1, 2, sort_order';
const rows = z.array(
  z.object({
    channel_key: z.string().min(1).max(64),
    account_id: z.string().min(1).max(128),
    entry: z.string().min(1).max(longestContact),
  }),
);

export interface StoredContactsParts {
  /** Where the gateway keeps its state; asked before each reading. */
  readonly stateDir: () => string;
  readonly logger: Logger;
}

export function createStoredContacts({ stateDir, logger }: StoredContactsParts): StoredContacts {
  return {
    async read() {
      const path = join(stateDir(), 'state', 'openclaw.sqlite');
      if (!existsSync(path)) return fail('absent');
      try {
        const parsed = rows.safeParse(readRows(path));
        if (!parsed.success) return fail('unreadable');
        return ok(
          parsed.data.map((row) => ({ channel: row.channel_key, account: row.account_id, entry: row.entry })),
        );
      } catch (error: unknown) {
        logger.log('warn', 'stored-contacts-failed', { error });
        return fail('unreadable');
      }
    },
  };
}

/** Loaded when needed: a Node without it throws here, and then this way is simply not there. */
function readRows(path: string): unknown {
  const sqlite = process.getBuiltinModule('node:sqlite');
  // A database that is being written is not worth waiting for: the owner can look again.
  const database = new sqlite.DatabaseSync(path, { readOnly: true, timeout: 1_000 });
  try {
    return database.prepare(query).all();
  } finally {
    database.close();
  }
}
