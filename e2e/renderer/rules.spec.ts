/** The rules page in a real browser: how it looks, by keyboard alone, with very many rules. */
import { ok } from '../../electron/contract/result.ts';
import { accountRules, allowRule, rulesWith } from '../../renderer/bridge/guard.double.ts';
import { plain } from '../../renderer/bridge/snapshots.double.ts';
import { expectEverySize } from './every-size.ts';
import { rules, rulesScreen } from './rules-screens.ts';
import type { WindowPage } from './window-page.ts';
import { expect, test } from './window-page.ts';

async function openRules(app: WindowPage, shown = rulesScreen()): Promise<void> {
  await app.show(shown);
  await expect(app.page.getByRole('region', { name: 'All rules' })).toBeVisible();
}

test('the rules are accessible and reflow in every look and size', async ({ app, page }) => {
  await openRules(app);
  await page.getByRole('textbox', { name: 'Recipient' }).fill('0664 1111111');
  await expect(page.getByText('Understood as')).toBeVisible();
  await expectEverySize(app, 'rules');
});

test('editing a rule and undoing are accessible and reflow in every look and size', async ({ app, page }) => {
  await openRules(app);
  await app.answer(
    'guard.changeRules',
    ok({
      rules: { ...rules(), policy: { ...rules().policy, revision: 4 } },
      undo: { type: 'region', region: null },
    }),
  );
  await page.getByRole('button', { name: 'Remove spam@example.com' }).click();
  await expect(page.getByText('Removed spam@example.com.')).toBeVisible();
  await page.getByRole('button', { name: 'Edit +436641234567' }).click();
  await page.getByRole('button', { name: 'Change the end' }).click();
  await expectEverySize(app, 'rules-edit');
});

test('the choice of guarding is accessible and reflows in every look and size', async ({ app, page }) => {
  await openRules(app);
  await page.getByRole('button', { name: 'Change what iMessage does' }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await expectEverySize(app, 'rules-guarding', { behindDialog: true });
});

test('the import is accessible and reflows in every look and size', async ({ app, page }) => {
  await openRules(app);
  await app.answer(
    'guard.contacts',
    ok(
      ['+436641234567', '+15552220001', 'bob@example.com', 'spam@example.com'].map((key) => ({
        channel: 'imessage',
        account: 'default',
        key,
        shown: plain(key),
        source: 'pairing',
      })),
    ),
  );
  await page.getByRole('button', { name: 'Import contacts…' }).click();
  await page.getByRole('checkbox', { name: 'Select all (2)' }).check();
  await expectEverySize(app, 'rules-import', { behindDialog: true });
});

test('by keyboard alone: guarding is switched off after two questions, and the focus comes back', async ({
  app,
  page,
}) => {
  await openRules(app);
  await app.answer('guard.changeRules', 'never');
  const change = page.getByRole('button', { name: 'Change what iMessage does' });
  await change.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(change).toBeFocused();

  await page.keyboard.press('Enter');
  await page.getByRole('radio', { name: 'Ask me about unlisted recipients' }).focus();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('radio', { name: 'Not guarded' })).toBeChecked();
  const next = page.getByRole('button', { name: 'Continue…' });
  await expect(next).not.toHaveAttribute('aria-disabled');
  await next.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alertdialog')).toContainText('Stop guarding iMessage?');
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused();
  const stop = page.getByRole('button', { name: 'Stop guarding' });
  await expect(stop).not.toHaveAttribute('aria-disabled');
  await stop.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await expect(change).toBeFocused();
  expect((await app.commands()).at(-1)).toEqual({
    name: 'guard.changeRules',
    input: {
      revision: 3,
      change: { type: 'unlisted', channel: 'imessage', account: 'default', unlisted: null },
    },
  });
});

test('ten thousand rules are searched while typing, 200 drawn at a time', async ({ app, page }) => {
  const allowTo = Array.from({ length: 10_000 }, (_, index) =>
    allowRule(`+1555${String(2_000_000 + index)}`),
  );
  await openRules(app, rulesScreen(rulesWith({ accounts: [accountRules({ allowTo })] })));
  await expect(page.getByText('Allowed (10000)')).toBeVisible();
  const list = page.getByRole('region', { name: 'All rules' }).getByRole('listitem');
  await expect(list).toHaveCount(200);
  await page.getByRole('searchbox').pressSequentially('+1 555 200 9999');
  await expect(list).toHaveCount(1);
  await expect(page.getByText('1 of 10000 rules match.')).toBeVisible();
});
