import { describe, expect, it } from 'vitest';
import { readCommandLine } from './command-line.ts';

const targets = (...args: string[]): readonly string[] | 'pass' | 'rpc' => {
  const read = readCommandLine(args);
  return read.kind === 'send' ? read.request.recipients.map((recipient) => recipient.to) : read.kind;
};

describe('an imsg command line', () => {
  it.each([
    [[]],
    [['--help']],
    [['--version']],
    [['send', '--help']],
    [['rpc', '--help']],
    [['poll', 'send', '-h']],
    [['status', '--json']],
    [['chats', '--limit', '1000', '--json']],
    [['group', '--chat-id', '4', '--json']],
    [['history', '--chat-id', '4']],
    [['launch']],
    [['unsend', '--chat', 'x', '--message', 'm']],
  ])('%j passes', (args) => {
    expect(targets(...args)).toBe('pass');
  });

  it('is the long-running one', () => {
    expect(targets('rpc', '--json', '--db', '/x')).toBe('rpc');
  });

  it.each<[readonly string[], readonly string[]]>([
    [['send', '--to', '+15551230001', '--text', 'hi'], ['+15551230001']],
    [['send', '--to=+15551230001', '--text=--help'], ['+15551230001']],
    [['send', '--chat-id', '4', '--text', 'hi', '--json'], ['chat_id:4']],
    [
      ['send-rich', '--chat', 'any;-;+15551230001', '--text', 'hi', '--part', '0', '--db', '/x', '--json'],
      ['any;-;+15551230001'],
    ],
    [
      ['send-attachment', '--chat', 'iMessage;+;chat7', '--file', '/x', '--transport', 'dylib', '--json'],
      ['iMessage;+;chat7'],
    ],
    [['tapback', '--chat', 'c', '--message', 'm', '--kind', 'love', '--part', '0', '--remove'], ['c']],
    [
      ['poll', 'send', '--chat', 'c', '--question', 'Q', '--option', 'a', '--option', 'b', '--no-comment'],
      ['c'],
    ],
    [['poll', 'vote', '--chat', 'c', '--poll', 'p', '--option-index', '1'], ['c']],
    [['edit', '--chat', 'c', '--message', 'm', '--new-text', 'x', '--bc-text', 'x'], ['c']],
    [
      ['chat-create', '--addresses', '+15551230001, a@b.example', '--text', 'gm'],
      ['+15551230001', 'a@b.example'],
    ],
    [
      ['chat-add-member', '--chat', 'c', '--address', '+15551230001'],
      ['+15551230001', 'c'],
    ],
    [['chat-name', '--chat', 'c', '--name', 'n'], ['c']],
    [['send-later', '--to', '+15551230001'], ['+15551230001']],
    // what imsg could read in another way than we do matches nobody
    [['send', '+15551230001', 'hi'], []],
    [['send', '--to', '+15551230001', '--to', '+15551230099', '--text', 'hi'], []],
    [['send', '--to', '+15551230001', '--text', '--to=+15551230099'], []],
    [['send', '--to', '+15551230001', '--text'], []],
    [['send', '-t', '+15551230001'], []],
    [['send', '--unknown', '--to', '+15551230001'], []],
    [['send', '--to', '+15551230001', '--', '--text', 'hi'], []],
    [['send-multipart', '--chat', 'c', '--parts-file', '/tmp/parts.json'], []],
    [['--json', 'send', '--to', '+15551230001', '--text', 'hi'], []],
    [['send', '--to', '+15551230001', '--text', 'x', '--help'], []],
  ])('%j goes to %j', (args, recipients) => {
    expect(targets(...args)).toEqual(recipients);
  });

  it('has its text and files read', () => {
    expect(readCommandLine(['send', '--to', '+1', '--text', 'hi', '--file', '/x', '--region', 'at'])).toEqual(
      {
        kind: 'send',
        request: {
          action: 'send',
          recipients: [{ to: '+1', conversation: false }],
          text: 'hi',
          files: ['/x'],
          content: '["send","--to","+1","--text","hi","--file","/x","--region","at"]',
          region: 'AT',
        },
      },
    );
  });
});
