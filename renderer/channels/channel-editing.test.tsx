import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { ChannelPlan, ChannelWarning } from '../../electron/contract/channels.ts';
import { appError, ok } from '../../electron/contract/result.ts';
import { allowFrom, channelAccount, channelPlan, codeAnswer, dmPolicy } from '../bridge/channels.double.ts';
import { plain } from '../bridge/snapshots.double.ts';
import { pressArmed } from '../rules/open-rules.double.tsx';
import { editing, press } from './open-channels.double.tsx';

/** Buttons that are held for a moment add up on a busy machine. */
vi.setConfig({ testTimeout: 30_000 });

describe('editing', () => {
  it('offers the words the schema allows and previews only what differs', async () => {
    const { edits } = await editing(channelAccount());
    const field = screen.getByLabelText('Direct messages (dmPolicy)');
    expect(
      within(field)
        .getAllByRole('option')
        .map((option) => option.textContent),
    ).toEqual([
      'Take this setting away',
      'pairing: strangers ask to be paired',
      'allowlist: only people in allowFrom',
      'open: everybody, once * is in allowFrom',
      'disabled: nobody',
    ]);
    await press('Preview…');
    expect(screen.queryByRole('alertdialog')).toBeNull();
    await userEvent.selectOptions(field, 'allowlist: only people in allowFrom');
    await press('Preview…');
    await screen.findByText('In the gateway’s config');
    expect(edits()).toEqual([
      { channel: 'imessage', account: 'default', edits: [{ key: 'dmPolicy', value: 'allowlist' }] },
    ]);
  });

  it('keeps a word in sight that this gateway does not know', async () => {
    await editing(channelAccount({ settings: [dmPolicy({ value: 'friends' })] }));
    expect(screen.getByLabelText<HTMLSelectElement>('Direct messages (dmPolicy)').value).toBe('friends');
  });

  it('takes any word where the schema says nothing', async () => {
    const { edits } = await editing(channelAccount({ settings: [dmPolicy({ allowed: null })] }));
    const field = screen.getByLabelText('Direct messages (dmPolicy)');
    await userEvent.clear(field);
    await userEvent.type(field, 'closed');
    await press('Preview…');
    await waitFor(() => expect(edits()).toHaveLength(1));
    expect(edits()).toEqual([
      { channel: 'imessage', account: 'default', edits: [{ key: 'dmPolicy', value: 'closed' }] },
    ]);
  });

  it('takes people out and in, once each', async () => {
    const { edits } = await editing(channelAccount());
    await press('Take +15559990000 out of “May write”');
    const field = screen.getByLabelText('Add to “May write”');
    expect(document.activeElement).toBe(field);
    await userEvent.type(field, ' ann@example.com {Enter}');
    expect(screen.getByRole('alert').textContent).toBe('This is listed already.');
    await userEvent.clear(field);
    await userEvent.type(field, ' +43 664 1 {Enter}');
    await press('Preview…');
    await waitFor(() => expect(edits()).toHaveLength(1));
    expect(edits()).toEqual([
      {
        channel: 'imessage',
        account: 'default',
        edits: [{ key: 'allowFrom', value: ['ann@example.com', '+43 664 1'] }],
      },
    ]);
  });

  it('shows entries as the app made them safe, and sends them as they are', async () => {
    const raw = 'eve‮@x';
    const setting = allowFrom([raw, 'bob'], {
      shown: [plain('eve⟨U+202E⟩@x', { altered: true }), plain('bob')],
    });
    const { edits } = await editing(channelAccount({ settings: [setting] }));
    const list = screen.getByRole('list', { name: 'May write' });
    expect(list.textContent).toContain('eve⟨U+202E⟩@x');
    expect(document.body.textContent).not.toContain(raw);
    await press('Take bob out of “May write”');
    await press('Preview…');
    await waitFor(() => expect(edits()).toHaveLength(1));
    expect(edits()).toMatchObject([{ edits: [{ key: 'allowFrom', value: [raw] }] }]);
  });

  it('an account that inherits gets a value of its own, and gives it back', async () => {
    const path = 'channels.imessage.accounts.work.allowFrom';
    const inherits = channelAccount({ account: 'work', settings: [allowFrom(['a@x.at'], { path })] });
    const first = await editing(inherits);
    expect(screen.getByText('Now: set for the channel.')).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Take this list away' })).toBeNull();
    await userEvent.type(screen.getByLabelText('Add to “May write”'), 'b@x.at{Enter}');
    await press('Preview…');
    await waitFor(() => expect(first.edits()).toHaveLength(1));
    expect(first.edits()).toEqual([
      { channel: 'imessage', account: 'work', edits: [{ key: 'allowFrom', value: ['a@x.at', 'b@x.at'] }] },
    ]);
  });

  it('a list of its own can be taken away, or kept after all', async () => {
    const { edits } = await editing(channelAccount());
    await press('Take this list away');
    await press('Keep this list');
    await press('Preview…');
    expect(edits()).toEqual([]);
    await press('Take this list away');
    await press('Preview…');
    await waitFor(() => expect(edits()).toHaveLength(1));
    expect(edits()).toEqual([
      { channel: 'imessage', account: 'default', edits: [{ key: 'allowFrom', value: null }] },
    ]);
  });
});

async function previewing(plan: Partial<ChannelPlan>) {
  const shown = await editing(channelAccount());
  shown.bridge.answer('channels.plan', ok(channelPlan(plan)));
  await userEvent.selectOptions(screen.getByLabelText('Direct messages (dmPolicy)'), 'disabled: nobody');
  await press('Preview…');
  await screen.findByText(/In the gateway’s config|like that already/);
  return { ...shown, dialog: within(screen.getByRole('alertdialog')) };
}

describe('the preview', () => {
  it.each<[ChannelWarning, RegExp]>([
    [{ kind: 'wildcard' }, /Everybody is let in/],
    [{ kind: 'locks-out', people: [plain('+1 555 123 0001')] }, /\+1 555 123 0001/],
    [{ kind: 'approved-unknown' }, /This may lock people out/],
    [{ kind: 'nobody' }, /Nobody may write then/],
    [{ kind: 'answers-strangers', text: codeAnswer }, /CLRM9AU7/],
    [{ kind: 'answers-strangers', text: null }, /It names OpenClaw and a pairing code/],
  ])('warns of %o', async (warning, sentence) => {
    const { dialog } = await previewing({ warnings: [warning] });
    expect(dialog.getAllByText(sentence).length).toBeGreaterThan(0);
  });

  it('is applied as shown, closes the form, and gives the focus back', async () => {
    const { asked } = await previewing({});
    await pressArmed('Apply');
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    expect(asked('channels.apply')).toEqual([
      { name: 'channels.apply', input: { id: 'channel-1', confirmed: false } },
    ]);
    expect(screen.queryByLabelText('Direct messages (dmPolicy)')).toBeNull();
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Change…'));
  });

  it('wants a tick where it has to be confirmed', async () => {
    const { dialog, asked } = await previewing({ confirm: true, warnings: [{ kind: 'wildcard' }] });
    await userEvent.click(dialog.getByRole('checkbox', { name: 'I have read this, and it is what I want' }));
    await pressArmed('Apply');
    expect(asked('channels.apply').map(({ input }) => input)).toEqual([{ id: 'channel-1', confirmed: true }]);
  });

  it('has nothing to apply where it is like that already', async () => {
    const { dialog, asked } = await previewing({ changes: [] });
    await userEvent.click(dialog.getByRole('button', { name: 'Apply' }));
    expect(asked('channels.apply')).toEqual([]);
  });

  it('keeps what was entered when it is cancelled', async () => {
    await previewing({});
    await press('Cancel');
    expect(screen.getByLabelText<HTMLSelectElement>('Direct messages (dmPolicy)').value).toBe('disabled');
  });

  it('is offered again when the config changed under a confirmed one', async () => {
    const { asked, update } = await previewing({});
    await pressArmed('Apply');
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    const error = appError('config-changed', 'Somebody else edited the config.');
    const reason = { kind: 'channel', channel: 'imessage', account: 'default' } as const;
    update({ configWork: { state: 'failed', reason, error, written: false, at: Date.now() } });
    await press('Preview again…');
    await screen.findByText('In the gateway’s config');
    const plans = asked('channels.plan').map(({ input }) => input);
    expect(plans).toHaveLength(2);
    expect(plans[1]).toEqual(plans[0]);
  });
});
