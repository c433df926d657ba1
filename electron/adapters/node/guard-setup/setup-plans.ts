/** Works out one set-up step as data: which files, which config change, and what to remember. Writes nothing. */
import { dirname, join } from 'node:path';
import type { ConfigChangeView, GuardSetupInput } from '../../../contract/guard/guard-view.ts';
import { appError, fail, ok, type AppError, type Result } from '../../../contract/result.ts';
import type {
  ConfigChange,
  ConfigUndo,
  GatewayConfigContent,
  GatewayConfigFile,
  Json,
} from '../../../core/config-ports.ts';
import { withChange } from '../../../contract/gateway-config/json.ts';
import { broughtPlugin, broughtTransport } from './brought-guard.ts';
import { privateMode, type FileChange } from './file-changes.ts';
import { accountFolder } from './guard-folders.ts';
import { pluginFiles, pluginFolderInUse, pluginInstallChanges, pluginLeftovers } from './plugin-part.ts';
import { formatRecord, joinUndo, readRecord, recordKey, type SetupRecord } from './setup-record.ts';
import {
  findImessageAccount,
  planStrictInstall,
  strictLeftovers,
  type PartChanges,
  type StrictPlace,
} from './strict-part.ts';
import { removeBuilds } from './transport-guard.ts';

export interface PlanParts {
  readonly place: StrictPlace;
  readonly config: GatewayConfigFile;
  /** dist/gateway-plugin of this app. */
  readonly bundle: string;
}

export type ConfigStep =
  | { readonly do: 'nothing' }
  | { readonly do: 'edit'; readonly changes: readonly ConfigChange[] }
  /** Nobody wrote to the file since: the very bytes come back. */
  | { readonly do: 'restore'; readonly undo: ConfigUndo };

export interface SetupSteps {
  /** The config this was made from. */
  readonly hash: string;
  readonly configPath: string;
  readonly view: readonly ConfigChangeView[];
  readonly config: ConfigStep;
  readonly files: readonly FileChange[];
  /** Programs are there before the config names them, and go after it no longer does. */
  readonly filesFirst: boolean;
  /** Not read, so kept aside rather than written over. */
  readonly damagedRecord: boolean;
}

export async function planSteps(input: GuardSetupInput, parts: PlanParts): Promise<Result<SetupSteps>> {
  const content = await parts.config.read();
  if (!content.ok) return content;
  const record = await readRecord(parts.place.folders.record);
  const context: Context = { ...parts, input, content: content.value, ...record };
  return input.action === 'remove' ? await planRemoval(context) : await planInstall(context);
}

interface Context extends PlanParts {
  readonly input: GuardSetupInput;
  readonly content: GatewayConfigContent;
  readonly record: SetupRecord;
  readonly damagedRecord: boolean;
}

// ------------------------------------------------------------------ install and update

async function planInstall(context: Context): Promise<Result<SetupSteps>> {
  const { content, config, input, record } = context;
  const wanted =
    input.part === 'plugin' ? await wantedPlugin(context) : await wantedStrict(context, input.account);
  if (!wanted.ok) return wanted;
  const preview = await config.preview(wanted.value.changes);
  if (!preview.ok) return preview;
  if (preview.value.hash !== content.hash) return fail(changedWhilePlanning());
  const { undo, changes } = preview.value;
  const key = recordKey(input);
  const earlier = record[key];
  const kept =
    changes.length === 0
      ? record
      : { ...record, [key]: earlier === undefined ? undo : joinUndo(earlier, undo, content.hash) };
  return ok({
    ...common(context),
    view: changes,
    config: changes.length === 0 ? { do: 'nothing' } : { do: 'edit', changes: wanted.value.changes },
    files: [...wanted.value.files, recordFile(context, kept)],
    filesFirst: true,
  });
}

async function wantedPlugin({ content, place, bundle }: Context): Promise<Result<PartChanges>> {
  const brought = await broughtPlugin(bundle).catch(() => null);
  if (brought === null) return fail(bringsNone());
  const folder = join(place.folders.plugin, brought.build);
  const changes = await pluginInstallChanges(content.value, folder, place.folders);
  if (!changes.ok) return changes;
  // The build in use stays until the next time: the gateway may have to go back to it.
  const inUse = pluginFolderInUse(content.value, place.folders);
  const old = await removeBuilds(place.folders.plugin, inUse === null ? [folder] : [folder, inUse]);
  return ok({ changes: changes.value, files: [...pluginFiles(folder, brought), ...old] });
}

async function wantedStrict(context: Context, name: string): Promise<Result<PartChanges>> {
  const { content, place, bundle, record, input } = context;
  if (place.platform === 'win32')
    return fail(
      appError('setup-failed', 'Strict mode stands in front of imsg, which runs on a Mac or Linux.'),
    );
  const account = findImessageAccount(content.value, name);
  if (account === null) return fail(appError('setup-failed', `OpenClaw has no iMessage account "${name}".`));
  const brought = await broughtTransport(bundle).catch(() => null);
  if (brought === null) return fail(bringsNone());
  const undo = record[recordKey(input)];
  const planned = await planStrictInstall(content.value, account, { place, brought, undo });
  if (!planned.ok) return planned;
  const folder = join(accountFolder(place.folders, name), brought.build);
  const inUse = account.cliPath === null ? [] : [dirname(account.cliPath)];
  const old = await removeBuilds(accountFolder(place.folders, name), [folder, ...inUse]);
  return ok({ changes: planned.value.changes, files: [...planned.value.files, ...old] });
}

// ------------------------------------------------------------------ removal

async function planRemoval(context: Context): Promise<Result<SetupSteps>> {
  const { config, content, input, place, record } = context;
  const key = recordKey(input);
  const undo = record[key];
  const inverse = undo === undefined ? ok([]) : await config.inverse(undo);
  if (!inverse.ok) return inverse;
  const exact = undo?.hash === content.hash;
  const changes = exact ? inverse.value : [...inverse.value, ...(await leftovers(context, inverse.value))];
  const preview = await config.preview(changes);
  if (!preview.ok) return preview;
  if (preview.value.hash !== content.hash) return fail(changedWhilePlanning());
  const folder = input.part === 'plugin' ? place.folders.plugin : accountFolder(place.folders, input.account);
  const programs = await removeBuilds(folder, []);
  if (undo === undefined && programs.length === 0 && preview.value.changes.length === 0)
    return fail(appError('setup-failed', 'There is nothing of it left to remove.'));
  const rest = Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
  return ok({
    ...common(context),
    view: preview.value.changes,
    config: configRemoval(exact ? undo : undefined, changes),
    files: [...programs, recordFile(context, rest)],
    filesFirst: false,
  });
}

function configRemoval(exact: ConfigUndo | undefined, changes: readonly ConfigChange[]): ConfigStep {
  if (exact !== undefined) return { do: 'restore', undo: exact };
  return changes.length === 0 ? { do: 'nothing' } : { do: 'edit', changes };
}

/** What the record does not know of, in the config as it will be. */
async function leftovers(
  { input, content, place }: Context,
  changes: readonly ConfigChange[],
): Promise<readonly ConfigChange[]> {
  const after = changes.reduce<Json>((value, change) => withChange(value, change) ?? value, content.value);
  if (input.part === 'plugin') return await pluginLeftovers(after, place.folders);
  const account = findImessageAccount(after, input.account);
  return account === null ? [] : await strictLeftovers(after, account, place.folders);
}

// ------------------------------------------------------------------ the record

function recordFile({ place }: Context, record: SetupRecord): FileChange {
  const text = formatRecord(record);
  return {
    path: place.folders.record,
    content: text === null ? null : Buffer.from(text),
    mode: privateMode,
  };
}

function common({
  content,
  damagedRecord,
}: Context): Pick<SetupSteps, 'hash' | 'configPath' | 'damagedRecord'> {
  return { hash: content.hash, configPath: content.path, damagedRecord };
}

function changedWhilePlanning(): AppError {
  return appError('config-changed', 'The config of OpenClaw was just changed. Try again.', true);
}

function bringsNone(): AppError {
  return appError('setup-failed', 'This copy of Portcullis brings no send guard. Build or install it again.');
}
