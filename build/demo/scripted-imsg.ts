/**
 * Stands in for `imsg`, the program OpenClaw's iMessage channel talks to. It delivers the messages dropped into its
 * inbox folder and records every message the gateway sends; nothing ever reaches Apple.
 *
 * `imsg rpc --json` speaks line-wise JSON-RPC on stdin and stdout; `status --json` and `--help` answer the channel's
 * questions about the installed version.
 */
import { randomUUID } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const INBOX_POLL_MS = 100;
const SUBSCRIPTION = 1;

interface Request {
  readonly id?: unknown;
  readonly method?: unknown;
  readonly params?: unknown;
}

interface InboxMessage {
  readonly sender: string;
  readonly text: string;
  readonly chat_id: number;
}

const root = process.env['SCRIPTED_IMSG_DIR'];
if (root === undefined) throw new Error('SCRIPTED_IMSG_DIR must name the folder with the inbox and the log.');
const inbox = join(root, 'inbox');
const logFile = join(root, 'log.jsonl');
const rowFile = join(root, 'row');
mkdirSync(inbox, { recursive: true });

main(process.argv.slice(2));

function main(args: readonly string[]): void {
  if (args.includes('--help') || args.includes('-h')) {
    say(`usage: imsg ${args.filter((arg) => !arg.startsWith('-')).join(' ')}`);
  } else if (args[0] === 'status') {
    const methods = ['chats.list', 'messages.history', 'watch.subscribe', 'watch.unsubscribe', 'send'];
    say(JSON.stringify({ advanced_features: false, v2_ready: false, rpc_methods: methods, selectors: {} }));
  } else if (args[0] === 'rpc') {
    serve();
  } else {
    record({ args });
    process.stderr.write(`unknown command ${args[0] ?? ''}\n`);
    process.exitCode = 1;
  }
}

function serve(): void {
  let watching: NodeJS.Timeout | null = null;
  createInterface({ input: process.stdin })
    .on('line', (line) => {
      const request = parse(line);
      if (request === null) return;
      if (request.method === 'watch.subscribe') watching ??= setInterval(deliverInbox, INBOX_POLL_MS);
      if (request.method === 'watch.unsubscribe' && watching !== null) {
        clearInterval(watching);
        watching = null;
      }
      const answer = answerTo(request);
      record({ method: request.method, params: request.params, ok: answer !== null });
      const outcome =
        answer === null ? { error: { code: -32601, message: 'Method not found' } } : { result: answer };
      say(JSON.stringify({ jsonrpc: '2.0', id: request.id, ...outcome }));
    })
    .on('close', () => process.exit(0));
}

function answerTo(request: Request): object | null {
  switch (request.method) {
    case 'chats.list':
      return { chats: [] };
    case 'messages.history':
      return { messages: [] };
    case 'watch.subscribe':
      return { subscription: SUBSCRIPTION };
    case 'watch.unsubscribe':
      return { ok: true };
    case 'send': {
      const id = nextRow();
      return { ok: true, id, guid: `SENT-${String(id)}`, service: 'iMessage' };
    }
    default:
      return null;
  }
}

function deliverInbox(): void {
  for (const name of readdirSync(inbox).sort()) {
    if (!name.endsWith('.json')) continue;
    const claimed = join(inbox, `${name}.taken`);
    try {
      renameSync(join(inbox, name), claimed);
    } catch {
      continue; // another instance took it
    }
    const message = JSON.parse(readFileSync(claimed, 'utf8')) as InboxMessage;
    rmSync(claimed);
    const id = nextRow();
    record({ received: message });
    const params = {
      subscription: SUBSCRIPTION,
      message: {
        id,
        guid: `SCRIPTED-${String(id)}-${randomUUID()}`,
        is_from_me: false,
        is_group: false,
        created_at: new Date().toISOString(),
        attachments: [],
        destination_caller_id: '+15550000000',
        participants: [message.sender],
        chat_identifier: message.sender,
        chat_guid: `iMessage;-;${message.sender}`,
        chat_name: '',
        ...message,
      },
    };
    say(JSON.stringify({ jsonrpc: '2.0', method: 'message', params }));
  }
}

function nextRow(): number {
  let row = 1000;
  try {
    row = Number(readFileSync(rowFile, 'utf8'));
  } catch {
    // first message of this folder
  }
  writeFileSync(rowFile, String(row + 1));
  return row + 1;
}

function parse(line: string): Request | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

function record(facts: object): void {
  appendFileSync(
    logFile,
    `${JSON.stringify({ at: new Date().toISOString(), pid: process.pid, ...facts })}\n`,
  );
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
