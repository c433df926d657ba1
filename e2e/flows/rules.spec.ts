/** The send rules: made in the window, kept by the gateway, and never open by accident. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { waitForNotificationGone } from '../desktop/bench.ts';
import { expect, test } from '../fixtures/guarded.ts';
import { RulesPage } from '../pages/rules-page.ts';
import { StoppedMessage } from '../pages/stopped-message.ts';

test('a rule made on the page counts at once, and taking it away does, too', async ({
  app: { window },
  assistant,
  guard,
}) => {
  const friend = '+15551242001';
  const rules = new RulesPage(window.page);
  await rules.open();
  await rules.add('Allow', 'imessage: +1 (555) 124-2001');
  await expect(rules.rule(friend)).toBeVisible();
  expect((await guard.rules()).allowTo).toMatchObject([{ to: friend, until: null }]);
  expect(await assistant.writes(friend, 'Allowed')).toEqual({ sent: true });

  await rules.remove(friend);
  await expect(rules.rule(friend)).toHaveCount(0);
  await rules.undo();
  await expect(rules.rule(friend)).toBeVisible();
  expect(await assistant.writes(friend, 'Allowed again')).toEqual({ sent: true });
  await rules.remove(friend);
  await expect(rules.rule(friend)).toHaveCount(0);
  await rules.add('Deny', friend);
  await expect(rules.rule(friend)).toBeVisible();
  expect(await assistant.writes(friend, 'Not any more')).toMatchObject({ sent: false });
  expect(await guard.reached(friend)).toEqual(['Allowed', 'Allowed again']);
});

test('with the rules cut off nothing unlisted leaves, and restoring them is one press', async ({
  app: { window },
  assistant,
  gateway,
  guard,
  keepPicture,
}) => {
  const [friend, stranger] = ['+15551242002', '+15551242003'];
  await guard.allowOnly(friend);
  expect(await assistant.writes(friend, 'Before')).toEqual({ sent: true });
  const file = path.join(gateway.stateDir, 'portcullis-guard', 'policy.json');
  const whole = await readFile(file, 'utf8');
  await writeFile(file, whole.slice(0, whole.length / 2));

  const sending = assistant.writes(stranger, 'In the confusion');
  await expect(window.page.getByText('The send rules cannot be read', { exact: true })).toBeVisible();
  const message = new StoppedMessage(window, stranger);
  await expect(message.card).toBeVisible();
  expect(await guard.reached(stranger)).toEqual([]);
  await keepPicture('rules-cut-off');
  await window.page.getByRole('button', { name: 'Restore the last good rules…' }).click();
  const dialog = window.page.getByRole('alertdialog');
  const restore = dialog.getByRole('button', { name: 'Restore' });
  await expect(restore).not.toHaveAttribute('aria-disabled');
  await restore.click();
  await expect(window.page.getByText('The send rules cannot be read', { exact: true })).toHaveCount(0);
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
    accounts: [{ allowTo: [{ to: friend }] }],
  });

  await message.answer('Deny');
  expect(await sending).toMatchObject({ sent: false });
  await waitForNotificationGone(stranger);
  expect(await assistant.writes(friend, 'After')).toEqual({ sent: true });
  expect(await guard.reached(friend)).toEqual(['Before', 'After']);
  expect(await guard.reached(stranger)).toEqual([]);
});
