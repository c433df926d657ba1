/**
 * The transport guard between its caller and the scripted imsg, in one process: what the caller asks for goes through
 * the guard's own reading and judgement, and what passes is carried out. Everything about the guard stands in here.
 */
import { PassThrough, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { AccountPolicy, Policy } from '../../electron/contract/guard/policy.ts';
import { readCommandLine } from '../imsg-guard/command-line.ts';
import { createJudgeBench } from '../imsg-guard/judge.fixture.ts';
import type { JudgeBench } from '../imsg-guard/judge.fixture.ts';
import { runRpcPipe } from '../imsg-guard/rpc-pipe.ts';
import { readSpool } from '../store/spool.ts';
import { createScriptedMac, world } from './imsg-world.fixture.ts';
import type { ImsgCase, Mode, Reached, ScriptedMac } from './imsg-world.fixture.ts';

export interface GuardedMac {
  readonly mac: ScriptedMac;
  readonly bench: JudgeBench;
  ask(each: ImsgCase): Promise<void>;
  /** One JSON-RPC request. */
  call(method: string, params: object): Promise<void>;
  command(args: readonly string[]): Promise<void>;
  /** imsg tells of a message somebody wrote. */
  wrote(message: { readonly sender: string; readonly chat_id: number; readonly is_group?: boolean }): void;
  setPolicy(change?: Partial<Policy>): void;
  /** What reached somebody the rules do not list, or lets foreign code run. */
  leaked(): readonly Reached[];
  /** What the owner is shown of everything that was stopped; null when nothing was. */
  shown(): string | null;
  remove(): void;
}

export const rules: AccountPolicy = {
  channel: 'imessage',
  account: 'default',
  unlisted: 'ask',
  pairingReply: 'send',
  allowTo: world.listed.map((to) => ({ to, until: null, note: '' })),
  denyTo: [],
};

export function createGuardedMac(mode: Mode): GuardedMac {
  const mac = createScriptedMac(mode);
  const bench = createJudgeBench();
  const setPolicy: GuardedMac['setPolicy'] = (change = {}) => {
    bench.setPolicy({ accounts: [rules], ...change });
  };
  setPolicy();
  askImsgForRows(bench, mac);

  async function pipe(bytes: Buffer): Promise<void> {
    const [fromOpenClaw, toOpenClaw, fromImsg] = [new PassThrough(), new PassThrough(), new PassThrough()];
    toOpenClaw.resume();
    const { server, said } = mac.serve();
    let told = 0;
    const tell = (): void => {
      for (const line of said.slice(told)) fromImsg.write(`${line}\n`);
      told = said.length;
    };
    const toImsg = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        server.push(chunk);
        tell();
        done();
      },
      final: (done) => {
        server.end();
        tell();
        fromImsg.end();
        done();
      },
    });
    fromOpenClaw.end(bytes);
    const observe = (line: Buffer): void => {
      bench.conversations.observe(line);
    };
    await runRpcPipe({ fromOpenClaw, toOpenClaw, toImsg, fromImsg, judge: bench.judge, observe });
    await finished(toImsg);
  }

  async function command(args: readonly string[]): Promise<void> {
    const read = readCommandLine(args);
    const verdict = read.kind === 'send' ? await bench.judge.judge(read.request) : { outcome: 'pass' };
    if (verdict.outcome === 'pass') mac.command(args);
  }

  return {
    mac,
    bench,
    ask: async (each) => {
      const bytes = mac.bytesOf(each);
      if (bytes === null) await command(mac.argsOf(each));
      else await pipe(bytes);
    },
    call: (method, params) =>
      pipe(Buffer.from(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })}\n`)),
    command,
    wrote: (message) => {
      const told = {
        method: 'message',
        params: { message: { is_from_me: false, is_group: false, ...message } },
      };
      bench.conversations.observe(Buffer.from(`${JSON.stringify(told)}\n`));
    },
    setPolicy,
    leaked: () => mac.reached().filter(isLeak),
    shown: () => {
      const { sends } = readSpool(bench.files);
      return sends.length === 0 ? null : sends.flatMap(({ text, media }) => [text, ...media]).join('\n');
    },
    remove: () => {
      bench.remove();
      mac.remove();
    },
  };
}

/** The guard asks imsg about a row; here the answers are kept ready, and `joins` changes them. */
function askImsgForRows(bench: JudgeBench, mac: ScriptedMac): void {
  for (const line of mac.command(['chats', '--limit', '1000']).said.split('\n')) {
    const chat = JSON.parse(line) as { id: number; guid: string; participants: readonly string[] };
    bench.chats.set(String(chat.id), { guid: chat.guid, people: chat.participants });
  }
}

/** Somebody comes into a group: in Messages, in its database and in what imsg answers. */
export function joins(person: string, chatId: number, { mac, bench }: GuardedMac): void {
  const before = JSON.parse(mac.command(['group', '--chat-id', String(chatId), '--json']).said) as {
    guid: string;
    participants: readonly string[];
  };
  const participants = [...before.participants, person];
  mac.append({ chat: { ...before, participants } });
  bench.chats.set(String(chatId), { guid: before.guid, people: participants });
}

function isLeak({ kind, to, text }: Reached): boolean {
  if (kind === 'launch') return text !== undefined;
  return to.some((person) => !world.listed.includes(person));
}
