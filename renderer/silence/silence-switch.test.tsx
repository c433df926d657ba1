import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { appError, fail, ok } from '../../electron/contract/result.ts';
import type { SilenceAccountView, SilenceView } from '../../electron/contract/silence.ts';
import { silenceAccount, silencePlan, silenceWith } from '../bridge/channels.double.ts';
import { plain, sendRequest } from '../bridge/snapshots.double.ts';
import { pressArmed } from '../rules/open-rules.double.tsx';
import { card, choose, openSwitch } from './open-switch.double.tsx';

/** Buttons that are held for a moment add up on a busy machine. */
vi.setConfig({ testTimeout: 30_000 });

describe('what strangers get now', () => {
  it.each<[Partial<SilenceAccountView>, RegExp]>([
    [{ mode: 'answer' }, /^Answer with a code\. Strangers get a reply with a pairing code, and learn/],
    [{ mode: 'ask' }, /^Silent, ask me\. Strangers get no reply; you are asked/],
    [{ mode: 'ignore' }, /^Silent, ignore\. Strangers get no reply, and you are not asked\.$/],
    [{ mode: 'other', dmPolicy: 'open' }, /^Set by hand\. The gateway’s config says dmPolicy “open”\./],
  ])('%o is one sentence', async (account, sentence) => {
    await openSwitch(silenceWith(silenceAccount(account)));
    expect(card().getByRole('status').textContent).toMatch(sentence);
  });

  it('is told per account, with hostile account names made safe', async () => {
    await openSwitch(
      silenceWith(
        silenceAccount(),
        silenceAccount({ account: 'work‮', accountShown: plain('work⟨U+202E⟩'), mode: 'ignore' }),
      ),
    );
    expect(
      card()
        .getAllByRole('group')
        .map((group) => group.getAttribute('aria-label')),
    ).toEqual(['iMessage', 'iMessage (work⟨U+202E⟩)']);
  });

  it.each<SilenceView>([
    { state: 'unavailable', reason: 'not-connected', message: null },
    { state: 'unavailable', reason: 'no-imessage', message: null },
    { state: 'unavailable', reason: 'unreadable', message: 'Line 3 is odd.' },
    { state: 'ready', accounts: [] },
  ])('is nothing at all on the requests page for %o', async (silence) => {
    await openSwitch(silence);
    expect(screen.queryByRole('region', { name: 'Strangers on iMessage' })).toBeNull();
  });

  it('tells until when, and what comes back then', async () => {
    const until = Date.now() + 40 * 60_000;
    const { update } = await openSwitch(
      silenceWith(silenceAccount({ mode: 'ignore', until, former: 'answer' })),
    );
    expect(
      card().getByText(/^Holds until .*, in (39|40) min\. Then “Answer with a code” comes back\.$/),
    ).toBeDefined();
    update({
      silence: silenceWith(silenceAccount({ mode: 'ignore', until: Date.now() - 1000, former: 'answer' })),
    });
    expect(await card().findByText(/^Its time is up: “Answer with a code” comes back as soon/)).toBeDefined();
  });

  it('is not silence while * is in allowFrom', async () => {
    await openSwitch(silenceWith(silenceAccount({ wildcard: true, mode: 'ignore' })));
    expect(card().getByText(/Everybody is let in/)).toBeDefined();
    await userEvent.click(card().getByRole('button', { name: 'Open channels' }));
    await screen.findByRole('heading', { level: 2, name: 'Channels' });
  });
});

describe('choosing', () => {
  it('changes nothing in passing, and wants a choice that differs', async () => {
    const { asked } = await openSwitch(silenceWith());
    await choose('Silent, ask me');
    await userEvent.click(screen.getByRole('radio', { name: 'Answer with a code' }));
    await userEvent.click(screen.getByRole('button', { name: 'Preview…' }));
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Change…'));
    expect(asked()).toEqual([]);
  });

  it('says beforehand that asking needs strict mode', async () => {
    await openSwitch(silenceWith(silenceAccount({ strict: 'off' })));
    await choose('Silent, ask me');
    expect(screen.getByText(/Needs strict mode, which is not on yet/)).toBeDefined();
  });

  it('takes an end, counted from the moment it was chosen', async () => {
    const opened = Date.now();
    const { bridge, asked } = await openSwitch(silenceWith());
    bridge.answer('silence.plan', ok(silencePlan()));
    await choose('Silent, ignore');
    await userEvent.selectOptions(screen.getByLabelText('How long'), 'For 1 hour');
    await pressArmed('Preview…');
    await screen.findByText(/^It holds until /);
    const { until } = asked()[0]?.input as { readonly until: number };
    expect(asked()).toEqual([{ name: 'silence.plan', input: { account: 'default', to: 'ignore', until } }]);
    const hour = 60 * 60_000;
    expect(until).toBeGreaterThanOrEqual(opened + hour);
    expect(until).toBeLessThanOrEqual(Date.now() + hour);
  });

  it('lets the end of what holds be taken away, and says so', async () => {
    const { bridge, asked } = await openSwitch(
      silenceWith(silenceAccount({ mode: 'ignore', former: 'answer', until: Date.now() + 60 * 60_000 })),
    );
    bridge.answer('silence.plan', ok(silencePlan({ from: 'ignore', changes: [], carriedOver: [] })));
    await choose('Silent, ignore');
    expect(screen.getByText(/^What holds now ends by itself: it holds until /)).toBeDefined();
    await userEvent.selectOptions(screen.getByLabelText('How long'), 'No end');
    await pressArmed('Preview…');
    await screen.findByText('The gateway’s config stays as it is');
    expect(screen.getByText('It has no end any more: it holds until you change it.')).toBeDefined();
    expect(asked()).toEqual([
      { name: 'silence.plan', input: { account: 'default', to: 'ignore', until: null } },
    ]);
  });
});

describe('while it is done', () => {
  it('tells each step and offers no second change', async () => {
    const working = { step: 'channel', write: 2, writes: 2 } as const;
    await openSwitch(silenceWith(silenceAccount({ working, former: 'ignore' })));
    expect(card().getByText(/^The channel restarts.*\(change 2 of 2\)…$/)).toBeDefined();
    await userEvent.click(card().getByRole('button', { name: /^Change…/ }));
    await userEvent.click(card().getByRole('button', { name: /^Undo…/ }));
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });

  it.each([
    [Date.now() + 60_000, true],
    [null, false],
  ])(
    'says when a stopped message keeps the gateway from taking it over (held until %s)',
    async (heldUntil, told) => {
      const working = { step: 'gateway', write: 1, writes: 1 } as const;
      await openSwitch(silenceWith(silenceAccount({ working })), { requests: [sendRequest({ heldUntil })] });
      const line = card().getByText(/^Waiting for the gateway to take it over…/);
      expect(line.textContent.includes('It waits for the stopped message')).toBe(told);
    },
  );

  it('cannot be changed without a connection', async () => {
    await openSwitch(silenceWith(), { connection: { state: 'connecting', gateway: null } });
    await userEvent.click(card().getByRole('button', { name: /^Change…/ }));
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });

  it.each([true, false])('says why it failed, and whether some of it stands (%s)', async (written) => {
    const error = appError('config-changed', 'The config was edited meanwhile.');
    const reason = { kind: 'silence', account: 'default' } as const;
    await openSwitch(silenceWith(silenceAccount({ error })), {
      configWork: { state: 'failed', reason, error, written, at: Date.now() },
    });
    expect(card().getByRole('alert').textContent).toBe('The config was edited meanwhile.');
    expect(card().queryAllByText(/^Some of it stands/)).toHaveLength(written ? 1 : 0);
  });
});

it('offers the same preview again when the config changed under a confirmed one', async () => {
  const { bridge, update, asked } = await openSwitch(silenceWith());
  bridge.answer('silence.plan', ok(silencePlan()));
  await choose('Silent, ignore');
  await pressArmed('Preview…');
  await screen.findByText('In the gateway’s config');
  await pressArmed('Silent, ignore');
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  const error = appError('config-changed', 'The config was edited meanwhile.');
  update({ silence: silenceWith(silenceAccount({ error })) });
  await userEvent.click(card().getByRole('button', { name: 'Preview again…' }));
  await screen.findByText('In the gateway’s config');
  const input = { account: 'default', to: 'ignore', until: null };
  expect(asked()).toEqual([
    { name: 'silence.plan', input },
    { name: 'silence.apply', input: { id: 'silence-1', confirmed: false } },
    { name: 'silence.plan', input },
  ]);
});

describe('undo', () => {
  it('asks first, and warns when strangers will be answered again', async () => {
    const { bridge, asked } = await openSwitch(
      silenceWith(silenceAccount({ mode: 'ignore', former: 'answer', undoConfirm: true })),
    );
    await userEvent.click(card().getByRole('button', { name: /^Undo…/ }));
    const dialog = within(await screen.findByRole('alertdialog'));
    expect(dialog.getByText(/exactly what it had: “Answer with a code”/)).toBeDefined();
    expect(dialog.getByText(/Strangers get a reply with a pairing code/)).toBeDefined();
    bridge.answer('silence.undo', fail(appError('config-changed', 'Somebody else changed it.')));
    await pressArmed('Put it back');
    expect((await dialog.findByRole('alert')).textContent).toBe('Somebody else changed it.');
    bridge.answer('silence.undo', ok(null));
    await userEvent.click(dialog.getByRole('button', { name: 'Put it back' }));
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    expect(asked()).toEqual([
      { name: 'silence.undo', input: { account: 'default', confirmed: true } },
      { name: 'silence.undo', input: { account: 'default', confirmed: true } },
    ]);
  });

  it('confirms nothing where strangers stay unanswered', async () => {
    const { bridge, asked } = await openSwitch(
      silenceWith(silenceAccount({ mode: 'ignore', former: 'ask' })),
    );
    bridge.answer('silence.undo', ok(null));
    await userEvent.click(card().getByRole('button', { name: /^Undo…/ }));
    const dialog = within(await screen.findByRole('alertdialog'));
    expect(dialog.queryByText('Strangers may be answered again')).toBeNull();
    await pressArmed('Put it back');
    await waitFor(() => expect(asked()).toHaveLength(1));
    expect(asked()).toEqual([{ name: 'silence.undo', input: { account: 'default', confirmed: false } }]);
  });

  it('is not offered where there is nothing to go back to', async () => {
    await openSwitch(silenceWith());
    expect(card().queryByRole('button', { name: /^Undo…/ })).toBeNull();
  });
});
