import { act, fireEvent, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { Listeners } from '../electron/contract/listeners.ts';
import { appError, fail } from '../electron/contract/result.ts';
import { defaultSettings } from '../electron/contract/settings.ts';
import type { HostLink, LinkState } from './bridge/host-link.ts';
import {
  chatRequest,
  deviceRequest,
  gateway,
  guarded,
  ready,
  snapshotWith,
} from './bridge/snapshots.double.ts';
import { renderWindow } from './render-window.double.tsx';

describe('the page around the requests', () => {
  it('says nobody is waiting only when connected', async () => {
    const { update } = await renderWindow(snapshotWith([]));
    expect(screen.getByText('Nobody is waiting.')).toBeDefined();
    update({ connection: { state: 'connecting', gateway: null } });
    expect(screen.queryByText('Nobody is waiting.')).toBeNull();
    expect(screen.getByText(/Requests may be waiting at the gateway/)).toBeDefined();
  });

  it('does not say that nobody waits when it is not shown everybody', async () => {
    await renderWindow(snapshotWith([], { connection: { ...ready(), limited: true } }));
    expect(screen.queryByText('Nobody is waiting.')).toBeNull();
    expect(screen.getByText('Nobody is waiting that Portcullis can see.')).toBeDefined();
    expect(screen.getByText(/asked before Portcullis connected are not shown/)).toBeDefined();
    expect(screen.getByText('openclaw devices list').tagName).toBe('CODE');
  });

  it('says since when it is connected, and nothing about limits where there are none', async () => {
    await renderWindow(snapshotWith([]));
    expect(screen.getByText(/^Connected since \d/)).toBeDefined();
    expect(screen.queryByText(/are not shown/)).toBeNull();
  });

  it('mentions requests beyond the ones listed', async () => {
    await renderWindow(snapshotWith([chatRequest()], { openCount: 13 }));
    expect(screen.getByText(/^12 more requests are waiting/)).toBeDefined();
    expect(document.title).toBe('(13) Portcullis');
  });

  it('drops a snapshot that is older than the one shown', async () => {
    const { bridge } = await renderWindow(snapshotWith([], { seq: 9 }));
    act(() => {
      bridge.push('snapshot.changed', snapshotWith([chatRequest()], { seq: 8 }));
    });
    expect(screen.queryByRole('article')).toBeNull();
  });

  it('has the app look for new requests when the owner turns to it, and not after it was closed', async () => {
    const { commands, session } = await renderWindow(snapshotWith([]));
    fireEvent.focus(window);
    expect(commands()).toEqual([{ name: 'requests.refresh', input: undefined }]);
    session.dispose();
    fireEvent.focus(window);
    expect(commands()).toHaveLength(1);
  });

  it('is put away with Esc, unless a dialog had a use for it, and not after it was closed', async () => {
    const { commands, session } = await renderWindow(snapshotWith([chatRequest()], { guard: guarded() }));
    const putAway = () => commands().filter(({ name }) => name === 'window.putAway').length;
    await userEvent.click(screen.getByRole('button', { name: 'Block…' }));
    await screen.findByRole('alertdialog');
    await userEvent.keyboard('{Escape}');
    expect([screen.queryByRole('alertdialog'), putAway()]).toEqual([null, 0]);
    await userEvent.keyboard('{Escape}');
    expect(putAway()).toBe(1);
    const search = document.body.appendChild(document.createElement('input'));
    search.type = 'search';
    search.value = '+43';
    fireEvent.keyDown(search, { key: 'Escape' });
    search.value = '';
    expect(putAway()).toBe(1);
    fireEvent.keyDown(search, { key: 'Escape' });
    expect(putAway()).toBe(2);
    search.remove();
    session.dispose();
    await userEvent.keyboard('{Escape}');
    expect(putAway()).toBe(2);
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

  it('tries again at once for an owner who has unlocked the keychain', async () => {
    const waiting = { state: 'waiting', reason: 'keychain-locked', gateway, attempt: 1 } as const;
    const connection = { ...waiting, retryAt: Date.now() + 30_000 };
    const keychain = { state: 'locked', sessionOnly: false } as const;
    const { commands } = await renderWindow(snapshotWith([], { connection, keychain }));
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(commands()).toEqual([{ name: 'connection.retry', input: undefined }]);
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

describe('the sections', () => {
  it('say where the owner is, count who waits, and put the focus on the heading of what was opened', async () => {
    await renderWindow(snapshotWith([chatRequest()]));
    const strip = within(screen.getByRole('navigation', { name: 'Sections' }));
    const current = () =>
      strip.getAllByRole('button').filter((button) => button.getAttribute('aria-current') === 'page');
    expect(current().map((button) => button.textContent)).toEqual(['Requests1, 1 waiting']);
    await userEvent.click(strip.getByRole('button', { name: 'Settings' }));
    await screen.findByRole('heading', { level: 2, name: 'Settings' });
    expect(current().map((button) => button.textContent)).toEqual(['Settings']);
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 2, name: 'Settings' }));
    await userEvent.click(strip.getByRole('button', { name: /^Requests/ }));
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 2, name: 'Requests (1)' }));
  });

  it('give way to a request that was opened elsewhere, whose name gets the focus', async () => {
    const { bridge } = await renderWindow(snapshotWith([chatRequest()]));
    await userEvent.click(screen.getByRole('button', { name: 'Settings' }));
    await screen.findByRole('heading', { level: 2, name: 'Settings' });
    act(() => {
      bridge.push('request.focus', { key: 'chat:c1' });
    });
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 3 }));
  });

  it.each([
    ['with somebody waiting', [chatRequest(), deviceRequest()], 'Requests (2)'],
    ['with nobody waiting any more', [], 'Requests'],
  ])('give way to all requests when they were opened elsewhere, %s', async (_case, requests, name) => {
    const { bridge } = await renderWindow(snapshotWith(requests));
    const settings = screen.getByRole('button', { name: 'Settings' });
    const open = () => {
      act(() => {
        bridge.push('request.focus', { key: null });
      });
    };
    await userEvent.click(settings);
    await screen.findByRole('heading', { level: 2, name: 'Settings' });
    open();
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 2, name }));
    settings.focus();
    open();
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 2, name }));
    // Asked for once, not for good.
    await userEvent.click(settings);
    expect(await screen.findByRole('heading', { level: 2, name: 'Settings' })).toBe(document.activeElement);
  });
});

describe('settings', () => {
  it('keep the text of stopped messages hidden unless the owner wants it otherwise', async () => {
    const { commands } = await renderWindow(snapshotWith([]));
    await userEvent.click(screen.getByRole('button', { name: 'Settings' }));
    await screen.findByRole('heading', { level: 2, name: 'Settings' });
    const toggle = screen.getByRole('switch', { name: 'Hide the text of stopped messages' });
    expect(toggle.getAttribute('aria-checked')).toBe('true');
    await userEvent.click(toggle);
    expect(commands()).toEqual([{ name: 'settings.patch', input: { hideSendText: false } }]);
  });

  it('saves a switch as it changes and says so', async () => {
    const { commands } = await renderWindow(snapshotWith([]));
    await userEvent.click(screen.getByRole('button', { name: 'Settings' }));
    await screen.findByRole('heading', { level: 2, name: 'Settings' });
    await userEvent.click(screen.getByRole('switch', { name: 'Show notifications' }));
    expect(commands()).toEqual([
      {
        name: 'settings.patch',
        input: { notifications: { ...defaultSettings.notifications, enabled: false } },
      },
    ]);
    expect(screen.getByText('Saved')).toBeDefined();
  });

  it('returns to the stored value when saving failed, and says why', async () => {
    const { bridge } = await renderWindow(snapshotWith([]));
    bridge.answer('settings.patch', fail(appError('settings-not-saved', 'The disk is full.')));
    await userEvent.click(screen.getByRole('button', { name: 'Settings' }));
    await screen.findByRole('heading', { level: 2, name: 'Settings' });
    const toggle = screen.getByRole('switch', { name: 'Tell contacts when they are approved' });
    await userEvent.click(toggle);
    expect(screen.getByRole('alert').textContent).toBe('The disk is full.');
    expect(toggle.getAttribute('aria-checked')).toBe('false');
  });

  it('explains a wrong address before anything is sent', async () => {
    const { commands } = await renderWindow(snapshotWith([]));
    await userEvent.click(screen.getByRole('button', { name: 'Settings' }));
    await screen.findByRole('heading', { level: 2, name: 'Settings' });
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

  it('writes times as the owner chose, from the first moment', async () => {
    const since = new Date(2026, 10, 20, 14, 2).getTime();
    const connection = { ...ready(), since };
    const { update } = await renderWindow(
      snapshotWith([], { connection, settings: { ...defaultSettings, dateLocale: 'en-US' } }),
    );
    expect(screen.getByText(/^Connected since 2:02\sPM\./)).toBeDefined();
    update({ settings: { ...defaultSettings, dateLocale: 'de-DE' } });
    expect(screen.getByText(/^Connected since 14:02\./)).toBeDefined();
  });

  it('follows the theme setting', async () => {
    const { update } = await renderWindow(snapshotWith([]));
    update({ settings: { ...defaultSettings, theme: 'dark' } });
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
    const changed = new Listeners();
    const become = (next: LinkState) =>
      act(async () => {
        state = next;
        changed.emit();
        await Promise.resolve();
      });
    const cutOff = (bridge: HostLink['bridge']): HostLink => ({
      bridge,
      getState: () => state,
      subscribe: (listener) => changed.add(listener),
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
