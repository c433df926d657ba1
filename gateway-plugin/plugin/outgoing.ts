/** One send on its way out of the gateway: decided, let through, held for the owner or refused. */
import { existsSync } from 'node:fs';
import type { StoppedFile } from '../../electron/contract/guard/blocked-send.ts';
import { secretsIn } from '../../electron/contract/guard/content/secrets-in.ts';
import { decide, strictest } from '../../electron/contract/guard/decide.ts';
import type { Decision } from '../../electron/contract/guard/decide.ts';
import type { PolicyState, Send } from '../../electron/contract/guard/send.ts';
import { claimOnce, sendOfAllowance } from '../store/claims.ts';
import type { ConversationBook } from '../store/conversations.ts';
import { readPolicyState } from '../store/policy-file.ts';
import { issueTicket, ticketLifeMs } from '../store/tickets.ts';
import type { GatewayFacts } from './gateway-facts.ts';
import { forget, hold, refuse } from './holds.ts';
import type { HoldParts } from './holds.ts';
import { contentHash, stoppedFiles } from './outgoing-files.ts';
import { rulesForNobody } from './rules-state.ts';
import { rememberAnswer } from './shared-state.ts';
import { keyOf, toEntry, toTargets } from './stopped-entry.ts';
import type { Judged, Outgoing } from './stopped-entry.ts';
import { countLeft, holdSurplus, isWithinLimit } from './surplus.ts';

export interface OutgoingParts extends HoldParts {
  readonly book: ConversationBook;
  readonly facts: () => GatewayFacts;
}

export type Passage =
  { readonly pass: true } | { readonly pass: false; readonly id: string | null; readonly reason: string };

/** What a decision needs to know. */
export type JudgeParts = Pick<OutgoingParts, 'files' | 'book' | 'facts' | 'now'>;

/** Waits up to `holdMs` for the owner. Whatever is not clearly allowed does not pass. */
export async function guardOutgoing(
  parts: OutgoingParts,
  outgoing: Outgoing,
  holdMs: number,
): Promise<Passage> {
  // What the files say counts only where somebody has to answer, or has answered, about this very message.
  const atOnce = outgoing.files.length > 0 ? judge(parts, outgoing, noHash) : null;
  if (atOnce !== null && passesUnread(atOnce.decision))
    return isWithinLimit(parts, atOnce) ? { pass: true } : await beyondLimit(parts, outgoing, atOnce, holdMs);
  const files = await stoppedFiles(outgoing.files);
  const hash = contentHash(outgoing.content, files);
  const judged = judge(parts, outgoing, hash);
  const { send, decision } = judged;
  if (decision.verdict === 'allow' && !isWithinLimit(parts, judged))
    return await beyondLimit(parts, outgoing, judged, holdMs);
  if (mayPass(parts, outgoing, judged, files)) return { pass: true };
  if (decision.because.rule === 'self-test') {
    parts.state.selfTests += 1;
    return stopped(null, 'self-test');
  }

  const entry = toEntry(parts, outgoing, send, decision, files);
  if (decision.verdict === 'deny') return stopped(refuse(parts, entry), decision.because.rule);
  const end = await hold(parts, entry, holdMs);
  if (end.how !== 'allow') return stopped(end.id, end.how);
  if (contentHash(outgoing.content, await stoppedFiles(outgoing.files)) !== hash)
    return stopped(refuse(parts, await asItIsNow(parts, outgoing)), 'changed');
  countLeft(parts, judged);
  handOver(parts, outgoing, send, files);
  return { pass: true };
}

/** Once the owner lets it go, it is judged anew, and by then has only the rest of its time. */
async function beyondLimit(
  parts: OutgoingParts,
  outgoing: Outgoing,
  judged: Judged,
  holdMs: number,
): Promise<Passage> {
  const since = parts.elapsed();
  const { how, id } = await holdSurplus(parts, outgoing, judged, holdMs);
  if (how === 'allow') return await guardOutgoing(parts, outgoing, holdMs - (parts.elapsed() - since));
  return stopped(id, 'more messages within a minute than the owner allows');
}

/** Stands for a message nobody has looked into: no answer was ever given about it. */
const noHash = '';

function passesUnread({ verdict, because }: Decision): boolean {
  return verdict === 'allow' && (because.rule === 'listed' || because.rule === 'not-configured');
}

/** By the rules of every channel it may come out on; the strictest decision counts. */
export function judge(parts: JudgeParts, outgoing: Outgoing, hash: string): Judged {
  const policy = readPolicyState(parts.files);
  const facts = parts.facts();
  const secrets = secretsIn(policy, {
    texts: [outgoing.text, ...outgoing.texts],
    fileNames: outgoing.files.map(({ name }) => name),
  });
  const judged = outgoing.channels.map((channel) => {
    const send: Send = {
      channel,
      account: outgoing.account,
      accounts: facts.accountsOf(channel),
      region: facts.regionOf(channel, outgoing.account),
      targets: toTargets(parts, outgoing, channel, policy),
      textSha256: hash,
      media: outgoing.files.length > 0,
      secrets,
    };
    return { send, policy, decision: unlessMisspelt(decide(policy, send, parts.now()), policy, facts) };
  });
  const decision = strictest(judged.map((one) => one.decision));
  const found = judged.find((one) => one.decision === decision);
  if (found === undefined) throw new Error('A message without a channel.');
  return found;
}

/** No rules for this channel, but rules for one the gateway does not have: they may have been meant for this one. */
function unlessMisspelt(decision: Decision, policy: PolicyState, facts: GatewayFacts): Decision {
  if (decision.because.rule !== 'not-configured' || policy.status !== 'ready') return decision;
  return rulesForNobody(policy.policy, facts).some(({ channelExists }) => !channelExists)
    ? { verdict: 'ask', because: { rule: 'channel' } }
    : decision;
}

async function asItIsNow(parts: OutgoingParts, outgoing: Outgoing): Promise<Parameters<typeof refuse>[1]> {
  const files = await stoppedFiles(outgoing.files);
  const { send, decision } = judge(parts, outgoing, contentHash(outgoing.content, files));
  return toEntry(parts, outgoing, send, decision, files);
}

function mayPass(
  parts: OutgoingParts,
  outgoing: Outgoing,
  judged: Judged,
  files: readonly StoppedFile[],
): boolean {
  const { send, decision } = judged;
  const { verdict, because } = decision;
  if (verdict !== 'allow') return false;
  if (because.rule === 'one-time') {
    if (!claimOnce(parts.files, because.id)) return false;
    const id = sendOfAllowance(because.id);
    forget(parts, id);
    rememberAnswer(parts.state, id, 'sent');
    parts.state.emit?.('settled', { id, state: 'sent' });
    countLeft(parts, judged);
    handOver(parts, outgoing, send, files);
  }
  if (because.rule === 'reply') handOver(parts, outgoing, send, files);
  return true;
}

/** The transport guard cannot see why this may pass; without one there is nobody to tell. */
export function handOver(
  parts: Pick<OutgoingParts, 'files' | 'now'>,
  outgoing: Outgoing,
  send: Send,
  attached: readonly StoppedFile[],
): void {
  const { files, now } = parts;
  if (send.channel !== 'imessage' || !existsSync(files.imsgGuard)) return;
  const ticket = {
    channel: send.channel,
    account: outgoing.account,
    keys: send.targets
      .flatMap((target) => [keyOf(target.to, send) ?? '', ...target.people])
      .filter((key) => key !== ''),
    texts: [...outgoing.texts],
    actions: outgoing.transportActions === null ? null : [...outgoing.transportActions],
    // What could not be read is not on the ticket, and so does not leave.
    files: attached.flatMap(({ name, sha256 }) => (sha256 === null ? [] : [{ name, sha256 }])),
    expiresAt: now() + ticketLifeMs,
  };
  issueTicket(files, ticket, now());
}

function stopped(id: string | null, why: string): Passage {
  return { pass: false, id, reason: `portcullis-guard: not sent (${why})` };
}
