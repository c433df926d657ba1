import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { unknownGuard } from '../../electron/contract/guard/guard-view.ts';
import { outsideRulesId } from '../../electron/contract/snapshot.ts';
import { appError, fail } from '../../electron/contract/result.ts';
import { guarded, snapshotWith } from '../bridge/snapshots.double.ts';
import { renderWindow } from '../render-window.double.tsx';

describe('pausing all sends', () => {
  it('is offered only where a guard can stop them', async () => {
    const { update } = await renderWindow(snapshotWith([]));
    expect(screen.queryByRole('switch')).toBeNull();
    update({ guard: guarded() });
    expect(screen.getByRole('switch', { name: 'Pause all sends' })).toBeDefined();
  });

  it('shows what the gateway says, not what was asked for', async () => {
    const { bridge, commands, update } = await renderWindow(snapshotWith([], { guard: guarded() }));
    bridge.answer('guard.pause', 'never');
    const toggle = screen.getByRole('switch');
    await userEvent.click(toggle);
    expect(commands()).toEqual([{ name: 'guard.pause', input: { paused: true } }]);
    expect(toggle.getAttribute('aria-checked')).toBe('false');
    expect(screen.getByText('Waiting for the gateway…')).toBeDefined();
    update({ guard: guarded({ paused: true }) });
    expect(toggle.getAttribute('aria-checked')).toBe('true');
    expect(screen.getByText('All sends are paused. Nothing leaves.')).toBeDefined();
  });

  it('says why it did not work', async () => {
    const { bridge } = await renderWindow(snapshotWith([], { guard: guarded() }));
    bridge.answer('guard.pause', fail(appError('rules-unreadable', 'The rules cannot be read.')));
    await userEvent.click(screen.getByRole('switch'));
    expect(screen.getByRole('alert').textContent).toBe('The rules cannot be read.');
    expect(screen.getByRole('switch').getAttribute('aria-checked')).toBe('false');
  });

  it('ends with Resume on any page, and the focus stays in the page', async () => {
    const { commands, update } = await renderWindow(snapshotWith([], { guard: guarded({ paused: true }) }));
    await userEvent.click(screen.getByRole('button', { name: 'Settings' }));
    await screen.findByRole('heading', { level: 2, name: 'Settings' });
    await userEvent.click(screen.getByRole('button', { name: 'Resume' }));
    expect(commands()).toEqual([{ name: 'guard.pause', input: { paused: false } }]);
    screen.getByRole('button', { name: 'Resume' }).focus();
    update({ guard: guarded() });
    expect(screen.queryByText(/All sends are paused/)).toBeNull();
    expect(document.activeElement?.textContent).toBe('Settings');
  });

  it('cannot be switched without a connection', async () => {
    const connection = { state: 'connecting', gateway: null } as const;
    await renderWindow(snapshotWith([], { guard: guarded(), connection }));
    expect(screen.getByRole<HTMLButtonElement>('switch').disabled).toBe(true);
  });
});

describe('what the owner should know about the guard', () => {
  it('leads to rules that somebody else changed', async () => {
    const notices = [
      { id: outsideRulesId, text: 'Rules were changed outside Portcullis: 2 added, 1 removed.' },
    ];
    await renderWindow(snapshotWith([], { guard: guarded(), notices }));
    expect(screen.getByText(notices[0]?.text ?? '')).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: 'Review' }));
    await screen.findByRole('heading', { level: 2, name: 'Rules' });
  });

  it.each([
    ['missing', 'The send rules are gone'],
    ['misspelt', 'A rule names a channel or account that does not exist'],
  ] as const)('says that rules are %s, and what to do', async (rulesTrouble, title) => {
    await renderWindow(snapshotWith([], { guard: guarded({ rulesTrouble }) }));
    expect(screen.getByText(title)).toBeDefined();
    expect(screen.getByRole('button', { name: 'Open rules' })).toBeDefined();
  });

  it('says on every page that it is gone, and sets it up again with a preview', async () => {
    const missing = [{ part: 'strict', account: 'default' }, { part: 'plugin' }] as const;
    const guard = guarded({ plugin: { state: 'absent' }, missing });
    const { bridge, commands } = await renderWindow(snapshotWith([], { guard }));
    bridge.answer('guard.planSetup', 'never');
    expect(screen.getByText('This gateway runs without the guard')).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: 'Set it up again…' }));
    await screen.findByRole('heading', { name: 'Install the guard plugin?' });
    expect(commands()).toEqual([{ name: 'guard.planSetup', input: { part: 'plugin', action: 'install' } }]);
  });

  it('asks before it restores rules that cannot be read', async () => {
    const policy = { status: 'unreadable', problem: 'It ends in the middle.', restorable: true } as const;
    const { commands } = await renderWindow(snapshotWith([], { guard: guarded({ policy }) }));
    expect(screen.getByText('It ends in the middle.')).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: 'Restore the last good rules…' }));
    const dialog = within(await screen.findByRole('alertdialog'));
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Cancel'));
    const restore = dialog.getByRole('button', { name: 'Restore' });
    await waitFor(() => expect(restore.getAttribute('aria-disabled')).toBeNull());
    expect(commands()).toEqual([]);
    await userEvent.click(restore);
    expect(commands()).toEqual([{ name: 'guard.restoreRules', input: undefined }]);
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });

  it('offers no restoring where no earlier rules were kept', async () => {
    const policy = { status: 'unreadable', problem: 'It is empty.', restorable: false } as const;
    await renderWindow(snapshotWith([], { guard: guarded({ policy }) }));
    expect(screen.queryByRole('button', { name: /Restore/ })).toBeNull();
    expect(screen.getByText(/Mend the file by hand/)).toBeDefined();
  });

  it.each([
    ['older', /^The send guard is older/],
    ['newer', /^The send guard is newer/],
  ] as const)('says that the guard is %s than the app', async (match, title) => {
    const plugin = { state: 'present', version: '9.9.9', match, holdSeconds: 60 } as const;
    await renderWindow(snapshotWith([], { guard: guarded({ plugin }) }));
    expect(screen.getByText(title)).toBeDefined();
  });

  it('counts messages that were lost to view, and says that none was sent', async () => {
    await renderWindow(snapshotWith([], { guard: guarded({ overflow: 12, unreadable: 1 }) }));
    expect(screen.getByText(/^12 stopped messages were not kept.*None of them was sent/)).toBeDefined();
    expect(screen.getByText(/^1 stopped message is not shown.*left in place/)).toBeDefined();
  });

  it('says that outgoing messages are not guarded only where that is known', async () => {
    const { update } = await renderWindow(snapshotWith([]));
    expect(screen.queryByText(/not guarded/)).toBeNull();
    update({ guard: { ...unknownGuard, plugin: { state: 'absent' } } });
    expect(screen.getByText(/^Outgoing messages are not guarded/)).toBeDefined();
    update({ connection: { state: 'stopped' } });
    expect(screen.queryByText(/not guarded/)).toBeNull();
  });
});
