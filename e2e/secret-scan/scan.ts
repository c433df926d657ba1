/** Looks for secrets where none may be: in files, file names, and the arguments and environment of processes. */
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { formsOf, type SecretForm } from './forms.ts';

export interface SecretScanOptions {
  /** What to look for, each at least 8 characters. */
  readonly secrets: readonly string[];
  /** Files and folders; a missing one is an error, so that a scan of nothing cannot pass. */
  readonly roots: readonly string[];
  /** Process ids; everything they started is looked at, too. */
  readonly processes?: readonly number[];
}

export interface SecretFinding {
  /** A path, `name of <path>`, `arguments of <pid>` or `environment of <pid>`. */
  readonly where: string;
  /** Position in `secrets`. */
  readonly secret: number;
  /** E.g. raw, base64, URL-encoded. */
  readonly form: string;
}

export interface SecretScanResult {
  readonly findings: readonly SecretFinding[];
  /** What could not be looked into: compressed files, sockets, processes that ended or that belong to others. */
  readonly unread: readonly string[];
  /** Files and process facts that were read; a test should expect a plausible number. */
  readonly read: number;
}

export async function scanForSecrets(options: SecretScanOptions): Promise<SecretScanResult> {
  const forms = formsOf(options.secrets);
  const findings: SecretFinding[] = [];
  const unread: string[] = [];
  let read = 0;

  const report = (where: string, found: ReadonlySet<SecretForm>): void => {
    for (const { secret, form } of found) findings.push({ where, secret, form });
  };
  const look = async (where: string, file: string): Promise<void> => {
    const found = await searchFile(file, forms);
    if (found === null) {
      unread.push(where);
      return;
    }
    read += 1;
    report(where, found);
  };

  for (const root of options.roots) {
    for (const file of await filesBelow(root)) {
      report(`name of ${file}`, search(Buffer.from(path.basename(file)), forms));
      await look(file, file);
    }
  }
  for (const pid of await withDescendants(options.processes ?? [])) {
    await look(`arguments of ${String(pid)}`, `/proc/${String(pid)}/cmdline`);
    await look(`environment of ${String(pid)}`, `/proc/${String(pid)}/environ`);
  }
  return { findings, unread, read };
}

/** Links are not followed: what they lead to is either below a root as well or not ours. */
async function filesBelow(root: string): Promise<string[]> {
  if (!(await stat(root)).isDirectory()) return [root];
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory() && !entry.isSymbolicLink())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

/** @returns the forms found, or null when the file cannot be read or is compressed */
async function searchFile(file: string, forms: readonly SecretForm[]): Promise<Set<SecretForm> | null> {
  const overlap = Math.max(0, ...forms.map(({ bytes }) => bytes.length)) - 1;
  const found = new Set<SecretForm>();
  try {
    // Opening a named pipe would wait for a writer, and a socket cannot be opened at all.
    if (!(await stat(file)).isFile()) return null;
    let tail = Buffer.alloc(0);
    let first = true;
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      if (first && isCompressed(chunk)) return null;
      first = false;
      const piece = Buffer.concat([tail, chunk]);
      for (const form of search(piece, forms)) found.add(form);
      tail = piece.subarray(Math.max(0, piece.length - overlap));
    }
    return found;
  } catch {
    return null;
  }
}

function search(bytes: Buffer, forms: readonly SecretForm[]): Set<SecretForm> {
  return new Set(forms.filter((form) => bytes.includes(form.bytes)));
}

/** Zip, gzip, zstd, xz: a secret inside would not be seen. */
function isCompressed(start: Buffer): boolean {
  const signatures = ['504b0304', '1f8b', '28b52ffd', 'fd377a585a'];
  return signatures.some((signature) => start.subarray(0, 5).toString('hex').startsWith(signature));
}

async function withDescendants(pids: readonly number[]): Promise<number[]> {
  const all = new Set<number>();
  const waiting = [...pids];
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    if (all.has(pid)) continue;
    all.add(pid);
    waiting.push(...(await childrenOf(pid)));
  }
  return [...all].sort((a, b) => a - b);
}

/** A process that ended, or a system without /proc, has none; reading its facts then reports it as unread. */
async function childrenOf(pid: number): Promise<number[]> {
  try {
    const tasks = `/proc/${String(pid)}/task`;
    const lists = await Promise.all(
      (await readdir(tasks)).map(async (task) => readFile(path.join(tasks, task, 'children'), 'utf8')),
    );
    return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
  } catch {
    return [];
  }
}
