/** Who was approved by pairing in one iMessage account: through the guard plugin, else from the gateway's own store. */
import { silenceErrorTexts } from '../../contract/config-texts.ts';
import type { GuardView } from '../../contract/guard/guard-view.ts';
import { appError, fail, ok, type Result } from '../../contract/result.ts';
import type { GuardCalls } from '../guard/guard-calls.ts';
import type { StoredContacts } from '../people-ports.ts';

export interface ApprovedContactsParts {
  readonly calls: Pick<GuardCalls, 'approvedContacts'>;
  readonly stored: StoredContacts;
  readonly plugin: () => GuardView['plugin'];
  /** The gateway's own store can be looked into. */
  readonly isLocal: () => boolean;
}

/** Fails rather than leave anybody out: they would be locked out. */
export async function readApproved(
  { calls, stored, plugin, isLocal }: ApprovedContactsParts,
  channel: string,
  account: string,
): Promise<Result<readonly string[]>> {
  if (plugin().state === 'present') {
    const through = await calls.approvedContacts(channel, account);
    if (through.ok) return ok(through.value);
  }
  const read = isLocal() ? await stored.read() : null;
  if (read?.ok !== true) return fail(appError('config-not-editable', silenceErrorTexts.contactsUnread, true));
  return ok(
    read.value
      .filter((entry) => entry.channel === channel && entry.account === account)
      .map(({ entry }) => entry),
  );
}
