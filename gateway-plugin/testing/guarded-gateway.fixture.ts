/** A real throw-away gateway with the built plugin, a scripted model and, if wanted, the transport guard in front of imsg. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureOpenClaw } from '../../build/demo/openclaw-install.ts';
import { startThrowawayGateway } from '../../build/demo/throwaway-gateway.ts';
import type { ThrowawayGateway } from '../../build/demo/throwaway-gateway.ts';
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
import { startScriptedModel } from './scripted-model.double.ts';
import type { ScriptedModel } from './scripted-model.double.ts';

/** An agent turn in a real gateway on a busy machine. */
export const turnDeadline = 90_000;

export interface GuardedOptions {
  readonly plugin: boolean;
  readonly strict: boolean;
  readonly holdSeconds: number;
  readonly allowFrom: readonly string[];
}

export interface GuardedGateway {
  readonly gateway: ThrowawayGateway;
  readonly files: GuardFiles;
  readonly model: ScriptedModel;
  /** What the gateway runs as imsg: the transport guard in strict mode. */
  readonly cliPath: string;
  /** The scripted imsg itself. */
  readonly realImsg: string;
  setPolicy(change: (policy: Policy) => Policy): void;
  /** Texts that reached imsg for exactly this number. */
  sentTo(to: string): Promise<readonly string[]>;
  /** Everything imsg was ever asked to do that names one of these numbers or is for their conversation. */
  reachedImsg(numbers: readonly string[]): Promise<readonly string[]>;
  /** Stopped sends to this recipient, as written or canonical. */
  stoppedFor(to: string): readonly BlockedSend[];
  waitForStopped(to: string, state: BlockedSend['state']): Promise<BlockedSend>;
  forgetStopped(): void;
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

export async function startGuardedGateway(options: GuardedOptions): Promise<GuardedGateway> {
  const root = await mkdtemp(join(tmpdir(), 'portcullis-guarded-'));
  const model = await startScriptedModel();
  const plugin = await buildGatewayPlugin(join(root, 'plugin'));
  const openclaw = await ensureOpenClaw();
  const gateway = await startThrowawayGateway({
    openclaw,
    root: join(root, 'gateway'),
    config: gatewayConfig(options, plugin, model.baseUrl),
    onLog: (line) => {
      if (process.env['GUARD_TEST_LOG'] !== undefined) process.stderr.write(`${line}\n`);
    },
  });
  const files = guardFiles(gateway.stateDir);
  const realImsg = (await readConfig(gateway)).channels.imessage.cliPath;
  if (options.strict) await goStrict(gateway, plugin, openclaw.node);
  const cliPath = (await readConfig(gateway)).channels.imessage.cliPath;
  const stoppedFor = (to: string): readonly BlockedSend[] =>
    readSpool(files).sends.filter((send) =>
      send.targets.some((target) => target.to === to || target.key === to),
    );
  return {
    gateway,
    files,
    model,
    cliPath,
    realImsg,
    reachedImsg: async (numbers) => {
      const log = await readFile(join(gateway.root, 'imsg', 'log.jsonl'), 'utf8');
      const asked = log.split('\n').filter((line) => line !== '' && !line.includes('"received":'));
      const named = asked.filter((line) => numbers.some((number) => line.includes(number)));
      const answered = (await gateway.imsg.sent()).filter((sent) =>
        numbers.some((number) => sent.chatId !== null && gateway.imsg.isFor(number, sent)),
      );
      return [...named, ...answered.map((sent) => JSON.stringify(sent))];
    },
    sentTo: async (to) =>
      (await gateway.imsg.sent()).filter((sent) => sent.to === to).map((sent) => sent.text),
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
    setPolicy: (change) => {
      const state = readPolicyState(files);
      const before = state.status === 'ready' ? state.policy : emptyPolicy;
      const updated = updatePolicy(files, before.revision, change, Date.now());
      if (!updated.ok) throw new Error(`The test policy was not taken: ${JSON.stringify(updated.error)}`);
    },
    stop: async () => {
      await gateway.stop();
      await model.stop();
      await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

function gatewayConfig(options: GuardedOptions, plugin: string, baseUrl: string): Record<string, unknown> {
  const guard = { enabled: true, config: { holdSeconds: options.holdSeconds } };
  return {
    channels: { imessage: { allowFrom: options.allowFrom, textChunkLimit: 20_000 } },
    // A session for each person, so that turns of different people run side by side.
    session: { dmScope: 'per-channel-peer' },
    agents: { defaults: { model: { primary: 'scripted/scripted' } } },
    models: {
      mode: 'merge',
      providers: {
        scripted: {
          baseUrl,
          apiKey: 'none',
          api: 'openai-completions',
          models: [
            {
              id: 'scripted',
              name: 'Scripted',
              reasoning: false,
              input: ['text'],
              contextWindow: 200_000,
              maxTokens: 8000,
            },
          ],
        },
      },
    },
    ...(options.plugin
      ? { plugins: { load: { paths: [plugin] }, entries: { 'portcullis-guard': guard } } }
      : {}),
  };
}

/** Puts the transport guard at `cliPath`, as switching strict mode on does, and starts the gateway on it. */
async function goStrict(gateway: ThrowawayGateway, built: string, node: string): Promise<void> {
  const config = await readConfig(gateway);
  config.channels.imessage.cliPath = await installTransportGuard({
    stateDir: gateway.stateDir,
    imsg: config.channels.imessage.cliPath,
    built,
    node,
  });
  await gateway.halt();
  await writeFile(gateway.configPath, JSON.stringify(config, null, 2), { mode: 0o600 });
  await gateway.start();
}

interface GatewayConfig {
  readonly channels: { readonly imessage: { cliPath: string } };
}

async function readConfig(gateway: ThrowawayGateway): Promise<GatewayConfig> {
  return JSON.parse(await readFile(gateway.configPath, 'utf8')) as GatewayConfig;
}
