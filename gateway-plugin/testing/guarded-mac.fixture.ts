/**
 * The transport guard between its caller and the scripted imsg, in one process: what the caller asks for goes through
 * the guard's own reading and judgement, and what passes is carried out. Everything about the guard stands in here.
 */
import { PassThrough, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { AccountPolicy, Policy } from '../../electron/contract/guard/policy.ts';
import { chatSource } from '../imsg-guard/chat-lookup.ts';
import { readCommandLine } from '../imsg-guard/command-line.ts';
import { createJudgeBench } from '../imsg-guard/judge.fixture.ts';
import type { JudgeBench } from '../imsg-guard/judge.fixture.ts';
import { runRpcPipe } from '../imsg-guard/rpc-pipe.ts';
import { readBounded } from '../store/bounded-file.ts';
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

const region = 'US';

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
  const bench = createJudgeBench(
    chatSource((args) => {
      const { exitCode, said } = mac.command(args);
      return Promise.resolve(exitCode === 0 ? said : null);
    }),
  );
  const setPolicy: GuardedMac['setPolicy'] = (change = {}) => {
    bench.setPolicy({ accounts: [rules], ...change });
  };
  setPolicy();

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
      bench.knocks.observe(line);
    };
    const { judge } = bench;
    await runRpcPipe({ fromOpenClaw, toOpenClaw, toImsg, fromImsg, region, judge, observe });
    await finished(toImsg);
  }

  async function command(args: readonly string[]): Promise<void> {
    const readFile = (path: string): string | null => readBounded(path, 1_000_000);
    const read = readCommandLine(args, { region, database: null, readFile });
    if (read.kind !== 'send') {
      mac.command(read.args);
      return;
    }
    const verdict = await bench.judge.judge(read.request);
    if (verdict.outcome === 'pass' && read.write !== null) mac.command(read.write(verdict.written));
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
      bench.knocks.observe(Buffer.from(`${JSON.stringify(told)}\n`));
    },
    setPolicy,
    leaked: () => mac.reached().filter(isLeak),
    shown: () => {
      // Without a recipient that was understood nothing can be let out, whatever the owner says.
      const sends = readSpool(bench.files).sends.filter(({ targets }) => targets.length > 0);
      return sends.length === 0 ? null : sends.flatMap(({ text, media }) => [text, ...media]).join('\n');
    },
    remove: () => {
      bench.remove();
      mac.remove();
    },
  };
}

/** Somebody comes into a group: in Messages, and so in what imsg answers. */
export function joins(person: string, chatId: number, { mac }: GuardedMac): void {
  const before = JSON.parse(mac.command(['group', '--chat-id', String(chatId), '--json']).said) as {
    guid: string;
    participants: readonly string[];
  };
  const participants = [...before.participants, person];
  mac.append({ chat: { ...before, participants } });
}

function isLeak({ kind, to, text }: Reached): boolean {
  if (kind === 'launch') return text !== undefined;
  return to.some((person) => !world.listed.includes(person));
}
