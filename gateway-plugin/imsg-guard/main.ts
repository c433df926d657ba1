/** The executable at `cliPath`: OpenClaw and its tools call it as if it were imsg. */
import { isAbsolute, join, resolve } from 'node:path';
import type { TransportConfig } from '../../electron/contract/guard/transport-config.ts';
import { rememberContacts } from '../store/contacts.ts';
import { ConversationBook } from '../store/conversations.ts';
import { guardFiles } from '../store/guard-files.ts';
import { readBounded } from '../store/bounded-file.ts';
import { parentProcess } from '../store/parent-process.ts';
import { askImsg, chatSource } from './chat-lookup.ts';
import { readCommandLine } from './command-line.ts';
import type { CommandLine } from './command-line.ts';
import { readTransportConfig } from './guard-config.ts';
import { imsgEnvironment } from './imsg-environment.ts';
import { Judge } from './judge.ts';
import { Knocks } from './knocks.ts';
import { imessageChannel, Places } from './places.ts';
import { endLike, startImsg } from './real-imsg.ts';
import { runRpcPipe } from './rpc-pipe.ts';

/** Texts with formatting; more than a message holds. */
const namedFileMax = 1024 * 1024;

const args = process.argv.slice(2);

function warn(line: string): void {
  process.stderr.write(`imsg guard: ${line}\n`);
}

interface Guard {
  readonly config: TransportConfig;
  readonly env: NodeJS.ProcessEnv;
  readonly judge: Judge;
  readonly knocks: Knocks;
}

function buildGuard(config: TransportConfig): Guard {
  const { account, service, imsg, database } = config;
  const files = guardFiles(config.stateDir);
  const env = imsgEnvironment(config, process.env);
  const now = (): number => Date.now();
  const knocks = new Knocks({
    files,
    book: new ConversationBook(join(files.root, `conversations.imsg-${encodeURIComponent(account)}.json`)),
    heardFrom: (keys) => {
      rememberContacts(files, imessageChannel, keys);
    },
    now,
  });
  const judge = new Judge({
    files,
    account,
    service,
    places: new Places(chatSource(askImsg(imsg, database, env)), now),
    knocks,
    letIn: new ConversationBook(files.conversations),
    askedBy: parentProcess,
    now,
    warn,
  });
  return { config, env, judge, knocks };
}

async function runRpc(
  { config, env, judge, knocks }: Guard,
  imsgArgs: readonly string[],
): Promise<number | NodeJS.Signals> {
  const { child, ended } = startImsg(config.imsg, imsgArgs, { stdio: 'pipe', env });
  if (child.stdin === null || child.stdout === null) return await ended;
  // A reader or writer that goes away is seen by the pipe; without a listener it would end the process.
  for (const stream of [child.stdin, process.stdout]) stream.on('error', () => undefined);
  try {
    await runRpcPipe({
      fromOpenClaw: process.stdin,
      toOpenClaw: process.stdout,
      toImsg: child.stdin,
      fromImsg: child.stdout,
      region: config.region,
      judge,
      observe: (line) => {
        knocks.observe(line);
      },
    });
  } catch {
    child.kill('SIGTERM'); // OpenClaw stopped reading: nobody is left to serve
  }
  return await ended;
}

async function runSend(
  { config, env, judge }: Guard,
  { request, write }: Extract<CommandLine, { readonly kind: 'send' }>,
): Promise<number | NodeJS.Signals> {
  const verdict = await judge.judge(request);
  if (verdict.outcome === 'pass' && write !== null) {
    try {
      return await startImsg(config.imsg, write(verdict.written), { stdio: 'inherit', env }).ended;
    } finally {
      await verdict.done?.();
    }
  }
  const json = args.some((word) => ['--json', '-j', '--json-output', '--jsonOutput'].includes(word));
  if (verdict.outcome === 'swallow') {
    process.stdout.write(json ? '{"ok":true,"status":"sent"}\n' : 'sent\n');
    return 0;
  }
  const error =
    verdict.outcome === 'refuse' ? verdict.message : 'Message stopped by the Portcullis send guard.';
  return refused(error, json);
}

/** As imsg fails: one line on standard output, and 1. */
function refused(error: string, json: boolean): number {
  const line = json ? JSON.stringify({ success: false, error, stopped_by: 'portcullis' }) : `error: ${error}`;
  process.stdout.write(`${line}\n`);
  return 1;
}

async function run(): Promise<number | NodeJS.Signals> {
  let config: TransportConfig;
  try {
    config = readTransportConfig(process.argv[1] ?? '');
  } catch (error: unknown) {
    const why = error instanceof Error ? error.message : String(error);
    return refused(`The send guard is not set up, so nothing is sent: ${why}`, args.includes('--json'));
  }
  const command = readCommandLine(args, {
    region: config.region,
    database: config.database,
    readFile: (path) => readBounded(isAbsolute(path) ? path : resolve(path), namedFileMax),
  });
  switch (command.kind) {
    case 'reading': {
      const env = imsgEnvironment(config, process.env);
      return await startImsg(config.imsg, command.args, { stdio: 'inherit', env }).ended;
    }
    case 'rpc':
      return await runRpc(buildGuard(config), command.args);
    case 'send':
      return await runSend(buildGuard(config), command);
  }
}

endLike(await run());
