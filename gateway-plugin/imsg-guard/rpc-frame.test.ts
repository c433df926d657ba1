import { describe, expect, it } from 'vitest';
import { readFrame } from './rpc-frame.ts';
import type { Frame } from './rpc-frame.ts';

const line = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value)}\n`);
const call = (method: string, params?: unknown): Buffer => line({ jsonrpc: '2.0', id: 1, method, params });
const read = (bytes: Buffer): Frame => readFrame(bytes, 'US');

/** The places as they are named, 'refused' for what is never passed on, else what kind of line it is. */
function targets(bytes: Buffer): readonly string[] | string {
  const frame = read(bytes);
  if (frame.kind !== 'send') return frame.kind;
  return frame.write === null ? 'refused' : frame.request.recipients.map(({ to }) => to);
}

/** Written out anew for the same places and files. */
function written(bytes: Buffer): unknown {
  const frame = read(bytes);
  if (frame.kind === 'reading') return JSON.parse(frame.line);
  if (frame.kind !== 'send' || frame.write === null) return frame.kind;
  const { recipients, files } = frame.request;
  return JSON.parse(frame.write({ recipients, files }));
}

const L = '+15551230001';
const S = '+15551230099';

describe('what nobody else notices', () => {
  it.each([
    call('initialize', {}),
    call('chats.list', { limit: 10 }),
    call('messages.history', { chat_id: 3 }),
    call('watch.subscribe'),
    call('message.delete', { chat_id: 3, message_id: 'X' }),
  ])('%s passes', (bytes) => {
    expect(read(bytes).kind).toBe('reading');
  });

  it('is written anew with the parameters it has', () => {
    const params = { chat_id: 3, limit: 5, to: S, start: { deep: true }, end: '2026' };
    expect(written(call('messages.history', params))).toEqual({
      jsonrpc: '2.0',
      id: 1,
      method: 'messages.history',
      params: { chat_id: 3, limit: 5, end: '2026' },
    });
  });

  it.each<[string, Buffer, Frame['kind']]>([
    ['a blank line', Buffer.from(' \u0085\u200b\r\n'), 'blank'],
    ['text', Buffer.from('hello\n'), 'nonsense'],
    ['a value', line('send'), 'nonsense'],
    ['bytes', Buffer.from([0xff, 0xfe, 0x0a]), 'nonsense'],
    ['an answer', line({ jsonrpc: '2.0', id: 4, result: { ok: true } }), 'nonsense'],
  ])('%s goes nowhere', (_what, bytes, kind) => {
    expect(read(bytes).kind).toBe(kind);
  });
});

describe('who a send goes to', () => {
  it.each<[string, unknown, readonly string[]]>([
    ['send', { to: L, text: 'hi' }, [L]],
    ['send', { chat_id: 11, text: 'hi' }, ['chat_id:11']],
    ['send', { chat_id: '11', text: 'hi' }, ['chat_id:11']],
    ['send', { chat_guid: ` iMessage;-;${L}`, text: 'hi' }, [`iMessage;-;${L}`]],
    ['send', { chat_identifier: 'chat77', file: '/x.jpg' }, ['chat77']],
    ['send', { to: '', chat_id: 2, text: 'hi' }, ['chat_id:2']],
    ['send', { to: L, chat_id: null, text: 'hi' }, [L]],
    ['send.rich', { chat_guid: 'any;-;a@b.example', message: 'hi' }, ['any;-;a@b.example']],
    ['send.attachment', { chat_id: 4, path: '/x.jpg' }, ['chat_id:4']],
    ['send.multipart', { chat_id: 4, parts: [{ text: 'a' }] }, ['chat_id:4']],
    ['send.sticker', { chat_id: 4, file: '/x.png' }, ['chat_id:4']],
    ['messages.poll.send', { chat_id: 4, question: 'Q', options: ['a', 'b'] }, ['chat_id:4']],
    ['polls.unvote', { chat_id: 4, poll_guid: 'P', option_id: 'A' }, ['chat_id:4']],
    ['tapback', { chat_guid: `any;-;${L}`, message_id: 'M', reaction: 'love' }, [`any;-;${L}`]],
    ['message.edit', { chat_id: 4, message_id: 'M', text: 'new' }, ['chat_id:4']],
    ['message.unsend', { chat_id: 4, message_id: 'M' }, ['chat_id:4']],
    ['chats.create', { addresses: [L, 'a@b.example'], text: 'hi' }, [L, 'a@b.example']],
    ['group.addParticipant', { chat_id: 4, address: L }, ['chat_id:4', L]],
    ['group.removeParticipant', { address: L, chat_id: 4 }, [L, 'chat_id:4']],
    ['group.leave', { chat_id: 4 }, ['chat_id:4']],
    ['typing', { to: L, typing: true }, [L]],
    ['read', { chat_id: 3 }, ['chat_id:3']],
  ])('%s %j: %j', (method, params, recipients) => {
    expect(targets(call(method, params))).toEqual(recipients);
  });

  it.each<[string, unknown]>([
    ['send.by.some.later.version', { to: L }],
    ['Send', { to: L, text: 'hi' }],
    ['send', { to: L, text: 'hi', foo: 1 }],
    ['send', { to: L, chat_id: 11, text: 'hi' }],
    ['send', { chat_id: 1, chat_guid: `iMessage;-;${L}`, text: 'hi' }],
    ['send', { recipient: L, text: 'hi' }],
    ['send', { to: [L], text: 'hi' }],
    ['send', { to: 15551230001, text: 'hi' }],
    ['send', { chat_id: 1.5, text: 'hi' }],
    ['send', { chat_id: '+2', text: 'hi' }],
    ['send', { chat_id: true, text: 'hi' }],
    ['send', { to: L, text: 'hi', region: 5 }],
    ['send', { to: L, text: 'half \ud800' }],
    ['send', { to: L, text: 'hi', formatting: [{ start: 0, note: 'x'.repeat(61) }] }],
    ['send.rich', { chat_id: 2, text: 'a', message: 'b' }],
    ['chats.create', { addresses: `${L},${S}`, text: 'hi' }],
    ['chats.create', { addresses: [L, 7], text: 'hi' }],
    ['message.resend', { message_id: 'M' }],
    ['send', [L, 'hi']],
    ['send', undefined],
  ])('%s %j is never passed on', (method, params) => {
    expect(targets(call(method, params))).toBe('refused');
  });
});

describe('a line that could mean two things is never passed on', () => {
  it.each([
    `{"id":1,"method":"send","params":{"to":"${L}","to":"${S}","text":"hi"}}`,
    `{"id":1,"method":"chats.list","method":"send","params":{"to":"${S}","text":"hi"}}`,
    `{"id":1,"method":"chats.list","m\\u0065thod":"send","params":{"to":"${S}","text":"hi"}}`,
    '{"id":1,"method":"chats.list","params":{},"params":{}}',
    `{"id":1,"method":["send"],"params":{"to":"${L}"}}`,
    `{"id":1,"params":{"to":"${L}"}}`,
    `{"id":{"a":1},"method":"send","params":{"to":"${L}","text":"hi"}}`,
    `{"jsonrpc":"1.0","id":1,"method":"send","params":{"to":"${L}","text":"hi"}}`,
    `[{"id":1,"method":"send","params":{"to":"${L}","text":"hi"}}]`,
    `{"id":1,"method":"send","params":{"to":"${L}","text":"hi"},}`,
    `{"id":1,"method":"send","params":{"to":"${L}","text":"hi"}} {"a":1}`,
    `x\r{"id":1,"method":"send","params":{"to":"${L}","text":"hi"}}`,
    `{"id":1,"method":"send","params":{"to":"${L}","text":"hi"}`,
    `\ufeff{"id":1,"method":"send","params":{"to":"${L}","text":"hi"}}`,
  ])('%s', (text) => {
    expect(targets(Buffer.from(`${text}\n`))).toBe('refused');
  });

  it.each(['send', 'messages.search'])('bytes that are no UTF-8 in %s', (method) => {
    const params = `{"to":"${L}","text":"\xff","query":"\xff"}`;
    const bytes = Buffer.from(`{"id":1,"method":"${method}","params":${params}}\n`, 'latin1');
    expect(targets(bytes)).toBe('refused');
  });
});

it.each(['\u0085', '\u200b', '\u00a0', '\u2028', '\u3000', '\v', '\f', '\r', ' \t'])(
  'what imsg takes off a line is taken off before it is judged (%j)',
  (blank) => {
    const text = `${blank}${JSON.stringify({ id: 1, method: 'send', params: { to: S, text: 'hi' } })}${blank}\n`;
    expect(targets(Buffer.from(text))).toEqual([S]);
  },
);

it('is written anew for the places it was judged by, with the configured country', () => {
  const frame = read(call('group.addParticipant', { address: '(555) 123-0001', chat_guid: 'any;+;chat7' }));
  const places = [
    { to: L, as: 'person' as const },
    { to: 'iMessage;+;chat7', as: 'chat' as const },
  ];
  expect(frame.kind === 'send' && frame.write?.({ recipients: places, files: [] })).toBe(
    `{"jsonrpc":"2.0","id":1,"method":"group.addParticipant","params":{"address":"${L}","chat_guid":"iMessage;+;chat7"}}`,
  );
  expect(written(line({ method: 'send', params: { to: L, text: 'hi', region: 'at' } }))).toEqual({
    jsonrpc: '2.0',
    method: 'send',
    params: { to: L, text: 'hi', region: 'US' },
  });
});

it('keeps what is seen apart from how it travels', () => {
  const requestOf = (method: string, params: object): unknown => {
    const frame = read(call(method, params));
    return frame.kind === 'send' && frame.request;
  };
  expect(requestOf('send', { to: '+43 1', text: 'hi', region: 'at', service: 'auto' })).toMatchObject({
    action: 'text',
    texts: ['hi'],
    shown: 'hi',
    content: 'hi',
    region: null,
  });
  expect(requestOf('send', { to: L, text: 'hi', service: 'sms', reply_to: 'M' })).toMatchObject({
    action: 'text',
    shown: 'hi',
    content: expect.stringContaining('"sms"') as string,
  });
  const edit = { chat_id: 4, message_id: 'M', newText: 'y', bc_text: 'z' };
  expect(requestOf('message.edit', edit)).toMatchObject({ action: 'message.edit', shown: 'y\nz' });
  const rich = { chat_id: 4, url: 'https://example.com/', effect: 'impact' };
  expect(requestOf('send.rich', rich)).toMatchObject({ shown: 'https://example.com/\neffect: impact' });
  const poll = { chat_id: 4, question: 'Q', options: ['a', 'b'], comment: 'c' };
  expect(requestOf('poll.send', poll)).toMatchObject({ texts: ['Q', 'a', 'b', 'c'] });
});
