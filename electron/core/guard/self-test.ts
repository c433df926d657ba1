/**
 * The harmless self-test: tries to send a message to an address nobody can have, once through each layer in place, and
 * looks whether it was stopped. Stopped means that the guard itself says so; a send that merely failed proves nothing.
 */
import { selfTestAddress } from '../../contract/guard/self-test.ts';
import type { SelfTestView } from '../../contract/guard/guard-view.ts';
import type { Call } from '../gateway/calls.ts';
import type { GuardInstaller } from '../guard-ports.ts';
import type { Clock, Logger, Random } from '../ports.ts';
import { readChannelStatus } from './channel-status.ts';
import type { GuardCalls } from './guard-calls.ts';

/** A guard that holds instead of refusing at once must not be taken for one that refused. */
const sendDeadlineMs = 15_000;

export interface SelfTestParts {
  readonly calls: GuardCalls;
  readonly request: Call;
  readonly installer: Pick<GuardInstaller, 'inspect' | 'testTransport'>;
  readonly isLocal: () => boolean;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/** `no-channel`: nothing is connected that a message could go through. `too-old`: this plugin does not know the test. */
export type PluginTest = 'stopped' | 'not-stopped' | 'no-channel' | 'too-old' | 'absent';

export async function testEveryLayer(parts: SelfTestParts): Promise<SelfTestView> {
  const plugin = await testPlugin(parts);
  const strict = await testStrict(parts);
  const tested = plugin === 'stopped' || plugin === 'not-stopped';
  return { plugin: tested ? plugin : 'not-tested', strict, at: parts.clock.now() };
}

export async function testPlugin(parts: SelfTestParts): Promise<PluginTest> {
  const { calls, request, random, logger } = parts;
  const before = await calls.status();
  if (!before.ok) return 'absent';
  if (before.value.selfTests === null) return 'too-old';
  const channels = await readChannelStatus(request);
  if (channels === null) return 'not-stopped';
  const connected = channels.filter((account) => account.connected);
  const via = connected.find(({ channel }) => channel === 'imessage') ?? connected[0];
  if (via === undefined) return 'no-channel';
  const sent = await request(
    'send',
    {
      channel: via.channel,
      accountId: via.account,
      to: selfTestAddress,
      message: 'Portcullis self-test',
      idempotencyKey: `portcullis-self-test-${random.token()}`,
    },
    sendDeadlineMs,
  );
  const after = await calls.status();
  const counted = after.ok && (after.value.selfTests ?? 0) > before.value.selfTests;
  if (!sent.ok && counted) return 'stopped';
  const code = sent.ok ? 'SENT' : sent.error.code;
  logger.log('error', 'guard-self-test-not-stopped', { channel: via.channel, code, counted });
  return 'not-stopped';
}

/** The transport guard of one account; a test that could not be run has not shown that anything is stopped. */
export async function testTransport(
  { installer, logger }: Pick<SelfTestParts, 'installer' | 'logger'>,
  account: string,
): Promise<SelfTestView['strict'][number]> {
  const tested = await installer.testTransport(account);
  if (!tested.ok) logger.log('error', 'guard-transport-test-failed', { code: tested.error.code });
  return { account, result: tested.ok ? tested.value : 'not-stopped' };
}

async function testStrict(parts: SelfTestParts): Promise<SelfTestView['strict']> {
  const installed = parts.isLocal() ? await parts.installer.inspect() : null;
  if (!installed?.ok) return [];
  const results: SelfTestView['strict'][number][] = [];
  for (const { account, strict } of installed.value.accounts) {
    // A broken one is tested as well: that nothing leaves through it is what the owner wants to know.
    if (strict === 'on' || strict === 'outdated' || strict === 'broken')
      results.push(await testTransport(parts, account));
  }
  return results;
}
