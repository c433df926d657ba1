/** What the scripted imsg says, remembers and tells of by itself. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createScriptedMac, modes, world } from './imsg-world.fixture.ts';
import type { Mode, ScriptedMac } from './imsg-world.fixture.ts';

const { stranger } = world;
const listed = '+15551230001';
const macs: ScriptedMac[] = [];

function mac(...args: Parameters<typeof createScriptedMac>): ScriptedMac {
  const made = createScriptedMac(...args);
  macs.push(made);
  return made;
}

afterEach(() => {
  vi.useRealTimers();
  for (const each of macs.splice(0)) each.remove();
});

function answers(on: ScriptedMac, lines: readonly (string | object)[]): readonly unknown[] {
  const { server, said } = on.serve();
  for (const line of lines)
    server.push(Buffer.from(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`));
  server.end();
  return said.map((line): unknown => JSON.parse(line));
}

const request = (method: string, params: object, id: unknown = 1): object => ({
  jsonrpc: '2.0',
  id,
  method,
  params,
});
const error = (code: number): unknown =>
  expect.objectContaining({ error: expect.objectContaining({ code }) });

describe('answers', () => {
  it.each(modes)('%s: name what was wrong with a line', (mode) => {
    expect(
      answers(mac(mode), ['{', '[]', '7', '{"jsonrpc":"2.0"}', request('nothing', {}), '  \u0085']),
    ).toEqual([
      error(-32700),
      error(-32600),
      error(-32700),
      error(-32600),
      expect.objectContaining({ id: 1, error: expect.objectContaining({ code: -32601, data: 'nothing' }) }),
    ]);
  });

  it('go to a request without an id only as an error, and only in older versions', () => {
    const lines = [
      { jsonrpc: '2.0', method: 'send', params: { to: stranger, text: 'x' } },
      { jsonrpc: '2.0', method: 'send' },
    ];
    const [older, newer] = [mac('0.13'), mac('0.15')];
    expect(answers(older, lines)).toEqual([expect.objectContaining({ id: null, error: expect.anything() })]);
    expect(answers(newer, lines)).toEqual([]);
    expect([older, newer].map((each) => each.reached().length)).toEqual([1, 1]);
  });

  it('do not depend on where the input was cut', () => {
    const on = mac('0.13');
    const { server, said } = on.serve();
    for (const byte of Buffer.from(`${JSON.stringify(request('send', { to: stranger, text: '✅' }))}\r\n`))
      server.push(Buffer.from([byte]));
    expect(said).toHaveLength(1);
    expect(on.reached()).toEqual([{ kind: 'text', to: [stranger], text: '✅' }]);
  });

  it('list chats of the database without chat_guid, newest first', () => {
    const on = mac('0.15');
    const [answer] = answers(on, [request('chats.list', { limit: 2 })]);
    expect(answer).toMatchObject({
      result: {
        chats: [
          { id: 9, is_group: true },
          { id: 2, is_group: false },
        ],
      },
    });
    expect(JSON.parse(on.command(['group', '--chat-id', '11', '--json']).said)).toEqual({
      id: 11,
      identifier: 'chat100201100',
      guid: 'iMessage;+;chat100201100',
      name: 'Old friends',
      service: 'iMessage',
      is_group: true,
      participants: [listed, '+15551230002'],
    });
  });

  it('of the command line fail on standard output with exit code 1', () => {
    const on = mac('0.13');
    expect(on.command(['group', '--chat-id', '77'])).toEqual({ exitCode: 1, said: 'Chat not found: 77' });
    expect(on.command(['whatever'])).toEqual({
      exitCode: 1,
      said: "Unknown subcommand 'whatever' for command 'imsg'",
    });
    expect(on.command(['send', '--chat-id', '1', '--text', 'x', '--db', 'missing.db']).exitCode).toBe(1);
    expect(on.reached()).toEqual([]);
  });

  it('show what the helper can do, and the options OpenClaw looks for', () => {
    const facts = (mode: Mode): unknown => JSON.parse(mac(mode).command(['status', '--json']).said);
    const methods = expect.arrayContaining(['send', 'poll.send', 'typing', 'watch.subscribe']);
    expect(facts('0.13')).toMatchObject({ advanced_features: true, v2_ready: true, rpc_methods: methods });
    expect(facts('0.15 alone')).toMatchObject({
      advanced_features: false,
      v2_ready: false,
      rpc_methods: methods,
    });
    expect(mac('0.13').command(['send-rich', '--help']).said).toContain('--file');
    expect(mac('0.13').command(['poll', 'send', '--help']).said).toContain('--no-comment');
  });
});

describe('a message', () => {
  it('carries the bytes its file has when it leaves', () => {
    const on = mac('0.13');
    const path = join(on.folder, 'a.txt');
    const hashes = ['first', 'second'].map((bytes) => {
      writeFileSync(path, bytes);
      on.command(['send-attachment', '--chat', `any;-;${stranger}`, '--file', path]);
      return createHash('sha256').update(bytes).digest('hex');
    });
    expect(on.deliveries().map(({ file }) => file?.sha256)).toEqual(hashes);
  });

  it('goes out twice where the helper fails in older versions; newer ones say that nobody knows', () => {
    const lines = [request('send', { chat_id: 2, text: 'x' }), request('send', { chat_id: 2, text: 'y' })];
    const older = mac('0.13', { bridge: 'failing' });
    answers(older, lines.slice(0, 1));
    expect(older.deliveries().map(({ transport }) => transport)).toEqual(['bridge', 'applescript']);
    const newer = mac('0.15', { bridge: 'stuck' });
    const unknown = { data: expect.objectContaining({ retry_safe: false, disposition: 'still_in_flight' }) };
    expect(answers(newer, lines)).toEqual([
      { jsonrpc: '2.0', id: 1, error: expect.objectContaining({ code: -32001, ...unknown }) },
      error(-32004),
    ]);
    expect(newer.reached()).toHaveLength(1);
  });

  it('leaves over SMS as well when iMessage fails, unless that is forbidden', () => {
    const on = mac('0.13 alone', { iMessageFails: [stranger] });
    on.command(['send', '--to', stranger, '--text', 'x']);
    on.command(['send', '--to', stranger, '--text', 'y', '--no-sms-fallback']);
    expect(on.deliveries().map(({ text, service }) => [text, service])).toEqual([
      ['x', 'iMessage'],
      ['x', 'SMS'],
    ]);
  });

  it('to a row goes to the row, whoever wrote there last from a merged address', () => {
    const on = mac('0.13');
    on.append({
      message: { guid: 'M', chat_id: 1, is_from_me: false, sender: 'merged@example.com', text: 'hi' },
    });
    answers(on, [request('send', { chat_id: 1, text: 'x' })]);
    expect(on.reached()).toEqual([{ kind: 'text', to: [listed], text: 'x' }]);
  });

  it('is looked up where older versions remember a chat as long as they run', () => {
    const targets = modes.map((mode) => {
      const on = mac(mode);
      const { server } = on.serve();
      const send = (text: string): void =>
        server.push(Buffer.from(`${JSON.stringify(request('send', { chat_id: 1, text }))}\n`));
      send('before');
      const changed = {
        id: 1,
        identifier: stranger,
        guid: `iMessage;-;${stranger}`,
        service: 'iMessage',
        participants: [],
      };
      on.append({ chat: changed });
      send('after');
      return on.reached().at(-1)?.to;
    });
    expect(targets).toEqual([[listed], [listed], [stranger], [stranger]]);
  });

  it('needs no helper of ours: another library may be started with Messages', () => {
    const on = mac('0.13 alone');
    mkdirSync(join(on.folder, '.build', 'debug'), { recursive: true });
    on.command(['launch']);
    on.command(['launch', '--kill-only']);
    expect(on.reached()).toEqual([{ kind: 'launch', to: [], text: '{folder}/.build/debug' }]);
  });
});

describe('watching', () => {
  it('tells every subscription what it asked for, our own messages included', () => {
    vi.useFakeTimers();
    const on = mac('0.13');
    const { server, said } = on.serve();
    const ask = (method: string, params: object): void =>
      server.push(Buffer.from(`${JSON.stringify(request(method, params))}\n`));
    ask('watch.subscribe', {});
    ask('watch.subscribe', { chat_id: 1 });
    ask('watch.subscribe', { since_rowid: 0, include_reactions: true });
    mkdirSync(join(on.folder, 'inbox'), { recursive: true });
    writeFileSync(
      join(on.folder, 'inbox', '1.json'),
      JSON.stringify({ sender: stranger, text: 'hello', chat_id: 2 }),
    );
    ask('tapback', { chat_id: 2, message_id: 'MSG-S-1', kind: 'love' });
    vi.advanceTimersByTime(100);
    ask('send', { chat_id: 1, text: 'x' });
    vi.advanceTimersByTime(100);
    server.end();
    const notices = said
      .map(
        (line) =>
          JSON.parse(line) as {
            params?: {
              subscription: number;
              message: { text: string; is_from_me: boolean; is_group: boolean };
            };
          },
      )
      .flatMap(({ params }) => (params === undefined ? [] : [params]));
    const told = (id: number): unknown =>
      notices
        .filter(({ subscription }) => subscription === id)
        .map(({ message }) => [message.text, message.is_from_me]);
    expect(told(1)).toEqual([
      ['hello', false],
      ['x', true],
    ]);
    expect(told(2)).toEqual([['x', true]]);
    expect(told(3)).toEqual([
      ['', true],
      ['', true],
      ['who is there', false],
      ['love', true],
      ['hello', false],
      ['x', true],
    ]);
    expect(notices.find(({ message }) => message.text === 'who is there')?.message.is_group).toBe(true);
  });
});

describe('the program', () => {
  const program = fileURLToPath(new URL('../../build/demo/scripted-imsg/imsg.mjs', import.meta.url));
  const run = (
    on: ScriptedMac,
    args: readonly string[],
    input: string,
    env: object = {},
  ): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(process.execPath, [program, ...args], {
      input,
      encoding: 'utf8',
      env: { SCRIPTED_IMSG_DIR: on.folder, ...env },
    });
  const line = JSON.stringify(request('send', { to: stranger, text: 'x' }));

  it('serves the last line without its end, and answers in pieces', () => {
    const on = mac('0.13', { answerPieceBytes: 3 });
    const { status, stdout, stderr } = run(on, ['rpc', '--json'], line);
    expect([status, stderr, JSON.parse(stdout)]).toEqual([0, '', expect.objectContaining({ id: 1 })]);
    expect(on.reached()).toEqual([{ kind: 'text', to: [stranger], text: 'x' }]);
  });

  it('may die in the middle of an answer, after the message left', () => {
    const on = mac('0.13', { diesAfterBytes: 1 });
    const { status, stdout } = run(on, ['rpc'], `${line}\n`);
    expect([status, stdout.endsWith('\n'), stdout.length > 0]).toEqual([1, false, true]);
    expect(on.reached()).toHaveLength(1);
  });

  it('does nothing under another name', () => {
    const on = mac('0.13');
    const { status, stdout } = run(on, ['send', '--to', stranger, '--text', 'x'], '', {
      SCRIPTED_IMSG_NAME: '/opt/imsg.real',
    });
    expect([status, stdout]).toEqual([1, "Unknown command 'imsg.real'\n"]);
    expect(on.reached()).toEqual([]);
  });
});
