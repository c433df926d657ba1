/** How long one send waits for the decision about it, with as many rules as a list can have and with one. */
import { decide } from '../../electron/contract/guard/decide.ts';
import { emptyPolicy } from '../../electron/contract/guard/policy.ts';
import type { Policy } from '../../electron/contract/guard/policy.ts';
import type { Send } from '../../electron/contract/guard/send.ts';
import { keepLines, lineOf, percentile } from './bench-line.ts';

const rounds = 20;
const sends = 400;
const attempts = 5;
const manyRules = 20_000;
/** Listed, denied, unlisted and not understood. */
const recipients: readonly ((digits: string) => string)[] = [
  (digits) => `+1555100${digits}`,
  (digits) => `+1 (555) 200-${digits}`,
  (digits) => `201555${digits}`,
  (digits) => `Bob <+1 555 200 ${digits} ext 5>`,
];

const many = policyWith(manyRules);
const few = policyWith(1);
decisionTimes(many);
decisionTimes(few);
const pairs = Array.from({ length: rounds }, () => [slowest(many), slowest(few)] as const);
await keepLines('deciding', [
  lineOf({
    name: 'decision about a send, 20,000 rules a list, slowest of a hundred',
    unit: 'µs',
    measured: pairs.map(([withMany]) => withMany),
    baseline: { name: 'the same with one rule', samples: pairs.map(([, withOne]) => withOne), paired: true },
    target: { of: 'median', bound: 'at-most', value: 1_000 },
  }),
]);

function policyWith(rules: number): Policy {
  const to = (first: number) =>
    Array.from({ length: rules }, (_, index) => ({ to: `+1${String(first + index)}`, note: '' }));
  const account = {
    channel: 'imessage',
    account: 'default',
    unlisted: 'ask',
    pairingReply: 'send',
    allowTo: to(5_551_000_000).map((rule) => ({ ...rule, until: null })),
    denyTo: to(5_552_000_000),
  } as const;
  const blocked = to(5_553_000_000).map((person) => ({ ...person, channel: 'imessage' }));
  return { ...emptyPolicy, region: 'US', accounts: [account], blocked };
}

/** @returns microseconds: of a hundred sends the slowest, each in the fastest of its attempts, which nothing interrupted */
function slowest(policy: Policy): number {
  return percentile(decisionTimes(policy), 0.99);
}

function decisionTimes(policy: Policy): readonly number[] {
  return Array.from({ length: sends }, (_, index) => {
    const send = sendTo(recipients[index % recipients.length]?.(String(index).padStart(4, '0')) ?? '');
    const took = Array.from({ length: attempts }, () => {
      const startedAt = performance.now();
      decide({ status: 'ready', policy }, send, 0);
      return (performance.now() - startedAt) * 1_000;
    });
    return Math.min(...took);
  });
}

function sendTo(to: string): Send {
  return {
    channel: 'imessage',
    account: 'default',
    accounts: null,
    region: 'US',
    targets: [{ to, aliases: [], people: [], opened: false }],
    textSha256: '0'.repeat(64),
    media: false,
    secrets: [],
  };
}
