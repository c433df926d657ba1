import { act, fireEvent, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { githubToken } from '../../../electron/contract/guard/content/secret-samples.fixture.ts';
import { appError, fail, ok } from '../../../electron/contract/result.ts';
import { defaultSettings } from '../../../electron/contract/settings.ts';
import type { SendRequestView } from '../../../electron/contract/request.ts';
import { answered, guarded, plain, sendRequest, snapshotWith } from '../../bridge/snapshots.double.ts';
import { renderWindow } from '../../render-window.double.tsx';
import { stopClock } from '../../stopped-clock.double.ts';

const showing = { ...defaultSettings, hideSendText: false };

function card() {
  return within(screen.getByRole('article'));
}
function button(name: string | RegExp) {
  return card().getByRole('button', { name });
}
function isUnavailable(name: string): boolean {
  return button(name).getAttribute('aria-disabled') === 'true';
}
/** The sentences a screen reader says after the button's name. */
function described(name: string): string {
  const ids = button(name).getAttribute('aria-describedby')?.split(' ') ?? [];
  return ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
}

async function open(change: Partial<SendRequestView> = {}, settings = defaultSettings) {
  const view = sendRequest(change);
  return { view, ...(await renderWindow(snapshotWith([view], { guard: guarded(), settings }))) };
}

describe('the text of a stopped message', () => {
  it('is hidden until the owner asks for it, and nothing leaves before', async () => {
    const { commands } = await open({ revision: 5 });
    expect(card().queryByText(/price list/)).toBeNull();
    expect(isUnavailable('Send once')).toBe(true);
    expect(described('Send once')).toContain('show the whole text first');
    await userEvent.click(button('Send once'));
    expect(commands()).toEqual([]);

    await userEvent.click(button('Show the text'));
    expect(card().getByText(/price list/)).toBeDefined();
    expect(isUnavailable('Send once')).toBe(false);
    expect(described('Send once')).not.toContain('show the whole text first');
    await userEvent.click(button('Send once'));
    expect(commands()).toEqual([
      { name: 'send.answer', input: { key: 'send:s1', revision: 5, answer: 'once' } },
    ]);
  });

  it('is shown at once where the owner wants it so', async () => {
    await open({}, showing);
    expect(card().getByText(/price list/)).toBeDefined();
    expect(card().queryByRole('button', { name: 'Show the text' })).toBeNull();
    expect(isUnavailable('Send once')).toBe(false);
  });

  it('is hidden again when the message changes', async () => {
    const { view, update } = await open();
    await userEvent.click(button('Show the text'));
    update({ requests: [{ ...view, revision: 2, text: plain('Something else.') }] });
    expect(card().queryByText('Something else.')).toBeNull();
    expect(isUnavailable('Send once')).toBe(true);
  });

  it('can be hidden again by the owner', async () => {
    await open();
    await userEvent.click(button('Show the text'));
    await userEvent.click(button('Hide the text'));
    expect(card().queryByText(/price list/)).toBeNull();
    expect(isUnavailable('Send once')).toBe(true);
  });

  it('must be shown to its last character before it can leave', async () => {
    const { bridge, commands } = await open(
      { text: plain('Dear all…', { truncated: true }), textLength: 34_211 },
      showing,
    );
    expect(card().getByText('This is only the beginning.')).toBeDefined();
    expect(isUnavailable('Send once')).toBe(true);
    bridge.answer(
      'send.text',
      ok({ text: 'Dear all\n\nthe end ⟨U+200B⟩', altered: true, marks: [{ start: 5, end: 8 }] }),
    );
    await userEvent.click(button('Show all 34,211 characters'));
    expect(commands()).toEqual([{ name: 'send.text', input: { key: 'send:s1', revision: 1 } }]);
    const text = card().getByRole('region', { name: 'Text, 34,211 characters' });
    expect(text.textContent).toBe('Dear all\n\nthe end ⟨U+200B⟩');
    expect([...text.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual(['all', '⟨U+200B⟩']);
    expect(document.activeElement).toBe(text);
    expect(isUnavailable('Send once')).toBe(false);
  });

  it('says why the rest could not be had, and stays undecided', async () => {
    const { bridge } = await open({ text: plain('Dear…', { truncated: true }), textLength: 999 }, showing);
    bridge.answer('send.text', fail(appError('request-changed', 'This request changed.')));
    await userEvent.click(button('Show all 999 characters'));
    expect(card().getByRole('alert').textContent).toBe('This request changed.');
    expect(isUnavailable('Send once')).toBe(true);
  });

  it('of an older revision does not count when it arrives late', async () => {
    const { bridge, view, update } = await open({
      text: plain('Dear…', { truncated: true }),
      textLength: 999,
    });
    let arrive: (text: string) => void = () => undefined;
    bridge.invoke = () =>
      new Promise((resolve) => {
        arrive = (text) => resolve(ok({ text, altered: false, marks: [] }));
      });
    await userEvent.click(button('Show the text'));
    await userEvent.click(button('Show all 999 characters'));
    update({ requests: [{ ...view, revision: 2, text: plain('Other…', { truncated: true }) }] });
    await userEvent.click(button('Show the text'));
    await act(async () => {
      arrive('Dear all, the end');
      await Promise.resolve();
    });
    expect(card().queryByText('Dear all, the end')).toBeNull();
    expect(card().getByText('Other…')).toBeDefined();
    expect(isUnavailable('Send once')).toBe(true);
  });

  it('that was not kept whole can be read but never sent', async () => {
    await open({ textComplete: false }, showing);
    expect(card().getByText(/rest of it was not kept/)).toBeDefined();
    expect(described('Send once')).toContain('too long to be kept whole');
    expect(isUnavailable('Deny')).toBe(false);
  });
});

describe('answering a stopped message', () => {
  it.each([
    ['Allow for 1 hour', 'hour', /for one hour anything else to \+44 7700 900123/],
    ['Always allow', 'always', /from now on anything to \+44 7700 900123/],
    ['Never', 'never', /Nothing goes to \+44 7700 900123 any more/],
  ])('%s says to whom it applies and answers %s', async (label, answer, sentence) => {
    const { commands } = await open({}, showing);
    expect(card().queryByRole('button', { name: label })).toBeNull();
    await userEvent.click(button('More'));
    expect(described(label)).toMatch(sentence);
    await userEvent.click(button(label));
    expect(commands()).toEqual([{ name: 'send.answer', input: { key: 'send:s1', revision: 1, answer } }]);
  });

  it('lets Deny and Never through without the text, at once', async () => {
    const { commands } = await open({ armedAt: Date.now() + 60_000 });
    await userEvent.click(button('More'));
    await userEvent.click(button('Never'));
    expect(commands().map(({ input }) => input)).toEqual([{ key: 'send:s1', revision: 1, answer: 'never' }]);
  });

  it('lets nothing out before the card is armed', async () => {
    const { commands } = await open({ armedAt: Date.now() + 60_000 }, showing);
    await userEvent.click(button('Send once'));
    expect(commands()).toEqual([]);
    expect(card().getByText(/had only just appeared/)).toBeDefined();
  });

  it('takes no click for a yes while the page is scrolling under the pointer, but takes it for a no', async () => {
    stopClock();
    const { commands } = await open({}, showing);
    fireEvent.scroll(window);
    vi.setSystemTime(Date.now() + 249);
    fireEvent.click(button('Send once'), { detail: 1 });
    expect(commands()).toEqual([]);
    fireEvent.click(button('Deny'), { detail: 1 });
    expect(commands().map(({ input }) => input)).toEqual([{ key: 'send:s1', revision: 1, answer: 'deny' }]);
  });

  it('says that sends are paused where that is the reason', async () => {
    const { update } = await open({}, showing);
    update({ guard: guarded({ paused: true }) });
    expect(described('Send once')).toContain('All sends are paused');
    expect(isUnavailable('Deny')).toBe(false);
  });

  it('tells a failed delivery on the card', async () => {
    const { bridge } = await open({}, showing);
    bridge.answer('send.answer', fail(appError('not-delivered', 'imsg said: no such account.')));
    await userEvent.click(button('Send once'));
    expect(card().getByRole('alert').textContent).toBe('Not deliveredimsg said: no such account.');
  });

  it('shows how it ended', async () => {
    const { view, update } = await open();
    update({ requests: [answered(view, { note: 'Delivered.' })], openCount: 0 });
    expect(card().getByRole('status').textContent).toBe('Let out. Delivered.');
    expect(card().queryByRole('button', { name: 'Send once' })).toBeNull();
  });
});

describe('what is known about a stopped message', () => {
  it('counts down while somebody waits, then says that nothing was sent', async () => {
    stopClock();
    const { view, update } = await open();
    expect(card().getByRole('timer').textContent).toBe('The agent is waiting, 43 s left');
    update({ requests: [{ ...view, heldUntil: null }] });
    expect(card().queryByRole('timer')).toBeNull();
    expect(card().getByText('It was not sent. You can still send it.')).toBeDefined();
    update({ requests: [{ ...view, heldUntil: null, answers: ['deny', 'never'] }] });
    expect(card().getByText('It was not sent.')).toBeDefined();
  });

  it('names the recipient as understood and as written, and who caused it', async () => {
    await open({
      attempts: 3,
      cause: { agent: plain('main'), session: null, process: plain('openclaw 4711') },
    });
    expect(card().getByRole('heading').textContent).toBe('+44 7700 900123');
    const facts = card()
      .getAllByRole('term')
      .map((term) => [term.textContent, term.nextSibling?.textContent]);
    expect(facts).toEqual([
      ['Written as', '07700 900123'],
      ['Channel', 'iMessage'],
      ['Account', 'default'],
      ['Agent', 'main'],
      ['Process', 'openclaw 4711'],
      ['Tried', '3 times'],
      ['Stopped', 'Nobody has allowed this recipient, inside the gateway'],
    ]);
  });

  it('says the address where the heading names the person behind it', async () => {
    const recipients = [{ to: plain('chat_id:7'), understood: plain('chat_id:7'), people: [plain('Ann')] }];
    await open({ who: plain('Ann'), recipients });
    expect(card().getByRole('heading').textContent).toBe('Ann');
    expect(card().getByText('Address').nextSibling?.textContent).toBe('chat_id:7');
    expect(card().queryByText('Written as')).toBeNull();
  });

  it('lists every recipient, everybody behind a conversation and every file', async () => {
    await open({
      recipients: [
        { to: plain('chat_id:7'), understood: null, people: [plain('Ann'), plain('Ben')] },
        { to: plain('mallory@example.com'), understood: plain('mallory@example.com'), people: [] },
      ],
      media: [plain('/home/me/prices.pdf')],
      warnings: ['several-recipients', 'wrong-shape'],
    });
    expect(card().getByText('and 1 more were to get a message on iMessage')).toBeDefined();
    const items = card()
      .getAllByRole('listitem')
      .map((item) => item.textContent);
    expect(items).toEqual(
      expect.arrayContaining(['Ann', 'Ben', 'mallory@example.com', '/home/me/prices.pdf']),
    );
    expect(card().getByText('Goes to several recipients.')).toBeDefined();
    expect(card().getByText('Not an address people have on this channel.')).toBeDefined();
  });
});

describe('a message with a secret in it', () => {
  const secret = {
    text: plain(`Use ${githubToken} for it`),
    secrets: ['token'],
    marks: [{ start: 4, end: 4 + githubToken.length }],
  } as const;

  it('shows it whole and marked', async () => {
    await open({ ...secret, warnings: ['secret'] }, showing);
    expect(card().getByText(githubToken).closest('mark')).not.toBeNull();
    expect(card().getByText(/Use/u).closest('mark')).toBeNull();
    expect(card().getByText('an access key of a service')).toBeDefined();
  });

  it('is answered about what it carries, where its recipient is allowed', async () => {
    await open({ ...secret, rule: 'secret' }, showing);
    await userEvent.click(button('More'));
    expect(described('Always allow')).toContain('an access key of a service');
    expect(card().queryByRole('button', { name: 'Allow for 1 hour' })).toBeNull();
  });

  it('is answered about its recipient, where nobody allowed them', async () => {
    await open(secret, showing);
    await userEvent.click(button('More'));
    expect(described('Always allow')).toContain('from now on anything to');
    expect(button('Allow for 1 hour')).toBeDefined();
  });
});
