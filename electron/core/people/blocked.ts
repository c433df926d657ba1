/** Blocked people, as the send rules keep them: who is meant, and how they are shown. */
import { addressKey } from '../../contract/guard/address.ts';
import type { RulesView } from '../../contract/guard/guard-view.ts';
import type { Policy } from '../../contract/guard/policy.ts';
import type { BlockedListView } from '../../contract/people.ts';
import type { Result } from '../../contract/result.ts';
import { displayText, optionalText } from '../requests/display-text.ts';

const shownLength = 80;
const noteLength = 200;

/** Compares addresses by their meaning, never by their spelling. What cannot be understood is nobody blocked. */
export function isBlocked(policy: Policy, channel: string, spelling: string): boolean {
  const onChannel = policy.blocked.filter((person) => person.channel === channel);
  if (onChannel.length === 0) return false;
  const key = addressKey(spelling, { channel, region: policy.region });
  return key !== null && onChannel.some((person) => person.to === key);
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
