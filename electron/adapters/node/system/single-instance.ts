/**
 * One Portcullis per data directory (browser host; the desktop host uses Electron's own lock). The first start listens
 * on a socket there, a later one asks it to open its window. Nothing else can be said over it.
 */
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import { hasCode } from './file-errors.ts';
import { withPrivateUmask } from './private-umask.ts';

/** The only message, and the only answer to it. */
const openMessage = 'open\n';
const openAnswer = 'ok\n';
const messageSchema = z.literal(openMessage);
const answerSchema = z.literal(openAnswer);
const longestLine = 16;

/** Unix socket paths end at 104 (macOS) or 108 bytes, with the closing zero. */
const longestSocketPath = 100;

export interface FirstInstance {
  readonly kind: 'first';
  /** Lets the next start be the first. */
  release(): Promise<void>;
}

export type InstanceClaim =
  | FirstInstance
  | {
      readonly kind: 'second';
      /** False when the first one runs but did not answer in time; its window may not have opened. */
      readonly answered: boolean;
    };

export interface ClaimOptions {
  /** The data directory; made when missing. */
  readonly directory: string;
  readonly platform: NodeJS.Platform;
  /** For a socket whose path would be too long in the data directory; private to the user where possible. */
  readonly temporaryDirectory: string;
  /** Another start asks for the window. */
  readonly onOpen: () => void;
  /** How long a second start waits for the first one's answer; 2 s. */
  readonly deadlineMs?: number;
}

/** @throws when the place for the socket cannot be used at all, e.g. the data directory is not writable */
export async function claimSingleInstance(options: ClaimOptions): Promise<InstanceClaim> {
  mkdirSync(options.directory, { recursive: true, mode: 0o700 });
  const address = socketAddress(options);
  const deadlineMs = options.deadlineMs ?? 2_000;
  // Each round ends with a claim, or with a dead socket out of the way. More than a few: somebody is racing us.
  for (let round = 0; round < 5; round += 1) {
    const first = await listen(address, options.onOpen, deadlineMs);
    if (first !== null) return first;
    const seen = fingerprint(address);
    const asked = await askToOpen(address, deadlineMs);
    if (asked !== 'nobody') return { kind: 'second', answered: asked === 'answered' };
    if (seen !== null) removeDead(address, seen);
  }
  return { kind: 'second', answered: false };
}

function socketAddress({ directory, platform, temporaryDirectory }: ClaimOptions): string {
  const name = createHash('sha256').update(path.resolve(directory)).digest('hex').slice(0, 16);
  if (platform === 'win32') return `\\\\.\\pipe\\portcullis-${name}`;
  const inside = path.join(directory, 'instance.sock');
  if (Buffer.byteLength(inside) <= longestSocketPath) return inside;
  return path.join(temporaryDirectory, `portcullis-${name}.sock`);
}

/** @returns null when something is at that address already */
async function listen(
  address: string,
  onOpen: () => void,
  deadlineMs: number,
): Promise<FirstInstance | null> {
  const callers = new Set<Socket>();
  const server = createServer((caller) => {
    callers.add(caller);
    caller.once('close', () => callers.delete(caller));
    answer(caller, onOpen, deadlineMs);
  });
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      if (hasCode(error, 'EADDRINUSE')) resolve(null);
      else reject(error);
    });
    server.once('listening', () => {
      resolve({ kind: 'first', release: async () => close(server, callers) });
    });
    withPrivateUmask(() => server.listen(address));
  });
}

async function close(server: Server, callers: ReadonlySet<Socket>): Promise<void> {
  for (const caller of callers) caller.destroy();
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}

function answer(caller: Socket, onOpen: () => void, deadlineMs: number): void {
  readLine(caller, deadlineMs, (line) => {
    if (line !== null && messageSchema.safeParse(line).success) {
      onOpen();
      caller.end(openAnswer);
    } else {
      caller.destroy();
    }
  });
}

async function askToOpen(address: string, deadlineMs: number): Promise<'answered' | 'silent' | 'nobody'> {
  const socket = connect(address);
  return new Promise((resolve) => {
    let connected = false;
    socket.once('connect', () => {
      connected = true;
      socket.write(openMessage);
    });
    readLine(socket, deadlineMs, (line) => {
      socket.destroy();
      if (line !== null && answerSchema.safeParse(line).success) resolve('answered');
      else resolve(connected ? 'silent' : 'nobody');
    });
  });
}

/** Hands over the first line, or null when none came in time or at all; once. */
function readLine(socket: Socket, deadlineMs: number, done: (line: string | null) => void): void {
  let text = '';
  let over = false;
  const finish = (line: string | null): void => {
    if (over) return;
    over = true;
    socket.setTimeout(0);
    done(line);
  };
  socket.setEncoding('utf8');
  socket.setTimeout(deadlineMs, () => {
    finish(null);
  });
  // Also listens after the end: a caller that hangs up early is no error of ours.
  socket.on('error', () => {
    finish(null);
  });
  socket.once('close', () => {
    finish(null);
  });
  socket.on('data', (chunk: string) => {
    text += chunk;
    if (text.includes('\n')) finish(text.slice(0, text.indexOf('\n') + 1));
    else if (text.length > longestLine) finish(null);
  });
}

/** Tells one socket file from its successor at the same place; a moved one keeps it. */
function fingerprint(address: string): string | null {
  const stats = lstatSync(address, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? null : `${String(stats.ino)}:${String(stats.mtimeNs)}`;
}

/**
 * Removes the file of an instance that crashed. Another start may have done so and be listening there by now: then we
 * have moved its socket, see that it is not the dead one, and put it back.
 */
function removeDead(address: string, seen: string): void {
  const aside = `${address}.${String(process.pid)}`;
  try {
    renameSync(address, aside);
  } catch (error: unknown) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  if (fingerprint(aside) === seen) rmSync(aside, { force: true });
  else renameSync(aside, address);
}
