/** A policy with one of everything, and short ways to write sends and decisions. */
import type { Decision } from './decide.ts';
import { emptyPolicy } from './policy.ts';
import type { AccountPolicy, Policy } from './policy.ts';
import type { PolicyState, Send, SendTarget } from './send.ts';

export const now = 1_800_000_000_000;
export const friend = '+15551230001';
export const stranger = '+15551230099';
export const hash = 'a'.repeat(64);

export const account: AccountPolicy = {
  channel: 'imessage',
  account: 'default',
  unlisted: 'ask',
  pairingReply: 'send',
  allowTo: [
    { to: friend, until: null, note: '' },
    { to: '+15551230002', until: now + 1, note: '' },
    { to: '+15551230003', until: now, note: '' },
    { to: 'group:chat777', until: null, note: '' },
  ],
  denyTo: [{ to: '+15551230009', note: '' }],
};
export const policy: Policy = { ...emptyPolicy, region: 'US', accounts: [account] };
export const ready = (change: Partial<Policy> = {}): PolicyState => ({
  status: 'ready',
  policy: { ...policy, ...change },
});

export const target = (to: string, change: Partial<SendTarget> = {}): SendTarget => ({
  to,
  aliases: [],
  people: [],
  opened: false,
  ...change,
});
export const send = (to: string | readonly SendTarget[], change: Partial<Send> = {}): Send => ({
  channel: 'imessage',
  account: 'default',
  accounts: null,
  region: 'US',
  targets: typeof to === 'string' ? [target(to)] : to,
  textSha256: hash,
  media: false,
  secrets: [],
  ...change,
});
export const allow = (because: Decision['because']): Decision => ({ verdict: 'allow', because });
export const ask = (because: Decision['because']): Decision => ({ verdict: 'ask', because });
export const deny = (because: Decision['because']): Decision => ({ verdict: 'deny', because });
