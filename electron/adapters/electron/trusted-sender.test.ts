import { describe, expect, it } from 'vitest';
import { isAppUrl } from './app-origin.ts';
import { isTrustedSender } from './trusted-sender.ts';

const page = { url: 'app://portcullis/index.html', isMainFrame: true };

describe('a sender', () => {
  it.each([
    ['is our page', { webContentsId: 3, frame: page }, 3, true],
    ['is another window', { webContentsId: 4, frame: page }, 3, false],
    ['comes while there is no window', { webContentsId: 3, frame: page }, null, false],
    ['is a frame that is gone', { webContentsId: 3, frame: null }, 3, false],
    ['is a sub-frame', { webContentsId: 3, frame: { ...page, isMainFrame: false } }, 3, false],
    ['shows another page', { webContentsId: 3, frame: { ...page, url: 'https://evil.example/' } }, 3, false],
  ])('that %s', (_case, sender, own, expected) => {
    expect(isTrustedSender(sender, own)).toBe(expected);
  });
});

it.each([
  ['app://portcullis/', true],
  ['app://portcullis/index.html?a#b', true],
  ['APP://portcullis/index.html', true],
  ['app://portcullis.evil/index.html', false],
  ['app://evil/portcullis', false],
  ['app://portcullis@evil/', false],
  ['app://me@portcullis/', false],
  ['app://portcullis:1/', false],
  ['app:portcullis', false],
  ['file:///app://portcullis/', false],
  ['https://portcullis/', false],
  ['about:blank', false],
  ['', false],
])('%s is our origin: %s', (url, expected) => {
  expect(isAppUrl(url)).toBe(expected);
});
