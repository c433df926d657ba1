import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { appError, fail } from '../../electron/contract/result.ts';
import { defaultSettings } from '../../electron/contract/settings.ts';
import {
  adminScope,
  answered,
  chatRequest,
  deviceRequest,
  plain,
  snapshotWith,
} from '../bridge/snapshots.double.ts';
import { renderWindow } from '../render-window.double.tsx';
import { stopClock } from '../stopped-clock.double.ts';
import { holdMs } from '../ui/hold.ts';

function card(name: string) {
  return within(screen.getByRole('article', { name }));
}

describe('answering', () => {
  it('sends an approval with the shown revision and the choice to tell the contact', async () => {
    const settings = { ...defaultSettings, tellApprovedContacts: true };
    const { commands } = await renderWindow(snapshotWith([chatRequest({ revision: 4 })], { settings }));
    await userEvent.click(screen.getByRole('button', { name: 'Approve' }));
    expect(commands()).toEqual([
      {
        name: 'request.approve',
        input: { key: 'chat:c1', revision: 4, elevate: false, notifyContact: true },
      },
    ]);
  });

  it('offers to tell the contact only where the channel can', async () => {
    const settings = { ...defaultSettings, tellApprovedContacts: true };
    const { commands } = await renderWindow(
      snapshotWith([chatRequest({ notifySupported: false })], { settings }),
    );
    expect(screen.queryByRole('checkbox')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Approve' }));
    expect(commands()[0]?.input).toMatchObject({ notifyContact: false });
  });

  it('arms Approve at the moment the app named, and Deny at once', async () => {
    vi.useFakeTimers();
    try {
      const { commands } = await renderWindow(snapshotWith([chatRequest({ armedAt: Date.now() + 1000 })]));
      const approve = screen.getByRole('button', { name: 'Approve' });
      fireEvent.click(approve);
      expect(commands()).toEqual([]);
      act(() => {
        vi.advanceTimersByTime(990);
      });
      expect(approve.getAttribute('aria-disabled')).toBe('true');
      act(() => {
        vi.advanceTimersByTime(40);
      });
      expect(approve.getAttribute('aria-disabled')).toBeNull();
      fireEvent.click(approve);
      expect(commands().map(({ name }) => name)).toEqual(['request.approve']);
    } finally {
      vi.useRealTimers();
    }
  });

  it('says that a press right after scrolling did not count, takes the next, and leaves keys alone', async () => {
    vi.useFakeTimers();
    try {
      const { commands } = await renderWindow(snapshotWith([chatRequest(), deviceRequest()]));
      const pressed = () => commands().map(({ input }) => input);
      const approve = card('+1 555 123 0001').getByRole('button', { name: 'Approve' });
      const region = card('+1 555 123 0001').getByRole('status');
      expect(region.textContent).toBe('');
      fireEvent.scroll(window);
      fireEvent.click(approve, { detail: 1 });
      expect(pressed()).toEqual([]);
      // Nothing flickers with each scroll: only the press that was lost is told, in a region that was there before.
      expect(approve.getAttribute('aria-disabled')).toBeNull();
      expect(card('+1 555 123 0001').getByRole('status')).toBe(region);
      expect(region.textContent).toMatch(/nothing was sent.*press it once more/);
      fireEvent.click(card('Bob’s laptop').getByRole('button', { name: 'Approve' }), { detail: 0 });
      expect(pressed()).toMatchObject([{ key: 'device:d1' }]);
      act(() => {
        vi.advanceTimersByTime(250);
      });
      fireEvent.click(approve, { detail: 1 });
      expect(pressed()).toMatchObject([{ key: 'device:d1' }, { key: 'chat:c1' }]);
      expect(card('+1 555 123 0001').queryByText(/nothing was sent/)).toBeNull();
    } finally {
      vi.useRealTimers();
    }
  });

  it('goes by the app’s clock where this machine’s clock differs', async () => {
    stopClock();
    const ahead = Date.now() + 3_600_000;
    await renderWindow(
      snapshotWith(
        [chatRequest({ armedAt: ahead - 1, requestedAt: ahead - 190_000, expiresAt: ahead + 65_000 })],
        {
          now: ahead,
        },
      ),
    );
    expect(screen.getByRole('button', { name: 'Approve' }).getAttribute('aria-disabled')).toBeNull();
    expect(screen.getByText('expires in 1:05')).toBeDefined();
    expect(screen.getByText('Asked 3 min ago')).toBeDefined();
  });

  it('holds Approve again when the card says something new', async () => {
    stopClock();
    const request = chatRequest();
    const { update } = await renderWindow(snapshotWith([request]));
    update({ requests: [{ ...request, revision: 2, who: plain('Somebody else') }] });
    expect(screen.getByRole('button', { name: 'Approve' }).getAttribute('aria-disabled')).toBe('true');
  });

  it('holds Approve when the window comes up for the first time, and not at every click into it', async () => {
    vi.useFakeTimers();
    try {
      await renderWindow(snapshotWith([chatRequest()]));
      const held = () => screen.getByRole('button', { name: 'Approve' }).getAttribute('aria-disabled');
      // Its page was visible before the window was: no visibilitychange tells.
      fireEvent.focus(window);
      expect(held()).toBe('true');
      act(() => {
        vi.advanceTimersByTime(holdMs + 40);
      });
      expect(held()).toBeNull();
      fireEvent.focus(window);
      expect(held()).toBeNull();
    } finally {
      vi.useRealTimers();
    }
  });

  it('counts down to the expiry and offers no buttons once expired', async () => {
    const request = deviceRequest();
    const { update } = await renderWindow(snapshotWith([request]));
    expect(screen.getByText(/^expires in 3:/)).toBeDefined();
    update({ requests: [{ ...request, status: 'expired' }], openCount: 0 });
    const expired = card('Bob’s laptop');
    expect(expired.getByText('Expired')).toBeDefined();
    expect(expired.queryByRole('button')).toBeNull();
  });

  it('shows each way a request can end', async () => {
    const requests = ['a', 'b', 'c', 'd', 'e'].map((name) =>
      chatRequest({ key: `chat:${name}`, who: plain(name) }),
    );
    const [a, b, c, d, e] = requests as [(typeof requests)[0], ...typeof requests];
    if (b === undefined || c === undefined || d === undefined || e === undefined)
      throw new Error('five requests');
    const { update } = await renderWindow(snapshotWith(requests));
    update({
      requests: [
        answered(a),
        answered(b, { by: 'elsewhere' }),
        answered(c, { decision: 'denied', note: 'The contact was not told.' }),
        answered(d, { decision: 'withdrawn', by: 'elsewhere' }),
        { ...e, status: 'lost' },
      ],
      openCount: 1,
    });
    const lines = screen
      .getAllByRole('article')
      .map((article) => within(article).getByRole('status').textContent);
    expect(lines).toEqual([
      'Approved',
      'Approved elsewhere',
      'Denied. The contact was not told.',
      'No longer waiting',
      'The connection was lost before the gateway answered. Checking…',
    ]);
  });

  it('tells a failure on the card it belongs to', async () => {
    const { bridge } = await renderWindow(snapshotWith([chatRequest(), deviceRequest()]));
    bridge.answer(
      'request.deny',
      fail(appError('gateway-timeout', 'The gateway did not answer in time.', true)),
    );
    await userEvent.click(card('Bob’s laptop').getByRole('button', { name: 'Deny' }));
    expect(card('Bob’s laptop').getByRole('alert').textContent).toBe(
      'No confirmation yetThe gateway did not answer in time.',
    );
    expect(card('+1 555 123 0001').queryByRole('alert')).toBeNull();
  });

  it('asks before it uses administrator rights, and Cancel sends nothing', async () => {
    // The question came up just now: a double click must not answer it.
    stopClock();
    const request = deviceRequest({ scopes: [adminScope], elevation: [adminScope] });
    const { commands } = await renderWindow(snapshotWith([request]));
    await userEvent.click(screen.getByRole('button', { name: 'Approve…' }));
    const dialog = within(await screen.findByRole('alertdialog'));
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Cancel'));
    expect(dialog.getByText('operator.admin')).toBeDefined();
    fireEvent.click(dialog.getByRole('button', { name: 'Approve once' }));
    await userEvent.click(dialog.getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(commands()).toEqual([]);
  });
});

describe('text from strangers', () => {
  it('is shown as text and its oddities are named', async () => {
    const who = plain('<b>Mom</b> ⟨U+202E⟩x…', { altered: true, truncated: true, mixedScripts: true });
    await renderWindow(snapshotWith([chatRequest({ who })]));
    const heading = screen.getByRole('heading', { level: 3 });
    expect(heading.textContent).toBe('<b>Mom</b> ⟨U+202E⟩x…');
    expect(heading.querySelector('b')).toBeNull();
    expect(heading.querySelector('mark')?.textContent).toBe('⟨U+202E⟩');
    const warning = screen.getByText('Take a close look at this name').parentElement;
    expect(warning?.textContent).toMatch(/hidden characters.*different alphabets.*shortened/);
  });
});
