/** The executable at `cliPath`: OpenClaw and its tools call it as if it were imsg. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rememberContacts } from '../store/contacts.ts';
import type { TransportConfig } from '../../electron/contract/guard/transport-config.ts';
import { ConversationBook } from '../store/conversations.ts';
import { guardFiles } from '../store/guard-files.ts';
import { lookUpChat } from './chat-lookup.ts';
import { readCommandLine } from './command-line.ts';
import { Conversations } from './conversations.ts';
import { readTransportConfig } from './guard-config.ts';
import { imessageChannel, Judge } from './judge.ts';
import { endLike, startImsg } from './real-imsg.ts';
import { runRpcPipe } from './rpc-pipe.ts';
import type { SendRequest } from './send-request.ts';

/** sysexits EX_CONFIG: the guard itself is not set up. */
const notConfigured = 78;

const args = process.argv.slice(2);

function warn(line: string): void {
  process.stderr.write(`imsg guard: ${line}\n`);
}

function buildGuard(config: TransportConfig): {
  readonly judge: Judge;
  readonly conversations: Conversations;
} {
  const files = guardFiles(config.stateDir);
  const book = new ConversationBook(
    join(files.root, `conversations.imsg-${encodeURIComponent(config.account)}.json`),
  );
  const lookUp = (chatId: string): ReturnType<typeof lookUpChat> =>
    lookUpChat(config.imsg, chatId, databaseOption());
  const now = (): number => Date.now();
  const heardFrom = (keys: readonly string[]): void => {
    rememberContacts(files, imessageChannel, keys);
  };
  const conversations = new Conversations({ book, lookUp, heardFrom, now });
  const judge = new Judge({
    files,
    account: config.account,
    conversations,
    askedBy: parentProcess,
    now,
    warn,
  });
  return { judge, conversations };
}

function databaseOption(): string | null {
  const at = args.indexOf('--db');
  return at < 0 ? null : (args[at + 1] ?? null);
}

/** Who called us, where the system tells (Linux); the command line may carry a message, so only its start is kept. */
function parentProcess(): string | null {
  try {
    const words = readFileSync(`/proc/${String(process.ppid)}/cmdline`, 'utf8').split('\0');
    return `${String(process.ppid)} ${words.slice(0, 4).join(' ')}`.trim();
  } catch {
    return String(process.ppid);
  }
}

async function runRpc(config: TransportConfig): Promise<number | NodeJS.Signals> {
  const { judge, conversations } = buildGuard(config);
  const { child, ended } = startImsg(config.imsg, args, 'pipe');
  if (child.stdin === null || child.stdout === null) return await ended;
  // A reader or writer that goes away is seen by the pipe; without a listener it would end the process.
  for (const stream of [child.stdin, process.stdout]) stream.on('error', () => undefined);
  try {
    await runRpcPipe({
      fromOpenClaw: process.stdin,
      toOpenClaw: process.stdout,
      toImsg: child.stdin,
      fromImsg: child.stdout,
      judge,
      observe: (line) => {
        conversations.observe(line);
      },
    });
  } catch {
    child.kill('SIGTERM'); // OpenClaw stopped reading: nobody is left to serve
  }
  return await ended;
}

async function runSend(config: TransportConfig, request: SendRequest): Promise<number | NodeJS.Signals> {
  const verdict = await buildGuard(config).judge.judge(request);
  if (verdict.outcome === 'pass') return await startImsg(config.imsg, args, 'inherit').ended;
  const json = args.includes('--json');
  if (verdict.outcome === 'swallow') {
    process.stdout.write(json ? '{"ok":true,"status":"sent"}\n' : 'sent\n');
    return 0;
  }
  const refusal = { success: false, error: verdict.message, stopped_by: 'portcullis' };
  process.stdout.write(json ? `${JSON.stringify(refusal)}\n` : '');
  process.stderr.write(`error: ${verdict.message}\n`);
  return 1;
}

async function run(): Promise<number | NodeJS.Signals> {
  let config: TransportConfig;
  try {
    config = readTransportConfig(process.argv[1] ?? '');
  } catch (error: unknown) {
    warn(`not set up, so nothing is sent: ${error instanceof Error ? error.message : String(error)}`);
    return notConfigured;
  }
  const command = readCommandLine(args);
  switch (command.kind) {
    case 'rpc':
      return await runRpc(config);
    case 'pass':
      return await startImsg(config.imsg, args, 'inherit').ended;
    case 'send':
      return await runSend(config, command.request);
  }
}

endLike(await run());
