import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Result } from '../../../contract/result.ts';
import type { ConfigChange, GatewayConfigFile } from '../../../core/config-ports.ts';
import { askedInChats, askOwnerInstead } from '../../../core/silence/chat-approvals.ts';
import { silentLogger } from '../../../core/gateway/outside.double.ts';
import { withConfigWriteLock } from './config-write-lock.ts';
import { createGatewayConfigFile } from './gateway-config-file.ts';
import { expectMode } from '../../../../build/vitest/file-mode.fixture.ts';

const original = `${JSON.stringify(
  {
    gateway: { auth: { token: 'very secret' } },
    channels: { imessage: { cliPath: 'imsg', dmPolicy: 'pairing' } },
  },
  null,
  2,
)}\n`;
const cliPath: ConfigChange = { path: ['channels', 'imessage', 'cliPath'], value: '/guard/imsg' };
const noProcess = 999_999_999;

let root: string;
let path: string;
let file: GatewayConfigFile;

const text = (): string => readFileSync(path, 'utf8');
const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};
const hash = async (): Promise<string> => valueOf(await file.read()).hash;
const refusal = (result: Result<unknown>): unknown => (result.ok ? 'accepted' : result.error);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'portcullis-config-'));
  path = join(root, 'openclaw.json');
  writeFileSync(path, original, { mode: 0o600 });
  file = createGatewayConfigFile({ configPath: () => path, logger: silentLogger });
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

describe('the config file of the gateway', () => {
  it('previews exactly what changes, and changes nothing yet', async () => {
    const preview = valueOf(await file.preview([cliPath]));
    expect(preview.hash).toBe(await hash());
    expect(preview.changes).toEqual([
      { path: 'channels.imessage.cliPath', before: '"imsg"', after: '"/guard/imsg"' },
    ]);
    expect(text()).toBe(original);
  });

  it('is edited in place and taken back to the same bytes', async () => {
    const undo = valueOf(await file.edit({ expectedHash: await hash(), changes: [cliPath] }));
    expect(text()).toBe(original.replace('"imsg"', '"/guard/imsg"'));
    expect(undo.hash).toBe(await hash());
    expect(JSON.stringify(undo)).not.toContain('secret');
    const redo = valueOf(await file.restore(undo));
    expect([redo.hash, text()]).toEqual([await hash(), original]);
    expect(valueOf(await file.restore(redo))).toMatchObject({ hash: undo.hash, changes: undo.changes });
    expect(valueOf(await file.restore(undo)).hash).toBe(redo.hash);
    expect(text()).toBe(original);
    expect(readdirSync(root)).toEqual(['openclaw.json']);
  });

  it.each([
    [
      'on one line',
      '{"approvals":{"exec":{"enabled":true}},"channels":{"imessage":{"allowFrom":["+15550000001"]}}}',
    ],
    [
      'with comments, a tab and a trailing comma',
      '{\n\t// ours\n\t"approvals": { "exec": { "enabled": true, "mode": "session", /* here */ "targets": [\n\t] }, },\n\t"channels": { "imessage": { "allowFrom": [ "+15550000001", ] } }\n}\n',
    ],
    [
      'with targets of its own',
      '{\r\n  "channels": {"imessage": {}},\r\n  "approvals": {"exec": {"targets": [{"channel": "telegram", "to": "42"}], "mode": "both", "enabled": true}}\r\n}',
    ],
  ])(
    'asks the owner about commands instead of the chats, and is the same bytes afterwards: %s',
    async (_, own) => {
      writeFileSync(path, own);
      const owner = { account: 'default', to: '+436641234567' };
      const { value } = valueOf(await file.read());
      const asks = askOwnerInstead(value, askedInChats([value]), owner);
      const grown = { path: ['channels', 'imessage', 'allowFrom'], value: ['+15550000001', '+15550000002'] };
      const undo = valueOf(await file.edit({ expectedHash: await hash(), changes: [...asks, grown] }));
      const edited = valueOf(await file.read()).value;
      expect(askedInChats([edited])).toEqual([]);
      expect(edited).toMatchObject({
        approvals: {
          exec: {
            mode: 'targets',
            targets: expect.arrayContaining([{ channel: 'imessage', to: owner.to }]) as unknown,
          },
        },
      });
      valueOf(await file.restore(undo));
      expect(text()).toBe(own);
    },
  );

  it('is left alone when somebody changed it since', async () => {
    const before = await hash();
    const theirs = original.replace('pairing', 'open');
    writeFileSync(path, theirs);
    expect(await file.edit({ expectedHash: before, changes: [cliPath] })).toMatchObject({
      error: { code: 'config-changed' },
    });
    const undo = valueOf(await file.edit({ expectedHash: await hash(), changes: [cliPath] }));
    writeFileSync(path, text().replace('"open"', '"allowlist"'));
    expect(await file.restore(undo)).toMatchObject({ error: { code: 'config-changed' } });
    const changes = valueOf(await file.inverse(undo));
    expect(changes).toEqual([{ path: cliPath.path, value: 'imsg' }]);
    valueOf(await file.edit({ expectedHash: await hash(), changes }));
    expect(text()).toBe(original.replace('pairing', 'allowlist'));
  });

  it('keeps what somebody else set in place of ours', async () => {
    const undo = valueOf(await file.edit({ expectedHash: await hash(), changes: [cliPath] }));
    writeFileSync(path, text().replace('/guard/imsg', '/theirs/imsg'));
    expect(valueOf(await file.inverse(undo))).toEqual([]);
  });

  it('keeps mode and symbolic link', async () => {
    const real = join(root, 'real', 'config.json');
    mkdirSync(join(root, 'real'));
    rmSync(path);
    writeFileSync(real, original);
    chmodSync(real, 0o640);
    symlinkSync(real, path);
    valueOf(await file.edit({ expectedHash: await hash(), changes: [cliPath] }));
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    expectMode(real, 0o640);
    expect(readFileSync(real, 'utf8')).toContain('/guard/imsg');
  });

  it.each<[string, ConfigChange]>([
    ['a value in it', { path: ['meta', 'lastTouchedVersion'], value: '1' }],
    ['all of it', { path: ['meta'], value: undefined }],
    ['the whole config', { path: [], value: {} }],
  ])('never writes what OpenClaw marks its config with: %s', async (_what, change) => {
    const marked = `${JSON.stringify({ meta: { lastTouchedVersion: '2026.9.6' }, channels: {} }, null, 2)}\n`;
    writeFileSync(path, marked);
    const refused = { code: 'config-not-editable', message: expect.stringContaining('meta') };
    expect(refusal(await file.preview([change]))).toMatchObject(refused);
    expect(refusal(await file.edit({ expectedHash: await hash(), changes: [change] }))).toMatchObject(
      refused,
    );
    expect(text()).toBe(marked);
  });

  it('refuses an included part, and says where to change it by hand', async () => {
    writeFileSync(path, '{\n  "gateway": {},\n  "channels": { "$include": "./channels.json5" }\n}\n');
    expect(refusal(await file.preview([cliPath]))).toEqual({
      code: 'config-not-editable',
      retryable: false,
      message:
        `channels comes from ./channels.json5, included by line 3 of ${path}, so Portcullis leaves it alone. ` +
        'Change it by hand: set channels.imessage.cliPath to "/guard/imsg".',
    });
    expect(await file.preview([{ path: ['plugins', 'allow'], value: ['x'] }])).toMatchObject({ ok: true });
  });

  it('refuses JSON5 spellings, and says which line and what to change by hand', async () => {
    writeFileSync(path, "{\n  gateway: { mode: 'local' }\n}\n");
    expect(valueOf(await file.read())).toMatchObject({
      value: { gateway: { mode: 'local' } },
      editable: { ok: false, line: 2 },
    });
    expect(refusal(await file.edit({ expectedHash: await hash(), changes: [cliPath] }))).toMatchObject({
      code: 'config-not-editable',
      message: expect.stringMatching(
        /^Line 2 of .*set channels\.imessage\.cliPath to "\/guard\/imsg"\.$/u,
      ) as string,
    });
  });

  it.each([
    ['absent', null, 'OpenClaw has no config file yet'],
    ['broken', '{\n"a": \n', 'line 3 is not valid JSON5'],
    ['not text', Buffer.from([0x7b, 0xff, 0x7d]), 'it is not UTF-8 text'],
  ])('says what is wrong when it is %s', async (_name, content, message) => {
    if (content === null) rmSync(path);
    else writeFileSync(path, content);
    expect(refusal(await file.read())).toMatchObject({
      code: 'config-not-editable',
      message: expect.stringContaining(message) as string,
    });
  });

  it('waits for a writer of OpenClaw, and takes no notice of one that died', async () => {
    const lock = `${path}.lock`;
    const expectedHash = await hash();
    writeFileSync(lock, JSON.stringify({ pid: process.pid, createdAt: new Date().toISOString() }));
    const waiting = await withConfigWriteLock(path, { patienceMs: 120 }, () => Promise.resolve('ran'));
    expect([waiting, existsSync(lock)]).toEqual([null, true]);
    const later = file.edit({ expectedHash, changes: [cliPath] });
    writeFileSync(lock, JSON.stringify({ pid: noProcess }));
    valueOf(await later);
    expect([text().includes('/guard/imsg'), existsSync(lock)]).toEqual([true, false]);
  });

  it('lets one of two edits made from the same preview through', async () => {
    const expectedHash = await hash();
    const edits = ['/one/imsg', '/two/imsg'].map((value) =>
      file.edit({ expectedHash, changes: [{ path: cliPath.path, value }] }),
    );
    const results = await Promise.all(edits);
    expect(results.map((result) => (result.ok ? 'ok' : result.error.code)).sort()).toEqual([
      'config-changed',
      'ok',
    ]);
    expect(readdirSync(root)).toEqual(['openclaw.json']);
  });
});
