import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { CommandOutput } from '../../electron/contract/api.ts';
import { appError, fail, ok } from '../../electron/contract/result.ts';
import { adminScope, gateway, plain } from '../bridge/snapshots.double.ts';
import { adminLaptop, device, ownDevice, peopleView, studioNode } from './people.double.ts';
import { click, confirm, openDetails, renderPage, row } from './render-people.double.tsx';

// Every question waits until it may be answered, and machines are slow.
vi.setConfig({ testTimeout: 60_000 });

const removedNothing: CommandOutput<'people.removeDevices'> = { removed: [], failed: [] };

describe('the page', () => {
  it('reads the lists when it opens, when something changed, and when asked to', async () => {
    const { looks, update } = await renderPage();
    expect(looks()).toEqual([{ elevate: false }]);
    update({ listsSeq: 1 });
    update({ openCount: 3 });
    expect(looks()).toHaveLength(2);
    await click('Look again');
    expect(looks()).toHaveLength(3);
  });

  it('keeps what it has while not connected, says so, and offers no change', async () => {
    const { update, looks, changes } = await renderPage();
    update({ connection: { state: 'connecting', gateway }, listsSeq: 1 });
    expect(screen.getByText(/This may be out of date/)).toBeDefined();
    expect(looks()).toHaveLength(1);
    await click('Unblock');
    expect(changes()).toEqual([]);
  });

  it('says when the lists could not be read, and shows the older ones on', async () => {
    const { bridge, update } = await renderPage();
    bridge.answer('people.list', fail(appError('connection-lost', 'Gone for a moment.')));
    update({ listsSeq: 1 });
    expect(await screen.findByText('Gone for a moment.')).toBeDefined();
    expect(row('Bob’s phone')).toBeDefined();
  });
});

describe('devices and nodes', () => {
  it('shows who they are, when they were seen, and who is an administrator', async () => {
    await renderPage();
    const words = (name: string) => screen.getByRole('listitem', { name }).textContent;
    expect(words('Bob’s phone')).toContain('Device · iOS · Last seen 2 days ago');
    expect(words('Studio Mac mini')).toContain('Node · macOS · Connected');
    expect(words('Portcullis on desk')).toContain('This Portcullis');
    expect(words('Old laptop')).toMatch(/Administrator.*Not seen for 90 days/);
  });

  it('filters by what is worth a look', async () => {
    await renderPage();
    const shown = () =>
      within(screen.getByRole('region', { name: 'Devices and nodes' }))
        .getAllByRole('listitem')
        .map(
          (item) =>
            item.getAttribute('aria-labelledby') !== null &&
            within(item).getAllByRole('paragraph')[0]?.textContent,
        );
    await userEvent.click(screen.getByRole('radio', { name: 'Not seen for 90 days' }));
    expect(shown()).toEqual(['Old laptop']);
    await userEvent.click(screen.getByRole('radio', { name: 'Admins' }));
    expect(shown()).toEqual(['Old laptop']);
    await userEvent.click(screen.getByRole('radio', { name: 'All' }));
    expect(shown()).toHaveLength(4);
  });

  it('removes one after it was confirmed, never before', async () => {
    const { changes, bridge, said } = await renderPage();
    bridge.answer('people.removeDevices', ok({ removed: [device().deviceId], failed: [] }));
    const phone = await openDetails('Bob’s phone');
    await click('Remove…', phone);
    expect(changes()).toEqual([]);
    expect(document.activeElement?.textContent).toBe('Cancel');
    expect(await confirm('Remove')).toContain('Bob’s phone 19d1 4f0a 77c3 7734');
    expect(changes()).toEqual([
      { name: 'people.removeDevices', input: { deviceIds: [device().deviceId], elevate: false } },
    ]);
    expect(said()).toBe('Removed: Bob’s phone.');
  });

  it('removes several at once, with every name in the question', async () => {
    const { changes, bridge } = await renderPage();
    bridge.answer('people.removeDevices', ok(removedNothing));
    for (const name of ['Select Bob’s phone', 'Select Old laptop'])
      await userEvent.click(screen.getByRole('checkbox', { name }));
    await click('Remove 2 selected…');
    const text = await confirm('Remove 2');
    expect(text).toContain('Bob’s phone');
    expect(text).toContain('Old laptop');
    expect(changes()[0]?.input).toEqual({
      deviceIds: [device().deviceId, adminLaptop.deviceId],
      elevate: false,
    });
  });

  it('removes only what is in sight: a filter takes the others out of the selection', async () => {
    await renderPage();
    await userEvent.click(screen.getByRole('checkbox', { name: 'Select Bob’s phone' }));
    await userEvent.click(screen.getByRole('radio', { name: 'Not seen for 90 days' }));
    expect(screen.queryByRole('button', { name: /^Remove/ })).toBeNull();
  });

  it('says how many were not removed, and why', async () => {
    const { bridge } = await renderPage();
    const error = appError('gateway-refused', 'The gateway refused this.');
    bridge.answer(
      'people.removeDevices',
      ok({ removed: [device().deviceId], failed: [{ deviceId: adminLaptop.deviceId, error }] }),
    );
    for (const name of ['Select Bob’s phone', 'Select Old laptop'])
      await userEvent.click(screen.getByRole('checkbox', { name }));
    await click('Remove 2 selected…');
    await confirm('Remove 2');
    expect(screen.getByRole('alert').textContent).toContain(
      '1 of 2 were not removed. The gateway refused this.',
    );
  });

  it('protects this Portcullis: it cannot be selected, removed or revoked, only given a new token', async () => {
    const { changes } = await renderPage();
    expect(screen.queryByRole('checkbox', { name: 'Select Portcullis on desk' })).toBeNull();
    const own = await openDetails('Portcullis on desk');
    expect(own.queryByRole('button', { name: /Remove|Revoke/ })).toBeNull();
    await click('Replace its token…', own);
    await confirm('Replace');
    expect(changes()).toEqual([{ name: 'people.rotateOwnToken', input: undefined }]);
  });

  it('explains the rights that revoking takes, and sends them as confirmed', async () => {
    const { changes } = await renderPage();
    await click('Revoke token…', await openDetails('Old laptop'));
    expect(await confirm('Revoke')).toContain(adminScope.words);
    expect(changes()).toEqual([
      {
        name: 'people.revokeToken',
        input: { deviceId: adminLaptop.deviceId, role: 'operator', elevate: true },
      },
    ]);
  });

  it('changes nothing when the owner cancels, and gives the focus back', async () => {
    const { changes } = await renderPage();
    const node = await openDetails('Studio Mac mini');
    await click('Remove…', node);
    await click('Cancel');
    expect(changes()).toEqual([]);
    expect(document.activeElement).toBe(node.getByRole('button', { name: 'Remove…' }));
  });

  it('renames at once, or after a confirmation where it takes more rights', async () => {
    const limited = device({
      deviceId: 'd'.repeat(64),
      name: plain('Far phone'),
      manageElevation: [adminScope],
    });
    const { changes, bridge } = await renderPage(
      peopleView({ devices: { list: [device(), limited], limited: false, offered: true, unreadable: 0 } }),
    );
    const near = await openDetails('Bob’s phone');
    await userEvent.type(near.getByLabelText('New name'), '  Kitchen phone ');
    await click('Rename', near);
    const far = await openDetails('Far phone');
    await userEvent.type(far.getByLabelText('New name'), 'Attic');
    await click('Rename', far);
    await confirm('Rename');
    expect(changes().map(({ input }) => input)).toEqual([
      { deviceId: device().deviceId, name: 'Kitchen phone', elevate: false },
      { deviceId: limited.deviceId, name: 'Attic', elevate: true },
    ]);
    expect(bridge.commands.filter(({ name }) => name === 'people.rename')).toHaveLength(2);
  });

  it('takes no empty name and none that is too long', async () => {
    const { changes } = await renderPage();
    const phone = await openDetails('Bob’s phone');
    await click('Rename', phone);
    await userEvent.type(phone.getByLabelText('New name'), 'x'.repeat(65));
    await click('Rename', phone);
    expect(phone.getByRole('alert').textContent).toBe('At most 64 characters.');
    expect(changes()).toEqual([]);
  });

  it('says when it sees only itself, and shows all after the rights were confirmed', async () => {
    const { looks } = await renderPage(
      peopleView({ devices: { list: [ownDevice], limited: true, offered: true, unreadable: 2 } }),
    );
    expect(screen.getByText('2 devices could not be read and are not shown.')).toBeDefined();
    await click('Show all…');
    await confirm('Show all');
    expect(looks()).toEqual([{ elevate: false }, { elevate: true }]);
  });

  it('names hostile text plainly, also in the question', async () => {
    const odd = device({ name: plain('Bob⟨U+202E⟩', { altered: true }) });
    await renderPage(
      peopleView({ devices: { list: [odd, studioNode], limited: false, offered: true, unreadable: 0 } }),
    );
    await click(/^Details Bob/);
    await click('Remove…');
    expect(screen.getByRole('alertdialog').textContent).toContain('contains hidden characters');
  });
});
