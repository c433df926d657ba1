/** The plugin alone, without strict mode: the ways out it cannot see. What these tests show is what the table warns of. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../build/demo/wait-until.ts';
import { restricted, startGuardedGateway, turnDeadline } from './testing/guarded-gateway.fixture.ts';
import type { GuardedGateway } from './testing/guarded-gateway.fixture.ts';
import {
  broadcast,
  friends,
  nextStranger,
  openclaw,
  sendThrough,
  shell,
} from './testing/ways-out.fixture.ts';

let guarded: GuardedGateway;

beforeAll(async () => {
  guarded = await startGuardedGateway({ plugin: true, strict: false, holdSeconds: 1, allowFrom: friends });
  guarded.setPolicy((policy) => ({
    ...policy,
    region: 'US',
    accounts: [{ ...restricted, pairingReply: 'silent' }],
  }));
});
afterAll(async () => {
  await guarded.stop();
});

async function expectToLeave(to: string): Promise<void> {
  await waitUntil(
    `A message to ${to}`,
    async () => ((await guarded.reachedImsg([to])).length > 0 ? true : undefined),
    turnDeadline,
  );
  expect(guarded.stoppedFor(to)).toEqual([]);
}

describe('the plugin alone does not see what leaves', () => {
  it('by the openclaw command', async () => {
    const to = nextStranger();
    expect(await openclaw(guarded, ...broadcast([to]))).toMatchObject({ code: 0 });
    await expectToLeave(to);
  });

  it('by the agent’s shell with the openclaw command', async () => {
    const to = nextStranger();
    await shell(guarded, `openclaw ${broadcast([to]).join(' ').replace('business secrets', 'secrets')}`);
    await expectToLeave(to);
  });

  it('by the agent’s shell with the program at cliPath', async () => {
    const to = nextStranger();
    await shell(guarded, sendThrough(guarded.cliPath, to));
    await expectToLeave(to);
  });

  it('by the agent’s shell with imsg itself', async () => {
    const to = nextStranger();
    await shell(guarded, sendThrough('imsg', to));
    await expectToLeave(to);
  });

  it('by the gateway’s answer to a stranger', async () => {
    const stranger = nextStranger();
    await guarded.gateway.imsg.receive(stranger, 'hello?');
    await expectToLeave(stranger);
  });
});
