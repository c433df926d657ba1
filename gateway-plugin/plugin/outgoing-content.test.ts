import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SecretMode } from '../../electron/contract/guard/content/secret-kinds.ts';
import { githubToken, privateKey } from '../../electron/contract/guard/content/secret-samples.fixture.ts';
import { emptyPolicy } from '../../electron/contract/guard/policy.ts';
import type { Policy } from '../../electron/contract/guard/policy.ts';
import { guardFiles } from '../store/guard-files.ts';
import type { GuardFiles } from '../store/guard-files.ts';
import { readPolicyState, updatePolicy } from '../store/policy-file.ts';
import { readSpool } from '../store/spool.ts';
import { GatewayDouble } from '../testing/plugin-host.double.ts';
import { guarded } from './stopped-sends.fixture.ts';

const holdMs = 1000;
const friend = '+15551230001';
const colleague = '+15551230002';
const secret = `The key is ${githubToken}`;
let root: string;
let files: GuardFiles;
let gateway: GatewayDouble;

beforeEach(() => {
  vi.useFakeTimers();
  root = mkdtempSync(join(tmpdir(), 'portcullis-content-'));
  files = guardFiles(root);
  gateway = new GatewayDouble(root, holdMs);
  gateway.load();
  gateway.fire('gateway_start', {}, {});
  setRules('ask');
});
afterEach(() => {
  gateway.service?.stop();
  vi.useRealTimers();
  rmSync(root, { recursive: true, force: true });
});

function policy(): Policy {
  const state = readPolicyState(files);
  return state.status === 'ready' ? state.policy : emptyPolicy;
}

function setRules(token: SecretMode): void {
  const before = policy();
  const allowTo = [friend, colleague].map((to) => ({ to, until: null, note: '' }));
  const content = { ...before.content, kinds: { ...before.content.kinds, token } };
  const next = { ...before, region: 'US', accounts: [{ ...guarded, allowTo }], content };
  expect(updatePolicy(files, before.revision, () => next).ok).toBe(true);
}

/** How it ended when nobody answered. */
async function sendUnanswered(to: string, text: string): Promise<'sent' | 'stopped'> {
  const sending = gateway.send(to, text);
  await vi.advanceTimersByTimeAsync(holdMs);
  return (await sending) === undefined ? 'sent' : 'stopped';
}

function stopped(): { readonly id: string; readonly state: string } {
  const [send, ...others] = readSpool(files).sends;
  if (send === undefined || others.length > 0) throw new Error('Not one stopped message.');
  return send;
}

const answer = (decision: string): Promise<unknown> =>
  gateway.call('resolve', { id: stopped().id, decision });

it('a secret waits for the owner though its recipient is allowed, and leaves when they say so', async () => {
  expect(await sendUnanswered(friend, 'hello')).toBe('sent');
  const sending = gateway.send(friend, secret);
  await vi.advanceTimersByTimeAsync(1);
  expect(readSpool(files).sends).toMatchObject([{ state: 'held', rule: 'secret', secrets: ['token'] }]);
  await answer('send-once');
  expect(await sending).toBeUndefined();
  expect(await sendUnanswered(friend, secret)).toBe('stopped');
});

it('a secret is stopped at once where the owner wants that, and can still be sent once', async () => {
  setRules('stop');
  expect(await gateway.send(friend, secret)).toMatchObject({ cancel: true });
  expect(stopped()).toMatchObject({ state: 'refused', rule: 'secret' });
  expect(await answer('send-once')).toMatchObject({ send: { to: friend, message: secret } });
  expect([await sendUnanswered(friend, secret), await sendUnanswered(friend, secret)]).toEqual([
    'sent',
    'stopped',
  ]);
});

it('“always” means this kind to this person, and leaves the other rules alone', async () => {
  const sending = gateway.send(friend, secret);
  await vi.advanceTimersByTimeAsync(1);
  const { accounts } = policy();
  expect(await answer('allow-hour')).toMatchObject({ error: { details: { reason: 'not-understood' } } });
  await answer('allow-always');
  expect(await sending).toBeUndefined();
  expect(policy().accounts).toEqual(accounts);
  expect(policy().content.exempt).toEqual([{ channel: 'imessage', to: friend, kind: 'token' }]);
  expect(await sendUnanswered(friend, `again ${secret}`)).toBe('sent');
  expect(await sendUnanswered(friend, privateKey)).toBe('stopped');
  expect(await sendUnanswered(colleague, secret)).toBe('stopped');
});

it('a name of a file and an edited text are looked at, too', async () => {
  const context = { channelId: 'imessage', accountId: 'default' };
  const attached = { to: friend, content: 'Here', metadata: { mediaUrls: ['/home/me/.ssh/id_rsa'] } };
  const sending = gateway.fire('message_sending', attached, context);
  await vi.runOnlyPendingTimersAsync();
  const params = { action: 'edit', to: friend, messageId: '1', text: secret };
  const call = { toolName: 'message', params: { channel: 'imessage', ...params } };
  const editing = gateway.fire('before_tool_call', call, {});
  await vi.waitFor(() => {
    const { sends } = readSpool(files);
    expect(sends.every(({ rule }) => rule === 'secret')).toBe(true);
    expect(sends.flatMap(({ secrets }) => secrets).sort()).toEqual(['private-key', 'token']);
  });
  await vi.advanceTimersByTimeAsync(holdMs);
  expect(await sending).toMatchObject({ cancel: true });
  expect(await editing).toMatchObject({ block: true });
});

it('a change of what is asked about by somebody else is told', async () => {
  const before = policy();
  const { writeFileSync } = await import('node:fs');
  const kinds = { ...before.content.kinds, token: 'off' };
  writeFileSync(files.policy, JSON.stringify({ ...before, content: { ...before.content, kinds } }));
  expect(await gateway.call('status')).toMatchObject({
    rules: { changedBy: { entries: [{ to: 'token: off' }, { to: 'token: ask' }] } },
  });
});
