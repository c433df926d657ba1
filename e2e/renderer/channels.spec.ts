/** The channels page in a real browser: how it looks in each state, editing by keyboard, and its previews. */
import { ok } from '../../electron/contract/result.ts';
import { channelPlan, codeAnswer, configEdit, owedRestart } from '../../renderer/bridge/channels.double.ts';
import { plain } from '../../renderer/bridge/snapshots.double.ts';
import { channelScreens, channelsScreen, manyPeople } from './channel-screens.ts';
import { expectEverySize } from './every-size.ts';
import type { WindowPage } from './window-page.ts';
import { expect, test } from './window-page.ts';

async function openChannels(app: WindowPage, shown = channelsScreen()): Promise<void> {
  await app.show(shown);
  await expect(app.page.getByRole('heading', { level: 2, name: 'Channels' })).toBeFocused();
  await expect(app.page.getByRole('heading', { name: 'Changes made by Portcullis' })).toBeVisible();
}

for (const [name, shown] of Object.entries(channelScreens)) {
  test(`${name} is accessible and reflows in every look and size`, async ({ app }) => {
    await openChannels(app, shown());
    await expectEverySize(app, name);
  });
}

test('editing is accessible and reflows in every look and size', async ({ app, page }) => {
  await openChannels(app);
  await page.getByRole('button', { name: 'Change… (iMessage)' }).click();
  await page.getByLabel('Add to “May write”', { exact: true }).fill('ann@example.com');
  await page.getByRole('button', { name: 'Add to “May write” now' }).click();
  await expect(page.getByText('This is listed already.')).toBeVisible();
  await expectEverySize(app, 'channels-editing');
});

test('the preview with every warning is accessible and reflows in every look and size', async ({
  app,
  page,
}) => {
  await openChannels(app);
  await app.answer(
    'channels.plan',
    ok(
      channelPlan({
        warnings: [
          { kind: 'wildcard' },
          { kind: 'locks-out', people: manyPeople.map((person) => plain(person)) },
          { kind: 'answers-strangers', text: codeAnswer },
        ],
        confirm: true,
      }),
    ),
  );
  await page.getByRole('button', { name: 'Change… (iMessage)' }).click();
  await page.getByLabel('Direct messages (dmPolicy)').selectOption('open');
  await page.getByRole('button', { name: 'Preview…' }).click();
  await expect(page.getByRole('checkbox')).toBeVisible();
  await expectEverySize(app, 'channels-preview', { behindDialog: true });
});

test('taking a change back is accessible and reflows in every look and size', async ({ app, page }) => {
  await openChannels(app, channelsScreen({ history: [configEdit({ confirm: true })] }));
  await page.getByRole('button', { name: /^Undo… \(iMessage, / }).click();
  await expect(page.getByRole('alertdialog', { name: 'Undo this change?' })).toBeVisible();
  await expectEverySize(app, 'channels-undo', { behindDialog: true });
});

test('asking for the restart is accessible and reflows in every look and size', async ({ app, page }) => {
  await openChannels(app, channelsScreen({ owed: owedRestart() }));
  await page.getByRole('button', { name: 'Restart the gateway…' }).click();
  await expect(page.getByRole('alertdialog', { name: 'Restart the gateway?' })).toBeVisible();
  await expectEverySize(app, 'channels-restart', { behindDialog: true });
});

test('somebody is added by keyboard alone; Escape leaves the form where it was opened', async ({
  app,
  page,
}) => {
  await openChannels(app);
  await app.answer('channels.plan', ok(channelPlan()));
  const opener = page.getByRole('button', { name: 'Change… (iMessage)' });
  await opener.focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Direct messages (dmPolicy)').focus();
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();

  await page.keyboard.press('Enter');
  await page.getByLabel('Add to “May write”', { exact: true }).focus();
  await page.keyboard.type('+43 664 1234567');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Preview…' }).focus();
  await page.keyboard.press('Enter');
  const confirm = page.getByRole('button', { name: 'Apply' });
  await expect(confirm).not.toHaveAttribute('aria-disabled');
  await confirm.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await expect(opener).toBeFocused();
  const asked = (await app.commands()).filter(
    ({ name }) => name !== 'channels.list' && name !== 'channels.history',
  );
  expect(asked).toEqual([
    {
      name: 'channels.plan',
      input: {
        channel: 'imessage',
        account: 'default',
        edits: [{ key: 'allowFrom', value: ['+15559990000', 'ann@example.com', '+43 664 1234567'] }],
      },
    },
    { name: 'channels.apply', input: { id: 'channel-1', confirmed: false } },
  ]);
});
