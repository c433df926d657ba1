import { expect, it } from 'vitest';
import { defaultsOne } from './0001-fill-in-what-is-missing.ts';
import { hideSendText } from './0002-hide-send-text.ts';

it('hides the text of stopped messages and keeps everything else', () => {
  const before = { ...defaultsOne, theme: 'dark', tellApprovedContacts: true } as const;
  expect(hideSendText.up(before)).toEqual({ ...before, hideSendText: true });
});
