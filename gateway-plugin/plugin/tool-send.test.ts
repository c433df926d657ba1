import { expect, it } from 'vitest';
import { readToolSend } from './tool-send.ts';

it('a tool call without a target means the conversation of the turn', () => {
  expect(readToolSend({ action: 'react', emoji: '👍' }, 'imessage', 'chat_id:11')).toMatchObject({
    channel: 'imessage',
    to: ['chat_id:11'],
    text: '👍',
    transportActions: ['tapback', 'react'],
  });
  expect(readToolSend({ action: 'react' }, 'imessage', null)?.to).toEqual(['(not named)']);
  expect(
    readToolSend({ action: 'poll', targets: ['+15551230001', '+15551230099'] }, 'imessage', null)?.to,
  ).toEqual(['+15551230001', '+15551230099']);
});
