import { beforeEach, describe, expect, it } from 'vitest';
import { appError, fail, ok } from '../../contract/result.ts';
import { displayText } from '../requests/display-text.ts';
import { readContacts, understandAddress } from './addresses.ts';
import { imessage } from './guard-installer.double.ts';
import { guardWorld, type GuardWorld } from './guard.fixture.ts';

const shown = (key: string) => displayText(key, 400);

it.each([
  ['iMessage', '(555) 123-0001', 'US', '+15551230001', 'phone'],
  ['imessage', 'mailto:Eve@Example.com', null, 'eve@example.com', 'email'],
  ['telegram', 'telegram:@Eve', null, '@eve', 'handle'],
  ['imessage', 'AMAZON', 'US', 'sender:amazon', 'sender'],
  ['imessage', '262966', null, 'short:262966', 'short-code'],
  ['imessage', '\u202a+52 1 55 5555 0123\u202c', null, '+5215555550123', 'phone'],
])('on %s understands %s', (channel, to, region, key, kind) => {
  expect(understandAddress({ channel, account: 'default', to, region })).toEqual({
    understood: true,
    key,
    kind,
    shown: shown(key),
  });
});

it.each([
  ['175928847299117063', 'This is an id of another app, not a phone number.'],
  ['(555) 123-0001', 'The country code is missing. Write it with a plus, e.g. +43 664 1234567.'],
  ['+1 2', 'This is not a possible phone number. Include the country code, e.g. +43 664 1234567.'],
])('says why it does not understand %s', (to, problem) => {
  expect(understandAddress({ channel: 'imessage', account: 'default', to, region: null })).toEqual({
    understood: false,
    problem,
  });
});

describe('contacts', () => {
  let world: GuardWorld;
  const read = async () =>
    readContacts(
      {
        calls: world.calls,
        installer: world.installer,
        isLocal: () => world.local.now,
        region: () => 'US',
      },
      { channel: 'iMessage', account: 'default' },
    );
  const contact = (key: string, source: 'pairing' | 'config') => ({
    channel: 'imessage',
    account: 'default',
    key,
    shown: shown(key),
    source,
  });

  beforeEach(() => {
    world = guardWorld();
    world.plugin.contacts = ['+15551230001', 'tel:5551230001', 'Eve'];
    const allowFrom = ['*', ' accessGroup:family', '(555) 123-0001', 'EVE@example.com', 'chat_id:4'];
    const elsewhere = { ...imessage, account: 'work', allowFrom: ['+15551230009'] };
    world.installer.installation = ok({ accounts: [{ ...imessage, allowFrom }, elsewhere], setUp: [] });
  });

  it('are those approved by pairing, then those in the config, each once and canonical', async () => {
    expect(await read()).toEqual(
      ok([
        contact('+15551230001', 'pairing'),
        contact('eve@example.com', 'config'),
        contact('chat_id:4', 'config'),
      ]),
    );
  });

  it('of a gateway elsewhere are those approved by pairing', async () => {
    world.local.now = false;
    expect(await read()).toEqual(ok([contact('+15551230001', 'pairing')]));
  });

  it('are all or none: a source that cannot be read is said', async () => {
    world.installer.installation = fail(appError('config-not-editable', 'The config has includes.'));
    expect(await read()).toMatchObject({ error: { code: 'config-not-editable' } });
    world.plugin.version = null;
    expect(await read()).toMatchObject({ error: { code: 'unsupported' } });
  });
});
