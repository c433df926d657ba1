/**
 * Who was approved by pairing: the gateway itself lists them nowhere (docs/GATEWAY-PROTOCOL.md#chat-contacts), so its
 * guard plugin is asked, else its own store on this machine is read. Whole or not at all: whoever were left out would
 * be locked out.
 */
import { silenceErrorTexts } from '../../contract/config-texts.ts';
import type { RuleAccount } from '../../contract/guard/rule-change.ts';
import { appError, fail, ok, type Result } from '../../contract/result.ts';
import type { GuardCalls } from '../guard/guard-calls.ts';
import type { StoredContact, StoredContacts } from '../people-ports.ts';
import type { Logger } from '../ports.ts';

export const approvedContactsMethod = 'portcullis-guard.approved-contacts';

/** `nowhere`: nobody can tell. `unreadable`: they could not be read this time. */
export type ApprovedReading =
  | { readonly from: 'plugin' | 'state-file'; readonly contacts: readonly StoredContact[] }
  | { readonly from: 'nowhere' | 'unreadable' };

export interface ApprovedContactsParts {
  readonly calls: Pick<GuardCalls, 'approvedContacts'>;
  readonly offers: (method: string) => boolean;
  readonly stored: StoredContacts;
  /** The gateway's own store can be looked into. */
  readonly isLocal: () => boolean;
  readonly logger: Logger;
}

export interface ApprovedContacts {
  /** The plugin is asked account by account; the store tells of all there are. */
  readonly ofAccounts: (accounts: () => Promise<readonly RuleAccount[] | null>) => Promise<ApprovedReading>;
  /** Of one account, as the gateway keeps them. */
  readonly of: (channel: string, account: string) => Promise<Result<readonly string[]>>;
}

export function approvedContacts(parts: ApprovedContactsParts): ApprovedContacts {
  return {
    ofAccounts: async (accounts) => read(parts, accounts),
    of: async (channel, account) => {
      const reading = await read(parts, async () => [{ channel, account }]);
      if (!('contacts' in reading)) return fail(notRead);
      return ok(
        reading.contacts
          .filter((contact) => contact.channel === channel && contact.account === account)
          .map(({ entry }) => entry),
      );
    },
  };
}

async function read(
  parts: ApprovedContactsParts,
  accounts: () => Promise<readonly RuleAccount[] | null>,
): Promise<ApprovedReading> {
  const { offers, stored, isLocal, logger } = parts;
  const offered = offers(approvedContactsMethod);
  const through = offered ? await readThroughPlugin(parts, await accounts()) : null;
  if (through !== null) return { from: 'plugin', contacts: through };
  const kept = isLocal() ? await stored.read() : fail('absent' as const);
  if (kept.ok) return { from: 'state-file', contacts: kept.value };
  if (isLocal()) logger.log('warn', 'stored-contacts-not-read', { why: kept.error });
  return { from: offered || kept.error === 'unreadable' ? 'unreadable' : 'nowhere' };
}

async function readThroughPlugin(
  { calls, logger }: ApprovedContactsParts,
  accounts: readonly RuleAccount[] | null,
): Promise<readonly StoredContact[] | null> {
  if (accounts === null) return null;
  const lists = await Promise.all(
    accounts.map(async ({ channel, account }) => {
      const answer = await calls.approvedContacts(channel, account);
      if (answer.ok) return answer.value.map((entry) => ({ channel, account, entry }));
      logger.log('warn', 'approved-contacts-unreadable', { channel, code: answer.error.code });
      return null;
    }),
  );
  const whole = lists.filter((list) => list !== null);
  return whole.length === lists.length ? whole.flat() : null;
}

const notRead = appError('config-not-editable', silenceErrorTexts.contactsUnread, true);
