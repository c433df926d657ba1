import { expect, it } from 'vitest';
import type { GuardedAccountView } from '../../contract/guard/guard-view.ts';
import type { StrangerReply } from '../../contract/channels.ts';
import { strangerReply } from './stranger-reply.ts';

const account = { channel: 'imessage', at: ['channels', 'imessage'] };
const guarded = (
  pairingReply: GuardedAccountView['pairingReply'],
  strict: GuardedAccountView['strict'],
): Pick<GuardedAccountView, 'pairingReply' | 'strict'> => ({ pairingReply, strict });

it.each<[string, Record<string, unknown>, ReturnType<typeof guarded> | undefined, StrangerReply | null]>([
  ['asks and answers', { dmPolicy: 'pairing' }, undefined, 'code'],
  ['asks, held back', { dmPolicy: 'pairing' }, guarded('silent', 'on'), 'silent'],
  ['asks, not held back without strict mode', { dmPolicy: 'pairing' }, guarded('silent', 'off'), 'code'],
  ['asks, strict mode unknown', { dmPolicy: 'pairing' }, guarded('silent', 'unknown'), null],
  ['asks, nothing to hold back', { dmPolicy: 'pairing' }, guarded('send', 'unknown'), 'code'],
  ['allowlist', { dmPolicy: 'allowlist' }, guarded('silent', 'on'), 'nothing'],
  ['everybody is listed', { dmPolicy: 'allowlist', allowFrom: ['*'] }, undefined, 'everyone-is-let-in'],
  ['open', { dmPolicy: 'open' }, undefined, 'everyone-is-let-in'],
  ['nothing set', {}, guarded('silent', 'on'), null],
])('%s', (_name, imessage, rules, reply) => {
  const config = JSON.parse(JSON.stringify({ channels: { imessage } })) as Parameters<
    typeof strangerReply
  >[0];
  expect(strangerReply(config, account, rules)).toBe(reply);
});
