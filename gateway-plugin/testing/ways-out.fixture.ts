/** Tries every way a message can leave at the same time, several strangers each, for tests against a real gateway. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { waitUntil } from '../../build/demo/wait-until.ts';
import type { BlockedSend } from '../../electron/contract/guard/blocked-send.ts';
import { turnDeadline } from './guarded-gateway.fixture.ts';
import type { GuardedGateway } from './guarded-gateway.fixture.ts';
import { gaveUp, mostTries } from './scripted-model.double.ts';
import type { Gathering } from './scripted-model.double.ts';
import type { CallOutcome, OperatorClient } from './operator-client.fixture.ts';

export const waysOut = [
  'send',
  'message.action',
  'tool',
  'poll-or-reaction',
  'reply',
  'job',
  'command',
  'shell-command',
  'shell-cliPath',
  'pairing',
] as const;
export type WayOut = (typeof waysOut)[number];

/** The gateway keeps no more strangers waiting. */
const pairingCap = 3;
const secret = 'business secrets';

/** People the assistant may talk to; everybody writes once, so that no turn sees another one's history. */
export const friends: readonly string[] = Array.from(
  { length: 120 },
  (_, index) => `+1555999${String(index).padStart(4, '0')}`,
);
let friendsUsed = 0;
function nextFriend(): string {
  const friend = friends[(friendsUsed += 1)];
  if (friend === undefined) throw new Error('Every friend has written already.');
  return friend;
}

let strangersMet = 0;
export function nextStranger(): string {
  return `+1555124${String((strangersMet += 1)).padStart(4, '0')}`;
}

export interface Attempted {
  readonly ways: readonly WayOut[];
  /** Unlisted recipients of each way but `pairing`; with one of each, either no poll or no reaction is tried. */
  readonly each: number;
}

export interface Attempt extends Attempted {
  readonly to: Readonly<Record<WayOut, readonly string[]>>;
  /** Answers to the gateway methods, in the order of `to`. */
  readonly answers: Promise<readonly CallOutcome[]>;
  /** How the openclaw command ended; null when it was not among the ways. */
  readonly commandEnded: Promise<CommandRun | null>;
}

/** How many strangers are written to. */
export function recipientsOf({ each }: Attempted, way: WayOut): number {
  return way === 'pairing' ? pairingCap : each;
}

/** Resolves when everything is on its way: every agent turn is about to send, every call is made. */
export async function tryEverything(
  guarded: GuardedGateway,
  caller: OperatorClient,
  attempted: Attempted,
): Promise<Attempt> {
  const { ways } = attempted;
  const recipients = (way: WayOut): readonly string[] =>
    Array.from({ length: recipientsOf(attempted, way) }, nextStranger);
  const to = Object.fromEntries(
    waysOut.map((way) => [way, ways.includes(way) ? recipients(way) : []]),
  ) as unknown as Record<WayOut, readonly string[]>;
  const turns = guarded.model.gather();
  const turnCount = await startTurns(guarded, caller, to);
  await waitUntil(
    `Every one of ${String(turnCount)} agent turns`,
    () => (turns.waiting() >= turnCount ? true : undefined),
    turnDeadline,
  );
  return { ...attempted, to, ...letGo(guarded, caller, to, turns) };
}

/** What the guard wrote down about these recipients; resolves when it has refused every one. */
export async function waitForAllRefused(
  guarded: GuardedGateway,
  recipients: readonly string[],
): Promise<readonly BlockedSend[]> {
  return await Promise.all(recipients.map((to) => guarded.waitForStopped(to, 'refused')));
}

/** The `openclaw` command of this gateway's machine, which sends in its own process. */
export function openclaw(guarded: GuardedGateway, ...args: readonly string[]): Promise<CommandRun> {
  return new Promise((resolve) => {
    const options = { env: guarded.gateway.env, timeout: turnDeadline };
    execFile('openclaw', args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, output: `${stdout}\n${stderr}` });
    });
  });
}

export interface CommandRun {
  readonly code: number;
  readonly output: string;
}

/** The agent, asked by a friend, uses its shell. */
export async function shell(guarded: GuardedGateway, command: string): Promise<void> {
  await guarded.gateway.imsg.receive(nextFriend(), `TOGETHER TOOL exec ${JSON.stringify({ command })}`);
}

/**
 * The same for a shell, which repeats what OpenClaw gave up: a tool call that takes long has been answered by then, so
 * no model learns of it.
 */
export function openclawInShell(args: readonly string[]): string {
  const command = ['openclaw', ...args.map(quote)].join(' ');
  return `for try in $(seq ${String(mostTries)}); do ${command} 2>&1 | grep -q ${quote(gaveUp)} || break; done`;
}

/** @param account default: the one the command takes by itself */
export function broadcast(to: readonly string[], account?: string): readonly string[] {
  const by = account === undefined ? [] : ['--account', account];
  return ['message', 'broadcast', '--channel', 'imessage', ...by, '--message', secret, '--targets', ...to];
}

/** A shell command that hands a message to an imsg, or to what stands in its place. */
export function sendThrough(program: string, to: string): string {
  const frame = { jsonrpc: '2.0', id: 1, method: 'send', params: { to, text: 'past the guard' } };
  return `echo ${quote(JSON.stringify(frame))} | ${quote(program)} rpc`;
}

/** @returns how many turns will wait at the model */
async function startTurns(
  guarded: GuardedGateway,
  caller: OperatorClient,
  to: Attempt['to'],
): Promise<number> {
  const { imsg } = guarded.gateway;
  for (const number of to.tool) await imsg.receive(nextFriend(), `TOGETHER SEND ${number} ${secret}`);
  for (const [index, number] of to['poll-or-reaction'].entries())
    await imsg.receive(
      nextFriend(),
      `TOGETHER TOOL message ${JSON.stringify(pollOrReaction(index, number))}`,
    );
  for (const number of to.reply) await startReply(caller, number);
  for (const number of to.job) await accepted(caller, 'cron.add', job(number));
  const shellTurns = [
    to['shell-command'].length > 0 ? openclawInShell(broadcast(to['shell-command'])) : null,
    to['shell-cliPath'].length > 0
      ? `for number in ${to['shell-cliPath'].join(' ')}; do ${quote(guarded.cliPath)} send --to $number --text secrets; done`
      : null,
  ].filter((command) => command !== null);
  for (const command of shellTurns) await shell(guarded, command);
  const turns = [to.tool, to['poll-or-reaction'], to.reply, to.job].flat();
  return turns.length + shellTurns.length;
}

function letGo(
  guarded: GuardedGateway,
  caller: OperatorClient,
  to: Attempt['to'],
  turns: Gathering,
): Pick<Attempt, 'answers' | 'commandEnded'> {
  const commandEnded = to.command.length === 0 ? Promise.resolve(null) : broadcastTo(guarded, to.command);
  for (const stranger of to.pairing) void guarded.gateway.imsg.receive(stranger, 'hello?');
  const answers = Promise.all([
    ...to.send.map((number) => callUntilTried(caller, 'send', () => rpcSend(number))),
    ...to['message.action'].map((number) =>
      callUntilTried(caller, 'message.action', () => actionSend(number)),
    ),
  ]);
  turns.release();
  return { answers, commandEnded };
}

/** @param attempt is made again while OpenClaw gives it up by itself */
async function untilTried<T>(attempt: () => Promise<T>, said: (outcome: T) => string): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const outcome = await attempt();
    if (!said(outcome).includes(gaveUp) || tries === mostTries) return outcome;
  }
}

const errorOf = (outcome: CallOutcome): string => (outcome.ok ? '' : outcome.message);

/** @param params anew for each try, so that the gateway takes none for a repetition */
function callUntilTried(caller: OperatorClient, method: string, params: () => object): Promise<CallOutcome> {
  return untilTried(() => caller.call(method, params()), errorOf);
}

/** Resolves when the turn has started; goes on trying by itself. */
async function startReply(caller: OperatorClient, number: string): Promise<void> {
  const first = caller.callToEnd('agent', replyTo(number, 'TOGETHER say something'));
  const outcome = await first.accepted;
  if (!outcome.ok) throw new Error(`agent: ${outcome.message}`);
  void first.ended.then(async (ended) => {
    if (errorOf(ended).includes(gaveUp))
      await untilTried(() => caller.callToEnd('agent', replyTo(number, 'say something')).ended, errorOf);
  });
}

/** Whoever was tried already is not tried again. */
function broadcastTo(guarded: GuardedGateway, to: readonly string[]): Promise<CommandRun> {
  const untried = (): readonly string[] => to.filter((number) => guarded.stoppedFor(number).length === 0);
  return untilTried(
    () => openclaw(guarded, ...broadcast(untried())),
    ({ output }) => (untried().length > 0 ? output : ''),
  );
}

async function accepted(caller: OperatorClient, method: string, params: object): Promise<void> {
  const outcome = await caller.call(method, params);
  if (!outcome.ok) throw new Error(`${method}: ${outcome.message}`);
}

function rpcSend(to: string): object {
  return { channel: 'imessage', to, message: secret, idempotencyKey: randomUUID() };
}

function actionSend(to: string): object {
  const params = { to, message: secret };
  return { channel: 'imessage', action: 'send', params, idempotencyKey: randomUUID() };
}

function pollOrReaction(index: number, target: string): object {
  const call = { channel: 'imessage', target };
  return index % 2 === 0
    ? { ...call, action: 'poll', pollQuestion: 'q', pollOption: ['a', 'b'] }
    : { ...call, action: 'react', emoji: '👍', messageId: 'm' };
}

/** A turn whose answer goes to somebody who never wrote. */
function replyTo(to: string, message: string): object {
  return {
    message,
    sessionKey: `agent:main:to-${to.slice(1)}`,
    deliver: true,
    channel: 'imessage',
    to,
    idempotencyKey: randomUUID(),
  };
}

function job(to: string): object {
  return {
    name: `tell ${to}`,
    enabled: true,
    schedule: { kind: 'at', at: new Date(Date.now() + 1000).toISOString() },
    sessionTarget: 'isolated',
    wakeMode: 'now',
    payload: { kind: 'agentTurn', message: 'TOGETHER say something' },
    delivery: { mode: 'announce', channel: 'imessage', to },
  };
}

function quote(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

const pairingList = z.object({
  requests: z.array(z.object({ senderId: z.string(), requestId: z.string(), accountId: z.string() })),
});

type PairingRequests = z.infer<typeof pairingList>['requests'];

async function pairingRequests(caller: OperatorClient): Promise<PairingRequests> {
  const list = await caller.call('channels.pairing.list');
  return pairingList.parse(list.ok ? list.payload : null).requests;
}

/** Waits until the gateway has the requests of all these strangers. */
export async function waitForPairing(caller: OperatorClient, strangers: readonly string[]): Promise<void> {
  await waitUntil(
    'Every pairing request',
    async () => {
      const known = (await pairingRequests(caller)).map(({ senderId }) => senderId);
      return strangers.every((stranger) => known.includes(stranger)) ? true : undefined;
    },
    turnDeadline,
  );
}

/** Makes room for other strangers: the gateway keeps only a few waiting. */
export async function dismissAll(caller: OperatorClient): Promise<void> {
  for (const { requestId, accountId } of await pairingRequests(caller))
    await accepted(caller, 'channels.pairing.dismiss', { channel: 'imessage', accountId, requestId });
}
