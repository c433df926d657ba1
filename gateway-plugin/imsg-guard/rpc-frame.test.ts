import { describe, expect, it } from 'vitest';
import { readFrame } from './rpc-frame.ts';

const frame = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value)}\n`);
const call = (method: string, params: unknown): Buffer => frame({ jsonrpc: '2.0', id: 1, method, params });
const targetsOf = (line: Buffer): readonly string[] | 'pass' => {
  const read = readFrame(line);
  return read.kind === 'pass' ? 'pass' : read.request.recipients.map((recipient) => recipient.to);
};

describe('what is no send', () => {
  it.each([
    call('initialize', {}),
    call('chats.list', { limit: 10 }),
    call('messages.history', { chat_id: 3 }),
    call('watch.subscribe', {}),
    call('typing', { to: '+15551230001', typing: true }),
    call('read', { chat_id: 3 }),
    call('message.unsend', { chat_id: 3, message_id: 'X' }),
    frame({ jsonrpc: '2.0', id: 4, result: { ok: true } }),
    frame('send'),
    Buffer.from('\n'),
    Buffer.from('hello\n'),
    Buffer.from([0xff, 0xfe, 0x0a]),
    Buffer.from('{"jsonrpc":"2.0","id":1,"method":"messages.search","params":{"query":"\xff"}}\n', 'latin1'),
  ])('%s passes', (line) => {
    expect(readFrame(line)).toEqual({ kind: 'pass' });
  });
});

describe('who a send goes to', () => {
  it.each<[string, unknown, readonly string[]]>([
    ['send', { to: '+15551230001', text: 'hi' }, ['+15551230001']],
    ['send', { chat_id: 11, text: 'hi' }, ['chat_id:11']],
    ['send', { chat_id: '11', text: 'hi' }, ['chat_id:11']],
    ['send', { chat_guid: 'iMessage;-;+15551230001', text: 'hi' }, ['iMessage;-;+15551230001']],
    ['send', { chat_identifier: 'chat77', file: '/x.jpg' }, ['chat77']],
    ['send', { to: '+15551230001', chat_id: 11, text: 'hi' }, ['+15551230001', 'chat_id:11']],
    ['send.tracked', { to: '+15551230001', text: 'hi' }, ['+15551230001']],
    ['send.rich', { chat_guid: 'any;-;a@b.example', text: 'hi' }, ['any;-;a@b.example']],
    ['send.attachment', { chat_id: 4, file: '/x.jpg' }, ['chat_id:4']],
    ['send.multipart', { chat_id: 4, parts: [{ text: 'a' }] }, ['chat_id:4']],
    ['send.sticker', { chat_id: 4, file: '/x.png' }, ['chat_id:4']],
    ['poll.send', { chat_id: 4, question: 'Q', options: ['a', 'b'] }, ['chat_id:4']],
    ['messages.poll.send', { chat_id: 4, question: 'Q', options: ['a', 'b'] }, ['chat_id:4']],
    ['poll.vote', { chat_id: 4, poll_guid: 'P' }, ['chat_id:4']],
    ['polls.unvote', { chat_id: 4, poll_guid: 'P' }, ['chat_id:4']],
    [
      'tapback',
      { chat_guid: 'any;-;+15551230001', message_id: 'M', reaction: 'love' },
      ['any;-;+15551230001'],
    ],
    ['message.edit', { chat_id: 4, message_id: 'M', text: 'new' }, ['chat_id:4']],
    ['message.notifyAnyways', { chat_id: 4, message_id: 'M' }, ['chat_id:4']],
    [
      'chats.create',
      { addresses: ['+15551230001', 'a@b.example'], text: 'hi' },
      ['+15551230001', 'a@b.example'],
    ],
    ['group.addParticipant', { chat_id: 4, address: '+15551230001' }, ['+15551230001', 'chat_id:4']],
    ['group.rename', { chat_id: 4, name: 'secret' }, ['chat_id:4']],
    ['group.setIcon', { chat_id: 4, file: '/x.png' }, ['chat_id:4']],
    ['contacts.shareContactCard', { chat_id: 4 }, ['chat_id:4']],
    ['send.by.some.later.version', { to: '+15551230001' }, ['+15551230001']],
    ['message.resend', { message_id: 'M' }, []],
    ['send', { to: ['+15551230001'], text: 'hi' }, []],
    ['send', { to: '+15551230001', chat_id: { $gt: 0 }, text: 'hi' }, []],
    ['send', { chat_id: 1.5, text: 'hi' }, []],
    ['chats.create', { addresses: ['+15551230001', 7] }, []],
    ['send', ['+15551230001', 'hi'], []],
    ['send', undefined, []],
  ])('%s %j: %j', (method, params, recipients) => {
    expect(targetsOf(call(method, params))).toEqual(recipients);
  });
});

describe('a frame that could mean two things matches no recipient', () => {
  it.each([
    '{"id":1,"method":"send","params":{"to":"+15551230001","to":"+15551230099","text":"hi"}}',
    '{"id":1,"method":"chats.list","method":"send","params":{"to":"+15551230099","text":"hi"}}',
    '{"id":1,"method":"chats.list","m\\u0065thod":"send","params":{"to":"+15551230099","text":"hi"}}',
    '{"id":1,"method":"chats.list","params":{},"params":{}}',
    '{"id":1,"method":["send"],"params":{"to":"+15551230001"}}',
    '{"id":1,"params":{"to":"+15551230001"}}',
    '[{"id":1,"method":"send","params":{"to":"+15551230001","text":"hi"}}]',
    '{"id":1,"method":"send","params":{"to":"+15551230001","text":"hi"},}',
    "{'method':'send'}",
    '{"id":1,"method":"send","params":{"to":"+15551230001","text":"hi"}',
    '\ufeff{"id":1,"method":"send","params":{"to":"+15551230001","text":"hi"}}',
  ])('%s', (text) => {
    expect(targetsOf(Buffer.from(`${text}\n`))).toEqual([]);
  });

  it('and so does a message with bytes that are no UTF-8', () => {
    const line = Buffer.from(
      '{"id":1,"method":"send","params":{"to":"+15551230001","text":"\xff"}}\n',
      'latin1',
    );
    expect(targetsOf(line)).toEqual([]);
  });
});

it('keeps what is sent apart from how it is sent', () => {
  expect(readFrame(call('send', { to: '+43 1', text: 'hi', region: 'at', service: 'auto' }))).toEqual({
    kind: 'send',
    id: 1,
    request: {
      action: 'text',
      recipients: [{ to: '+43 1', conversation: false }],
      text: 'hi',
      files: [],
      content: 'hi',
      region: 'AT',
    },
  });
  const poll = { chat_id: 4, question: 'Q', options: ['a', 'b'] };
  expect(readFrame(call('poll.send', poll))).toEqual({
    kind: 'send',
    id: 1,
    request: {
      action: 'poll.send',
      recipients: [{ to: 'chat_id:4', conversation: true }],
      text: 'Q\na\nb',
      files: [],
      content: JSON.stringify(poll),
      region: 'US',
    },
  });
});
