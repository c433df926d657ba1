/** The guard page in a real browser: how it looks in each state, and setting strict mode up by keyboard alone. */
import type { GuardSetupView, GuardView } from '../../electron/contract/guard/guard-view.ts';
import { appError, ok } from '../../electron/contract/result.ts';
import { accountView, guardWith, strictPlan } from '../../renderer/bridge/guard.double.ts';
import { gateway, ready, snapshotWith } from '../../renderer/bridge/snapshots.double.ts';
import { expectEverySize } from './every-size.ts';
import type { WindowPage } from './window-page.ts';
import { expect, test } from './window-page.ts';

const input = { part: 'strict', action: 'install', account: 'default' } as const;
const setups: Readonly<Record<string, () => GuardSetupView>> = {
  working: () => ({ state: 'working', input, step: 'waiting-for-gateway' }),
  done: () => ({
    state: 'done',
    input,
    test: { plugin: 'stopped', strict: [{ account: 'default', result: 'stopped' }], at: Date.now() - 90_000 },
  }),
  failed: () => ({
    state: 'failed',
    input,
    error: appError('setup-failed', 'The gateway did not take the change over in time.'),
    undone: true,
  }),
};

const screens: Readonly<Record<string, () => GuardView>> = {
  'guard-absent': () =>
    guardWith({
      plugin: { state: 'absent' },
      policy: { status: 'unknown' },
      accounts: [accountView({ unlisted: null })],
    }),
  'guard-plugin': () => guardWith(),
  'guard-everything': () =>
    guardWith({
      plugin: { state: 'present', version: '0.0.9', match: 'older', holdSeconds: 60 },
      accounts: [
        accountView({ strict: 'on' }),
        accountView({ account: 'work', strict: 'outdated' }),
        accountView({ account: 'old-mac', strict: 'broken' }),
        accountView({ channel: 'slack', account: 'team', strict: 'not-offered' }),
      ],
    }),
};

async function openGuard(app: WindowPage, guard: GuardView, remote = false): Promise<void> {
  const connection = { ...ready(), gateway: { ...gateway, remote } };
  await app.open(snapshotWith([], { guard, connection }));
  await app.page.getByRole('button', { name: 'Guard', exact: true }).click();
  await expect(app.page.getByRole('heading', { level: 2, name: 'Send guard' })).toBeFocused();
}

for (const [name, guard] of Object.entries(screens)) {
  test(`${name} is accessible and reflows in every look and size`, async ({ app }) => {
    await openGuard(app, guard());
    await expectEverySize(app, name);
  });
}

for (const [name, setup] of Object.entries(setups)) {
  test(`a set-up that is ${name} is accessible and reflows in every look and size`, async ({ app }) => {
    await openGuard(app, guardWith({ setup: setup() }));
    await expectEverySize(app, `guard-setup-${name}`);
  });
}

test('the guard of a remote gateway is accessible and reflows in every look and size', async ({ app }) => {
  await openGuard(app, guardWith({ accounts: [accountView({ strict: 'unknown' })] }), true);
  await expectEverySize(app, 'guard-remote');
});

test('the preview is accessible and reflows in every look and size', async ({ app, page }) => {
  await openGuard(app, guardWith());
  await app.answer('guard.planSetup', ok(strictPlan));
  await page.getByRole('button', { name: /^Switch on/ }).click();
  await expect(page.getByText('The channel restarts')).toBeVisible();
  await expectEverySize(app, 'guard-preview', { behindDialog: true });
});

test('strict mode is switched on by keyboard alone, and not by the key that opened the preview', async ({
  app,
  page,
}) => {
  await openGuard(app, guardWith());
  await app.answer('guard.planSetup', ok(strictPlan));
  const opener = page.getByRole('button', { name: /^Switch on/ });
  await opener.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('alertdialog');
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(opener).toBeFocused();

  await page.keyboard.press('Enter');
  const confirm = dialog.getByRole('button', { name: 'Switch on' });
  await expect(confirm).not.toHaveAttribute('aria-disabled');
  await page.keyboard.press('Tab');
  await expect(confirm).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  const asked = (await app.commands()).map(({ name }) => name);
  expect(asked).toEqual(['guard.planSetup', 'guard.planSetup', 'guard.applySetup']);
});
