/** What the transport guard costs with as many rules as a list can have: one call of imsg, and one line of its server. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { guardFolder } from '../../electron/contract/guard/guard-folder.ts';
import { emptyPolicy, formatPolicy } from '../../electron/contract/guard/policy.ts';
import { transportConfigName } from '../../electron/contract/guard/transport-config.ts';
import { buildGatewayPlugin } from '../gateway-plugin.ts';
import { keepLines, lineOf, percentile } from './bench-line.ts';

const manyRules = 20_000;
const batches = 8;
const callsInBatch = 10;
const rounds = 6;
const linesInRound = 1_000;
/** Until the server has started and its code is warm: it runs for days. */
const firstLines = 200;
const listed = '+15551000007';
const node = process.execPath;

const root = await mkdtemp(join(tmpdir(), 'portcullis-bench-'));
try {
  const [quiet, guarding] = [await program('imsg', 'exit 0'), await program('imsg-server', 'exec /bin/cat')];
  const [call, server] = [await guardInFrontOf(quiet), await guardInFrontOf(guarding)];
  const send = [call, 'send', '--to', listed, '--text', 'hi'];
  if (spawnSync(node, send).status !== 0)
    throw new Error('The guard did not let a listed person be written to.');
  const pairs = await inTurns(
    () => cpuOf(node, send),
    () => cpuOf(quiet, []),
    () => cpuOf(node, ['-e', '0']),
  );
  const slowest: number[] = [];
  const direct: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    slowest.push(await slowestLine(node, [server, 'rpc']));
    direct.push(await slowestLine(guarding, ['rpc']));
  }
  await keepLines('transport-guard', [
    lineOf({
      name: 'processor time the guard adds to a call of imsg, 20,000 rules a list',
      unit: 'ms',
      measured: pairs.map(([guarded, alone]) => guarded - alone),
      baseline: { name: 'node -e 0', samples: pairs.map(([, , bare]) => bare), paired: true },
      target: { of: 'ratio', bound: 'at-most', value: 1.5 },
    }),
    lineOf({
      name: 'a line to imsg rpc and back through the guard, 20,000 rules a list, slowest of a hundred',
      unit: 'ms',
      measured: slowest,
      baseline: { name: 'the same without the guard', samples: direct, paired: true },
      target: { of: 'median', bound: 'at-most', value: 3 },
    }),
  ]);
} finally {
  await rm(root, { recursive: true, force: true });
}

async function program(name: string, script: string): Promise<string> {
  const path = join(root, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

/** @returns the guard's program */
async function guardInFrontOf(imsg: string): Promise<string> {
  const stateDir = `${imsg}-state`;
  const people = (first: number) =>
    Array.from({ length: manyRules }, (_, index) => ({ to: `+1${String(first + index)}`, note: '' }));
  const account = {
    channel: 'imessage',
    account: 'default',
    unlisted: 'ask',
    pairingReply: 'send',
    allowTo: people(5_551_000_000).map((rule) => ({ ...rule, until: null })),
    denyTo: people(5_552_000_000),
  } as const;
  await mkdir(join(stateDir, guardFolder), { recursive: true });
  const policy = formatPolicy({ ...emptyPolicy, region: 'US', accounts: [account] });
  await writeFile(join(stateDir, guardFolder, 'policy.json'), policy);
  const built = await buildGatewayPlugin(`${imsg}-guard`);
  const config = { version: 1, stateDir, account: 'default', imsg, previousCliPath: null };
  await writeFile(join(built, transportConfigName), JSON.stringify(config));
  return join(built, 'imsg-guard.js');
}

type Measure = () => Promise<number>;

async function inTurns(
  ...measures: readonly [Measure, Measure, Measure]
): Promise<[number, number, number][]> {
  const [one, two, three] = measures;
  const found: [number, number, number][] = [];
  for (let batch = 0; batch < batches; batch += 1) found.push([await one(), await two(), await three()]);
  return found;
}

/** @returns milliseconds of processor time of one call, its own children included */
async function cpuOf(command: string, args: readonly string[]): Promise<number> {
  const before = await childrenTime();
  for (let call = 0; call < callsInBatch; call += 1) spawnSync(command, args, { stdio: 'ignore' });
  return ((await childrenTime()) - before) / callsInBatch;
}

/** Of all children that have ended: cutime and cstime of /proc/self/stat, in 1/100 s. */
async function childrenTime(): Promise<number> {
  const stat = await readFile('/proc/self/stat', 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

/** Each line is sent when the one before has come back. */
async function slowestLine(command: string, args: readonly string[]): Promise<number> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout });
  const took: number[] = [];
  for (let id = 0; id < linesInRound; id += 1) {
    const params = { to: listed, text: `line ${String(id)}` };
    const startedAt = performance.now();
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method: 'send', params })}\n`);
    await once(lines, 'line');
    took.push(performance.now() - startedAt);
  }
  child.stdin.end();
  await once(child, 'close');
  return percentile(took.slice(firstLines), 0.99);
}
