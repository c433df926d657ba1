/** What a settings document is: reads any version we ever wrote, writes the newest. */
import { z } from 'zod';
import { assertNever, fail, ok, type Result } from '../../contract/result.ts';
import type { Settings } from '../../contract/settings.ts';
import { fillInWhatIsMissing, unnumberedSettings } from './migrations/0001-fill-in-what-is-missing.ts';
import { hideSendText } from './migrations/0002-hide-send-text.ts';
import { chooseNotifications } from './migrations/0003-choose-notifications.ts';
import { rememberGateways } from './migrations/0004-remember-gateways.ts';
import { chooseDateLocale } from './migrations/0005-choose-date-locale.ts';
import { versionZero } from './versions.ts';

/** Add the next migration here; a shipped one is never edited. */
const versions = versionZero(unnumberedSettings)
  .upgrade(fillInWhatIsMissing)
  .upgrade(hideSendText)
  .upgrade(chooseNotifications)
  .upgrade(rememberGateways)
  .upgrade(chooseDateLocale);

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
