import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { appError, fail, ok } from '../../electron/contract/result.ts';
import type { SilenceAccountView, SilencePlan, SilenceView } from '../../electron/contract/silence.ts';
import type { AppSnapshot } from '../../electron/contract/snapshot.ts';
import {
  answerPlan,
  codeAnswer,
  silenceAccount,
  silencePlan,
  silenceWith,
} from '../bridge/channels.double.ts';
import { plain, snapshotWith } from '../bridge/snapshots.double.ts';
import { renderWindow } from '../render-window.double.tsx';
import { pressArmed } from '../rules/open-rules.double.tsx';

/** Buttons that are held for a moment add up on a busy machine. */
vi.setConfig({ testTimeout: 30_000 });

async function openSwitch(silence: SilenceView, change: Partial<AppSnapshot> = {}) {
  const shown = await renderWindow(snapshotWith([], { silence, ...change }));
  return {
    ...shown,
    asked: () => shown.bridge.commands.filter(({ name }) => name.startsWith('silence.')),
  };
}

function card() {
  return within(screen.getByRole('region', { name: 'Strangers on iMessage' }));
}

async function choose(option: string): Promise<void> {
  await userEvent.click(card().getByRole('button', { name: /^Change…/ }));
  await userEvent.click(await screen.findByRole('radio', { name: option }));
}

/** Opens the preview of this state over the plan the app would make. */
async function preview(option: string, plan: SilencePlan, account: Partial<SilenceAccountView> = {}) {
  const shown = await openSwitch(silenceWith(silenceAccount(account)));
  shown.bridge.answer('silence.plan', ok(plan));
  await choose(option);
  await pressArmed('Preview…');
  await screen.findByText(/gateway’s config stays|In the gateway’s config|is needed first/);
  return { ...shown, dialog: within(screen.getByRole('alertdialog')) };
}

describe('what strangers get now', () => {
  it.each<[Partial<SilenceAccountView>, RegExp]>([
    [{ mode: 'answer' }, /^Answer with a code\. A stranger gets a pairing code.*You are asked\.$/],
    [{ mode: 'ask' }, /^Silent, ask me\. A stranger gets no answer\. You are asked\.$/],
    [{ mode: 'ignore' }, /^Silent, ignore\. A stranger gets no answer, and you are not asked\.$/],
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
    { state: 'unavailable', reason: 'remote', message: 'Switch it there.' },
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

  it.each<[Partial<SilenceAccountView>, RegExp]>([
    [{ wildcard: true, mode: 'ignore' }, /Everybody is let in/],
    [{ mode: 'ask', strict: 'off' }, /strangers still get a code/],
    [{ mode: 'ask', strict: 'unknown' }, /strangers still get a code/],
    [{ mode: 'ask', strict: 'broken' }, /nothing at all can be sent/],
  ])('is not silence when %o', async (account, sentence) => {
    await openSwitch(silenceWith(silenceAccount(account)));
    expect(card().getByText(sentence)).toBeDefined();
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

  it('lets the end of what holds be changed where there is something to go back to', async () => {
    const { bridge, asked } = await openSwitch(
      silenceWith(silenceAccount({ mode: 'ignore', former: 'answer', until: Date.now() + 60_000 })),
    );
    bridge.answer('silence.plan', ok(silencePlan({ from: 'ignore', changes: [], carriedOver: [] })));
    await choose('Silent, ignore');
    await pressArmed('Preview…');
    await screen.findByText('The gateway’s config stays as it is');
    expect(asked()).toEqual([
      { name: 'silence.plan', input: { account: 'default', to: 'ignore', until: null } },
    ]);
  });
});

describe('the preview', () => {
  it('shows who is carried over and every value, and applies exactly that plan', async () => {
    const { dialog, asked } = await preview('Silent, ignore', silencePlan());
    expect(dialog.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      '+1 555 123 0001',
      'ann@example.com',
    ]);
    const changes = dialog.getAllByRole('group').map((diff) => diff.textContent);
    expect(changes[0]).toContain('+ after:   "+15551230001"');
    expect(changes[1]).toContain('- before: "pairing"');
    expect(changes[1]).toContain('+ after: "allowlist"');
    await pressArmed('Silent, ignore');
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    expect(asked()).toEqual([
      { name: 'silence.plan', input: { account: 'default', to: 'ignore', until: null } },
      { name: 'silence.apply', input: { id: 'silence-1', confirmed: false } },
    ]);
  });

  it('shows the rule of the send guard that changes', async () => {
    const { dialog } = await preview(
      'Silent, ask me',
      silencePlan({ to: 'ask', changes: [], carriedOver: [], rule: { before: 'send', after: 'silent' } }),
    );
    expect(dialog.getByRole('group', { name: 'Change of pairingReply' }).textContent).toContain(
      'after: "silent"',
    );
  });

  it('answers strangers only after the owner read word for word what they receive', async () => {
    const { dialog, asked } = await preview('Answer with a code', answerPlan(), { mode: 'ignore' });
    expect(dialog.getByRole('blockquote').textContent).toBe(codeAnswer.trimEnd());
    const confirm = dialog.getByRole('button', { name: 'Answer with a code' });
    await waitFor(() => expect(dialog.queryByRole('status')).toBeNull());
    await userEvent.click(confirm);
    expect(asked().map(({ name }) => name)).toEqual(['silence.plan']);
    await userEvent.click(dialog.getByRole('checkbox', { name: 'Strangers may get this answer' }));
    await pressArmed('Answer with a code');
    expect(asked().at(-1)).toEqual({ name: 'silence.apply', input: { id: 'silence-2', confirmed: true } });
  });

  it.each([
    [{ kind: 'strict-needed', strict: 'off' }, 'Set up strict mode'],
    [{ kind: 'plugin-needed' }, 'Set up the send guard'],
  ] as const)('cannot be applied while %o, and leads to the guard', async (warning, button) => {
    const { dialog, asked } = await preview(
      'Silent, ask me',
      silencePlan({ to: 'ask', applicable: false, changes: [], warnings: [warning] }),
      { strict: 'off' },
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Silent, ask me' }));
    await userEvent.click(dialog.getByRole('button', { name: button }));
    await screen.findByRole('heading', { level: 2, name: 'Send guard' });
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(asked().map(({ name }) => name)).toEqual(['silence.plan']);
  });

  it('warns that * makes silence meaningless, and names the access groups', async () => {
    const { dialog } = await preview(
      'Silent, ignore',
      silencePlan({
        warnings: [
          { kind: 'wildcard' },
          { kind: 'access-groups', groups: [plain('accessGroup:family'), plain('accessGroup:work')] },
        ],
      }),
    );
    expect(dialog.getByText('Silence means nothing here')).toBeDefined();
    expect(dialog.getByText(/^Who is in them/).textContent).toContain('accessGroup:family, accessGroup:work');
  });

  it('is made anew when the config changed underneath; the tick has to be set again', async () => {
    const { bridge, dialog, asked } = await preview('Answer with a code', answerPlan(), { mode: 'ignore' });
    bridge.answer('silence.apply', fail(appError('config-changed', 'The config was edited meanwhile.')));
    bridge.answer('silence.plan', ok({ ...answerPlan(), id: 'silence-3' }));
    await userEvent.click(dialog.getByRole('checkbox'));
    await pressArmed('Answer with a code');
    expect(await dialog.findByText('The config was edited meanwhile.')).toBeDefined();
    expect((await dialog.findByRole<HTMLInputElement>('checkbox')).checked).toBe(false);
    bridge.answer('silence.apply', ok(null));
    await userEvent.click(dialog.getByRole('checkbox'));
    await pressArmed('Answer with a code');
    expect(asked().map(({ name, input }) => (name === 'silence.apply' ? input : name))).toEqual([
      'silence.plan',
      { id: 'silence-2', confirmed: true },
      'silence.plan',
      { id: 'silence-3', confirmed: true },
    ]);
  });

  it('says why there is none, e.g. the line to change by hand', async () => {
    const { bridge, asked } = await openSwitch(silenceWith());
    bridge.answer(
      'silence.plan',
      fail(appError('config-not-editable', 'Edit line 12 of imessage.json by hand.')),
    );
    await choose('Silent, ignore');
    await pressArmed('Preview…');
    expect((await screen.findByRole('alert')).textContent).toBe('Edit line 12 of imessage.json by hand.');
    await userEvent.click(screen.getByRole('button', { name: 'Silent, ignore' }));
    expect(asked().map(({ name }) => name)).toEqual(['silence.plan']);
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

describe('undo', () => {
  it('asks first, and warns when strangers will be answered again', async () => {
    const { bridge, asked } = await openSwitch(
      silenceWith(silenceAccount({ mode: 'ignore', former: 'answer' })),
    );
    await userEvent.click(card().getByRole('button', { name: /^Undo…/ }));
    const dialog = within(await screen.findByRole('alertdialog'));
    expect(dialog.getByText(/exactly what it had: “Answer with a code”/)).toBeDefined();
    expect(dialog.getByText(/A stranger gets a pairing code/)).toBeDefined();
    bridge.answer('silence.undo', fail(appError('config-changed', 'Somebody else changed it.')));
    await pressArmed('Put it back');
    expect((await dialog.findByRole('alert')).textContent).toBe('Somebody else changed it.');
    bridge.answer('silence.undo', ok(null));
    await userEvent.click(dialog.getByRole('button', { name: 'Put it back' }));
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    expect(asked()).toEqual([
      { name: 'silence.undo', input: { account: 'default' } },
      { name: 'silence.undo', input: { account: 'default' } },
    ]);
  });

  it('is not offered where there is nothing to go back to', async () => {
    await openSwitch(silenceWith());
    expect(card().queryByRole('button', { name: /^Undo…/ })).toBeNull();
  });
});
