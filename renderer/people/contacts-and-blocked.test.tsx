import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { longestContact } from '../../electron/contract/people.ts';
import { plain } from '../bridge/snapshots.double.ts';
import { contact, peopleView } from './people.double.ts';
import { click, confirm, renderPage, row } from './render-people.double.tsx';

// Every question waits until it may be answered, and machines are slow.
vi.setConfig({ testTimeout: 60_000 });

describe('chat contacts', () => {
  it.each([
    ['Take back…', 'Take back', false],
    ['Take back and block…', 'Take back and block', true],
  ])('%s asks first', async (button, label, block) => {
    const { changes } = await renderPage();
    await click(button, row('+15551230001'));
    expect(changes()).toEqual([]);
    await confirm(label);
    expect(changes()).toEqual([
      {
        name: 'people.removeContact',
        input: { channel: 'imessage', account: 'default', entry: '+15551230001', block },
      },
    ]);
  });

  it.each([
    ['the gateway offers no way', contact({ removal: 'needs-plugin' }), /OpenClaw offers no way/],
    [
      'it stands in the settings',
      contact({ source: 'config', removal: 'in-config' }),
      /Remove the entry there/,
    ],
    [
      'everyone may write',
      contact({ entry: '*', shown: plain('*'), means: 'everyone', removal: 'in-config' }),
      /Everyone may write/,
    ],
  ])('offers no button and says why where %s', async (_what, entry, why) => {
    await renderPage(peopleView({ contacts: { list: [entry], pairingFrom: 'plugin', configRead: true } }));
    const shown = row(entry.shown.text);
    expect(shown.getByText(why)).toBeDefined();
    expect(shown.queryByRole('button')).toBeNull();
  });

  it('is shown whole however long it is, apart from the sentences, and can be taken back', async () => {
    const entry = `${'x'.repeat(longestContact - 1)}y`;
    const long = contact({ entry, shown: plain(entry) });
    const { changes, said } = await renderPage(
      peopleView({ contacts: { list: [long], pairingFrom: 'plugin', configRead: true } }),
    );
    const name = `${'x'.repeat(40)}… (20000 characters)`;
    expect(row(name).getByRole('group', { name }).textContent).toBe(entry);
    await click('Take back…', row(name));
    const dialog = within(screen.getByRole('alertdialog'));
    expect(dialog.getByText(/^This contact can no longer write/)).toBeDefined();
    expect(dialog.getByRole('group', { name }).textContent).toBe(entry);
    await confirm('Take back');
    expect(changes()).toEqual([
      {
        name: 'people.removeContact',
        input: { channel: 'imessage', account: 'default', entry, block: false },
      },
    ]);
    expect(said()).toBe('The approval of this contact was taken back.');
  });

  it.each([
    ['nowhere', /Contacts approved by pairing are not shown/],
    ['unreadable', /Contacts approved by pairing could not be read/],
  ] as const)('never calls a list empty that was not read (%s)', async (pairingFrom, why) => {
    await renderPage(peopleView({ contacts: { list: [], pairingFrom, configRead: false } }));
    expect(screen.queryByText('Nobody is approved yet.')).toBeNull();
    expect(screen.getByText(why)).toBeDefined();
    expect(screen.getByText(/settings could not be read/)).toBeDefined();
  });
});

describe('blocked people', () => {
  it('are listed with what blocking does not do, and can be unblocked', async () => {
    const { changes, said } = await renderPage();
    expect(screen.getByText(/The gateway itself knows no block/)).toBeDefined();
    await click('Unblock', row('+15551239999'));
    expect(changes()).toEqual([
      { name: 'people.unblock', input: { channel: 'imessage', to: '+15551239999' } },
    ]);
    expect(said()).toBe('+15551239999 is no longer blocked.');
  });

  it('cannot be had without the plugin, and neither can blocking a contact', async () => {
    await renderPage(peopleView({ blocked: { state: 'unavailable', reason: 'no-plugin' } }));
    expect(screen.getByText(/OpenClaw has no way to block a sender/)).toBeDefined();
    expect(screen.queryByRole('button', { name: /block/ })).toBeNull();
    expect(screen.getByRole('button', { name: 'Take back…' })).toBeDefined();
  });
});
