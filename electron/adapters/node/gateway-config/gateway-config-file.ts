/** The config file of this machine's gateway: read, previewed, edited in place and taken back, never overwritten blindly. */
import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { appError, fail, ok, type AppError, type Result } from '../../../contract/result.ts';
import type {
  ConfigChange,
  ConfigPreview,
  ConfigSplice,
  ConfigUndo,
  GatewayConfigContent,
  GatewayConfigFile,
} from '../../../core/config-ports.ts';
import type { Logger } from '../../../core/ports.ts';
import { hasCode, reasonOf } from '../system/file-errors.ts';
import { replaceFile } from '../system/replace-file.ts';
import { editConfigText, editingProblem, findIncludes, readConfigValue } from './config-text.ts';
import { applySplice, reversed } from './config-splices.ts';
import { inverseChanges, turned, undoFacts, viewOf } from '../../../contract/gateway-config/value-edit.ts';
import { withConfigWriteLock } from './config-write-lock.ts';
import { byHand, changedMeanwhile, includeInTheWay, metaInTheWay } from './editing-refusals.ts';

/** OpenClaw's own writers wait up to 15 s for each other; ours are part of a click. */
const lockPatienceMs = 10_000;
const mostBytes = 5_000_000;
/**
 * Between two replacements of the file. OpenClaw watches it with chokidar, which loses a file that is replaced twice
 * within about 5 ms for good (measured: 19 of 20 times at 2 ms, never from 10 ms on).
 */
const watcherGapMs = 100;

export interface GatewayConfigFileOptions {
  /** Asked anew for every operation: the state folder may appear later. */
  readonly configPath: () => string;
  readonly logger: Logger;
}

export function createGatewayConfigFile({ configPath, logger }: GatewayConfigFileOptions): GatewayConfigFile {
  const load = (): Promise<Result<Loaded>> => loadConfig(configPath());
  /** Ends when the file may be replaced again. */
  let gap: Promise<unknown> = Promise.resolve();

  return {
    async read() {
      const loaded = await load();
      return loaded.ok ? ok(loaded.value.content) : loaded;
    },

    async preview(changes) {
      const loaded = await load();
      if (!loaded.ok) return loaded;
      const edited = planEdit(loaded.value, changes);
      return edited.ok ? ok(edited.value.preview) : edited;
    },

    async edit({ expectedHash, changes }) {
      return await underLock(async () => {
        const loaded = await load();
        if (!loaded.ok) return loaded;
        if (loaded.value.content.hash !== expectedHash) return fail(changedMeanwhile());
        const edited = planEdit(loaded.value, changes);
        if (!edited.ok) return edited;
        if (edited.value.text === loaded.value.text) return ok(edited.value.preview.undo);
        const written = await write(loaded.value, edited.value.text);
        return written.ok ? ok(edited.value.preview.undo) : written;
      });
    },

    async restore(undo) {
      return await underLock(async () => {
        const loaded = await load();
        if (!loaded.ok) return loaded;
        if (loaded.value.content.hash !== undo.hash) return fail(changedMeanwhile());
        const { text, back } = putBack(loaded.value.text, undo.splices);
        const written = await write(loaded.value, text);
        if (!written.ok) return written;
        return ok({ hash: hashOf(Buffer.from(text)), splices: back, changes: turned(undo), created: [] });
      });
    },

    async inverse(undo) {
      const loaded = await load();
      return loaded.ok ? ok(inverseChanges(loaded.value.content.value, undo)) : loaded;
    },
  };

  async function underLock<T>(run: () => Promise<Result<T>>): Promise<Result<T>> {
    const path = configPath();
    try {
      const done = await withConfigWriteLock(path, { patienceMs: lockPatienceMs }, async () => {
        await gap;
        const result = await run();
        gap = setTimeout(watcherGapMs);
        return result;
      });
      if (done !== null) return done.result;
      const message = 'OpenClaw is writing its config just now. Try again in a moment.';
      return fail(appError('config-changed', message, true));
    } catch (error: unknown) {
      logger.log('warn', 'gateway-config.not-written', { path, reason: reasonOf(error) });
      return fail(notWritten(path, error));
    }
  }
}

// ------------------------------------------------------------------ reading

interface Loaded {
  readonly content: GatewayConfigContent;
  readonly text: string;
  /** What a symbolic link leads to. */
  readonly target: string;
}

async function loadConfig(path: string): Promise<Result<Loaded>> {
  let bytes: Buffer;
  let target: string;
  try {
    target = await realpath(path);
    bytes = await readFile(target);
  } catch (error: unknown) {
    const absent = hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR');
    const message = absent
      ? `OpenClaw has no config file yet (${path}). Run its set-up first.`
      : `The config of OpenClaw could not be read: ${path}.`;
    return fail(appError('config-not-editable', message));
  }
  if (bytes.length > mostBytes) return unreadable(path, 'it is larger than 5 MB');
  const text = decode(bytes);
  if (text === null) return unreadable(path, 'it is not UTF-8 text');
  const value = readConfigValue(text);
  if (!value.ok) return unreadable(path, `line ${String(value.error.line)} is ${value.error.reason}`);
  const problem = editingProblem(text);
  return ok({
    text,
    target,
    content: {
      path,
      hash: hashOf(bytes),
      value: value.value,
      includes: findIncludes(text, value.value),
      editable: problem === null ? { ok: true } : { ok: false, ...problem },
    },
  });
}

/** Null unless encoding it again gives the same bytes. */
function decode(bytes: Buffer): string | null {
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes) ? text : null;
}

function unreadable(path: string, why: string): Result<never> {
  return fail(appError('config-not-editable', `The config of OpenClaw cannot be used: ${why} (${path}).`));
}

// ------------------------------------------------------------------ editing

interface PlannedEdit {
  readonly text: string;
  readonly preview: ConfigPreview;
}

function planEdit({ content, text }: Loaded, changes: readonly ConfigChange[]): Result<PlannedEdit> {
  const inTheWay = metaInTheWay(content, changes) ?? includeInTheWay(content, changes);
  if (inTheWay !== null) return fail(inTheWay);
  if (!content.editable.ok) {
    const { reason, line } = content.editable;
    return fail(byHand(`Line ${String(line)} of ${content.path} uses ${reason}`, changes));
  }
  const edited = editConfigText(text, changes);
  if (edited === null) {
    return fail(byHand(`${content.path} is not laid out as expected there`, changes));
  }
  const facts = undoFacts(content.value, changes);
  const undo: ConfigUndo = { hash: hashOf(Buffer.from(edited.text)), splices: edited.back, ...facts };
  return ok({
    text: edited.text,
    preview: { hash: content.hash, changes: facts.changes.map(viewOf), undo },
  });
}

function putBack(
  text: string,
  splices: readonly ConfigSplice[],
): { readonly text: string; readonly back: readonly ConfigSplice[] } {
  const back: ConfigSplice[] = [];
  let current = text;
  for (const splice of splices) {
    back.unshift(reversed(current, splice));
    current = applySplice(current, splice);
  }
  return { text: current, back };
}

/** The last look at the file is right before the new one takes its place; only a writer without the lock fits between. */
async function write({ target, content }: Loaded, text: string): Promise<Result<null>> {
  const { mode, uid, gid } = await stat(target);
  const own = process.getuid === undefined || (uid === process.getuid() && gid === process.getgid?.());
  const marks = { mode: mode & 0o7777, owner: own ? null : { uid, gid } };
  const unchanged = async (): Promise<boolean> => hashOf(await readFile(target)) === content.hash;
  return (await replaceFile(target, text, marks, unchanged)) ? ok(null) : fail(changedMeanwhile());
}

function notWritten(path: string, error: unknown): AppError {
  const message = `The config of OpenClaw was not changed: ${reasonOf(error)} (${path}).`;
  return appError('config-not-editable', message);
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
