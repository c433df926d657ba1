import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { coverage } from '../../electron/contract/guard/coverage.ts';
import type {
  GuardPluginView,
  GuardSetupView,
  GuardView,
  SelfTestView,
} from '../../electron/contract/guard/guard-view.ts';
import { appError, fail, ok } from '../../electron/contract/result.ts';
import { accountView, guardWith, strictPlan } from '../bridge/guard.double.ts';
import { gateway, ready, snapshotWith } from '../bridge/snapshots.double.ts';
import { renderWindow } from '../render-window.double.tsx';

/** Buttons that are held for a moment add up on a busy machine. */
vi.setConfig({ testTimeout: 30_000 });

async function openGuard(guard: GuardView) {
  const shown = await renderWindow(snapshotWith([], { guard }));
  await userEvent.click(screen.getByRole('button', { name: 'Guard' }));
  await screen.findByRole('heading', { level: 2, name: 'Send guard' });
  return {
    ...shown,
    setupCommands: () =>
      shown.bridge.commands.filter(({ name }) => name.startsWith('guard.') && name !== 'guard.rules'),
  };
}

function region(name: string) {
  return within(screen.getByRole('region', { name }));
}

async function pressArmed(name: string): Promise<void> {
  const button = await screen.findByRole('button', { name });
  await waitFor(() => expect(button.getAttribute('aria-disabled')).toBeNull());
  await userEvent.click(button);
}

describe('what is in place', () => {
  it.each([
    [{ state: 'unknown' }, /Not known while/, []],
    [{ state: 'absent' }, /messages leave without being checked/, ['Install…']],
    [{ state: 'present', version: '0.1.0', match: 'same', holdSeconds: 60 }, /version 0\.1\.0/, ['Remove…']],
    [
      { state: 'present', version: '0.0.9', match: 'older', holdSeconds: 60 },
      /older than the one this app brings/,
      ['Update…', 'Remove…'],
    ],
    [
      { state: 'present', version: '9.0.0', match: 'newer', holdSeconds: 60 },
      /Update Portcullis/,
      ['Remove…'],
    ],
  ] as const)('plugin %o', async (plugin, sentence, buttons) => {
    await openGuard(guardWith({ plugin }));
    const part = region('Guard plugin');
    expect(part.getByText(sentence)).toBeDefined();
    expect(part.queryAllByRole('button').map((button) => button.textContent)).toEqual(buttons);
  });

  it.each([
    ['on', ['Switch off…']],
    ['off', ['Switch on…']],
    ['outdated', ['Update…', 'Switch off…']],
    ['broken', ['Repair…', 'Switch off…']],
    ['unknown', []],
  ] as const)('strict mode %s', async (strict, buttons) => {
    await openGuard(
      guardWith({
        accounts: [accountView({ strict }), accountView({ channel: 'slack', strict: 'not-offered' })],
      }),
    );
    const part = region('Strict mode for iMessage');
    expect(part.getAllByRole('listitem')).toHaveLength(1);
    expect(part.queryAllByRole('button').map((button) => button.textContent)).toEqual(buttons);
  });

  it('that was set up and is gone is put back, or left out for good', async () => {
    await openGuard(
      guardWith({
        plugin: { state: 'absent' },
        accounts: [accountView({ strict: 'off' }), accountView({ account: 'work', strict: 'off' })],
        missing: [{ part: 'plugin' }, { part: 'strict', account: 'work' }],
      }),
    );
    const part = region('Guard plugin');
    expect(part.getByText(/Set up here, but gone/)).toBeDefined();
    expect(part.queryAllByRole('button').map((button) => button.textContent)).toEqual([
      'Set up again…',
      'Leave it off…',
    ]);
    expect(
      region('Strict mode for iMessage')
        .queryAllByRole('button')
        .map((button) => button.textContent),
    ).toEqual(['Switch on…', 'Set up again…', 'Leave it off…']);
  });

  const headless = 'npm start -- --headless';
  it.each<[GuardPluginView, readonly string[]]>([
    [{ state: 'absent' }, ['openclaw plugins install --link dist/gateway-plugin', headless]],
    [
      { state: 'present', version: '0.0.9', match: 'older', holdSeconds: 60 },
      ['openclaw plugins reload portcullis-guard', headless],
    ],
    [{ state: 'present', version: '0.1.0', match: 'same', holdSeconds: 60 }, [headless]],
  ])('says how a remote gateway with the plugin %j is set up', async (plugin, todo) => {
    const { update } = await openGuard(guardWith({ plugin }));
    update({ connection: { ...ready(), gateway: { ...gateway, remote: true } } });
    const sentence = screen.getByText(/^This gateway runs on another machine/);
    expect([...sentence.querySelectorAll('code')].map(({ textContent }) => textContent)).toEqual(todo);
  });

  it('changes nothing in a remote gateway from here', async () => {
    const { update, setupCommands } = await openGuard(guardWith());
    update({ connection: { ...ready(), gateway: { ...gateway, remote: true } } });
    await userEvent.click(screen.getByRole('button', { name: 'Remove…' }));
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(setupCommands()).toEqual([]);
  });
});

describe('setting it up', () => {
  const press = () => userEvent.click(screen.getByRole('button', { name: 'Switch on… (iMessage)' }));

  it('explains strict mode, shows exactly what changes, and applies only what was shown', async () => {
    const { bridge, setupCommands } = await openGuard(guardWith());
    bridge.answer('guard.planSetup', ok(strictPlan));
    await press();
    const dialog = within(screen.getByRole('alertdialog'));
    expect(dialog.getByText(/It sees what the plugin cannot/)).toBeDefined();
    expect(dialog.getByText(/Upgrading imsg stays your job/)).toBeDefined();
    expect(dialog.getByText(/put back exactly as it was/)).toBeDefined();
    expect(dialog.getByText(strictPlan.configPath)).toBeDefined();
    const changes = dialog.getAllByRole('group').map((diff) => diff.textContent);
    expect(changes[0]).toContain('- before: "/opt/homebrew/bin/imsg"');
    expect(changes[0]).toContain('+ after: "/home/bob/.openclaw/portcullis-guard/imsg"');
    expect(dialog.getByText('/home/bob/.openclaw/portcullis-guard/guard.json')).toBeDefined();
    expect(dialog.getByText('The channel restarts and is away for a few seconds.')).toBeDefined();
    await pressArmed('Switch on');
    expect(setupCommands()).toEqual([
      { name: 'guard.planSetup', input: { part: 'strict', action: 'install', account: 'default' } },
      { name: 'guard.applySetup', input: { id: 'plan-1' } },
    ]);
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });

  it('cancelling changes nothing', async () => {
    const { bridge, setupCommands } = await openGuard(guardWith());
    bridge.answer('guard.planSetup', ok(strictPlan));
    await press();
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(setupCommands().map(({ name }) => name)).toEqual(['guard.planSetup']);
  });

  it('makes a new preview when the config changed underneath, and applies that one', async () => {
    const { bridge, setupCommands } = await openGuard(guardWith());
    bridge.answer('guard.planSetup', ok(strictPlan));
    bridge.answer('guard.applySetup', fail(appError('config-changed', 'The config was edited meanwhile.')));
    await press();
    await screen.findByText(strictPlan.configPath);
    bridge.answer('guard.planSetup', ok({ ...strictPlan, id: 'plan-2' }));
    await pressArmed('Switch on');
    expect(await screen.findByText('The config was edited meanwhile.')).toBeDefined();
    bridge.answer('guard.applySetup', ok(null));
    await pressArmed('Switch on');
    expect(setupCommands().map(({ name, input }) => (name === 'guard.applySetup' ? input : name))).toEqual([
      'guard.planSetup',
      { id: 'plan-1' },
      'guard.planSetup',
      { id: 'plan-2' },
    ]);
  });

  it('says why there is no preview, and cannot be confirmed then', async () => {
    const { bridge, setupCommands } = await openGuard(guardWith());
    bridge.answer('guard.planSetup', fail(appError('config-not-editable', 'Edit line 12 by hand.')));
    await press();
    expect((await screen.findByRole('alert')).textContent).toBe('Edit line 12 by hand.');
    await userEvent.click(screen.getByRole('button', { name: 'Switch on' }));
    expect(setupCommands().map(({ name }) => name)).toEqual(['guard.planSetup']);
  });
});

describe('progress and result', () => {
  const input = { part: 'plugin', action: 'install' } as const;
  const test: SelfTestView = {
    plugin: 'stopped',
    strict: [{ account: 'default', result: 'not-stopped' }],
    at: Date.now(),
  };
  it.each<[GuardSetupView, readonly RegExp[]]>([
    [
      { state: 'working', input, step: 'config' },
      [/is being set up/, /Putting the files in place/, /^Changing the gateway’s config…$/],
    ],
    [{ state: 'working', input, step: 'undo' }, [/^Putting everything back as it was…$/]],
    [
      { state: 'done', input, test },
      [
        /^The guard plugin is installed$/,
        /^The guard plugin stopped the test message\.$/,
        /^Strict mode for iMessage did not stop the test message\. Do not rely on it\.$/,
      ],
    ],
    [
      { state: 'failed', input, error: appError('setup-failed', 'The gateway did not start.'), undone: true },
      [/could not be changed/, /The gateway did not start\./, /Everything is as it was before/],
    ],
    [
      { state: 'failed', input, error: appError('setup-failed', 'No disk.'), undone: false },
      [/Not everything could be put back/],
    ],
  ])('%o', async (setup, sentences) => {
    await openGuard(guardWith({ setup }));
    for (const sentence of sentences) expect(screen.getAllByText(sentence).length).toBeGreaterThan(0);
  });

  it('offers no second change while one is under way', async () => {
    await openGuard(guardWith({ setup: { state: 'working', input, step: 'files' } }));
    await userEvent.click(screen.getByRole('button', { name: 'Remove…' }));
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });

  it('tests on request and tells the result of each layer', async () => {
    const { bridge, setupCommands } = await openGuard(guardWith());
    bridge.answer('guard.selfTest', ok({ ...test, strict: [], at: Date.now() }));
    await userEvent.click(screen.getByRole('button', { name: 'Test now' }));
    expect(setupCommands()).toEqual([{ name: 'guard.selfTest', input: undefined }]);
    expect(await screen.findByText('The guard plugin stopped the test message.')).toBeDefined();
    expect(screen.getByText('Tested just now.')).toBeDefined();
  });
});

describe('what is not seen', () => {
  it('holds every row of the coverage table', async () => {
    await openGuard(guardWith());
    expect(screen.getAllByRole('row')).toHaveLength(coverage.length + 1);
  });

  it('names the program at cliPath until strict mode is on', async () => {
    const program = 'the program at cliPath';
    const { update } = await openGuard(guardWith());
    const unseen = () => screen.getByRole('heading', { name: /^Not seen now/ }).parentElement;
    expect(unseen()?.textContent).toContain(program);
    expect(unseen()?.textContent).not.toContain('openclaw message, to send');
    update({ guard: guardWith({ accounts: [accountView({ strict: 'on' })] }) });
    expect(unseen()?.textContent).not.toContain(program);
    expect(unseen()?.textContent).toContain('imsg itself');
  });

  it('says that a guard without rules stops nothing', async () => {
    await openGuard(guardWith({ accounts: [accountView({ unlisted: null })] }));
    expect(screen.getByText('No account is guarded yet')).toBeDefined();
  });
});
