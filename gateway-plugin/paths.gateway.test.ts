/**
 * The proof: plugin and transport guard in a real gateway, every way out tried at once under every condition, and
 * nothing unlisted reaches imsg.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../build/demo/wait-until.ts';
import { isFullTier } from '../build/vitest/tier.fixture.ts';
import type { BlockedSend } from '../electron/contract/guard/blocked-send.ts';
import { selfTestAddress } from '../electron/contract/guard/self-test.ts';
import { unseenSuite } from './paths-unseen.suite.ts';
import { allowing, startGuardedGateway, turnDeadline } from './testing/guarded-gateway.fixture.ts';
import type { GuardedGateway } from './testing/guarded-gateway.fixture.ts';
import { allScopes, connectOperator } from './testing/operator-client.fixture.ts';
import type { OperatorClient } from './testing/operator-client.fixture.ts';
import {
  dismissAll,
  friends,
  recipientsOf,
  tryEverything,
  waitForAllRefused,
  waitForPairing,
  waysOut,
} from './testing/ways-out.fixture.ts';
import type { Attempt, Attempted, WayOut } from './testing/ways-out.fixture.ts';

const listed = '+15551239999';
/** Of no guard but the plugin's. */
const unguarded = 'open';
/** Doubled where not everything was held at the same time: how long that takes is the machine's business. */
const firstHoldSeconds = 45;
const longestHoldSeconds = 540;
/** Where nothing happens in the middle of a hold: its end is waited for. */
const shortHoldSeconds = 4;

interface Condition {
  readonly name: string;
  /** A connection with everything an app may do, which answers nothing. */
  readonly app: boolean;
  /** Files that are cut off in the middle. */
  readonly cutOff: readonly ('policy' | 'lastGood')[];
  readonly midHold: 'nothing' | 'kill-app' | 'restart-gateway';
}

const nothing = { app: false, cutOff: [], midHold: 'nothing' } as const;
/** Those that need a long hold come first: the restart that one of them is about makes it short. */
const conditions: readonly Condition[] = [
  { ...nothing, name: 'with the app killed in the middle of the hold', app: true, midHold: 'kill-app' },
  {
    ...nothing,
    name: 'with the gateway restarted in the middle of the hold',
    app: true,
    midHold: 'restart-gateway',
  },
  { ...nothing, name: 'with no app connected' },
  { ...nothing, name: 'with an app that answers nothing', app: true },
  { ...nothing, name: 'with the rules cut off', app: true, cutOff: ['policy'] },
  { ...nothing, name: 'with the rules and their copy cut off', app: true, cutOff: ['policy', 'lastGood'] },
];

/**
 * What is tried at once. The full tier tries every way under every condition, five times each, else twice; and the
 * openclaw command under one: it meets neither the app nor a hold, and reads the rules as the program at cliPath does,
 * which is tried under every condition.
 */
function attempted({ app }: Condition): Attempted {
  return {
    // The command in the agent's shell is the same program as outside it, and takes half a minute of work.
    ways: waysOut.filter((way) => way !== 'shell-command' && (way !== 'command' || !app || isFullTier)),
    each: isFullTier ? 5 : 2,
  };
}

/** Held by the plugin; the other ways are refused at once, by its command gate or the transport guard, or swallowed. */
const heldWays: readonly WayOut[] = ['send', 'message.action', 'tool', 'poll-or-reaction', 'reply', 'job'];

let guarded: GuardedGateway;
/** Also those that are tried again. */
const attempts: Attempt[] = [];

const connect = (scopes: readonly string[] = allScopes): Promise<OperatorClient> =>
  connectOperator(guarded.gateway.url, guarded.gateway.token, scopes);
const callerScopes = ['operator.read', 'operator.write', 'operator.admin', 'operator.pairing'];

beforeAll(async () => {
  guarded = await startGuardedGateway({
    plugin: true,
    strict: true,
    holdSeconds: firstHoldSeconds,
    allowFrom: friends,
    secondAccount: { name: unguarded, strict: false },
  });
  guarded.setPolicy((policy) => ({
    ...policy,
    region: 'US',
    // Friends are answered here more often in a minute than an assistant would.
    limit: { inAll: 1000, toOne: 1000 },
    accounts: [allowing([listed], { pairingReply: 'silent' })],
  }));
});
afterAll(async () => {
  await guarded.stop();
});

/** @returns false when the first holds ended before the last began */
async function allAreHeld({ to }: Attempt): Promise<boolean> {
  const recipients = heldWays.flatMap((way) => to[way]);
  return await waitUntil(
    'The hold of every send',
    () => {
      const states = recipients.map((each) => guarded.stoppedFor(each)[0]?.state);
      if (states.includes('refused')) return false;
      return states.every((state) => state === 'held') ? true : undefined;
    },
    turnDeadline,
  );
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

interface Tried {
  readonly attempt: Attempt;
  readonly caller: OperatorClient;
  readonly app: OperatorClient | null;
}

async function tryAt(condition: Condition): Promise<Tried> {
  const caller = await connect(callerScopes);
  const app = condition.app ? await connect() : null;
  await dismissAll(caller);
  const attempt = await tryEverything(guarded, caller, attempted(condition));
  attempts.push(attempt);
  return { attempt, caller, app };
}

/** Everything is held at the same moment. */
async function tryUntilAllAreHeld(condition: Condition): Promise<Tried> {
  for (let seconds = firstHoldSeconds; seconds <= longestHoldSeconds; seconds *= 2) {
    if (seconds > firstHoldSeconds) await guarded.holdFor(seconds);
    const tried = await tryAt(condition);
    if (await allAreHeld(tried.attempt)) return tried;
    await toItsEnd(tried.attempt);
    for (const client of [tried.caller, tried.app]) client?.close();
  }
  throw new Error(`Not everything was held at once within ${String(longestHoldSeconds)} s.`);
}

/** Until what was tried has come to nothing. @param survived false: with a restart of the gateway in between */
async function toItsEnd(attempt: Attempt, survived = true): Promise<void> {
  // A restart ends the agent's shell with everything it runs, before or after the guard was asked.
  const recorded = attempt.ways.filter((way) => way !== 'pairing' && (survived || way !== 'shell-cliPath'));
  const recipients = recorded.flatMap((way) => attempt.to[way]);
  await waitForAllRefused(guarded, recipients).catch(async (cause: unknown) => {
    // Only the command can say why one of its recipients was never tried.
    throw new Error(`The openclaw command: ${JSON.stringify(await attempt.commandEnded)}`, { cause });
  });
  await Promise.all([attempt.answers, attempt.commandEnded]);
}

for (const condition of conditions) {
  const { ways, each } = attempted(condition);
  describe(`${condition.name}, nothing unlisted leaves`, () => {
    let attempt: Attempt;

    beforeAll(async () => {
      guarded.forgetStopped();
      const putBack = cutOff(condition.cutOff);
      const restarts = condition.midHold === 'restart-gateway';
      const tried = await (condition.midHold === 'nothing'
        ? tryAt(condition)
        : tryUntilAllAreHeld(condition));
      attempt = tried.attempt;
      if (condition.midHold === 'kill-app') tried.app?.kill();
      if (restarts) await guarded.holdFor(shortHoldSeconds);
      await toItsEnd(attempt, !restarts);
      const afterwards = restarts ? await connect(callerScopes) : tried.caller;
      await waitForPairing(afterwards, attempt.to.pairing);
      putBack();
      for (const client of new Set([tried.caller, afterwards, tried.app])) client?.close();
    });

    async function expectStopped(way: WayOut, layer: BlockedSend['layer']): Promise<void> {
      const recipients = attempt.to[way];
      expect(recipients).toHaveLength(each);
      const stopped = recipients.map((to) => guarded.stoppedFor(to).map((send) => [send.layer, send.state]));
      expect(stopped).toEqual(recipients.map(() => [[layer, 'refused']]));
      expect(await guarded.reachedImsg(recipients)).toEqual([]);
    }

    it('by the gateway method send', async () => {
      await expectStopped('send', 'gateway-plugin');
      expect((await attempt.answers).slice(0, each).map(({ ok }) => ok)).toEqual(Array(each).fill(false));
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

    if (ways.includes('command'))
      it('by the openclaw command', async () => {
        await expectStopped('command', 'command');
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
    const planned = conditions
      .map(attempted)
      .flatMap((each) => each.ways.map((way) => recipientsOf(each, way)));
    expect(recipients.length).toBeGreaterThanOrEqual(planned.reduce((sum, count) => sum + count));
    expect(await guarded.reachedImsg(recipients)).toEqual([]);
  });
});

unseenSuite(() => guarded, unguarded);

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
