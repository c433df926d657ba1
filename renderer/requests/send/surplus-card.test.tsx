import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../electron/contract/settings.ts';
import type { SendRequestView } from '../../../electron/contract/request.ts';
import { guarded, plain, sendRequest, snapshotWith } from '../../bridge/snapshots.double.ts';
import { renderWindow } from '../../render-window.double.tsx';

const showing = { ...defaultSettings, hideSendText: false };
const letGo = 'Let the rest go for 1 hour';

function card() {
  return within(screen.getByRole('article'));
}
function button(name: string | RegExp) {
  return card().getByRole('button', { name });
}
function isUnavailable(name: string): boolean {
  return button(name).getAttribute('aria-disabled') === 'true';
}

function surplus(change: Partial<SendRequestView> = {}): SendRequestView {
  return sendRequest({
    who: plain('Your assistant'),
    recipients: ['+1555', 'ann@example.com'].map((to) => ({
      to: plain(to),
      understood: plain(to),
      people: [],
    })),
    text: plain(''),
    textLength: 0,
    attempts: 25,
    rule: 'limit',
    warnings: [],
    answers: ['hour', 'deny'],
    surplus: {
      limit: { inAll: 20, toOne: 5 },
      messages: [
        { to: plain('+1555'), text: plain('The first of them') },
        { to: plain('ann@example.com'), text: plain('') },
      ],
    },
    ...change,
  });
}

async function open(change: Partial<SendRequestView> = {}, settings = defaultSettings, guard = guarded()) {
  return await renderWindow(snapshotWith([surplus(change)], { guard, settings }));
}

describe('messages over the limit', () => {
  it('are one card that says how many, for whom, and how much is usual', async () => {
    await open({}, showing);
    expect(card().getByRole('heading', { name: 'Your assistant' })).toBeDefined();
    expect(card().getByText('is sending unusually much')).toBeDefined();
    expect(
      card().getByText('25 messages stopped. Your limit within a minute is 20 in all, 5 to one recipient.'),
    ).toBeDefined();
    expect(card().getByText('They were for 2 recipients')).toBeDefined();
    expect(card().getByText('The first of them')).toBeDefined();
    expect(card().getByText('This message has no text.')).toBeDefined();
    expect(card().queryByText('Tried')).toBeNull();
    expect(card().getByText(/is waiting, \d+ s left/)).toBeDefined();
  });

  it('are let go only by who has looked at them', async () => {
    const { commands } = await open({ revision: 4 });
    expect(card().queryByText('The first of them')).toBeNull();
    expect(isUnavailable(letGo)).toBe(true);
    await userEvent.click(button(letGo));
    expect(commands()).toEqual([]);
    await userEvent.click(button('Show the messages'));
    await userEvent.click(button(letGo));
    expect(commands()).toEqual([
      { name: 'send.answer', input: { key: 'send:s1', revision: 4, answer: 'hour' } },
    ]);
  });

  it('can be denied without a look', async () => {
    const { commands } = await open();
    await userEvent.click(button('Deny'));
    expect(commands()).toMatchObject([{ name: 'send.answer', input: { answer: 'deny' } }]);
  });

  it('have no other answer, and say what these do', async () => {
    await open({}, showing);
    expect(
      card()
        .getAllByRole('button')
        .map(({ textContent }) => textContent),
    ).toEqual(['Deny', letGo]);
    const described = button(letGo).getAttribute('aria-describedby')?.split(' ') ?? [];
    const words = described.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
    expect(words).toContain('for an hour your limit does not count');
  });

  it('stay while all sends are paused', async () => {
    await open({ answers: ['deny'] }, showing, guarded({ paused: true }));
    expect([isUnavailable(letGo), isUnavailable('Deny')]).toEqual([true, false]);
  });

  it('that nobody waits for any more say so', async () => {
    await open({ heldUntil: null });
    expect(card().getByText(/^They were not sent/)).toBeDefined();
  });
});
