import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { appError, fail } from '../../electron/contract/result.ts';
import type { AppSnapshot } from '../../electron/contract/snapshot.ts';
import {
  allowFrom,
  channelAccount,
  channelsView,
  configEdit,
  dmPolicy,
  silenceWith,
} from '../bridge/channels.double.ts';
import { pressArmed, region } from '../rules/open-rules.double.tsx';
import { openChannels, press } from './open-channels.double.tsx';

/** Buttons that are held for a moment add up on a busy machine. */
vi.setConfig({ testTimeout: 30_000 });

describe('what holds', () => {
  it('is every setting of every account, with where it is set', async () => {
    const work = channelAccount({
      account: 'work',
      enabled: false,
      strangers: 'nothing',
      settings: [dmPolicy({ value: 'allowlist', from: 'account' }), allowFrom([])],
      guard: null,
    });
    await openChannels({ view: channelsView({ accounts: [channelAccount(), work] }) });
    await screen.findByRole('region', { name: 'iMessage' });
    const facts = (name: string): readonly (string | null)[] =>
      [...region(name).getAllByRole('term'), ...region(name).getAllByRole('definition')].map(
        (each) => each.textContent,
      );
    expect(facts('iMessage')).toEqual([
      'Direct messages dmPolicy',
      'Groups groupPolicy',
      'May write allowFrom',
      'May be written to allowTo',
      'Answer to strangers pairingReply',
      'pairing: strangers ask to be pairedset for the channel',
      'allowlist: only listed groups and peoplenot set; the gateway’s own default',
      'Listed+15559990000ann@example.comset for the channel',
      '2 recipients; you are asked about others.',
      'Not held back by the send guard.',
    ]);
    expect(region('iMessage (work)').getByText('Switched off.')).toBeDefined();
    expect(region('iMessage (work)').getByText(/no answer, and you are not asked/)).toBeDefined();
    expect(facts('iMessage (work)').slice(4)).toEqual([
      'allowlist: only people in allowFromset for this account',
      'Nobody is listed.set for the channel',
      'Not known: the send guard is not in this gateway.',
      'The gateway’s own: the send guard is not in this gateway.',
    ]);
  });

  it.each([
    ['code', 'A stranger gets a pairing code. You are asked.'],
    ['silent', 'A stranger gets no answer. You are asked.'],
    ['nothing', 'A stranger gets no answer, and you are not asked.'],
    ['everyone-is-let-in', 'Everybody who writes is let in.'],
    [null, 'What a stranger gets cannot be told.'],
  ] as const)('a stranger gets %s', async (strangers, sentence) => {
    await openChannels({ view: channelsView({ accounts: [channelAccount({ strangers })] }) });
    expect(await screen.findByText(sentence)).toBeDefined();
  });

  it('does not guess what the gateway does not tell', async () => {
    const settings = [
      dmPolicy({ value: null, from: 'gateway' }),
      allowFrom([], { value: null, from: 'gateway' }),
    ];
    await openChannels({
      view: channelsView({ accounts: [channelAccount({ settings, connected: null, guard: null })] }),
    });
    expect(await screen.findByText(/^Not known: not set, and the gateway does not say/)).toBeDefined();
    expect(screen.getByText('Nobody is listed: not set.')).toBeDefined();
    expect(region('iMessage').getByText('On.')).toBeDefined();
  });

  it('is read again when something changed and when asked to', async () => {
    const { asked, update } = await openChannels();
    const reads = () => asked('channels.list').length;
    const first = reads();
    const reason = { kind: 'channel', channel: 'imessage', account: 'default' } as const;
    update({ configWork: { state: 'done', reason, at: Date.now() } });
    await waitFor(() => expect(reads()).toBe(first + 1));
    await press('Look again');
    await waitFor(() => expect(reads()).toBe(first + 2));
    // Somebody changed the config by hand.
    update({ listsSeq: 1 });
    await waitFor(() => expect(reads()).toBe(first + 3));
  });

  it('says why it could not be read, and why nothing can be changed', async () => {
    const { bridge } = await openChannels({
      view: channelsView({ notEditable: appError('config-not-editable', 'The config uses $include.') }),
    });
    expect(await screen.findByText('The config uses $include.')).toBeDefined();
    expect(screen.queryByRole('button', { name: /^Change…/ })).toBeNull();
    bridge.answer('channels.list', fail(appError('gateway-timeout', 'The gateway did not answer.')));
    await press('Look again');
    expect(await screen.findByText('The gateway did not answer.')).toBeDefined();
    expect(screen.getByRole('region', { name: 'iMessage' })).toBeDefined();
  });

  it('tells on this page why the switch is not there', async () => {
    await openChannels({
      snapshot: {
        silence: { state: 'unavailable', reason: 'unreadable', message: 'dmPolicy is not allowed.' },
      },
    });
    expect(region('Strangers on iMessage').getByText('dmPolicy is not allowed.')).toBeDefined();
  });
});

describe('changes made', () => {
  const reason = { kind: 'channel', channel: 'imessage', account: 'default' } as const;
  const error = appError('config-changed', 'Somebody else edited the config.');

  it.each<[AppSnapshot['configWork'], RegExp]>([
    [
      { state: 'working', reason, progress: { step: 'gateway', write: 1, writes: 2 } },
      /^Waiting for the gateway to take it over \(change 1 of 2\)…$/,
    ],
    [{ state: 'done', reason, at: Date.now() }, /^The gateway has confirmed that it runs with it\.$/],
    [{ state: 'failed', reason, error, written: true, at: Date.now() }, /^Some of it stands/],
    [
      { state: 'failed', reason, error, written: false, at: Date.now() },
      /^The gateway’s config is as it was\.$/,
    ],
  ])('are told while they happen: %o', async (configWork, sentence) => {
    await openChannels({ snapshot: { configWork } });
    expect(screen.getByText(sentence)).toBeDefined();
  });

  it('cannot be made while another is under way', async () => {
    await openChannels({
      history: [configEdit()],
      snapshot: {
        configWork: { state: 'working', reason, progress: { step: 'writing', write: 1, writes: 1 } },
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: /^Change… \(iMessage\)/ }));
    await userEvent.click(screen.getByRole('button', { name: /^Undo… \(/ }));
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(screen.queryByLabelText('Direct messages (dmPolicy)')).toBeNull();
  });

  it('are listed with what they were about, and what became of them', async () => {
    await openChannels({
      history: [
        configEdit({ id: 'e4', reason: { kind: 'undo', of: 'e2' } }),
        configEdit({ id: 'e3', reason: { kind: 'silence-end', account: 'default' }, confirmed: false }),
        configEdit({ id: 'e2', reason: { kind: 'silence', account: 'work' }, undone: true }),
        configEdit({ id: 'e1', notUndoable: 'Somebody else changed it since.' }),
      ],
    });
    await screen.findByText('Undo: Strangers on iMessage (work)');
    const rows = region('Changes made by Portcullis')
      .getAllByRole('listitem')
      .map((row) => row.textContent);
    expect(rows).toEqual([
      'Undo: Strangers on iMessage (work)5 min ago · 1 valueDetailsUndo…',
      'Strangers on iMessage: time was up5 min ago · 1 valueWritten, but the gateway never said that it runs with it.DetailsUndo…',
      'Strangers on iMessage (work)5 min ago · 1 value · undoneDetails',
      'iMessage5 min ago · 1 valueSomebody else changed it since.Details',
    ]);
  });

  it('are taken back after a look at what that does', async () => {
    const { asked } = await openChannels({ history: [configEdit({ confirm: true })] });
    await userEvent.click(await screen.findByRole('button', { name: /^Undo… \(/ }));
    const dialog = within(screen.getByRole('alertdialog'));
    expect(dialog.getByText('Strangers may be answered again')).toBeDefined();
    const diff = dialog.getByRole('group').textContent;
    expect(diff).toContain('- before: "allowlist"');
    expect(diff).toContain('+ after: "pairing"');
    await pressArmed('Undo');
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    expect(asked('channels.undo')).toEqual([
      { name: 'channels.undo', input: { id: 'edit-1', confirmed: true } },
    ]);
  });

  it('the one just made can be taken back where its end is told', async () => {
    await openChannels({
      history: [configEdit()],
      snapshot: { configWork: { state: 'done', reason, at: Date.now() } },
    });
    const undo = await screen.findByRole('button', { name: 'Undo…' });
    await userEvent.click(undo);
    expect(screen.getByRole('alertdialog')).toBeDefined();
  });

  it('of an account is told where it was asked for while it goes on', async () => {
    const progress = { step: 'gateway', write: 1, writes: 1 } as const;
    const { update } = await openChannels({
      history: [configEdit({ reason, confirmed: false })],
      snapshot: { configWork: { state: 'working', reason, progress } },
    });
    await waitFor(() =>
      expect(region('iMessage').getByText('Waiting for the gateway to take it over…')).toBeDefined(),
    );
    expect(screen.queryByText(/^Being changed/)).toBeNull();
    const unconfirmed = 'Written, but the gateway never said that it runs with it.';
    expect(screen.queryByText(unconfirmed)).toBeNull();
    update({ configWork: { state: 'idle' } });
    expect(screen.getByText(unconfirmed)).toBeDefined();
  });

  it('of the switch is told by the switch alone while it goes on', async () => {
    const configWork = {
      state: 'working',
      reason: { kind: 'silence', account: 'default' },
      progress: { step: 'writing', write: 1, writes: 1 },
    } as const;
    const { update } = await openChannels({ snapshot: { configWork, silence: silenceWith() } });
    expect(screen.queryByText(/^Being changed/)).toBeNull();
    update({ configWork: { state: 'done', reason: configWork.reason, at: Date.now() } });
    expect(screen.getByText('Changed: Strangers on iMessage')).toBeDefined();
  });
});
