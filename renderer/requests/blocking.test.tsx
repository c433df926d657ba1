import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { peopleErrorTexts } from '../../electron/contract/people-texts.ts';
import { appError, fail } from '../../electron/contract/result.ts';
import { answered, chatRequest, deviceRequest, guarded, snapshotWith } from '../bridge/snapshots.double.ts';
import { renderWindow } from '../render-window.double.tsx';

const request = chatRequest({ revision: 4 });
const dialog = () => within(screen.getByRole('alertdialog'));
const confirm = () => dialog().getByRole('button', { name: /^Block/ });

async function opened() {
  const rendered = await renderWindow(snapshotWith([request], { guard: guarded() }));
  await userEvent.click(screen.getByRole('button', { name: 'Block…' }));
  await screen.findByRole('alertdialog');
  await waitFor(() => expect(confirm().getAttribute('aria-disabled')).toBeNull());
  return rendered;
}

it('is offered for chat contacts only, and only where the gateway has the guard', async () => {
  const { update } = await renderWindow(snapshotWith([request, deviceRequest()]));
  expect(screen.queryByRole('button', { name: 'Block…' })).toBeNull();
  update({ guard: guarded() });
  expect(screen.getAllByRole('button', { name: 'Block…' })).toHaveLength(1);
});

it('says what it does and does not do, and Cancel does nothing', async () => {
  const { commands } = await opened();
  const words = screen.getByRole('alertdialog').textContent;
  for (const part of [
    '+1 555 123 0001',
    'iMessage',
    'denied',
    'not asked about them again',
    'knows no block',
    'pairing code, unless strict mode is on',
    'under People',
  ])
    expect(words).toContain(part);
  await userEvent.click(dialog().getByRole('button', { name: 'Cancel' }));
  expect([screen.queryByRole('alertdialog'), commands()]).toEqual([null, []]);
});

it('denies and blocks the request as it was shown', async () => {
  const { commands } = await opened();
  await userEvent.click(confirm());
  expect(commands()).toEqual([{ name: 'people.blockRequest', input: { key: 'chat:c1', revision: 4 } }]);
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  expect(screen.getByText('+1 555 123 0001 was blocked.')).toBeDefined();
});

it('blocks nobody when the request changed while the owner was reading', async () => {
  const { update, commands } = await opened();
  update({ requests: [{ ...request, revision: 5 }] });
  expect(dialog().getByText(/changed while you were reading/)).toBeDefined();
  await userEvent.click(confirm());
  expect(commands()).toEqual([]);
});

it('says that somebody was denied but not blocked, though the card is gone by then', async () => {
  const { bridge, update } = await opened();
  const message = peopleErrorTexts.deniedNotBlocked('The rules are being changed.');
  bridge.answer('people.blockRequest', fail(appError('rules-changed', message, true)));
  await userEvent.click(confirm());
  await waitFor(() => expect(dialog().getByRole('alert').textContent).toContain(message));
  update({ requests: [answered(request, { decision: 'denied' })], openCount: 0 });
  expect(dialog().getByRole('alert').textContent).toContain(message);
  expect(confirm().getAttribute('aria-disabled')).toBe('true');
});
