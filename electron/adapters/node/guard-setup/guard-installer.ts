/** Puts the send guard into this machine's gateway, updates it, and takes it away again without a trace but rules and spool. */
import { randomUUID } from 'node:crypto';
import {
  accountsInConfig,
  imessage,
  type AccountInConfig,
} from '../../../contract/gateway-config/channel-accounts.ts';
import type { GuardSetupInput, GuardSetupPlan, GuardSetupStep } from '../../../contract/guard/guard-view.ts';
import { keepNewest } from '../../../contract/keep-newest.ts';
import { appError, fail, ok, type AppError, type Result } from '../../../contract/result.ts';
import type { ConfigUndo, GatewayConfigFile } from '../../../core/config-ports.ts';
import type { ConfiguredAccount, GuardInstaller } from '../../../core/guard-ports.ts';
import type { Logger } from '../../../core/ports.ts';
import { changedMeanwhile } from '../gateway-config/editing-refusals.ts';
import { resolveStatePaths } from '../gateway/state-paths.ts';
import { keepAside } from '../settings/keep-aside.ts';
import { reasonOf } from '../system/file-errors.ts';
import { broughtTransport, broughtVersion, type BroughtFiles } from './brought-guard.ts';
import { describeFileChanges, makeFileChanges, type FileChange } from './file-changes.ts';
import { guardFolders } from './guard-folders.ts';
import { planSteps, type SetupSteps } from './setup-plans.ts';
import { partsIn, readRecord } from './setup-record.ts';
import { findImessageAccount, type StrictPlace } from './strict-part.ts';
import { inspectTransportGuard, isTransportGuard } from './transport-guard.ts';
import { transportSettings, type TransportSettings } from './transport-settings.ts';
import { stopsSelfTest } from './transport-test.ts';

/** Previews the owner looked at and left. */
const mostPlans = 10;

export interface GuardInstallerOptions {
  readonly logger: Logger;
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  /** The operating system's idea of the home folder. */
  readonly home: string;
  /** The built guard this app brings: dist/gateway-plugin. */
  readonly bundle: string;
  readonly config: GatewayConfigFile;
  /** Epoch ms, to name a damaged record that is kept aside. */
  readonly now: () => number;
}

export function createGuardInstaller(options: GuardInstallerOptions): GuardInstaller {
  const { config, bundle, env, logger } = options;
  const plans = new Map<string, SetupSteps>();
  const applied = new Map<string, TakeBack>();

  return {
    pluginVersion: broughtVersion(bundle),

    async inspect() {
      const content = await config.read();
      if (!content.ok) return content;
      // Asked on a beat: what the app brings is read only where a guard stands that it can be compared with.
      let read: Promise<BroughtFiles | null> | null = null;
      const brought = () => (read ??= broughtTransport(bundle).catch(() => null));
      const accounts: ConfiguredAccount[] = [];
      for (const account of accountsInConfig(content.value.value)) {
        const place = placeOf(options);
        const settings = transportSettings(content.value.value, account, place);
        const strict = await strictState({ ...account, settings }, place, brought);
        const { channel, allowFrom } = account;
        const inUse = account.enabled || strict === 'on' || strict === 'outdated' || strict === 'broken';
        if (inUse) accounts.push({ channel, account: account.account, allowFrom, strict });
      }
      const { record } = await readRecord(placeOf(options).folders.record).catch(() => ({ record: {} }));
      return ok({ accounts, setUp: partsIn(record) });
    },

    async plan(input) {
      if (env['OPENCLAW_NIX_MODE'] === '1') return fail(managedByNix());
      const place = placeOf(options);
      return await explained(logger, 'guard-setup.not-planned', async () => {
        const steps = await planSteps(input, { place, config, bundle });
        if (!steps.ok) return steps;
        const id = randomUUID();
        const view = await viewOf(id, input, steps.value);
        const programs = view.files.filter(({ path }) => path !== place.folders.record);
        if (input.action !== 'remove' && programs.length === 0 && view.config.length === 0)
          return fail(inPlaceAlready());
        plans.set(id, steps.value);
        keepNewest(plans, mostPlans);
        return ok(view);
      });
    },

    async apply(id, onStep) {
      const steps = plans.get(id);
      if (!plans.delete(id) || steps === undefined) return fail(notValid());
      const { folders } = placeOf(options);
      return await explained(logger, 'guard-setup.failed', async () => {
        const content = await config.read();
        if (!content.ok) return content;
        if (content.value.hash !== steps.hash) return fail(changedMeanwhile());
        if (steps.damagedRecord) keepAside(folders.record, 'corrupt', options.now());
        const done = await carryOut(steps, { root: folders.root, config, onStep });
        if (!done.ok) return done;
        // Only the last one can be taken back exactly.
        applied.clear();
        applied.set(id, done.value);
        return ok(null);
      });
    },

    async undo(id) {
      const takeBack = applied.get(id);
      if (!applied.delete(id) || takeBack === undefined) return fail(notValid());
      return await explained(logger, 'guard-setup.not-undone', () =>
        undoAll(takeBack, placeOf(options).folders.root, config),
      );
    },

    async testTransport(name) {
      const content = await config.read();
      if (!content.ok) return content;
      const account = findImessageAccount(content.value.value, name);
      const cliPath = account?.cliPath ?? null;
      // Only a guard is ever run: a bare imsg would try to deliver the message.
      if (cliPath === null || !isTransportGuard(placeOf(options).folders, cliPath)) return ok('not-stopped');
      return ok((await stopsSelfTest(cliPath, env)) ? 'stopped' : 'not-stopped');
    },
  };
}

// ------------------------------------------------------------------ apply and take back

interface TakeBack {
  readonly files: readonly FileChange[];
  /** Null: the config was not changed. */
  readonly config: ConfigUndo | null;
  readonly filesFirst: boolean;
}

interface Surroundings {
  readonly root: string;
  readonly config: GatewayConfigFile;
  readonly onStep: (step: GuardSetupStep) => void;
}

async function carryOut(steps: SetupSteps, around: Surroundings): Promise<Result<TakeBack>> {
  const { root, config, onStep } = around;
  const { files, filesFirst } = steps;
  if (filesFirst) {
    onStep('files');
    const filesBack = await makeFileChanges(files, root);
    onStep('config');
    const edited = await changeConfig(steps, config);
    if (edited.ok) return ok({ files: filesBack, config: edited.value, filesFirst });
    await makeFileChanges(filesBack, root);
    return edited;
  }
  onStep('config');
  const edited = await changeConfig(steps, config);
  if (!edited.ok) return edited;
  onStep('files');
  try {
    return ok({ files: await makeFileChanges(files, root), config: edited.value, filesFirst });
  } catch (error: unknown) {
    if (edited.value !== null) await takeConfigBack(edited.value, config);
    throw error;
  }
}

async function changeConfig(
  { config: step, hash }: SetupSteps,
  config: GatewayConfigFile,
): Promise<Result<ConfigUndo | null>> {
  switch (step.do) {
    case 'nothing':
      return ok(null);
    case 'edit':
      return await config.edit({ expectedHash: hash, changes: step.changes });
    case 'restore':
      return await config.restore(step.undo);
  }
}

async function undoAll(
  { files, config: undo, filesFirst }: TakeBack,
  root: string,
  config: GatewayConfigFile,
): Promise<Result<null>> {
  if (!filesFirst) await makeFileChanges(files, root);
  const back = undo === null ? ok(null) : await takeConfigBack(undo, config);
  if (back.ok && filesFirst) await makeFileChanges(files, root);
  return back;
}

/** Exact while nobody else wrote to the file, else only what we changed. */
async function takeConfigBack(undo: ConfigUndo, config: GatewayConfigFile): Promise<Result<null>> {
  const restored = await config.restore(undo);
  if (restored.ok) return ok(null);
  if (restored.error.code !== 'config-changed') return restored;
  const content = await config.read();
  if (!content.ok) return content;
  const changes = await config.inverse(undo);
  if (!changes.ok) return changes;
  const edited = await config.edit({ expectedHash: content.value.hash, changes: changes.value });
  return edited.ok ? ok(null) : edited;
}

// ------------------------------------------------------------------ looking

function placeOf({ env, platform, home }: GuardInstallerOptions): StrictPlace {
  const { stateDir } = resolveStatePaths({ env, home });
  return { env, platform, home, stateDir, folders: guardFolders(stateDir) };
}

async function strictState(
  { channel, cliPath, ...expected }: AccountInConfig & { readonly settings: TransportSettings },
  { platform, folders }: StrictPlace,
  brought: () => Promise<BroughtFiles | null>,
): Promise<ConfiguredAccount['strict']> {
  if (channel !== imessage || platform === 'win32') return 'not-offered';
  if (cliPath === null || !isTransportGuard(folders, cliPath)) return 'off';
  const state = await inspectTransportGuard(cliPath, expected, await brought());
  return state === 'complete' ? 'on' : state;
}

async function viewOf(id: string, input: GuardSetupInput, steps: SetupSteps): Promise<GuardSetupPlan> {
  return {
    id,
    input,
    configPath: steps.configPath,
    config: steps.view,
    files: await describeFileChanges(steps.files),
    // The channel runs imsg; nothing else restarts it.
    restartsChannel: input.part === 'strict' && steps.view.length > 0,
  };
}

// ------------------------------------------------------------------ refusals

async function explained<T>(
  logger: Logger,
  event: string,
  run: () => Promise<Result<T>>,
): Promise<Result<T>> {
  try {
    return await run();
  } catch (error: unknown) {
    const reason = reasonOf(error);
    logger.log('warn', event, { reason });
    return fail(appError('setup-failed', `The guard's files could not be written: ${reason}.`));
  }
}

function notValid(): AppError {
  return appError('setup-failed', 'This preview is not valid any more. Look at a new one.');
}

function inPlaceAlready(): AppError {
  return appError('setup-failed', 'This is in place already, and up to date.');
}

function managedByNix(): AppError {
  return appError(
    'config-not-editable',
    'OpenClaw is managed by Nix here. Add the guard to its Nix configuration.',
  );
}
