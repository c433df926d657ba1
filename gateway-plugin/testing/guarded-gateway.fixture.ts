/** A real throw-away gateway with the built plugin, a scripted model and, if wanted, the transport guard in front of imsg. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureOpenClaw } from '../../build/demo/openclaw-install.ts';
import { createScriptedMessages } from '../../build/demo/scripted-messages.ts';
import type { ScriptedMessages } from '../../build/demo/scripted-messages.ts';
import { startThrowawayGateway } from '../../build/demo/throwaway-gateway.ts';
import type { ConfigOverrides, ThrowawayGateway } from '../../build/demo/throwaway-gateway.ts';
import { makeThrowawayRoot } from '../../build/demo/throwaway-root.ts';
import { waitUntil } from '../../build/demo/wait-until.ts';
import type { BlockedSend } from '../../electron/contract/guard/blocked-send.ts';
import { emptyPolicy } from '../../electron/contract/guard/policy.ts';
import type { AccountPolicy, Policy } from '../../electron/contract/guard/policy.ts';
import { buildGatewayPlugin } from '../../build/gateway-plugin.ts';
import { installTransportGuard } from './installed-guard.fixture.ts';
import { guardFiles } from '../store/guard-files.ts';
import type { GuardFiles } from '../store/guard-files.ts';
import { readPolicyState, updatePolicy } from '../store/policy-file.ts';
import { readSpool, removeSpooled } from '../store/spool.ts';
import { askingScriptedModel, startScriptedModel } from './scripted-model.double.ts';
import type { ScriptedModel } from './scripted-model.double.ts';

/** Agent turns and commands of a real gateway on a busy machine. */
export const turnDeadline = 600_000;

export interface GuardedOptions {
  readonly plugin: boolean;
  readonly strict: boolean;
  readonly holdSeconds: number;
  readonly allowFrom: readonly string[];
  /** A second iMessage account with an imsg and, in strict mode, a guard of its own. */
  readonly secondAccount?: {
    readonly name: string;
    /** Default: as the first. */
    readonly strict?: boolean;
    /** Of its own in the config. */
    readonly settings?: ConfigOverrides;
  };
  /** Beside the channel, the model and the plugin. */
  readonly config?: ConfigOverrides;
}

export interface GuardedGateway {
  readonly gateway: ThrowawayGateway;
  readonly files: GuardFiles;
  readonly model: ScriptedModel;
  /** The built plugin. */
  readonly plugin: string;
  /** What the gateway runs as imsg: the transport guard in strict mode. */
  readonly cliPath: string;
  /** The same for the second account. */
  readonly secondCliPath: string | null;
  /** The scripted imsg itself. */
  readonly realImsg: string;
  /** The messages of one account. */
  imsgOf(account: string): ScriptedMessages;
  setPolicy(change: (policy: Policy) => Policy): void;
  /** Texts that reached the account's imsg for exactly this number. */
  sentTo(to: string, account?: string): Promise<readonly string[]>;
  /** Everything imsg was ever asked to do that names one of these numbers, and whatever reached one. */
  reachedImsg(numbers: readonly string[], account?: string): Promise<readonly string[]>;
  /** Stopped sends to this recipient, as written or canonical. */
  stoppedFor(to: string): readonly BlockedSend[];
  waitForStopped(to: string, state: BlockedSend['state']): Promise<BlockedSend>;
  forgetStopped(): void;
  /** From now on, after a restart. */
  holdFor(seconds: number): Promise<void>;
  stop(): Promise<void>;
}

export const restricted: AccountPolicy = {
  channel: 'imessage',
  account: 'default',
  unlisted: 'ask',
  pairingReply: 'send',
  allowTo: [],
  denyTo: [],
};

/** An account whose rules allow these people and ask about everybody else. */
export function allowing(to: readonly string[], change: Partial<AccountPolicy> = {}): AccountPolicy {
  return { ...restricted, allowTo: to.map((each) => ({ to: each, until: null, note: '' })), ...change };
}

export async function startGuardedGateway(options: GuardedOptions): Promise<GuardedGateway> {
  const root = await makeThrowawayRoot();
  const model = await startScriptedModel();
  const plugin = await buildGatewayPlugin(join(root, 'plugin'));
  const openclaw = await ensureOpenClaw();
  // Where the throw-away gateway will keep its state: the guard is in place before it starts.
  const stateDir = join(root, 'gateway', 'home', '.openclaw');
  const place = { root, stateDir, plugin, node: openclaw.node };
  const cliPath = await placeImsg(place, 'default', options.strict);
  const { secondAccount } = options;
  const secondCliPath =
    secondAccount === undefined
      ? null
      : await placeImsg(place, secondAccount.name, secondAccount.strict ?? options.strict);
  const second =
    secondAccount === undefined
      ? {}
      : {
          defaultAccount: 'default',
          accounts: {
            default: {},
            [secondAccount.name]: { cliPath: secondCliPath, ...secondAccount.settings },
          },
        };
  const gateway = await startThrowawayGateway({
    openclaw,
    root: join(root, 'gateway'),
    config: gatewayConfig(options, plugin, model.baseUrl, { cliPath, ...second }),
    onLog: (line) => {
      if (process.env['GUARD_TEST_LOG'] !== undefined) process.stderr.write(`${line}\n`);
    },
  }).catch(async (error: unknown) => {
    await rest();
    throw error;
  });
  const files = guardFiles(gateway.stateDir);
  const messages = new Map([['default', gateway.imsg]]);
  const imsgOf = (account: string): ScriptedMessages => {
    const known = messages.get(account) ?? createScriptedMessages(imsgDirOf(root, account));
    messages.set(account, known);
    return known;
  };
  const stoppedFor = (to: string): readonly BlockedSend[] =>
    readSpool(files).sends.filter((send) =>
      send.targets.some((target) => target.to === to || target.key === to),
    );
  return {
    gateway,
    files,
    model,
    plugin,
    cliPath,
    secondCliPath,
    realImsg: realImsgOf(root, 'default'),
    reachedImsg: async (numbers, account = 'default') => {
      const log = await readFile(join(imsgDirOf(root, account), 'log.jsonl'), 'utf8');
      const asked = log.split('\n').filter((line) => line !== '' && !line.includes('"received":'));
      return asked.filter((line) => numbers.some((number) => line.includes(number)));
    },
    imsgOf,
    sentTo: async (to, account = 'default') =>
      (await imsgOf(account).sent()).filter((sent) => sent.to === to).map((sent) => sent.text),
    stoppedFor,
    waitForStopped: (to, state) =>
      waitUntil(
        `A ${state} send to ${to}`,
        () => stoppedFor(to).find((send) => send.state === state),
        turnDeadline,
      ),
    forgetStopped: () => {
      for (const send of readSpool(files).sends) removeSpooled(files, send.id);
    },
    holdFor: async (seconds) => {
      const text = await readFile(gateway.configPath, 'utf8');
      const changed = text.replace(/"holdSeconds": \d+/u, `"holdSeconds": ${String(seconds)}`);
      await writeFile(gateway.configPath, changed);
      await gateway.restart();
    },
    setPolicy: (change) => {
      const state = readPolicyState(files);
      const before = state.status === 'ready' ? state.policy : emptyPolicy;
      const updated = updatePolicy(files, before.revision, change);
      if (!updated.ok) throw new Error(`The test policy was not taken: ${JSON.stringify(updated.error)}`);
    },
    stop: async () => {
      await gateway.stop();
      await rest();
    },
  };

  async function rest(): Promise<void> {
    await model.stop();
    await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

function gatewayConfig(
  options: GuardedOptions,
  plugin: string,
  baseUrl: string,
  imessage: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const guard = { enabled: true, config: { holdSeconds: options.holdSeconds } };
  return {
    channels: {
      imessage: {
        ...imessage,
        allowFrom: options.allowFrom,
        textChunkLimit: 20_000,
        // On a busy machine imsg takes its time to say what it can do; a send must not fail on that.
        probeTimeoutMs: turnDeadline,
      },
    },
    // A session for each person, so that turns of different people run side by side.
    session: { dmScope: 'per-channel-peer' },
    ...askingScriptedModel(baseUrl),
    ...options.config,
    ...(options.plugin
      ? { plugins: { load: { paths: [plugin] }, entries: { 'portcullis-guard': guard } } }
      : {}),
  };
}

/** The scripted imsg of one account and, in strict mode, the transport guard in front of it. @returns the `cliPath` */
async function placeImsg(place: Place, account: string, strict: boolean): Promise<string> {
  const imsg = realImsgOf(place.root, account);
  const script = fileURLToPath(new URL('../../build/demo/scripted-imsg/imsg.mjs', import.meta.url));
  // The default account's folder is the gateway's own; another account has one of its own, to tell them apart.
  const folder = `SCRIPTED_IMSG_DIR='${imsgDirOf(place.root, account)}'`;
  await writeFile(imsg, `#!/bin/sh\n${folder} exec '${place.node}' '${script}' "$@"\n`, { mode: 0o755 });
  if (!strict) return imsg;
  return await installTransportGuard({
    stateDir: place.stateDir,
    account,
    imsg,
    built: place.plugin,
    node: place.node,
  });
}

interface Place {
  readonly root: string;
  readonly stateDir: string;
  readonly plugin: string;
  readonly node: string;
}

function realImsgOf(root: string, account: string): string {
  return join(root, `imsg-of-${account}`);
}

function imsgDirOf(root: string, account: string): string {
  return account === 'default' ? join(root, 'gateway', 'imsg') : join(root, `messages-of-${account}`);
}
