/** How the words of an openclaw command are read: as commander does, or not at all. */
import { describe, expect, it } from 'vitest';
import { readMessageCommand } from './message-command.ts';

const read = (...words: readonly string[]): ReturnType<typeof readMessageCommand> =>
  readMessageCommand(['/usr/bin/node', '/opt/openclaw.mjs', ...words]);
const to = '+15551230099';

describe('a message is read', () => {
  it.each<[readonly string[], Record<string, unknown>]>([
    [['--target', to, '--message', 'hi'], { target: to, message: 'hi' }],
    [[`--target=${to}`, '--message=a=b'], { target: to, message: 'a=b' }],
    [['-t', to, '-m', 'hi'], { target: to, message: 'hi' }],
    [[`-t${to}`, '-mhi'], { target: to, message: 'hi' }],
    [['-m', '- a\n--list', '-t', to], { target: to, message: '- a\n--list' }],
    [['-m', '-t', '-t', to], { target: to, message: '-t' }],
    [['-m', '--help', '-t', to], { target: to, message: '--help' }],
    [['-m', '', '-t', to], { target: to, message: '' }],
    [['--media', 'a', '-t', to, '--media', 'b'], { target: to, media: ['a', 'b'] }],
    [
      ['--json', '--no-color', '-t', to, '--log-level', 'debug', '--dry-run'],
      { json: true, target: to, dryRun: true },
    ],
    [['--reply-to', '7', '-t', to], { replyTo: '7', target: to }],
  ])('%j', (words, options) => {
    expect(read('message', 'send', ...words)).toEqual({ kind: 'action', action: 'send', options });
  });

  it.each<[readonly string[], readonly string[]]>([
    [
      ['--targets', 'a', 'b', '-100123', '--message', 'c'],
      ['a', 'b', '-100123'],
    ],
    [
      ['--targets', 'a', '--message', 'c', '--targets', 'b'],
      ['a', 'b'],
    ],
    [['--message', 'c', '--targets=a'], ['a']],
    [
      ['--message', 'c', '--targets', '-1', '-'],
      ['-1', '-'],
    ],
  ])('with everybody it goes to: %j', (words, targets) => {
    expect(read('message', 'broadcast', ...words)).toEqual({
      kind: 'action',
      action: 'broadcast',
      options: { targets, message: 'c' },
    });
  });

  it.each<[readonly string[], string]>([
    [['--profile', 'work', 'message', 'send'], 'send'],
    [['--profile=work', '--dev', 'message', '--no-color', 'react'], 'react'],
    [['--', 'message', '--', 'poll'], 'poll'],
    [['message', 'thread', 'reply'], 'thread-reply'],
    [['message', 'pins'], 'list-pins'],
    [['--log-level', '--dev', 'message', 'send'], 'send'],
  ])('wherever it begins: %j', (words, action) => {
    expect(read(...words, '-t', to)).toMatchObject({ kind: 'action', action, options: { target: to } });
  });
});

it.each<[readonly string[]]>([
  [['-t', to, '-t', '+15551230001']],
  [['-t', to, '--unknown']],
  [['-t', to, '--unknown', 'x']],
  [['-t', to, 'word']],
  [['-t', to, '']],
  [['-t', to, '-x']],
  [['-t', to, '--', '-m', 'hi']],
  [['-t', to, '--json=true']],
  [['-t', to, '-m']],
  [['-m', '--dev', '-t', to]],
  [['-m', '--profile=work', '-t', to]],
  [['-t', to, '--target=+15551230001']],
  [['--targets=a', 'b']],
  [['-t', to, '--constructor', 'x']],
])('what could be read in two ways is not understood: %j', (words) => {
  expect(read('message', 'send', ...words)).toEqual({ kind: 'not-understood' });
});

it('an action nobody knows is not understood', () => {
  expect(read('message', 'whisper', '-t', to)).toEqual({ kind: 'not-understood' });
  expect(read('message', 'thread', 'burn', '-t', to)).toEqual({ kind: 'not-understood' });
});

it.each<[readonly string[]]>([
  [[]],
  [['status', 'message', 'send']],
  [['gateway', 'run']],
  [['agent', '--message', 'message']],
  [['--profile', 'message', 'status']],
  [['message']],
  [['message', 'help', 'send']],
  [['message', 'send', '--help']],
  [['message', 'send', '-t', to, '-h']],
])('another command, or one that explains itself, is none of its business: %j', (words) => {
  expect(read(...words)).toEqual({ kind: 'other' });
});
