import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { appError, fail } from '../electron/contract/result.ts';
import { defaultSettings } from '../electron/contract/settings.ts';
import {
  adminScope,
  answered,
  chatRequest,
  deviceRequest,
  gateway,
  plain,
  snapshotWith,
} from './bridge/snapshots.double.ts';
import type { HostLink, LinkState } from './bridge/host-link.ts';
import { renderWindow } from './render-window.double.tsx';

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
      act(() => vi.advanceTimersByTime(990));
      expect(approve.getAttribute('aria-disabled')).toBe('true');
      act(() => vi.advanceTimersByTime(40));
      expect(approve.getAttribute('aria-disabled')).toBeNull();
      fireEvent.click(approve);
      expect(commands().map(({ name }) => name)).toEqual(['request.approve']);
    } finally {
      vi.useRealTimers();
    }
  });

  it('goes by the app’s clock where this machine’s clock differs', async () => {
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
    expect(screen.getByText(/^expires in 1:0/)).toBeDefined();
    expect(screen.getByText('Asked 3 min ago')).toBeDefined();
  });

  it('holds Approve again when the card says something new', async () => {
    const request = chatRequest();
    const { update } = await renderWindow(snapshotWith([request]));
    await update({ requests: [{ ...request, revision: 2, who: plain('Somebody else') }] });
    expect(screen.getByRole('button', { name: 'Approve' }).getAttribute('aria-disabled')).toBe('true');
  });

  it('counts down to the expiry and offers no buttons once expired', async () => {
    const request = deviceRequest();
    const { update } = await renderWindow(snapshotWith([request]));
    expect(screen.getByText(/^expires in 3:/)).toBeDefined();
    await update({ requests: [{ ...request, status: 'expired' }], openCount: 0 });
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
    await update({
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
    const request = deviceRequest({ scopes: [adminScope], elevation: [adminScope] });
    const { commands } = await renderWindow(snapshotWith([request]));
    await userEvent.click(screen.getByRole('button', { name: 'Approve…' }));
    const dialog = within(screen.getByRole('alertdialog'));
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

describe('the page around the requests', () => {
  it('says nobody is waiting only when connected', async () => {
    const { update } = await renderWindow(snapshotWith([]));
    expect(screen.getByText('Nobody is waiting.')).toBeDefined();
    await update({ connection: { state: 'connecting', gateway: null } });
    expect(screen.queryByText('Nobody is waiting.')).toBeNull();
    expect(screen.getByText(/Requests may be waiting at the gateway/)).toBeDefined();
  });

  it('mentions requests beyond the ones listed', async () => {
    await renderWindow(snapshotWith([chatRequest()], { openCount: 13 }));
    expect(screen.getByText(/^12 more requests are waiting/)).toBeDefined();
    expect(document.title).toBe('(13) Portcullis');
  });

  it('drops a snapshot that is older than the one shown', async () => {
    const { bridge } = await renderWindow(snapshotWith([], { seq: 9 }));
    act(() => bridge.push('snapshot.changed', snapshotWith([chatRequest()], { seq: 8 })));
    expect(screen.queryByRole('article')).toBeNull();
  });

  it('sends a token to the keychain and keeps nothing of it', async () => {
    const connection = { state: 'blocked', reason: 'token-wrong', gateway, detail: null } as const;
    const { commands } = await renderWindow(snapshotWith([], { connection }));
    const field = screen.getByLabelText<HTMLInputElement>('Gateway token');
    expect(field.type).toBe('password');
    await userEvent.type(field, ' s3cret {Enter}');
    expect(commands()).toEqual([{ name: 'connection.setToken', input: { token: 's3cret' } }]);
    expect(field.value).toBe('');
  });

  it('offers to go on without a locked keychain', async () => {
    const { commands } = await renderWindow(
      snapshotWith([], { keychain: { state: 'locked', sessionOnly: false } }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Continue for this session' }));
    expect(commands()).toEqual([{ name: 'keychain.useSession', input: undefined }]);
  });

  it('dismisses a notice', async () => {
    const { commands } = await renderWindow(
      snapshotWith([], { notices: [{ id: 'n1', text: 'Settings were kept aside.' }] }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Dismiss this notice' }));
    expect(commands()).toEqual([{ name: 'notice.dismiss', input: { id: 'n1' } }]);
    expect(screen.queryByText('Settings were kept aside.')).toBeNull();
  });
});

describe('settings', () => {
  it('saves a switch as it changes and says so', async () => {
    const { commands } = await renderWindow(snapshotWith([]));
    await userEvent.click(screen.getByRole('button', { name: 'Settings' }));
    await userEvent.click(screen.getByRole('switch', { name: 'Show notifications' }));
    expect(commands()).toEqual([
      { name: 'settings.patch', input: { notifications: { enabled: false, showDetails: true } } },
    ]);
    expect(screen.getByText('Saved')).toBeDefined();
  });

  it('returns to the stored value when saving failed, and says why', async () => {
    const { bridge } = await renderWindow(snapshotWith([]));
    bridge.answer('settings.patch', fail(appError('settings-not-saved', 'The disk is full.')));
    await userEvent.click(screen.getByRole('button', { name: 'Settings' }));
    const toggle = screen.getByRole('switch', { name: 'Tell contacts when they are approved' });
    await userEvent.click(toggle);
    expect(screen.getByRole('alert').textContent).toBe('The disk is full.');
    expect(toggle.getAttribute('aria-checked')).toBe('false');
  });

  it('explains a wrong address before anything is sent', async () => {
    const { commands } = await renderWindow(snapshotWith([]));
    await userEvent.click(screen.getByRole('button', { name: 'Settings' }));
    await userEvent.click(screen.getByRole('radio', { name: 'Remote' }));
    await userEvent.type(screen.getByLabelText('Address'), 'ws://gateway.example');
    await userEvent.click(screen.getByRole('button', { name: 'Use this gateway' }));
    expect(screen.getByRole('alert').textContent).toContain('Use wss:// here.');
    expect(commands()).toEqual([]);

    await userEvent.clear(screen.getByLabelText('Address'));
    await userEvent.type(screen.getByLabelText('Address'), 'wss://gateway.example:18789');
    await userEvent.click(screen.getByRole('button', { name: 'Use this gateway' }));
    expect(commands()).toEqual([
      {
        name: 'settings.patch',
        input: { gateway: { mode: 'remote', url: 'wss://gateway.example:18789', tlsFingerprint: null } },
      },
    ]);
  });

  it('follows the theme setting', async () => {
    const { update } = await renderWindow(snapshotWith([]));
    await update({ settings: { ...defaultSettings, theme: 'dark' } });
    expect(document.documentElement.dataset['theme']).toBe('dark');
  });
});

describe('the way to the app', () => {
  it.each<[LinkState, string]>([
    [{ state: 'not-authorised' }, 'This tab is not signed in'],
    [{ state: 'lost', retryAt: 0 }, 'Portcullis is not answering'],
  ])('explains %o', async (state, title) => {
    await renderWindow(snapshotWith([]), (bridge) => ({
      bridge,
      getState: () => state,
      subscribe: () => () => undefined,
    }));
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(title);
  });

  it('offers no answers while this window is cut off, and reads everything anew afterwards', async () => {
    let state: LinkState = { state: 'open' };
    const listeners = new Set<() => void>();
    const become = (next: LinkState) =>
      act(async () => {
        state = next;
        for (const listener of listeners) listener();
        await Promise.resolve();
      });
    const cutOff = (bridge: HostLink['bridge']): HostLink => ({
      bridge,
      getState: () => state,
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    });
    const { bridge, commands } = await renderWindow(snapshotWith([chatRequest()], { seq: 50 }), cutOff);
    await become({ state: 'lost', retryAt: Date.now() + 500 });
    fireEvent.click(screen.getByRole('button', { name: 'Approve' }));
    fireEvent.click(screen.getByRole('button', { name: 'Deny' }));
    expect(commands()).toEqual([]);
    expect(screen.getByText('This window lost its connection to Portcullis')).toBeDefined();

    // A restarted app counts its snapshots from the beginning.
    vi.spyOn(bridge, 'invoke').mockResolvedValue({ ok: true, value: snapshotWith([], { seq: 1 }) } as never);
    await become({ state: 'open' });
    expect(await screen.findByText('Nobody is waiting.')).toBeDefined();
  });
});
