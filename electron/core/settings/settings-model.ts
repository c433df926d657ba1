/** What a settings document is: reads any version we ever wrote, writes the newest. */
import { z } from 'zod';
import { assertNever, fail, ok, type Result } from '../../contract/result.ts';
import {
  defaultSettings,
  settingsPatchSchema,
  settingsSchema,
  type Settings,
  type SettingsPatch,
} from '../../contract/settings.ts';
import { versionZero, type Migration } from './versions.ts';

/** The newest version: every setting is written out. */
const complete: Migration<SettingsPatch, Settings> = {
  schema: settingsSchema,
  up: (before) => ({ ...defaultSettings, ...before }),
};

/**
 * Version 0 has no number and names only what differs from the defaults, as a person or a set-up script writes it.
 *
 * Every release whose settings differ from those of the one before adds a number, so that an older Portcullis leaves
 * the file alone. Settings that were only added: one more `.upgrade({ schema: settingsPatchSchema, up: (before) =>
 * before })` before `complete`, which fills them in. A setting that means something else now: its former schema, and
 * how it becomes the new one. What was shipped is never edited.
 */
const versions = versionZero<SettingsPatch>(settingsPatchSchema).upgrade(complete);

export const settingsVersion = versions.version;

export type SettingsProblem =
  | { readonly kind: 'damaged'; /** Where and what kind, never a value. */ readonly reason: string }
  /** Written by a newer Portcullis; reading it as ours could lose what we do not know. */
  | { readonly kind: 'newer'; readonly version: number };

/** What the file adapter needs to know about settings, handed to it by the composition. */
export interface SettingsFormat {
  readonly read: (document: unknown) => Result<Settings, SettingsProblem>;
  readonly write: (settings: Settings) => Record<string, unknown>;
  /** A sentence for the log. */
  readonly describe: (problem: SettingsProblem) => string;
}

export const settingsFormat: SettingsFormat = {
  read: readSettings,
  write: writeSettings,
  describe: describeProblem,
};

const envelope = z.looseObject({ version: z.int().nonnegative().default(0) });

function readSettings(document: unknown): Result<Settings, SettingsProblem> {
  const opened = envelope.safeParse(document);
  if (!opened.success) return fail({ kind: 'damaged', reason: describeIssues(opened.error) });
  const { version, ...body } = opened.data;
  if (version > settingsVersion) return fail({ kind: 'newer', version });
  const read = versions.read(body, version);
  return read.ok ? ok(read.value) : fail({ kind: 'damaged', reason: describeIssues(read.error) });
}

function writeSettings(settings: Settings): Record<string, unknown> {
  return { version: settingsVersion, ...settings };
}

function describeProblem(problem: SettingsProblem): string {
  switch (problem.kind) {
    case 'damaged':
      return problem.reason;
    case 'newer':
      return `version ${String(problem.version)} is newer than ${String(settingsVersion)}`;
    default:
      return assertNever(problem);
  }
}

/** Paths and kinds only: somebody may have pasted a token into the file. */
function describeIssues(error: z.ZodError): string {
  return error.issues
    .map(({ path, code }) => `${path.length === 0 ? 'document' : path.map(String).join('.')}: ${code}`)
    .join('; ');
}
