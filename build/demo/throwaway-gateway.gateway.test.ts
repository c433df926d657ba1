/** A real throw-away gateway comes up with the prepared plugin, and nothing of it is left when it has stopped. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { withoutOpenClawSettings } from './openclaw-env.ts';
import { ensureOpenClaw } from './openclaw-install.ts';
import { startThrowawayGateway, type ThrowawayGateway } from './throwaway-gateway.ts';

const run = promisify(execFile);
const START_MS = 300_000;
const COMMAND_MS = 120_000;
/** Used by OpenClaw whatever TMPDIR says, and shared with every other gateway of this machine. */
const sharedFolders = ['/tmp', '/dev/shm', '/tmp/openclaw'];

// Only Linux lets one see which files a process holds.
describe.runIf(process.platform === 'linux')('a throw-away gateway', () => {
  /** The temporary folder as far as this file is concerned, so that what others do beside it does not count. */
  let temp: string;
  let gateway: ThrowawayGateway;

  beforeAll(async () => {
    temp = mkdtempSync(join(tmpdir(), 'portcullis-temp-'));
    vi.stubEnv('TMPDIR', temp);
    gateway = await startThrowawayGateway({ openclaw: await ensureOpenClaw() });
  }, START_MS);

  afterAll(async () => {
    await gateway.stop();
    vi.unstubAllEnvs();
    rmSync(temp, { recursive: true, force: true });
  }, START_MS);

  it(
    'trusts the prepared plugin: its channel runs, and a command says so',
    async () => {
      expect(await openclaw('channels', 'status')).toContain(
        'iMessage default: enabled, configured, running, connected',
      );
    },
    COMMAND_MS,
  );

  it(
    'leaves nothing behind, neither where temporary files belong nor where OpenClaw puts them all the same',
    async () => {
      const held = filesHeldOutside(gateway.root);
      expect(held).not.toEqual([]);
      await gateway.stop();
      expect(held.filter((path) => existsSync(path))).toEqual([]);
      expect(existsSync(gateway.root)).toBe(false);
      expect(readdirSync(temp, { recursive: true })).toEqual([]);
      expect(sharedFolders.flatMap((folder) => namesOrWritesOf(gateway.root, folder))).toEqual([]);
    },
    COMMAND_MS,
  );

  /** With no more than a demo hands on to the app: PATH, and OpenClaw's own variables. */
  async function openclaw(...args: readonly string[]): Promise<string> {
    const ours = Object.entries(gateway.env).filter(
      ([name]) => name === 'PATH' || name.startsWith('OPENCLAW_'),
    );
    const env = { ...withoutOpenClawSettings(process.env), ...Object.fromEntries(ours) };
    return (await run('openclaw', [...args], { env, timeout: COMMAND_MS })).stdout;
  }

  /** Files in temporary folders that the gateway has open, besides its own. */
  function filesHeldOutside(root: string): readonly string[] {
    const descriptors = `/proc/${String(gateway.pid)}/fd`;
    const paths = readdirSync(descriptors).map((name) => linkTarget(join(descriptors, name)));
    return paths.filter((path) => /^\/(tmp|dev\/shm)\//.test(path) && !path.startsWith(`${root}/`));
  }
});

/** @returns '' for a descriptor that was closed meanwhile */
function linkTarget(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return '';
  }
}

/** Files directly in `folder` that are named after the gateway's folder, or in which it is mentioned. */
function namesOrWritesOf(root: string, folder: string): readonly string[] {
  const name = root.slice(root.lastIndexOf('/') + 1);
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  return entries
    .filter((entry) => {
      if (entry.name.includes(name)) return true;
      return entry.isFile() && entry.name.endsWith('.log') && textOf(join(folder, entry.name)).includes(root);
    })
    .map((entry) => join(folder, entry.name));
}

/** @returns '' for a file that is gone */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
