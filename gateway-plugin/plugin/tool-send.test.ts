import { describe, expect, it } from 'vitest';
import { readToolSend, withCanonicalPeople } from './tool-send.ts';

it('a call without a target names nobody, and one with several names them all', () => {
  expect(readToolSend({ action: 'react', emoji: '👍' })).toMatchObject({
    channel: null,
    to: [],
    text: '👍',
    transportActions: ['tapback', 'react'],
  });
  expect(readToolSend({ action: 'poll', targets: ['+15551230001', '+15551230099'] })?.to).toEqual([
    '+15551230001',
    '+15551230099',
  ]);
  expect(
    readToolSend({ action: 'edit', to: '+15551230001', chat_guid: 'iMessage;-;+15551230099' })?.to,
  ).toEqual(['+15551230001', 'chat_guid:iMessage;-;+15551230099']);
});

it('everything in a call that may be read is shown, under whatever name, however deep', () => {
  const call = {
    action: 'edit',
    to: '+15551230001',
    new_text: 'second',
    backwardsCompatMessage: 'third',
    presentation: { blocks: [{ label: 'fourth' }, 5] },
    message: 'first',
    messageId: 'not shown',
  };
  expect(readToolSend(call)?.text).toBe(
    ['second', 'first', 'backwardsCompatMessage: third', 'presentation: fourth', 'presentation: 5'].join(
      '\n',
    ),
  );
});

it('files are known by their place, and what is written out in the call by what it is', () => {
  const { files } = readToolSend({
    action: 'reply',
    buffer: Buffer.from('abc').toString('base64'),
    filename: 'a.txt',
    file_path: '/tmp/b.txt',
    attachments: [{ url: 'https://x/c.png', mimeType: 'image/png' }],
  }) ?? { files: [] };
  expect(files).toEqual([
    { name: 'a.txt', content: Buffer.from('abc') },
    { name: '/tmp/b.txt' },
    { name: 'https://x/c.png' },
  ]);
});

describe('people in a call are written canonically', () => {
  const us = { channel: 'imessage', region: 'US' };
  it.each<[object, object | null]>([
    [{ to: '(555) 123-0001' }, { to: '+15551230001' }],
    [{ target: 'sms:+1 555 123 0001' }, { target: 'sms:+15551230001' }],
    [{ targets: ['Bob@Example.com', '+15551230001'] }, { targets: ['bob@example.com', '+15551230001'] }],
    [{ to: 'chat_id:7' }, null],
    [{ to: 'chat_guid:iMessage;-;(555) 123-0001' }, null],
    [{ to: '+15551230001', message: '(555) 123-0001' }, null],
    [{ to: '175928847299117063' }, null],
  ])('%j becomes %j', (params, written) => {
    expect(withCanonicalPeople({ ...params }, us)).toEqual(
      written === null ? null : { ...params, ...written },
    );
  });
});
