import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSpool } from '../store/spool.ts';
import { issueTicket } from '../store/tickets.ts';
import type { Ticket } from '../store/tickets.ts';
import { createJudgeBench, friend, now, person, stranger, textTo } from './judge.fixture.ts';
import type { JudgeBench } from './judge.fixture.ts';
import type { SendRequest } from './send-request.ts';

let bench: JudgeBench;
beforeEach(() => {
  bench = createJudgeBench();
});
afterEach(() => {
  bench.remove();
});

describe('a file', () => {
  const path = (): string => join(bench.files.root, 'photo.png');
  const withFile = (): SendRequest => ({
    ...textTo([person(stranger)], ''),
    texts: [],
    action: 'send-attachment',
    files: [path()],
    content: 'x',
  });
  const outbox = (): readonly string[] =>
    existsSync(bench.files.outbox) ? readdirSync(bench.files.outbox) : [];
  const ticketFor = (bytes: string, name = 'photo.png'): Ticket => ({
    channel: 'imessage',
    account: null,
    keys: [stranger],
    texts: ['look'],
    actions: null,
    files: [{ name, sha256: createHash('sha256').update(bytes).digest('hex') }],
    expiresAt: now + 1000,
  });

  it('goes to a listed person as it is', async () => {
    bench.setPolicy();
    const verdict = await bench.judge.judge({ ...withFile(), recipients: [person(friend)] });
    expect(verdict).toMatchObject({ outcome: 'pass', written: { files: [path()] }, done: null });
  });

  it('on a ticket leaves as the private copy that was looked at, once, and the text beside it', async () => {
    bench.setPolicy();
    writeFileSync(path(), 'cat');
    issueTicket(bench.files, ticketFor('dog'), now);
    expect(await bench.outcome(withFile())).toBe('refuse');
    issueTicket(bench.files, ticketFor('cat', 'other.png'), now);
    expect(await bench.outcome(withFile())).toBe('refuse');
    expect(outbox()).toEqual([]);
    issueTicket(bench.files, ticketFor('cat', '/somewhere/photo.png'), now);
    const verdict = await bench.judge.judge(withFile());
    if (verdict.outcome !== 'pass') throw new Error('It was refused.');
    writeFileSync(path(), 'SECRET');
    const [copy = ''] = verdict.written.files;
    expect([copy.startsWith(bench.files.outbox), copy.endsWith('/photo.png')]).toEqual([true, true]);
    expect(readFileSync(copy, 'utf8')).toBe('cat');
    await verdict.done?.();
    expect(outbox()).toEqual([]);
    writeFileSync(path(), 'cat');
    expect(await bench.outcome(withFile())).toBe('refuse');
    expect(await bench.outcome(textTo([person(stranger)], 'look'))).toBe('pass');
  });

  it('is bound to its bytes when the owner lets it out once', async () => {
    bench.setPolicy();
    writeFileSync(path(), 'cat');
    await bench.judge.judge(withFile());
    const [stopped] = readSpool(bench.files).sends;
    expect(stopped?.files).toEqual([
      { name: 'photo.png', bytes: 3, sha256: ticketFor('cat').files[0]?.sha256 },
    ]);
    const { textSha256 = '', id = '' } = stopped ?? {};
    const once = { id, channel: 'imessage', account: 'default', to: stranger, textSha256, media: true };
    bench.setPolicy({ oneTime: [{ ...once, expiresAt: now + 1 }] });
    writeFileSync(path(), 'dog');
    expect(await bench.outcome(withFile())).toBe('refuse');
    writeFileSync(path(), 'cat');
    expect(await bench.outcome(withFile())).toBe('pass');
    expect(await bench.outcome(withFile())).toBe('refuse');
  });

  it.each(['pipe', 'folder', 'nothing', 'https://example.com/a.png'])(
    'that is a %s is never let out once',
    async (what) => {
      bench.setPolicy();
      if (what === 'pipe') execFileSync('/usr/bin/mkfifo', [path()]);
      const files = [what === 'folder' ? bench.files.root : what.startsWith('https') ? what : path()];
      issueTicket(bench.files, ticketFor(''), now);
      expect(await bench.outcome({ ...withFile(), files })).toBe('refuse');
      const [stopped] = readSpool(bench.files).sends;
      expect(stopped?.files).toMatchObject([{ bytes: null, sha256: null }]);
    },
  );
});
