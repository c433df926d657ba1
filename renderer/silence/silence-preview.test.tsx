import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { appError, fail, ok } from '../../electron/contract/result.ts';
import type { SilenceAccountView, SilencePlan } from '../../electron/contract/silence.ts';
import {
  answerPlan,
  approverPlan,
  codeAnswer,
  silenceAccount,
  silencePlan,
  silenceWith,
} from '../bridge/channels.double.ts';
import { plain } from '../bridge/snapshots.double.ts';
import { pressArmed } from '../rules/open-rules.double.tsx';
import { choose, openSwitch } from './open-switch.double.tsx';

/** Buttons that are held for a moment add up on a busy machine. */
vi.setConfig({ testTimeout: 30_000 });

/** Opens the preview of this state over the plan the app would make. */
async function preview(option: string, plan: SilencePlan, account: Partial<SilenceAccountView> = {}) {
  const shown = await openSwitch(silenceWith(silenceAccount(account)));
  shown.bridge.answer('silence.plan', ok(plan));
  await choose(option);
  await pressArmed('Preview…');
  await screen.findByText(
    /gateway’s config stays|In the gateway’s config|is needed first|could approve commands/,
  );
  return { ...shown, dialog: within(screen.getByRole('alertdialog')) };
}

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

it('makes nobody an approver: asks where to ask about commands, and shows that before it is applied', async () => {
  const { dialog, bridge, asked } = await preview('Silent, ignore', approverPlan());
  expect(dialog.getByText('They could approve commands')).toBeDefined();
  const confirm = dialog.getByRole('button', { name: 'Silent, ignore' });
  expect(confirm.getAttribute('aria-disabled')).toBe('true');
  bridge.answer('silence.plan', ok(approverPlan('The country code is missing.')));
  await userEvent.type(dialog.getByLabelText('Your own phone number or e-mail address'), '0664 1234567');
  await userEvent.click(dialog.getByRole('button', { name: 'Ask me there' }));
  expect((await dialog.findByRole('alert')).textContent).toBe('The country code is missing.');
  bridge.answer('silence.plan', ok(silencePlan({ approvalsTo: '+436641234567' })));
  await userEvent.clear(dialog.getByLabelText('Your own phone number or e-mail address'));
  await userEvent.type(dialog.getByLabelText('Your own phone number or e-mail address'), '+43 664 1234567');
  await userEvent.click(dialog.getByRole('button', { name: 'Ask me there' }));
  await dialog.findByText(/OpenClaw asks \+436641234567/);
  await pressArmed('Silent, ignore');
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  const input = { account: 'default', to: 'ignore', until: null };
  expect(asked()).toEqual([
    { name: 'silence.plan', input },
    { name: 'silence.plan', input: { ...input, approvalsTo: '0664 1234567' } },
    { name: 'silence.plan', input: { ...input, approvalsTo: '+43 664 1234567' } },
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

it('says that only what was copied to allowFrom is taken out again', async () => {
  const allowFrom = { path: 'channels.imessage.allowFrom', before: '["+15550000001"]', after: null };
  const plan = answerPlan();
  const { dialog } = await preview(
    'Answer with a code',
    { ...plan, changes: [allowFrom, ...plan.changes] },
    { mode: 'ignore' },
  );
  expect(dialog.getByText(/^Only what Portcullis copied to allowFrom is taken out/)).toBeDefined();
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
