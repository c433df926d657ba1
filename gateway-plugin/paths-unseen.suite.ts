/**
 * The plugin alone, for an account without strict mode: the command it stops at its own gate, and the ways out it cannot
 * see. What these tests show of those is what the table warns of.
 */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../build/demo/wait-until.ts';
import { restricted, turnDeadline } from './testing/guarded-gateway.fixture.ts';
import type { GuardedGateway } from './testing/guarded-gateway.fixture.ts';
import { connectOperator } from './testing/operator-client.fixture.ts';
import {
  broadcast,
  nextStranger,
  openclaw,
  openclawInShell,
  sendThrough,
  shell,
} from './testing/ways-out.fixture.ts';

/** @param unguarded its account without a transport guard */
export function unseenSuite(guarded: () => GuardedGateway, unguarded: string): void {
  describe('an account without strict mode', () => {
    beforeAll(() => {
      guarded().setPolicy((policy) => ({
        ...policy,
        accounts: [...policy.accounts, { ...restricted, account: unguarded, pairingReply: 'silent' }],
      }));
    });

    describe('the plugin alone stops what leaves', () => {
      async function expectStopped(to: string): Promise<void> {
        await guarded().waitForStopped(to, 'refused');
        expect(guarded().stoppedFor(to)).toMatchObject([{ layer: 'command', action: 'text' }]);
        expect(await guarded().reachedImsg([to], unguarded)).toEqual([]);
      }

      it('by the openclaw command', async () => {
        const to = nextStranger();
        const ran = await openclaw(guarded(), ...broadcast([to], unguarded));
        expect(ran).toMatchObject({
          code: 1,
          output: expect.stringContaining('Portcullis send guard') as string,
        });
        await expectStopped(to);
      });

      it('by the agent’s shell with the openclaw command', async () => {
        const to = nextStranger();
        await shell(guarded(), openclawInShell(broadcast([to], unguarded)));
        await expectStopped(to);
      });
    });

    describe('the plugin alone does not see what leaves', () => {
      async function expectToLeave(to: string, account = unguarded): Promise<void> {
        await waitUntil(
          `A message to ${to}`,
          async () => ((await guarded().reachedImsg([to], account)).length > 0 ? true : undefined),
          turnDeadline,
        );
        expect(guarded().stoppedFor(to)).toEqual([]);
      }

      it('by another action of the gateway method message.action', async () => {
        const to = nextStranger();
        const { url, token } = guarded().gateway;
        const caller = await connectOperator(url, token, [
          'operator.read',
          'operator.write',
          'operator.admin',
        ]);
        guarded().setPolicy((policy) => ({ ...policy, paused: true }));
        const params = { to, target: to, message: 'business secrets', effect: 'slam' };
        const call = { channel: 'imessage', accountId: unguarded, action: 'sendWithEffect', params };
        expect(await caller.call('message.action', { ...call, idempotencyKey: randomUUID() })).toMatchObject({
          ok: true,
        });
        guarded().setPolicy((policy) => ({ ...policy, paused: false }));
        caller.close();
        await expectToLeave(to);
      });

      it('by the agent’s shell with the program at cliPath', async () => {
        const to = nextStranger();
        await shell(guarded(), sendThrough(guarded().secondCliPath ?? '', to));
        await expectToLeave(to);
      });

      it('by the agent’s shell with imsg itself', async () => {
        const to = nextStranger();
        await shell(guarded(), sendThrough('imsg', to));
        // Whoever runs it by its name runs the machine's own, in front of which nothing stands.
        await expectToLeave(to, 'default');
      });

      it('by the gateway’s answer to a stranger', async () => {
        const stranger = nextStranger();
        await guarded().imsgOf(unguarded).receive(stranger, 'hello?');
        await expectToLeave(stranger);
      });
    });
  });
}
