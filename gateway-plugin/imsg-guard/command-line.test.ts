import { describe, expect, it } from 'vitest';
import { readCommandLine } from './command-line.ts';
import type { CommandSettings } from './command-line.ts';

const settings: CommandSettings = {
  region: 'US',
  database: null,
  readFile: (path) => (path === '/formats.json' ? '[ {"text": "\\u0053ECRET"} ]' : null),
};

/** The places as they are named, 'refused' for what is never passed on, else what kind of call it is. */
function targets(args: readonly string[], change: Partial<CommandSettings> = {}): readonly string[] | string {
  const read = readCommandLine(args, { ...settings, ...change });
  if (read.kind !== 'send') return read.kind;
  return read.write === null ? 'refused' : read.request.recipients.map(({ to }) => to);
}

/** Written out anew for the same places and files. */
function written(args: readonly string[], change: Partial<CommandSettings> = {}): readonly string[] | null {
  const read = readCommandLine(args, { ...settings, ...change });
  if (read.kind !== 'send') return read.args;
  const { recipients, files } = read.request;
  return read.write?.({ recipients, files }) ?? null;
}

const L = '+15551230001';

describe('an imsg command line', () => {
  it.each([
    [[]],
    [['--help']],
    [['--version']],
    [['send', '--help']],
    [['rpc', '--help']],
    [['poll', 'send', '-h']],
    [['send', '--to', L, '--text', '--help']],
    [['send', '--to', L, '--text', '-V']],
    [['status', '--json']],
    [['chats', '--limit', '1000', '--json']],
    [['group', '--chat-id', '4', '--json']],
    [['history', '--chat-id', '4']],
    [['launch', '--json']],
    [['launch', '--kill-only']],
    [['chat-mark', '--chat', 'x', '--unread']],
    [['name-photo', 'status', '--chat', 'x']],
  ])('%j is noticed by nobody else', (args) => {
    expect(targets(args)).toBe('reading');
  });

  it('asks for help and nothing else when it asks for help', () => {
    expect(written(['send', '--to', L, '--text', 'hi', '--help'])).toEqual(['send', '--help']);
    expect(written(['send', '--to', L, '-V'])).toEqual(['--version']);
    // Newer versions take words after the dashes for words.
    expect(targets(['send', '--to', L, '--text', 'hi', '--', '--help'])).toBe('refused');
  });

  it('is the long-running one', () => {
    expect(written(['rpc', '-j'])).toEqual(['rpc', '--json']);
    expect(written(['rpc', '--json', '--db', '/x'], { database: '/x' })).toEqual([
      'rpc',
      '--json',
      '--db',
      '/x',
    ]);
    expect(written(['rpc', '--json'], { database: '/x' })).toEqual(['rpc', '--json', '--db', '/x']);
  });

  it.each<[readonly string[], readonly string[]]>([
    [['send', '--to', L, '--text', 'hi'], [L]],
    [['send', `--to=${L}`, '--text=-hello'], [L]],
    [['send', '--chat-id', '4', '--text', 'hi', '--json'], ['chat_id:4']],
    [['send-rich', '--chat', `any;-;${L}`, '--text', 'hi', '--part', '0', '--json'], [`any;-;${L}`]],
    [
      ['send-attachment', '--chat', 'iMessage;+;chat7', '--file', '/x', '--transport', 'dylib'],
      ['iMessage;+;chat7'],
    ],
    [['tapback', '--chat', 'c', '--message', 'm', '--kind', 'love', '--part', '0', '--remove'], ['c']],
    [
      ['poll', 'send', '--chat', 'c', '--question', 'Q', '--option', 'a', '--option', 'b', '--no-comment'],
      ['c'],
    ],
    [['poll', '--chat', '+2', 'send', '--question', 'Q', '--option', 'a', '--option', 'b'], ['chat_id:2']],
    [['poll', 'vote', '--chat', '123', '--poll', 'p', '--option-index', '1'], ['chat_id:123']],
    [['edit', '--chat', 'c', '--message', 'm', '--new-text', 'x', '--bc-text', 'x'], ['c']],
    [['unsend', '--chat', 'c', '--message', 'm'], ['c']],
    [
      ['chat-create', '--addresses', `${L}, a@b.example,`, '--text', 'gm'],
      [L, 'a@b.example'],
    ],
    [
      ['chat-add-member', '--chat', 'c', '--address', L],
      ['c', L],
    ],
    [
      ['chat-remove-member', '--chat', 'c', '--address', L],
      ['c', L],
    ],
    [['chat-leave', '--chat', 'c'], ['c']],
    [['chat-mark', '--chat', 'c'], ['c']],
    [['typing', '--to', L, '--stop', 'true'], [L]],
    [['read', '--handle', L], [L]],
    [['send', '--to', '', '--chat-id', '2', '--text', 'x'], ['chat_id:2']],
  ])('%j goes to %j', (args, recipients) => {
    expect(targets(args)).toEqual(recipients);
  });

  it.each([
    [['send', L, 'hi']],
    [['send', 'extra', '--to', L, '--text', 'hi']],
    [['send', '--to', L, '--to', '+15551230099', '--text', 'hi']],
    [['send', '--to', L, '--chat-id', '2', '--text', 'hi']],
    [['send', '--to', L, '--text', '--to=+15551230099']],
    [['send', '--to', L, '--text']],
    [['send', '-t', L]],
    [['send', '--unknown', '--to', L]],
    [['send', '--to', L, '--text', 'hi', '--', '--db']],
    [['send', '--text', 'to nobody']],
    [['send-later', '--to', L]],
    [['--json', 'send', '--to', L, '--text', 'hi']],
    [['send', '--to', L, '--text', 'hi', '--db', '/other.db']],
    [['send', '--to', L, '--text', 'hi', '--db=/other.db']],
    [['rpc', '--db=/other.db']],
    [['chats', '--db', '/other.db']],
    [['launch', '--dylib', '/x.dylib']],
    [['launch', '--dylib=/x.dylib']],
    [['react', '--chat-id', '3', '--reaction', 'love']],
    [['send-rich', '--chat', 'c', '--text', 'x', '--format-file', '/nowhere.json']],
    // The word that decides is the first that belongs to no option.
    [['name-photo', '--chat', 'status', 'share', 'more']],
  ])('%j is never passed on', (args) => {
    expect(targets(args)).toBe('refused');
  });

  it('is not mistaken for a harmless one by the value of an option', () => {
    expect(targets(['name-photo', '--chat', 'status', 'share'])).toBe('refused');
  });

  it('is written anew from what was read, with the configured country', () => {
    expect(written(['send', '-vj', `--to=${L}`, '--text=-5', '--region', 'at'])).toEqual([
      'send', '--to', L, '--text=-5', '--region', 'US', '--verbose', '--json',
    ]); // prettier-ignore
    expect(written(['poll', '--chat', '+2', 'send', '--question', 'q', '--option', 'a', '--option', 'b'])).toEqual([
      'poll', 'send', '--chat-id', '2', '--question', 'q', '--option', 'a', '--option', 'b',
    ]); // prettier-ignore
  });

  it('has files with text in them read once, and shown as they read', () => {
    const args = ['send-multipart', '--chat', 'c', '--parts-file', '/formats.json'];
    const read = readCommandLine(args, settings);
    expect(read).toMatchObject({ request: { shown: '[{"text":"SECRET"}]' } });
    expect(written(args)).toEqual(['send-multipart', '--chat', 'c', '--parts', '[{"text":"SECRET"}]']);
  });

  it('names the country it was asked for only where that is the configured one', () => {
    const regionOf = (...more: string[]): unknown => {
      const read = readCommandLine(['send', '--to', L, '--text', 'hi', ...more], settings);
      return read.kind === 'send' && read.request.region;
    };
    expect([regionOf(), regionOf('--region', 'us'), regionOf('--region', 'CN')]).toEqual(['US', 'US', null]);
  });

  it('is bound to everything that changes what is sent', () => {
    const contentOf = (...more: string[]): unknown => {
      const read = readCommandLine(['send', '--to', L, '--text', 'hi', ...more], settings);
      return read.kind === 'send' && read.request.content;
    };
    expect(contentOf()).toBe('hi');
    expect(contentOf('--service', 'auto', '--region', 'US', '--json')).toBe('hi');
    expect(contentOf('--service', 'sms')).not.toBe('hi');
    expect(contentOf('--no-sms-fallback')).not.toBe('hi');
  });
});
