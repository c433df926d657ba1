/**
 * The proof: plugin and transport guard in a real gateway, every way out tried at once under every condition, and
 * nothing unlisted reaches imsg.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../build/demo/wait-until.ts';
import type { BlockedSend } from '../electron/contract/guard/blocked-send.ts';
import { selfTestAddress } from '../electron/contract/guard/self-test.ts';
import { allowing, startGuardedGateway, turnDeadline } from './testing/guarded-gateway.fixture.ts';
import type { GuardedGateway } from './testing/guarded-gateway.fixture.ts';
import { allScopes, connectOperator } from './testing/operator-client.fixture.ts';
import type { OperatorClient } from './testing/operator-client.fixture.ts';
import {
  dismissAll,
  friends,
  tryEverything,
  waitForAllRefused,
  waitForPairing,
  waysOut,
} from './testing/ways-out.fixture.ts';
import type { Attempt, WayOut } from './testing/ways-out.fixture.ts';

const listed = '+15551239999';
/** Long enough for everything to be held at the same time. */
const holdSeconds = 12;

interface Condition {
  readonly name: string;
  /** A connection with everything an app may do, which answers nothing. */
  readonly app: boolean;
  /** Files that are cut off in the middle. */
  readonly cutOff: readonly ('policy' | 'lastGood')[];
  readonly midHold: 'nothing' | 'kill-app' | 'restart-gateway';
}

const conditions: readonly Condition[] = [
  { name: 'with no app connected', app: false, cutOff: [], midHold: 'nothing' },
  { name: 'with an app that answers nothing', app: true, cutOff: [], midHold: 'nothing' },
  { name: 'with the app killed in the middle of the hold', app: true, cutOff: [], midHold: 'kill-app' },
  { name: 'with the rules cut off', app: true, cutOff: ['policy'], midHold: 'nothing' },
  {
    name: 'with the rules and their copy cut off',
    app: true,
    cutOff: ['policy', 'lastGood'],
    midHold: 'nothing',
  },
  {
    name: 'with the gateway restarted in the middle of the hold',
    app: true,
    cutOff: [],
    midHold: 'restart-gateway',
  },
];

/** The openclaw command in the agent's shell is the same program as outside it, and takes half a minute of work. */
const ways = waysOut.filter((way) => way !== 'shell-command');
/** Held by the plugin; the other ways are refused by the transport guard at once, or swallowed. */
const heldWays: readonly WayOut[] = ['send', 'message.action', 'tool', 'poll-or-reaction', 'reply', 'job'];

let guarded: GuardedGateway;
const attempts: Attempt[] = [];

const connect = (scopes: readonly string[] = allScopes): Promise<OperatorClient> =>
  connectOperator(guarded.gateway.url, guarded.gateway.token, scopes);
const callerScopes = ['operator.read', 'operator.write', 'operator.admin', 'operator.pairing'];

beforeAll(async () => {
  guarded = await startGuardedGateway({ plugin: true, strict: true, holdSeconds, allowFrom: friends });
  guarded.setPolicy((policy) => ({
    ...policy,
    region: 'US',
    accounts: [allowing([listed], { pairingReply: 'silent' })],
  }));
});
afterAll(async () => {
  await guarded.stop();
});

const held = (recipients: readonly string[]): readonly BlockedSend[] =>
  recipients.flatMap((to) => guarded.stoppedFor(to)).filter(({ state }) => state === 'held');

async function inTheMiddleOfTheHold(
  condition: Condition,
  app: OperatorClient | null,
  to: Attempt['to'],
): Promise<void> {
  if (condition.midHold === 'nothing') return;
  const recipients = heldWays.flatMap((way) => to[way]);
  await waitUntil(
    'The hold of every send',
    () => (held(recipients).length === recipients.length ? true : undefined),
    turnDeadline,
  );
  if (condition.midHold === 'kill-app') app?.kill();
  else await guarded.gateway.restart();
}

/** @returns what it took to put the files back */
function cutOff(which: Condition['cutOff']): () => void {
  const before = which.map(
    (name) => [guarded.files[name], readFileSync(guarded.files[name], 'utf8')] as const,
  );
  for (const [path, text] of before) writeFileSync(path, text.slice(0, text.length / 2));
  return () => {
    for (const [path, text] of before) writeFileSync(path, text);
  };
}

for (const condition of conditions) {
  describe(`${condition.name}, nothing unlisted leaves`, () => {
    let attempt: Attempt;

    beforeAll(async () => {
      guarded.forgetStopped();
      const caller = await connect(callerScopes);
      const app = condition.app ? await connect() : null;
      const putBack = cutOff(condition.cutOff);
      await dismissAll(caller);
      attempt = await tryEverything(guarded, caller, ways);
      attempts.push(attempt);
      await inTheMiddleOfTheHold(condition, app, attempt.to);
      const restarted = condition.midHold === 'restart-gateway';
      // A restart ends the agent's shell with everything it runs, before or after the guard was asked.
      const recorded = ways.filter((way) => way !== 'pairing' && !(restarted && way === 'shell-cliPath'));
      await waitForAllRefused(
        guarded,
        recorded.flatMap((way) => attempt.to[way]),
      );
      await Promise.all([attempt.answers, attempt.commandEnded]);
      const afterwards = restarted ? await connect(callerScopes) : caller;
      await waitForPairing(afterwards, attempt.to.pairing);
      putBack();
      for (const client of new Set([caller, afterwards, app])) client?.close();
    });

    async function expectStopped(way: WayOut, layer: BlockedSend['layer']): Promise<void> {
      const recipients = attempt.to[way];
      expect(recipients).toHaveLength(5);
      const stopped = recipients.map((to) => guarded.stoppedFor(to).map((send) => [send.layer, send.state]));
      expect(stopped).toEqual(recipients.map(() => [[layer, 'refused']]));
      expect(await guarded.reachedImsg(recipients)).toEqual([]);
    }

    it('by the gateway method send', async () => {
      await expectStopped('send', 'gateway-plugin');
      expect((await attempt.answers).slice(0, 5).map(({ ok }) => ok)).toEqual(Array(5).fill(false));
    });

    it('by the gateway method message.action', async () => {
      await expectStopped('message.action', 'gateway-plugin');
    });

    it('by the agent’s message tool', async () => {
      await expectStopped('tool', 'gateway-plugin');
    });

    it('by the agent as a poll or a reaction', async () => {
      await expectStopped('poll-or-reaction', 'gateway-plugin');
    });

    it('by the agent’s reply to somebody who did not write', async () => {
      await expectStopped('reply', 'gateway-plugin');
    });

    it('by a scheduled job', async () => {
      await expectStopped('job', 'gateway-plugin');
    });

    it('by the openclaw command', async () => {
      await expectStopped('command', 'imsg-guard');
    });

    it('by the agent’s shell', async () => {
      expect(await guarded.reachedImsg(attempt.to['shell-cliPath'])).toEqual([]);
      if (condition.midHold !== 'restart-gateway') await expectStopped('shell-cliPath', 'imsg-guard');
    });

    it('by the gateway’s answer to a stranger', async () => {
      expect(attempt.to.pairing).toHaveLength(3);
      expect(await guarded.reachedImsg(attempt.to.pairing)).toEqual([]);
    });
  });
}

describe('afterwards', () => {
  let operator: OperatorClient;
  beforeAll(async () => {
    operator = await connect();
  });
  afterAll(() => {
    operator.close();
  });
  const send = (to: string, message: string): ReturnType<OperatorClient['call']> =>
    operator.call('send', { channel: 'imessage', to, message, idempotencyKey: randomUUID() });

  it('twenty messages that may leave arrive unchanged and in order', async () => {
    const texts = Array.from(
      { length: 20 },
      (_, index) => `${String(index)} ${awkward[index % awkward.length] ?? ''}`,
    );
    for (const text of texts) expect(await send(listed, text)).toMatchObject({ ok: true });
    expect(await guarded.sentTo(listed)).toEqual(texts);
  });

  it('the self-test is refused and counted, and nobody is told', async () => {
    const tests = async (): Promise<unknown> => {
      const status = await operator.call('portcullis-guard.status');
      return status.ok ? status.payload : status;
    };
    expect(await tests()).toMatchObject({ selfTests: 0 });
    expect(await send(selfTestAddress, 'test')).toMatchObject({ ok: false });
    expect(await tests()).toMatchObject({ selfTests: 1 });
    expect([guarded.stoppedFor(selfTestAddress), await guarded.reachedImsg([selfTestAddress])]).toEqual([
      [],
      [],
    ]);
  });

  it('not one of all these messages has reached imsg, in whatever form', async () => {
    const recipients = attempts.flatMap(({ to }) => Object.values(to).flat());
    expect(recipients).toHaveLength(conditions.length * (8 * 5 + 3));
    expect(await guarded.reachedImsg(recipients)).toEqual([]);
  });
});

const awkward = [
  'plain',
  'line one\nline two\n\nline four',
  'ünïcödé — “quotes” …',
  '👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 emoji',
  'שלום עולם, مرحبا',
  '  two  spaces  inside',
  'tab\tand "json" \\ {"a":[1]}',
  'x'.repeat(10_240),
  'e\u0301 is not é',
  '你好，世界',
];
