/** The transport guard alone, without the plugin: which ways out it stops in a real gateway, and which it cannot see. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../build/demo/wait-until.ts';
import { isFullTier } from '../build/vitest/tier.fixture.ts';
import { restricted, startGuardedGateway, turnDeadline } from './testing/guarded-gateway.fixture.ts';
import type { GuardedGateway } from './testing/guarded-gateway.fixture.ts';
import { connectOperator } from './testing/operator-client.fixture.ts';
import type { OperatorClient } from './testing/operator-client.fixture.ts';
import {
  friends,
  nextStranger,
  sendThrough,
  shell,
  tryEverything,
  waitForAllRefused,
  waitForPairing,
  waysOut,
} from './testing/ways-out.fixture.ts';
import type { Attempt, WayOut } from './testing/ways-out.fixture.ts';

let guarded: GuardedGateway;
let caller: OperatorClient;
let attempt: Attempt;
const direct = nextStranger();
const each = isFullTier ? 5 : 2;
/** The same program as in the agent's shell, and half a minute of work. */
const skipped: readonly WayOut[] = isFullTier ? [] : ['command'];

beforeAll(async () => {
  guarded = await startGuardedGateway({ plugin: false, strict: true, holdSeconds: 1, allowFrom: friends });
  caller = await connectOperator(guarded.gateway.url, guarded.gateway.token);
  guarded.setPolicy((policy) => ({
    ...policy,
    region: 'US',
    accounts: [{ ...restricted, pairingReply: 'silent' }],
  }));
  // The scripted imsg offers no polls or reactions; the guard's own tests cover those.
  const ways = waysOut.filter((way) => way !== 'poll-or-reaction' && !skipped.includes(way));
  attempt = await tryEverything(guarded, caller, { ways, each });
  await shell(guarded, sendThrough(guarded.realImsg, direct));
  const refused = ways.filter((way) => way !== 'pairing').flatMap((way) => attempt.to[way]);
  await waitForAllRefused(guarded, refused);
  await Promise.all([attempt.answers, attempt.commandEnded]);
  await waitForPairing(caller, attempt.to.pairing);
});
afterAll(async () => {
  caller.close();
  await guarded.stop();
});

async function expectStopped(way: WayOut): Promise<void> {
  const recipients = attempt.to[way];
  expect(recipients).toHaveLength(each);
  const layers = recipients.map((to) => new Set(guarded.stoppedFor(to).map(({ layer }) => layer)));
  expect(layers).toEqual(recipients.map(() => new Set(['imsg-guard'])));
  expect(await guarded.reachedImsg(recipients)).toEqual([]);
}

describe('the transport guard alone stops what leaves', () => {
  it('by the gateway method send', async () => {
    await expectStopped('send');
    expect((await attempt.answers).slice(0, each).map(({ ok }) => ok)).toEqual(Array(each).fill(false));
  });

  it('by the gateway method message.action', async () => {
    await expectStopped('message.action');
  });

  it('by the agent’s message tool', async () => {
    await expectStopped('tool');
  });

  it('by the agent’s reply to somebody who did not write', async () => {
    await expectStopped('reply');
  });

  it('by a scheduled job', async () => {
    await expectStopped('job');
  });

  if (!skipped.includes('command'))
    it('by the openclaw command', async () => {
      await expectStopped('command');
    });

  it('by the agent’s shell with the openclaw command', async () => {
    await expectStopped('shell-command');
  });

  it('by the agent’s shell with the program at cliPath', async () => {
    await expectStopped('shell-cliPath');
  });

  it('by the gateway’s answer to a stranger', async () => {
    expect(attempt.to.pairing).toHaveLength(3);
    expect(await guarded.reachedImsg(attempt.to.pairing)).toEqual([]);
  });

  it('and leaves nothing behind that a gateway would send later, when anybody may be written to', async () => {
    guarded.setPolicy((policy) => ({ ...policy, accounts: [{ ...restricted, unlisted: 'allow' }] }));
    caller.close();
    await guarded.gateway.restart();
    caller = await connectOperator(guarded.gateway.url, guarded.gateway.token);
    const later = nextStranger();
    const params = { channel: 'imessage', to: later, message: 'after', idempotencyKey: randomUUID() };
    expect(await caller.call('send', params)).toMatchObject({ ok: true });
    expect(await guarded.sentTo(later)).toEqual(['after']);
    expect(await guarded.reachedImsg(Object.values(attempt.to).flat())).toEqual([]);
  });
});

describe('the transport guard does not see what leaves', () => {
  it('by the agent’s shell with imsg itself', async () => {
    await waitUntil(
      'The message past the guard',
      async () => ((await guarded.sentTo(direct)).length > 0 ? true : undefined),
      turnDeadline,
    );
    expect(guarded.stoppedFor(direct)).toEqual([]);
  });
});
