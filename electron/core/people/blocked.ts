/** Blocked people, as the send rules keep them: who is meant, and how they are shown. */
import { canonicalRecipient, personKey } from '../../contract/guard/address.ts';
import { canonicalChannel } from '../../contract/guard/channel-ids.ts';
import type { RulesView } from '../../contract/guard/guard-view.ts';
import { policyIndex } from '../../contract/guard/policy-index.ts';
import type { Policy } from '../../contract/guard/policy.ts';
import type { BlockedListView } from '../../contract/people.ts';
import type { Result } from '../../contract/result.ts';
import { displayText, optionalText } from '../requests/display-text.ts';

const shownLength = 80;
const noteLength = 200;

/** Compares addresses by their meaning, never by their spelling, and as the guard does: whoever it may be is blocked. */
export function isBlocked(policy: Policy, channel: string, spelling: string): boolean {
  const id = canonicalChannel(channel);
  const { blocking } = policyIndex(policy).ofChannel(id);
  const context = { channel: id, region: policy.region };
  const key = personKey(spelling, context);
  const people = key === null ? canonicalRecipient(spelling, context).people : [key];
  return people.some((person) => blocking(person) !== undefined);
}

/** Null: nowhere to keep blocked people now. */
export function blockedList(rules: Result<RulesView>): BlockedListView {
  if (!rules.ok) {
    return { state: 'unavailable', reason: rules.error.code === 'unsupported' ? 'no-plugin' : 'not-read' };
  }
  const { status, policy } = rules.value;
  if (status === 'unreadable') return { state: 'unavailable', reason: 'rules-unreadable' };
  const people = policy.blocked.map(({ channel, to, note }) => ({
    channel,
    to,
    shown: displayText(to, shownLength),
    note: optionalText(note, noteLength),
  }));
  return { state: 'ready', people };
}
