/** A living demo: a throw-away gateway and a gentle stream of visitors, each answered for real by whoever watches. */
import { setTimeout as delay } from 'node:timers/promises';
import type { GatewayClient } from '@openclaw/gateway-client';
import { assistantConnects, assistantWrites } from './assistant.ts';
import { asksAboutStrangers, setRules, startGuardedGateway } from './guarded-gateway.ts';
import { ensureOpenClaw, type InstallOptions } from './openclaw-install.ts';
import type { ThrowawayGateway } from './throwaway-gateway.ts';
import {
  deviceAsksToPair,
  nodeConnects,
  operatorConnects,
  strangerWrites,
  watchPairings,
  type ConnectedNode,
} from './visitors.ts';

export interface DemoOptions {
  /** Progress and what happens at the gate, one plain line each. */
  readonly onLine: (line: string) => void;
  readonly cacheDir?: string;
  /** Resolves when the next visitor of a round may come, at the latest when the demo ends. Default: after 20 s. */
  readonly untilNextVisitor?: (leaving: AbortSignal) => Promise<unknown>;
}

export interface Demo {
  /** Full environment for the app: it finds the demo gateway as if it were the machine's own. */
  readonly env: NodeJS.ProcessEnv;
  readonly gateway: ThrowawayGateway;
  /** Ends every process of the demo and removes its files. */
  stop(): Promise<void>;
}

const PAUSE_MS = 20_000;
/** Long enough to look around in peace, short enough that the demo stays alive. */
const NEXT_ROUND_MS = 4 * 60_000;
const TOLD_POLL_MS = 1_000;

const aWhile = (leaving: AbortSignal): Promise<void> => delay(PAUSE_MS, undefined, { signal: leaving });

export async function runDemo(options: DemoOptions): Promise<Demo> {
  const { onLine } = options;
  const install: InstallOptions = {
    onProgress: onLine,
    ...(options.cacheDir === undefined ? {} : { cacheDir: options.cacheDir }),
  };
  const openclaw = await ensureOpenClaw(install);
  onLine('Starting a throw-away OpenClaw gateway (about 20 seconds) …');
  const gateway = await startGuardedGateway({ openclaw });
  const visit = new Visit(gateway, onLine, options.untilNextVisitor ?? aWhile);
  try {
    await askAboutStrangers(gateway);
    onLine(`The gateway runs at ${gateway.url}. Visitors are on their way.`);
    await visit.begin();
  } catch (error: unknown) {
    await gateway.stop();
    throw error;
  }
  return {
    env: gateway.env,
    gateway,
    async stop() {
      await visit.end();
      await gateway.stop();
    },
  };
}

async function askAboutStrangers(gateway: ThrowawayGateway): Promise<void> {
  const scopes = ['operator.read', 'operator.approvals'];
  const operator = await operatorConnects(gateway, scopes, () => undefined);
  await setRules(operator, (rules) => ({ ...rules, accounts: [asksAboutStrangers] }));
  await operator.stopAndWait();
}

interface Round {
  readonly stranger: string;
  readonly greeting: string;
  readonly reminder: string;
  readonly device: { readonly name: string; readonly platform: string; readonly deviceFamily: string };
  readonly node: string;
  /** Written by the assistant, to somebody nobody has allowed. */
  readonly message: { readonly to: string; readonly text: string };
}

const rounds: readonly Round[] = [
  {
    stranger: '+15551230001',
    greeting: 'Hi, Sam gave me this number. Can you help me with the invoice?',
    reminder: 'Hello? Are you there?',
    device: { name: "Robin's phone", platform: 'ios', deviceFamily: 'iPhone' },
    node: 'Workshop computer',
    message: {
      to: '+15551230101',
      text: 'Hi Jo, Sam asked me to send you the offer: 4,200 for the kitchen. Please keep it to yourself.',
    },
  },
  {
    stranger: '+15551230002',
    greeting: 'Is this the assistant? I have a question about Friday.',
    reminder: 'It is rather urgent.',
    device: { name: 'Kitchen tablet', platform: 'android', deviceFamily: 'Android' },
    node: 'Media server',
    message: {
      to: '+15551230102',
      text: 'Friday works. The door code is 4711.',
    },
  },
  {
    stranger: 'kim@example.com',
    greeting: 'Good morning, may I book a table for four?',
    reminder: 'For eight tonight, if possible.',
    device: { name: "Alex's laptop", platform: 'win32', deviceFamily: 'Windows' },
    node: 'Garden camera box',
    message: {
      to: 'jo@example.com',
      text: 'Your table for four is booked. The card ending in 0042 is charged.',
    },
  },
];

/** The visitors and everything they leave open. */
class Visit {
  readonly #gateway: ThrowawayGateway;
  readonly #onLine: (line: string) => void;
  readonly #untilNextVisitor: (leaving: AbortSignal) => Promise<unknown>;
  readonly #leaving = new AbortController();
  readonly #nodes: ConnectedNode[] = [];
  /** Pending request id → how to name who asked. */
  readonly #asked = new Map<string, string>();
  readonly #connections: GatewayClient[] = [];
  #reportedSends = 0;
  #running: Promise<unknown> = Promise.resolve();

  constructor(
    gateway: ThrowawayGateway,
    onLine: (line: string) => void,
    untilNextVisitor: (leaving: AbortSignal) => Promise<unknown>,
  ) {
    this.#gateway = gateway;
    this.#onLine = onLine;
    this.#untilNextVisitor = untilNextVisitor;
  }

  async begin(): Promise<void> {
    const watch = await watchPairings(this.#gateway, (news) => {
      const who = this.#asked.get(news.requestId) ?? (news.kind === 'node' ? 'A machine' : null);
      if (who !== null && news.decision !== 'removed') this.#onLine(`${who} was ${news.decision}.`);
    });
    this.#connections.push(watch);
    const assistant = await assistantConnects(this.#gateway);
    this.#connections.push(assistant);
    this.#running = Promise.all([
      this.#untilLeaving(this.#receive(assistant)),
      this.#untilLeaving(this.#reportSent()),
    ]);
  }

  async end(): Promise<void> {
    this.#leaving.abort();
    await this.#running;
    await Promise.allSettled([
      ...this.#connections.map((client) => client.stopAndWait()),
      ...this.#nodes.map((node) => node.disconnect()),
    ]);
  }

  async #receive(assistant: GatewayClient): Promise<void> {
    for (let count = 0; ; count += 1) {
      const round = rounds[count % rounds.length];
      if (round === undefined) return;
      // From the second time through, the same people come under new names, so that nobody is "already in".
      const suffix = count < rounds.length ? '' : ` ${String(Math.floor(count / rounds.length) + 1)}`;
      await this.#playRound(assistant, round, suffix);
      await this.#pause(NEXT_ROUND_MS);
    }
  }

  async #playRound(assistant: GatewayClient, round: Round, suffix: string): Promise<void> {
    const stranger = suffix === '' ? round.stranger : nextAddress(round.stranger, suffix.trim());
    this.#onLine(`${stranger} writes: "${round.greeting}"`);
    await strangerWrites(this.#gateway, stranger, round.greeting);
    await this.#nextVisitor();

    const { to, text } = round.message;
    this.#onLine(`The assistant writes to ${to}, whom nobody has allowed: "${text}"`);
    // It waits for the owner; the others keep coming.
    void assistantWrites(assistant, to, text).then((outcome) => {
      if (this.#leaving.signal.aborted) return;
      if (!outcome.sent) this.#onLine(`The message to ${to} was not sent: ${outcome.why}`);
    });
    await this.#nextVisitor();

    const deviceName = round.device.name + suffix;
    this.#onLine(`${deviceName} asks to pair.`);
    const scopes = ['operator.read', 'operator.write'];
    const device = await deviceAsksToPair(this.#gateway, { ...round.device, name: deviceName, scopes });
    this.#asked.set(device.requestId, deviceName);
    await this.#nextVisitor();

    const nodeName = round.node + suffix;
    this.#onLine(`${nodeName} offers to run commands for the agent.`);
    const commands = ['system.run', 'system.which'];
    this.#nodes.push(await nodeConnects(this.#gateway, { name: nodeName, commands }));
    await this.#nextVisitor();

    this.#onLine(`${stranger} writes again: "${round.reminder}"`);
    await strangerWrites(this.#gateway, stranger, round.reminder);
  }

  /** What really left: answers to strangers go into their chat, everything else names its recipient. */
  async #reportSent(): Promise<void> {
    for (;;) {
      const sent = await this.#gateway.imsg.sent();
      for (const message of sent.slice(this.#reportedSends)) {
        const firstLine = message.text.split('\n')[0] ?? '';
        this.#onLine(
          message.to === null
            ? `The stranger was told: "${firstLine}"`
            : `${message.to} was sent: "${firstLine}"`,
        );
      }
      this.#reportedSends = sent.length;
      await this.#pause(TOLD_POLL_MS);
    }
  }

  async #nextVisitor(): Promise<void> {
    await this.#untilNextVisitor(this.#leaving.signal);
    this.#leaving.signal.throwIfAborted();
  }

  async #pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.#leaving.signal });
  }

  /** Ends quietly when the demo ends; a visitor who could not come is said, not hidden. */
  async #untilLeaving(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error: unknown) {
      if (this.#leaving.signal.aborted) return;
      this.#onLine(`The visitors stopped coming: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

function nextAddress(address: string, number: string): string {
  return address.includes('@')
    ? address.replace('@', `${number}@`)
    : `${address.slice(0, -2)}${number.padStart(2, '0')}`;
}
