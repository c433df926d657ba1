/** A Mac for the scripted imsg, in a folder of its own: chats, contacts and files the cases in `imsg-cases.json` assume. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { runCommandLine } from '../../build/demo/scripted-imsg/command-line.ts';
import { RpcServer } from '../../build/demo/scripted-imsg/rpc-server.ts';
import type { Delivery } from '../../build/demo/scripted-imsg/delivery-log.ts';
import type { Settings } from '../../build/demo/scripted-imsg/settings.ts';

/** Both families, with and without the helper inside Messages. */
export const modes = ['0.13', '0.13 alone', '0.15', '0.15 alone'] as const;
export type Mode = (typeof modes)[number];

const deliverySchema = z.strictObject({
  kind: z.string(),
  to: z.array(z.string()),
  text: z.string().optional(),
  also: z.array(z.string()).optional(),
});
export type Reached = z.infer<typeof deliverySchema>;

const reaches = z.array(deliverySchema);
const caseSchema = z.strictObject({
  id: z.string(),
  what: z.string(),
  /** One of: a plain request, the exact text or bytes of a line, a command line. */
  method: z.string().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  line: z.string().optional(),
  base64: z.string().optional(),
  args: z.array(z.string()).optional(),
  /** Needs the helper, so it is not tried alone. */
  bridge: z.literal(true).optional(),
  reaches,
  except: z.partialRecord(z.enum(modes), reaches).optional(),
});
export type ImsgCase = z.infer<typeof caseSchema>;

const worldSchema = z.strictObject({
  settings: z.looseObject({}),
  databases: z.record(z.string(), z.object({ chats: z.array(z.unknown()), messages: z.array(z.unknown()) })),
  listed: z.array(z.string()),
  stranger: z.string(),
});

const here = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
export const world = worldSchema.parse(JSON.parse(here('imsg-world.json')));
const longText = 'A'.repeat(300_000);

/** `{folder}` stands for the Mac's folder and `{long}` for more text than a line should have. */
export const imsgCases: readonly ImsgCase[] = z.array(caseSchema).parse(JSON.parse(here('imsg-cases.json')));

export function expectedOf(each: ImsgCase, mode: Mode): readonly Reached[] {
  return each.except?.[mode] ?? each.reaches;
}

export function modesOf(each: ImsgCase): readonly Mode[] {
  return modes.filter((mode) => each.bridge !== true || !mode.endsWith('alone'));
}

export interface ScriptedMac {
  readonly folder: string;
  /** @returns what the case reached */
  run(each: ImsgCase): readonly Reached[];
  /** The bytes of a request, or null for a command line. */
  bytesOf(each: ImsgCase): Buffer | null;
  argsOf(each: ImsgCase): readonly string[];
  /** A server that is fed by hand; answers and notices are collected. */
  serve(args?: readonly string[]): { readonly server: RpcServer; readonly said: readonly string[] };
  command(args: readonly string[]): { readonly exitCode: number; readonly said: string };
  reached(): readonly Reached[];
  deliveries(): readonly Delivery[];
  /** Puts a row into Messages' own database. */
  append(row: object): void;
  remove(): void;
}

export function createScriptedMac(mode: Mode, settings: Partial<Settings> = {}): ScriptedMac {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-mac-'));
  const [version = ''] = mode.split(' ');
  const bridge = mode.endsWith('alone') ? 'off' : 'ready';
  const all = {
    ...world.settings,
    version: version === '0.13' ? '0.13.4' : '0.15.10',
    bridge,
    ...settings,
  };
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(all));
  for (const [name, { chats, messages }] of Object.entries(world.databases)) {
    const rows = [...chats.map((chat) => ({ chat })), ...messages.map((message) => ({ message }))];
    writeFileSync(join(folder, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  }
  for (const name of ['a.txt', 'a.png', 's.png']) writeFileSync(join(folder, name), name);
  writeFileSync(join(folder, 'formats.json'), '[{"text":"SECRET"}]');
  const surroundings = { folder, env: {}, workingFolder: folder };
  const filled = (text: string): string => text.replaceAll('{folder}', folder).replaceAll('{long}', longText);

  function deliveries(): readonly Delivery[] {
    const log = join(folder, 'log.jsonl');
    if (!existsSync(log)) return []; // nothing was asked yet
    return readFileSync(log, 'utf8')
      .split('\n')
      .slice(0, -1)
      .flatMap((line) => {
        const { delivered } = JSON.parse(line) as { readonly delivered?: Delivery };
        return delivered === undefined ? [] : [delivered];
      });
  }

  function reached(): readonly Reached[] {
    return deliveries().map(({ kind, recipients, text, also }) => ({
      kind,
      to: [...recipients].sort(),
      ...(text === undefined || text === ''
        ? {}
        : { text: text.replace(longText, '{long}').replace(folder, '{folder}') }),
      ...(also === undefined ? {} : { also: [...also] }),
    }));
  }

  function serve(args: readonly string[] = ['rpc']): ReturnType<ScriptedMac['serve']> {
    const said: string[] = [];
    const call = runCommandLine(args, surroundings, (line) => said.push(line));
    if (call.kind !== 'rpc') throw new Error(`No server was started: ${said.join()}`);
    return { server: new RpcServer(call.world, (line) => said.push(line)), said };
  }

  function command(args: readonly string[]): ReturnType<ScriptedMac['command']> {
    const said: string[] = [];
    const call = runCommandLine(args, surroundings, (line) => said.push(line));
    return { exitCode: call.kind === 'done' ? call.exitCode : -1, said: said.join('\n') };
  }

  const bytesOf = (each: ImsgCase): Buffer | null => {
    if (each.args !== undefined) return null;
    if (each.base64 !== undefined) return Buffer.from(each.base64, 'base64');
    const { line, method, params } = each;
    return Buffer.from(
      filled(line ?? `${JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })}\n`),
      'utf8',
    );
  };
  const argsOf = (each: ImsgCase): readonly string[] => (each.args ?? []).map(filled);

  return {
    folder,
    bytesOf,
    argsOf,
    serve,
    command,
    reached,
    deliveries,
    run: (each) => {
      const bytes = bytesOf(each);
      if (bytes === null) command(argsOf(each));
      else {
        const { server } = serve();
        server.push(bytes);
        server.end();
      }
      return reached();
    },
    append: (row) => {
      writeFileSync(join(folder, 'chat.db'), `${JSON.stringify(row)}\n`, { flag: 'a' });
    },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
