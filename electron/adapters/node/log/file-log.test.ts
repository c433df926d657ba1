import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRedactor } from '../../../core/log/redact.ts';
import { FileLog, type FileLogOptions } from './file-log.ts';

let home: string;
const opened: FileLog[] = [];

function open(options: Partial<FileLogOptions> = {}): FileLog {
  const log = new FileLog({
    directory: path.join(home, 'logs'),
    redactor: createRedactor({ home }),
    clock: { now: () => 0 },
    ...options,
  });
  opened.push(log);
  return log;
}

const lines = (file: string): unknown[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
const rights = (file: string) => (statSync(file).mode & 0o777).toString(8);

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'portcullis-log-'));
});
afterEach(() => {
  for (const log of opened.splice(0)) log.dispose();
  rmSync(home, { recursive: true, force: true });
});

describe('the log file', () => {
  it('has one JSON line per event', () => {
    const log = open();
    log.log('info', 'gateway.ready', { version: '2026.9.6' });
    log.log('error', 'gateway.refused');
    expect(lines(log.path)).toEqual([
      {
        time: '1970-01-01T00:00:00.000Z',
        level: 'info',
        event: 'gateway.ready',
        facts: { version: '2026.9.6' },
      },
      { time: '1970-01-01T00:00:00.000Z', level: 'error', event: 'gateway.refused', facts: {} },
    ]);
  });

  it('leaves out what is below its level', () => {
    const log = open({ lowest: 'warn' });
    log.log('info', 'a');
    log.log('warn', 'b');
    expect(lines(log.path)).toMatchObject([{ event: 'b' }]);
  });

  it('never holds a secret, wherever it was passed in', () => {
    const secret = '3f9a0c77d1e24b5c8a6f0b1d2c3e4f5a';
    const log = open();
    log.log('info', `event token=${secret}`, { token: secret, nested: { url: `ws://x/?token=${secret}` } });
    log.log('error', 'failed', { error: new Error(`refused ${secret}`), [secret]: 1 });
    expect(lines(log.path)).toHaveLength(2);
    expect(readFileSync(log.path, 'utf8')).not.toContain(secret);
  });

  it('keeps hostile text inside its line', () => {
    const log = open();
    log.log('info', 'who\n{"level":"error"}', { name: 'a\r\nb\u2028c' });
    expect(lines(log.path)).toMatchObject([
      { event: 'who\n{"level":"error"}', facts: { name: 'a\r\nb\u2028c' } },
    ]);
  });

  it('can be read by the owner only, also one that was there before', () => {
    const directory = path.join(home, 'logs');
    open().log('info', 'a');
    expect([rights(directory), rights(path.join(directory, 'portcullis.log'))]).toEqual(['700', '600']);

    const older = path.join(home, 'older');
    mkdirSync(older);
    writeFileSync(path.join(older, 'portcullis.log'), '{"event":"before"}\n', { mode: 0o644 });
    const log = open({ directory: older });
    log.log('info', 'a');
    expect(rights(log.path)).toBe('600');
    expect(lines(log.path)).toMatchObject([{ event: 'before' }, { event: 'a' }]);
  });

  it('stays within its size, keeps the newest lines and one predecessor', () => {
    const log = open({ maxBytes: 1_000 });
    for (let n = 0; n < 100; n += 1) log.log('info', 'tick', { n });
    const directory = path.join(home, 'logs');
    const files = readdirSync(directory).sort();
    expect(files).toEqual(['portcullis.1.log', 'portcullis.log']);
    for (const file of files) expect(statSync(path.join(directory, file)).size).toBeLessThanOrEqual(1_000);
    const kept = files.flatMap((file) => lines(path.join(directory, file))) as { facts: { n: number } }[];
    const numbers = kept.map(({ facts }) => facts.n);
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, n) => 100 - numbers.length + n));
    expect(rights(path.join(directory, 'portcullis.1.log'))).toBe('600');
  });

  it('bounds a single line', () => {
    const log = open();
    log.log(
      'info',
      'big',
      Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`f${String(n)}`, 'word '.repeat(1000)])),
    );
    expect(lines(log.path)).toMatchObject([{ event: 'big', facts: '[too long]' }]);
  });

  it('does not throw when it cannot write, and tells later how much is missing', () => {
    const directory = path.join(home, 'logs');
    writeFileSync(directory, 'a file where the folder should be');
    const log = open();
    log.log('info', 'lost');
    log.log('info', 'lost too');
    rmSync(directory);
    log.log('info', 'back');
    expect(lines(log.path)).toMatchObject([{ event: 'back', facts: { lostBefore: 2 } }]);
  });

  it('does not throw over facts that cannot be read', () => {
    const log = open();
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    log.log('info', 'odd', { proxy, big: 1n, symbol: Symbol('x') });
    expect(lines(log.path)).toMatchObject([
      { event: 'odd', facts: { proxy: '[unreadable]', big: '1', symbol: '[symbol]' } },
    ]);
  });

  it('goes on after it was closed', () => {
    const log = open();
    log.log('info', 'a');
    log.dispose();
    log.log('info', 'b');
    expect(lines(log.path)).toMatchObject([{ event: 'a' }, { event: 'b' }]);
  });
});
