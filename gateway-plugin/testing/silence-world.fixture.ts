/**
 * The silence switch of the whole app beside a real gateway with two iMessage accounts in strict mode, and people who
 * write to them: what they hear, and who waits for an answer of the owner.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import type { ChatRequestView } from '../../electron/contract/request.ts';
import { ok } from '../../electron/contract/result.ts';
import type { SilenceAccountView, SilenceMode, SilencePlan } from '../../electron/contract/silence.ts';
import { systemClock } from '../../electron/adapters/node/system/clock.ts';
import type { App } from '../../electron/main/app.ts';
import { becomes, startAppBeside } from './app-beside.fixture.ts';
import { startGuardedGateway } from './guarded-gateway.fixture.ts';
import type { GuardedGateway } from './guarded-gateway.fixture.ts';
import { connectOperator } from './operator-client.fixture.ts';
import { answered, heard } from './outcome.fixture.ts';
import type { Account, Outcome, Writer } from './outcome.fixture.ts';
import { nextStranger } from './ways-out.fixture.ts';

/** Named in the channel's allowFrom, which the default account follows. */
export const inAllowFrom = '+15559990000';
/** A member of the group that the account `work` names in its own allowFrom. */
export const inGroup = '+15559991000';
export const group = 'accessGroup:family';

const running = z.looseObject({
  resolved: z.looseObject({ channels: z.unknown() }),
  includedPaths: z.array(z.string()).default([]),
  configRevisionHash: z.string().nullish(),
  appliedConfigHash: z.string().nullish(),
});

export class SilenceWorld {
  readonly guarded: GuardedGateway;
  readonly #dataDir: string;
  readonly #configAtStart: string;
  /** Milliseconds the app's clock is ahead. */
  #ahead = 0;
  #app: App;

  constructor(guarded: GuardedGateway, dataDir: string, app: App) {
    this.guarded = guarded;
    this.#configAtStart = readFileSync(guarded.gateway.configPath, 'utf8');
    this.#dataDir = dataDir;
    this.#app = app;
  }

  static async start(): Promise<SilenceWorld> {
    const dataDir = mkdtempSync(join(tmpdir(), 'portcullis-silence-'));
    const guarded = await startGuardedGateway({
      plugin: true,
      strict: true,
      holdSeconds: 5,
      allowFrom: [inAllowFrom],
      secondAccount: { name: 'work', settings: { allowFrom: [group] } },
      config: { accessGroups: { family: { type: 'message.senders', members: { imessage: [inGroup] } } } },
    });
    const world = new SilenceWorld(guarded, dataDir, await startAppBeside(guarded, dataDir));
    await world.#guardIsKnown();
    return world;
  }

  async stop(): Promise<void> {
    await this.#app.stop();
    await this.guarded.stop();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }

  /** After a test, whatever became of it: both accounts answer, the config is the first one, and nobody waits. */
  async reset(): Promise<void> {
    await becomes(() => this.#app.snapshot().configWork.state !== 'working', true);
    if (this.configText() !== this.#configAtStart) {
      this.writeConfig(this.#configAtStart);
      await this.gatewayRunsWith(this.#configAtStart, []);
    }
    for (const name of ['default', 'work'] as const) {
      await becomes(() => ['answer', 'ask'].includes(this.account(name)?.mode ?? ''), true);
      await this.switchTo('answer', name);
    }
    for (const { who, accountId } of this.#askers())
      await this.deny(who.text, accountId.text === 'work' ? 'work' : 'default');
  }

  get app(): App {
    return this.#app;
  }

  async stopApp(): Promise<void> {
    await this.#app.stop();
  }

  /** After stopApp: the same app again. @param now by its clock, epoch ms; default: the system's */
  async startApp(now: number = Date.now()): Promise<void> {
    this.#ahead = now - Date.now();
    const clock = { now: () => systemClock.now() + this.#ahead };
    this.#app = await startAppBeside(this.guarded, this.#dataDir, { clock });
    await this.#guardIsKnown();
  }

  // ---------------------------------------------------------------- the switch

  account(name: Account): SilenceAccountView | undefined {
    const { silence } = this.#app.snapshot();
    return silence.state === 'ready' ? silence.accounts.find(({ account }) => account === name) : undefined;
  }

  async plan(to: SilenceMode, account: Account = 'default', until: number | null = null) {
    return this.#app.handlers['silence.plan']({ account, to, until });
  }

  /** Nothing, when it is so already. */
  async switchTo(to: SilenceMode, account: Account = 'default', until: number | null = null): Promise<void> {
    if (this.account(account)?.mode === to && until === null) return;
    const plan = await this.plan(to, account, until);
    if (!plan.ok) throw new Error(plan.error.message);
    await this.apply(plan.value);
    await becomes(() => this.account(account)?.mode, to);
  }

  /** Until the gateway runs with it. */
  async apply({ id, account }: Pick<SilencePlan, 'id' | 'account'>): Promise<void> {
    expect(await this.#app.handlers['silence.apply']({ id, confirmed: true })).toEqual(ok(null));
    await this.settled(account);
  }

  async settled(account: string): Promise<void> {
    await becomes(() => this.#app.snapshot().configWork.state !== 'working', true);
    const { silence, configWork } = this.#app.snapshot();
    const errors =
      silence.state === 'ready' ? silence.accounts.filter((each) => each.account === account) : [];
    expect([configWork, errors]).toMatchObject([{ state: 'done' }, [{ error: null }]]);
  }

  // ---------------------------------------------------------------- the config

  configText(): string {
    return readFileSync(this.guarded.gateway.configPath, 'utf8');
  }

  /** What stands in the config for the account itself. */
  accountInConfig(account: Account): unknown {
    const config = JSON.parse(this.configText()) as {
      readonly channels: { readonly imessage: { readonly accounts: Readonly<Record<string, unknown>> } };
    };
    return config.channels.imessage.accounts[account];
  }

  /** Somebody else edits it. */
  writeConfig(text: string): void {
    writeFileSync(this.guarded.gateway.configPath, text);
  }

  /** @param config the whole, as text, of which the gateway took exactly these other files */
  async gatewayRunsWith(config: string, included: readonly string[]): Promise<void> {
    const { channels } = JSON.parse(config) as { readonly channels: unknown };
    const { url, token } = this.guarded.gateway;
    const operator = await connectOperator(url, token);
    try {
      await becomes(
        async () => {
          const answer = await operator.call('config.get');
          const read = running.parse(answer.ok ? answer.payload : null);
          const applied = read.configRevisionHash === read.appliedConfigHash;
          return { applied, channels: read.resolved.channels, included: read.includedPaths };
        },
        { applied: true, channels, included },
      );
    } finally {
      operator.close();
    }
  }

  // ---------------------------------------------------------------- people

  /** Asks to be paired and is approved. @returns who */
  async approvedByPairing(account: Account): Promise<string> {
    const person = nextStranger();
    await this.guarded.imsgOf(account).receive(person, 'let me in');
    await becomes(() => this.asking(person, account) !== undefined, true);
    await this.approve(person, account);
    return person;
  }

  async approve(person: string, account: Account): Promise<void> {
    const request = this.asking(person, account);
    if (request === undefined) throw new Error(`${person} does not ask.`);
    await becomes(() => Date.now() >= request.armedAt, true);
    const { key, revision } = request;
    const decision = { key, revision, elevate: false, notifyContact: false };
    expect(await this.#app.handlers['request.approve'](decision)).toEqual(ok(null));
    await becomes(() => this.asking(person, account) === undefined, true);
  }

  async deny(person: string, account: Account): Promise<void> {
    const request = this.asking(person, account);
    if (request === undefined) throw new Error(`${person} does not ask.`);
    const { key, revision } = request;
    expect(await this.#app.handlers['request.deny']({ key, revision })).toEqual(ok(null));
    await becomes(() => this.asking(person, account) === undefined, true);
  }

  /** As the app knows it: the guard's plugin announces everybody who asks. */
  asking(person: string, account: Account): ChatRequestView | undefined {
    return this.#askers().find(({ who, accountId }) => who.text === person && accountId.text === account);
  }

  #askers(): readonly ChatRequestView[] {
    return this.#app
      .snapshot()
      .requests.filter((request) => request.kind === 'chat')
      .filter(({ status }) => status === 'pending');
  }

  /** @returns who nobody may write to, and whose requests nobody sees */
  async blocked(): Promise<string> {
    const person = nextStranger();
    const rules = await this.#app.handlers['guard.rules'](undefined);
    if (!rules.ok) throw new Error(rules.error.message);
    const { revision } = rules.value.policy;
    const people = [{ channel: 'imessage', to: person, note: '' }];
    const change = { type: 'block', people } as const;
    expect(await this.#app.handlers['guard.changeRules']({ revision, change })).toMatchObject({ ok: true });
    return person;
  }

  /**
   * Everybody writes, and exactly this becomes of it. Every account written to needs somebody who is answered and
   * writes last: by then the gateway has dealt with the others. The owner denies whoever asked; the gateway keeps
   * only three of them.
   */
  async expectOutcomes(
    writers: Readonly<Record<string, Writer>>,
    expected: Readonly<Record<string, Outcome>>,
  ) {
    const everybody = Object.entries(writers);
    const answers = Object.entries(expected);
    for (const account of new Set(everybody.map(([, writer]) => writer.account))) {
      const last = everybody.findLast(([, writer]) => writer.account === account)?.[0] ?? '';
      expect(expected[last], `the last to write to ${account}`).toEqual(answered);
    }
    const since = new Map<string, number>();
    for (const account of ['default', 'work'] as const)
      since.set(account, (await this.guarded.imsgOf(account).sent()).length);
    for (const [, { person, account }] of everybody)
      await this.guarded.imsgOf(account).receive(person, 'hello?');
    const outcome = async (name: string): Promise<Outcome | null> => {
      const writer = writers[name];
      if (writer === undefined) return null;
      const texts = await this.#replies(writer, since.get(writer.account) ?? 0);
      const asks = this.asking(writer.person, writer.account) !== undefined;
      return { hears: heard(texts, writer.person), asks };
    };
    for (const [name, wanted] of answers)
      if (wanted.hears !== 'nothing' || wanted.asks) await becomes(async () => outcome(name), wanted);
    await this.#app.handlers['requests.refresh'](undefined);
    const outcomes = await Promise.all(everybody.map(async ([name]) => [name, await outcome(name)] as const));
    expect(Object.fromEntries(outcomes)).toEqual(expected);
    for (const { person, account } of Object.values(writers))
      if (this.asking(person, account) !== undefined) await this.deny(person, account);
  }

  async #replies({ person, account }: Writer, since: number): Promise<readonly string[]> {
    const imsg = this.guarded.imsgOf(account);
    return (await imsg.sent())
      .slice(since)
      .filter((sent) => imsg.isFor(person, sent))
      .map(({ text }) => text);
  }

  async #guardIsKnown(): Promise<void> {
    for (const name of ['default', 'work'] as const) await becomes(() => this.account(name)?.strict, 'on');
  }
}
