import { fireEvent, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { defaultSettings, type NotificationSettings } from '../../electron/contract/settings.ts';
import { snapshotWith } from '../bridge/snapshots.double.ts';
import { renderWindow } from '../render-window.double.tsx';

const { notifications } = defaultSettings;

async function openSettings(change: Partial<NotificationSettings> = {}) {
  const settings = { ...defaultSettings, notifications: { ...notifications, ...change } };
  const window = await renderWindow(snapshotWith([], { settings }));
  await userEvent.click(screen.getByRole('button', { name: 'Settings' }));
  await screen.findByRole('heading', { level: 2, name: 'Settings' });
  return { ...window, group: (name: string) => within(screen.getByRole('group', { name })) };
}

const quiet = { quietHours: { ...notifications.quietHours, enabled: true } };
const patch = (change: Partial<NotificationSettings>) => [
  { name: 'settings.patch', input: { notifications: { ...notifications, ...change } } },
];

describe('the notification settings', () => {
  it('turn off one kind', async () => {
    const { commands, group } = await openSettings();
    await userEvent.click(group('About').getByRole('switch', { name: 'Chat contacts' }));
    expect(commands()).toEqual(patch({ kinds: { chat: false, devices: true, sends: true } }));
  });

  it('choose what a notification shows, and say what that means', async () => {
    const { commands } = await openSettings({ privacy: 'kind' });
    expect(screen.getByText(/For example “A device asks to be let in”/)).toBeDefined();
    await userEvent.click(screen.getByRole('radio', { name: 'Nothing' }));
    expect(commands()).toEqual(patch({ privacy: 'nothing' }));
  });

  it('have nothing to choose while notifications are off', async () => {
    await openSettings({ enabled: false });
    expect(screen.queryByRole('switch', { name: 'Quiet hours' })).toBeNull();
  });
});

describe('quiet hours', () => {
  it('are turned on as they were set last', async () => {
    const { commands } = await openSettings();
    await userEvent.click(screen.getByRole('switch', { name: 'Quiet hours' }));
    expect(commands()).toEqual(patch(quiet));
  });

  it('take whole times only', async () => {
    const { commands } = await openSettings(quiet);
    const from = screen.getByLabelText('From');
    expect(from).toHaveProperty('value', '22:00');
    fireEvent.change(from, { target: { value: '' } });
    expect(commands()).toEqual([]);
    fireEvent.change(from, { target: { value: '21:30' } });
    expect(commands()).toEqual(patch({ quietHours: { ...quiet.quietHours, from: 21 * 60 + 30 } }));
  });

  it('take days in the order of the week', async () => {
    const { commands, group } = await openSettings({ quietHours: { ...quiet.quietHours, days: [5, 6] } });
    await userEvent.click(group('Beginning on').getByRole('checkbox', { name: 'Monday' }));
    expect(commands()).toEqual(patch({ quietHours: { ...quiet.quietHours, days: [1, 5, 6] } }));
  });

  it('let through what the owner chooses, and say when they never hold', async () => {
    const { commands, group } = await openSettings({ quietHours: { ...quiet.quietHours, days: [] } });
    expect(screen.getByText('No day is chosen, so it is never quiet.')).toBeDefined();
    await userEvent.click(group('May pop up all the same').getByRole('switch', { name: 'Stopped messages' }));
    expect(commands()).toEqual(
      patch({
        quietHours: {
          ...quiet.quietHours,
          days: [],
          letThrough: { chat: false, devices: false, sends: true },
        },
      }),
    );
  });
});
