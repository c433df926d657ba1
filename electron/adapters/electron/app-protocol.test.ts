import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CustomScheme, Protocol } from 'electron';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { listRendererFiles } from '../node/serve/renderer-files.ts';
import type { RendererFiles } from '../node/serve/renderer-files.ts';
import { answerAppRequest, registerAppScheme } from './app-protocol.ts';
import { namesBySetting } from './names-by-setting.fixture.ts';

const registered = vi.hoisted(() => [] as CustomScheme[]);
vi.mock('electron', () => ({
  protocol: {
    registerSchemesAsPrivileged: (schemes) => void registered.push(...schemes),
  } satisfies Pick<Protocol, 'registerSchemesAsPrivileged'>,
}));

let root: string;
let files: RendererFiles;
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'portcullis-app-'));
  writeFileSync(path.join(root, 'index.html'), '<!doctype html>');
  files = listRendererFiles(root);
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

it('gives the page a real, secure origin and no more', () => {
  registerAppScheme();
  expect(
    registered.map(({ scheme, privileges = {} }) => ({ scheme, ...namesBySetting(privileges) })),
  ).toEqual([
    {
      scheme: 'app',
      on: ['corsEnabled', 'secure', 'standard'],
      off: ['allowServiceWorkers', 'bypassCSP', 'stream', 'supportFetchAPI'],
    },
  ]);
});

it('serves the page under a policy that lets it connect nowhere', async () => {
  const response = await answerAppRequest({ url: 'app://portcullis/index.html?x#y', method: 'GET' }, files);
  expect([response.status, await response.text()]).toEqual([200, '<!doctype html>']);
  expect(Object.fromEntries(response.headers)).toEqual({
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
      "connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'content-type': 'text/html; charset=utf-8',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
});

it.each([
  ['GET', 'app://evil/index.html'],
  ['GET', 'app://portcullis/../../etc/passwd'],
  ['GET', 'app://portcullis/%2e%2e/%2e%2e/etc/passwd'],
  ['GET', 'app://portcullis//etc/passwd'],
  ['GET', 'https://portcullis/index.html'],
  ['POST', 'app://portcullis/index.html'],
  ['GET', 'not a url'],
])('answers %s %s with 404', async (method, url) => {
  expect((await answerAppRequest({ url, method }, files)).status).toBe(404);
});
