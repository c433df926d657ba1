/**
 * The plugin in the gateway: its own folder, named in `plugins.load.paths`. The gateway loads, replaces and drops it
 * when the config changes; `openclaw plugins install` would take four times as long, and `uninstall` leaves traces.
 */
import { join, sep } from 'node:path';
import { appError, fail, ok, type Result } from '../../../contract/result.ts';
import type { ConfigChange, Json } from '../../../core/config-ports.ts';
import { isJsonArray, isJsonObject, valueAt } from '../../../contract/gateway-config/json.ts';
import { pluginId, pluginIn, type BroughtFiles } from './brought-guard.ts';
import { privateMode, type FileChange } from './file-changes.ts';
import type { GuardFolders } from './guard-folders.ts';

const loadPaths = ['plugins', 'load', 'paths'];
const entry = ['plugins', 'entries', pluginId];
const allow = ['plugins', 'allow'];

export function pluginFiles(folder: string, brought: BroughtFiles): readonly FileChange[] {
  return brought.files.map(({ name, content }) => ({ path: join(folder, name), content, mode: privateMode }));
}

/** @param folder of the build that is to be loaded */
export async function pluginInstallChanges(
  config: Json,
  folder: string,
  folders: GuardFolders,
): Promise<Result<readonly ConfigChange[]>> {
  const refusal = whyNotLoaded(config);
  if (refusal !== null) return fail(appError('setup-failed', refusal));
  const others = await otherPaths(config, folders);
  const allowed = valueAt(config, allow);
  const changes: ConfigChange[] = [
    { path: loadPaths, value: [...others, folder] },
    // Settings of an entry that is there already stay.
    isJsonObject(valueAt(config, entry))
      ? { path: [...entry, 'enabled'], value: true }
      : { path: entry, value: { enabled: true } },
  ];
  if (isJsonArray(allowed) && allowed.length > 0 && !allowed.includes(pluginId))
    changes.push({ path: allow, value: [...allowed, pluginId] });
  return ok(changes);
}

/** What is still there of the plugin, whoever put it there. */
export async function pluginLeftovers(config: Json, folders: GuardFolders): Promise<readonly ConfigChange[]> {
  const paths = valueAt(config, loadPaths);
  const others = await otherPaths(config, folders);
  const changes: ConfigChange[] = [];
  if (isJsonArray(paths) && others.length < paths.length)
    changes.push({ path: loadPaths, value: others.length === 0 ? undefined : others });
  if (valueAt(config, [...entry, 'enabled']) === true) changes.push({ path: entry, value: undefined });
  return changes;
}

/** The folder of ours the config names now; null: none. */
export function pluginFolderInUse(config: Json, folders: GuardFolders): string | null {
  const paths = valueAt(config, loadPaths);
  const ours = isJsonArray(paths) ? paths.find((path) => isOurs(path, folders)) : undefined;
  return typeof ours === 'string' ? ours : null;
}

function whyNotLoaded(config: Json): string | null {
  const denied = valueAt(config, ['plugins', 'deny']);
  if (valueAt(config, ['plugins', 'enabled']) === false)
    return 'Plugins are switched off in OpenClaw (plugins.enabled). Switch them on there first.';
  if (isJsonArray(denied) && denied.includes(pluginId))
    return `OpenClaw is told never to load ${pluginId} (plugins.deny). Take it off that list first.`;
  return null;
}

/** Without every copy of this plugin: two of them would answer the same calls. */
async function otherPaths(config: Json, folders: GuardFolders): Promise<readonly Json[]> {
  const paths = valueAt(config, loadPaths);
  if (!isJsonArray(paths)) return [];
  const others: Json[] = [];
  for (const path of paths) {
    const copy = typeof path === 'string' && !isOurs(path, folders) && (await pluginIn(path)) === pluginId;
    if (!copy && !isOurs(path, folders)) others.push(path);
  }
  return others;
}

function isOurs(path: Json, folders: GuardFolders): boolean {
  return typeof path === 'string' && path.startsWith(`${folders.plugin}${sep}`);
}
