import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { LoginItemView } from '../../electron/contract/login-item.ts';
import { appError, fail, ok } from '../../electron/contract/result.ts';
import { defaultSettings, type Settings } from '../../electron/contract/settings.ts';
import type { FakeBridge } from '../bridge/bridge.double.ts';
import { snapshotWith } from '../bridge/snapshots.double.ts';
import { renderWindow } from '../render-window.double.tsx';

const office = { mode: 'remote', url: 'wss://gate.example:18789', tlsFingerprint: null } as const;

async function openSettings(
  change: Partial<Settings> = {},
  prepare: (bridge: FakeBridge) => void = () => undefined,
) {
  const window = await renderWindow(snapshotWith([], { settings: { ...defaultSettings, ...change } }));
  prepare(window.bridge);
  await userEvent.click(screen.getByRole('button', { name: 'Settings' }));
  await screen.findByRole('heading', { level: 2, name: 'Settings' });
  return window;
}

describe('remembered gateways', () => {
  const gateways = [
    { name: 'Home', gateway: { mode: 'local' } },
    { name: 'Office', gateway: office },
  ] as const;

  it('are switched to by name', async () => {
    const { commands, update } = await openSettings({ gateways });
    expect(screen.queryByRole('button', { name: 'Use Home' })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Use Office' }));
    expect(commands()).toEqual([{ name: 'settings.patch', input: { gateway: office } }]);
    update({ settings: { ...defaultSettings, gateways, gateway: office } });
    expect(screen.getByLabelText('Address')).toHaveProperty('value', office.url);
    expect(screen.getByRole('button', { name: 'Use Home' })).toBeDefined();
  });

  it('get the one in use under a name of its own', async () => {
    const { commands } = await openSettings({ gateway: office, gateways: gateways.slice(0, 1) });
    const name = screen.getByLabelText('Remember the gateway in use as');
    await userEvent.type(name, 'Home');
    await userEvent.click(screen.getByRole('button', { name: 'Remember' }));
    expect(screen.getByRole('alert').textContent).toBe('Another gateway has this name.');
    await userEvent.clear(name);
    await userEvent.type(name, ' Office ');
    await userEvent.click(screen.getByRole('button', { name: 'Remember' }));
    expect(commands()).toEqual([{ name: 'settings.patch', input: { gateways } }]);
  });

  it('are forgotten without cutting the connection', async () => {
    const { commands } = await openSettings({ gateways });
    await userEvent.click(screen.getByRole('button', { name: 'Forget Home' }));
    expect(commands()).toEqual([{ name: 'settings.patch', input: { gateways: gateways.slice(1) } }]);
  });
});

describe('starting at login', () => {
  const off: LoginItemView = {
    state: 'off',
    writes: { path: '/home/eva/.config/autostart/portcullis.desktop', content: '[Desktop Entry]\nExec=…\n' },
  };

  it('shows what it writes, and what holds after it was turned on', async () => {
    const { bridge } = await openSettings({}, (app) => {
      app.answer('loginItem.read', ok(off));
      app.answer('loginItem.set', ok({ ...off, state: 'on' }));
    });
    expect(screen.getByText('/home/eva/.config/autostart/portcullis.desktop')).toBeDefined();
    const toggle = screen.getByRole('switch', { name: 'Start at login' });
    await userEvent.click(toggle);
    expect(bridge.commands.at(-1)).toEqual({ name: 'loginItem.set', input: { on: true } });
    expect(toggle.getAttribute('aria-checked')).toBe('true');
  });

  it('stays off, and says why, when it could not be written', async () => {
    await openSettings({}, (app) => {
      app.answer('loginItem.read', ok(off));
      app.answer('loginItem.set', fail(appError('settings-not-saved', 'The disk is full.')));
    });
    const toggle = screen.getByRole('switch', { name: 'Start at login' });
    await userEvent.click(toggle);
    expect(screen.getByRole('alert').textContent).toBe('The disk is full.');
    expect(toggle.getAttribute('aria-checked')).toBe('false');
  });

  it('says that the system does not start it yet, and lets it be taken back', async () => {
    const { bridge } = await openSettings({}, (app) => {
      app.answer('loginItem.read', ok({ state: 'not-allowed', writes: null }));
      app.answer('loginItem.set', ok({ state: 'off', writes: null }));
    });
    const toggle = screen.getByRole('switch', { name: 'Start at login' });
    expect(screen.getByText(/^Your system does not start it yet/)).toBeDefined();
    await userEvent.click(toggle);
    expect(bridge.commands.at(-1)).toEqual({ name: 'loginItem.set', input: { on: false } });
    expect(toggle.getAttribute('aria-checked')).toBe('false');
  });

  it('says where it takes the installed app', async () => {
    await openSettings({}, (app) => {
      app.answer('loginItem.read', ok({ state: 'not-installed', writes: null }));
    });
    expect(screen.getByText(/only the installed Portcullis can start at login/)).toBeDefined();
    expect(screen.queryByRole('switch', { name: 'Start at login' })).toBeNull();
  });

  it('says where it cannot be had', async () => {
    await openSettings();
    expect(screen.getByText(/only the desktop app can start at login/)).toBeDefined();
  });
});

describe('settings as a file', () => {
  const file = (text: string) => new File([text], 'settings.json', { type: 'application/json' });
  const pick = (chosen: File) =>
    fireEvent.change(screen.getByLabelText('Settings file'), { target: { files: [chosen] } });

  it('are saved as the app wrote them', async () => {
    const make = vi.fn((_blob: Blob) => 'blob:settings');
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: make, revokeObjectURL: vi.fn() }));
    const saved: unknown[] = [];
    const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      saved.push([this.download, this.href]);
    });
    await openSettings({}, (app) => {
      app.answer('settings.export', ok({ fileName: 'portcullis-settings.json', text: '{}' }));
    });
    await userEvent.click(screen.getByRole('button', { name: 'Save settings to a file' }));
    expect(saved).toEqual([['portcullis-settings.json', 'blob:settings']]);
    expect(await make.mock.calls[0]?.[0].text()).toBe('{}');
    vi.unstubAllGlobals();
    clicked.mockRestore();
  });

  it('are looked at before they count', async () => {
    const { bridge } = await openSettings({}, (app) => {
      app.answer(
        'settings.planImport',
        ok({ changes: [{ label: 'Theme', before: 'like the system', after: 'dark' }] }),
      );
    });
    pick(file('{"theme":"dark"}'));
    const dialog = within(await screen.findByRole('alertdialog'));
    expect(dialog.getByText('Theme').parentElement?.textContent).toBe('Themelike the system → dark');
    const confirm = dialog.getByRole('button', { name: 'Load settings' });
    await waitFor(() => expect(confirm.getAttribute('aria-disabled')).toBeNull());
    await userEvent.click(confirm);
    expect(bridge.commands.slice(-2)).toEqual([
      { name: 'settings.planImport', input: { text: '{"theme":"dark"}' } },
      { name: 'settings.import', input: { text: '{"theme":"dark"}' } },
    ]);
    expect(screen.getByText('The settings from the file are in place.')).toBeDefined();
  });

  it('say only what came of the file picked last', async () => {
    const changes = [{ label: 'Theme', before: 'light', after: 'dark' }];
    const { bridge } = await openSettings({}, (app) => {
      app.answer('settings.planImport', ok({ changes }));
    });
    pick(file('{"theme":"dark"}'));
    const load = await screen.findByRole('button', { name: 'Load settings' });
    await waitFor(() => expect(load.getAttribute('aria-disabled')).toBeNull());
    await userEvent.click(load);
    expect(screen.getByText('The settings from the file are in place.')).toBeDefined();
    bridge.answer('settings.planImport', fail(appError('bad-input', 'This is no settings file.')));
    pick(file('hello'));
    expect((await screen.findByRole('alert')).textContent).toBe('This is no settings file.');
    expect(screen.queryByText('The settings from the file are in place.')).toBeNull();
  });

  it('are refused with the reason, and a huge file is not even read', async () => {
    const { bridge } = await openSettings({}, (app) => {
      app.answer('settings.planImport', fail(appError('bad-input', 'This is no settings file.')));
    });
    pick(file('hello'));
    expect((await screen.findByRole('alert')).textContent).toBe('This is no settings file.');
    pick(file('x'.repeat(100_001)));
    expect(await screen.findByText(/larger than any settings/)).toBeDefined();
    expect(screen.getAllByRole('alert')).toHaveLength(1);
    expect(bridge.commands.filter(({ name }) => name === 'settings.planImport')).toHaveLength(1);
  });
});
