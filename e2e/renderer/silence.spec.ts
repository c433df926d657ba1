/** The switch against strangers in a real browser: how it looks in each state, and switching by keyboard alone. */
import { appError, ok } from '../../electron/contract/result.ts';
import type { SilencePlan } from '../../electron/contract/silence.ts';
import {
  answerPlan,
  approverPlan,
  silenceAccount,
  silencePlan,
} from '../../renderer/bridge/channels.double.ts';
import { plain } from '../../renderer/bridge/snapshots.double.ts';
import { expectEverySize } from './every-size.ts';
import { silenceScreens, withSwitch } from './silence-screens.ts';
import { expect, test } from './window-page.ts';
import type { WindowPage } from './window-page.ts';

for (const [name, snapshot] of Object.entries(silenceScreens)) {
  test(`${name} is accessible and reflows in every look and size`, async ({ app }) => {
    await app.open(snapshot());
    await expectEverySize(app, name);
  });
}

async function choose(app: WindowPage, option: string): Promise<void> {
  const { page } = app;
  await page.getByRole('button', { name: /^Change…/ }).click();
  await page.getByRole('radio', { name: option }).check();
}

async function openPreview(app: WindowPage, option: string, plan: SilencePlan): Promise<void> {
  const { page } = app;
  await app.open(withSwitch(silenceAccount({ mode: plan.from, strict: 'off' })));
  await app.answer('silence.plan', ok(plan));
  await choose(app, option);
  const next = page.getByRole('button', { name: 'Preview…' });
  await expect(next).not.toHaveAttribute('aria-disabled');
  await next.click();
  await expect(page.getByText('Looking at the gateway’s config…')).toHaveCount(0);
}

test('choosing is accessible and reflows in every look and size', async ({ app }) => {
  await app.open(withSwitch(silenceAccount({ strict: 'off', wildcard: true })));
  await choose(app, 'Silent, ignore');
  await expectEverySize(app, 'silence-choose', { behindDialog: true });
});

const many = Array.from({ length: 40 }, (_, index) => ({
  entry: `+1555123${String(index).padStart(4, '0')}`,
  shown: plain(`+1 555 123 ${String(index).padStart(4, '0')}`),
}));

const previews: Readonly<Record<string, readonly [string, () => SilencePlan]>> = {
  'silence-preview-ignore': [
    'Silent, ignore',
    () =>
      silencePlan({
        carriedOver: many,
        warnings: [{ kind: 'wildcard' }, { kind: 'access-groups', groups: [plain('accessGroup:family')] }],
      }),
  ],
  'silence-preview-restarts': ['Silent, ignore', () => silencePlan({ restarts: true })],
  'silence-preview-answer': ['Answer with a code', answerPlan],
  'silence-preview-approvers': [
    'Silent, ignore',
    () => approverPlan('The country code is missing. Write it with a plus, e.g. +43 664 1234567.'),
  ],
  'silence-preview-needs-strict': [
    'Silent, ask me',
    () =>
      silencePlan({
        to: 'ask',
        changes: [],
        carriedOver: [],
        applicable: false,
        warnings: [{ kind: 'strict-needed', strict: 'off' }],
      }),
  ],
};

for (const [name, [option, plan]] of Object.entries(previews)) {
  test(`${name} is accessible and reflows in every look and size`, async ({ app }) => {
    await openPreview(app, option, plan());
    await expectEverySize(app, name, { behindDialog: true });
  });
}

test('strangers are silenced by keyboard alone, and not by the key that opened the preview', async ({
  app,
  page,
}) => {
  await app.open(withSwitch(silenceAccount()));
  await app.answer('silence.plan', ok(silencePlan()));
  const opener = page.getByRole('button', { name: /^Change…/ });
  await opener.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('radio', { name: 'Answer with a code' }).focus();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('radio', { name: 'Silent, ignore' })).toBeChecked();
  const next = page.getByRole('button', { name: 'Preview…' });
  await expect(next).not.toHaveAttribute('aria-disabled');
  await next.focus();
  await page.keyboard.press('Enter');

  const dialog = page.getByRole('alertdialog', { name: /^Silence strangers/ });
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  const confirm = dialog.getByRole('button', { name: 'Silent, ignore' });
  await expect(confirm).not.toHaveAttribute('aria-disabled');
  await page.keyboard.press('Tab');
  await expect(confirm).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(opener).toBeFocused();
  expect((await app.commands()).map(({ name }) => name)).toEqual(['silence.plan', 'silence.apply']);
});

test('a preview that is refused cannot be confirmed by the second half of a double click', async ({
  app,
  page,
}) => {
  await openPreview(app, 'Silent, ignore', silencePlan());
  await app.answer('silence.apply', { ok: false, error: appError('config-changed', 'Edited meanwhile.') });
  const confirm = page.getByRole('button', { name: 'Silent, ignore' });
  await expect(confirm).not.toHaveAttribute('aria-disabled');
  await confirm.dblclick();
  await expect(page.getByText('Edited meanwhile.')).toBeVisible();
  expect((await app.commands()).map(({ name }) => name)).toEqual([
    'silence.plan',
    'silence.apply',
    'silence.plan',
  ]);
});
