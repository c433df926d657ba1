/** How an address the owner types is understood, and who may write to the assistant already. */
import { allowableAddress, personAddress } from '../../contract/guard/address.ts';
import { canonicalChannel } from '../../contract/guard/channel-ids.ts';
import { addressProblemTexts } from '../../contract/guard/guard-texts.ts';
import type { ContactView, UnderstoodAddress } from '../../contract/guard/guard-view.ts';
import type { RuleAccount } from '../../contract/guard/rule-change.ts';
import { fail, ok } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import type { GuardInstaller } from '../guard-ports.ts';
import { displayText } from '../requests/display-text.ts';
import type { GuardCalls } from './guard-calls.ts';
import { readError } from './guard-errors.ts';

/** Canonical addresses are at most this long; nothing is cut. */
const longestAddress = 400;

export function understandAddress(
  input: RuleAccount & { readonly to: string; readonly region: string | null },
): UnderstoodAddress {
  const context = { channel: channelId(input), region: input.region };
  const address = personAddress(input.to, context);
  if (!address.ok) return { understood: false, problem: addressProblemTexts[address.error] };
  const { key, kind } = address.value;
  return { understood: true, key, kind, shown: displayText(key, longestAddress) };
}

export interface ContactsParts {
  readonly calls: GuardCalls;
  readonly installer: Pick<GuardInstaller, 'inspect'>;
  readonly isLocal: () => boolean;
  /** Country of the rules. */
  readonly region: () => string | null;
}

/** Whom a rule could allow: everybody approved by pairing, then whoever the gateway's config names beside them. */
export async function readContacts(
  { calls, installer, isLocal, region }: ContactsParts,
  where: RuleAccount,
): Promise<Result<readonly ContactView[]>> {
  const channel = channelId(where);
  const account = where.account.trim();
  const approved = await calls.approvedContacts(channel, account);
  if (!approved.ok) return fail(readError(approved.error));
  const inspected = isLocal() ? await installer.inspect() : ok({ accounts: [] });
  if (!inspected.ok) return inspected;
  const configured = inspected.value.accounts.filter(
    (entry) => entry.channel === channel && entry.account === account,
  );
  const context = { channel, region: region() };
  const contacts = new Map<string, ContactView>();
  const add = (entries: readonly string[], source: ContactView['source']): void => {
    for (const entry of entries) {
      const address = isPerson(entry) ? allowableAddress(entry, context) : null;
      if (address?.ok !== true || contacts.has(address.value.key)) continue;
      const { key } = address.value;
      contacts.set(key, { channel, account, key, shown: displayText(key, longestAddress), source });
    }
  };
  add(approved.value, 'pairing');
  for (const { allowFrom } of configured) add(allowFrom, 'config');
  return ok([...contacts.values()]);
}

/** Everybody, and groups of people kept elsewhere in the config, are no addresses. */
function isPerson(entry: string): boolean {
  return entry.trim() !== '*' && !/^accessgroup:/iu.test(entry.trim());
}

function channelId({ channel }: RuleAccount): string {
  return canonicalChannel(channel);
}
