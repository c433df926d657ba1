/** What becomes of an openclaw command by the rules, in the process that runs it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BlockedSend } from '../../electron/contract/guard/blocked-send.ts';
import { emptyPolicy } from '../../electron/contract/guard/policy.ts';
import type { Policy } from '../../electron/contract/guard/policy.ts';
import { selfTestAddress } from '../../electron/contract/guard/self-test.ts';
import { gatewayFacts } from '../plugin/gateway-facts.ts';
import { guarded, stranger } from '../plugin/stopped-sends.fixture.ts';
import { newAllowanceId } from '../store/claims.ts';
import { ConversationBook } from '../store/conversations.ts';
import { guardFiles } from '../store/guard-files.ts';
import type { GuardFiles } from '../store/guard-files.ts';
import { readPolicyState, updatePolicy } from '../store/policy-file.ts';
import { readSpool } from '../store/spool.ts';
import { gateCommand } from './gate.ts';

const listed = '+15551230001';
const now = 1_800_000_000_000;
let root: string;
let files: GuardFiles;
let channels: object;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'portcullis-command-'));
  files = guardFiles(root);
  channels = { imessage: { cliPath: 'imsg', region: 'US' } };
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function setPolicy(change: Partial<Policy> = {}): void {
  const state = readPolicyState(files);
  const before = state.status === 'ready' ? state.policy : emptyPolicy;
  const accounts = [{ ...guarded, allowTo: [{ to: listed, until: null, note: '' }] }];
  expect(updatePolicy(files, before.revision, () => ({ ...before, accounts, ...change })).ok).toBe(true);
}

function run(...words: readonly string[]): string | null {
  const facts = gatewayFacts({ channels });
  const parts = {
    files,
    book: new ConversationBook(files.conversations),
    now: () => now,
    facts: () => facts,
    askedBy: () => '42 node openclaw.mjs message send',
    warn: (line: string) => {
      throw new Error(line);
    },
  };
  return gateCommand(parts, ['node', 'openclaw.mjs', 'message', ...words]);
}
const sends = (): readonly BlockedSend[] => readSpool(files).sends;
const stopped = expect.stringContaining('Portcullis send guard') as string;

/** As when the owner says "send once". */
function letOutOnce(send: BlockedSend | undefined): void {
  if (send === undefined) throw new Error('Nothing was written down.');
  const { id, textSha256, media, targets } = send;
  const once = { channel: 'imessage', account: 'default', textSha256, media: media.length > 0 };
  const allowance = { ...once, id: newAllowanceId(id), to: targets[0]?.key ?? '', expiresAt: now + 60_000 };
  setPolicy({ oneTime: [allowance] });
}

describe('with rules', () => {
  beforeEach(() => {
    setPolicy();
  });

  it('somebody listed is written to, and nothing is written down', () => {
    expect(run('send', '-t', listed, '-m', 'hi')).toBeNull();
    expect(run('poll', '--channel', 'imsg', '-t', listed, '--poll-question', 'q')).toBeNull();
    expect(sends()).toEqual([]);
  });

  it('a stranger is not, and the owner reads what it was', () => {
    expect(run('send', '--channel', 'imessage', '--account', 'default', '-t', stranger, '-m', 'hi')).toEqual(
      stopped,
    );
    expect(sends()).toMatchObject([
      {
        layer: 'command',
        state: 'refused',
        channel: 'imessage',
        account: 'default',
        action: 'text',
        text: 'hi',
        targets: [{ to: stranger, key: stranger }],
        cause: { process: '42 node openclaw.mjs message send' },
      },
    ]);
  });

  it.each<[string, readonly string[]]>([
    ['react', ['react', '--message-id', 'm', '--emoji', 'x', '-t', stranger]],
    ['edit', ['edit', '--message-id', 'm', '-m', 'x', '-t', stranger]],
    ['thread-reply', ['thread', 'reply', '-m', 'x', '-t', stranger]],
    ['send', ['send', '--presentation', '{"text":"x"}', '-t', stranger]],
    ['kick', ['kick', '--guild-id', '1', '--user-id', '2']],
  ])('nor by %s', (action, words) => {
    expect(run(...words)).toEqual(stopped);
    expect(sends()).toMatchObject([{ action, layer: 'command' }]);
  });

  it('a person is understood by their one spelling alone: it goes on as it was written', () => {
    expect(run('send', '-t', '(555) 123-0001', '-m', 'hi')).toEqual(stopped);
  });

  it('what is not understood does not leave, and the owner reads every word of it', () => {
    expect(run('send', '-t', listed, '-t', stranger, '-m', 'hi')).toEqual(stopped);
    expect(sends()).toMatchObject([
      { action: 'message', text: `message send -t ${listed} -t ${stranger} -m hi` },
    ]);
  });

  // OpenClaw makes an attachment of it, whose bytes nobody here has seen.
  it.each([
    'MEDIA:/home/me/.ssh/id_rsa',
    'hi\nmedia: ./photo.jpg',
    String.raw`hi\n  MEDIA:/tmp/a.txt`,
    '[[reply_to_current]] MEDIA:/tmp/a.txt',
    '\u{e200}cite\u{e202}x\u{e201}MEDIA:/tmp/a.txt',
    '- MEDIA:/tmp/a.txt',
  ])('a text that names a file does not leave as a text: %j', (message) => {
    expect(run('send', '-t', listed, '-m', message)).toEqual(stopped);
    expect(run('broadcast', '--targets', listed, '--message', message)).toEqual(stopped);
    expect(sends()).toMatchObject([{ action: 'message' }, { action: 'message' }]);
  });

  it.each([
    '{"blocks":[{"type":"text","text":"MEDIA:/tmp/a.txt"}]}',
    String.raw`{"blocks":[{"type":"text","text":"\u004dEDIA:/tmp/a.txt"}]}`,
  ])('nor does one inside a presentation: %s', (presentation) => {
    expect(run('send', '-t', listed, '--presentation', presentation)).toEqual(stopped);
  });

  it('a text that only speaks of media leaves', () => {
    expect(run('send', '-t', listed, '-m', 'Social media: none')).toBeNull();
    expect(run('send', '-t', listed, '--presentation', '{"text":"Hello"}')).toBeNull();
  });

  it('one of many who is not listed stops it for all, and each of those is written down', () => {
    const other = '+15551230098';
    const to = [listed, stranger, other];
    expect(run('broadcast', '--message', 'hi', '--targets', ...to)).toEqual(stopped);
    const written = sends().flatMap(({ targets }) => targets.map((target) => target.to));
    expect(written.toSorted()).toEqual([other, stranger]);
    expect(run('broadcast', '--message', 'hi', '--targets', listed, listed)).toBeNull();
  });

  it('where it may leave on several channels, one must be named', () => {
    channels = { imessage: {}, telegram: {} };
    expect(run('send', '-t', listed, '-m', 'hi')).toContain('--channel');
    expect(run('send', '--channel', 'imessage', '-t', listed, '-m', 'hi')).toBeNull();
  });

  it('reading is left alone', () => {
    expect([run('read', '-t', stranger), run('search', '--query', 'x'), run('send', '--help')]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('the self-test is refused, and nobody is told', () => {
    expect(run('send', '-t', selfTestAddress, '-m', 'test')).toEqual(stopped);
    expect(sends()).toEqual([]);
  });

  it('a line break the command line spells out is one, as it is when it leaves', () => {
    run('send', '-t', stranger, '-m', String.raw`one\ntwo`);
    expect(sends()).toMatchObject([{ text: 'one\ntwo' }]);
  });

  it('what was let out once leaves once', () => {
    const send = (): string | null => run('send', '-t', stranger, '-m', 'hi');
    send();
    letOutOnce(sends()[0]);
    expect(run('send', '-t', stranger, '-m', 'something else')).toEqual(stopped);
    expect(send()).toBeNull();
    expect(sends().map(({ text }) => text)).toEqual(['something else']);
    expect(send()).toEqual(stopped);
  });

  it('a trial and a command that names somebody twice do not spend it', () => {
    const words = ['-t', stranger, '-m', 'hi'];
    run('send', ...words);
    letOutOnce(sends()[0]);
    expect(run('send', '--dry-run', ...words)).toEqual(stopped);
    expect(run('broadcast', '--targets', stranger, stranger, '--message', 'hi')).toEqual(stopped);
    expect(sends()).toHaveLength(1);
    expect(run('send', ...words)).toBeNull();
    expect(sends()).toEqual([]);
  });

  it('and a file only with the same bytes', () => {
    const path = join(root, 'picture.png');
    writeFileSync(path, 'first');
    const send = (): string | null => run('send', '-t', stranger, '--media', path);
    send();
    expect(sends()).toMatchObject([{ files: [{ name: path, bytes: 5 }] }]);
    letOutOnce(sends()[0]);
    writeFileSync(path, 'other');
    expect(send()).toEqual(stopped);
    writeFileSync(path, 'first');
    expect(send()).toBeNull();
  });

  it('while all sends are paused, nothing leaves', () => {
    setPolicy({ paused: true });
    expect(run('send', '-t', listed, '-m', 'hi')).toContain('paused');
  });

  it('while the rules cannot be read, nothing leaves', () => {
    for (const path of [files.policy, files.lastGood, files.written]) writeFileSync(path, '{');
    expect(run('send', '-t', listed, '-m', 'hi')).toContain('cannot be read');
    rmSync(files.policy);
    expect(run('send', '-t', listed, '-m', 'hi')).toEqual(stopped);
  });
});

it('without rules everything leaves', () => {
  expect([run('send', '-t', stranger, '-m', 'hi'), run('kick', '--user-id', '2'), run('whisper')]).toEqual([
    null,
    null,
    null,
  ]);
});
