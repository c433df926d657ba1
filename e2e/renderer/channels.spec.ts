/** The channels page in a real browser: how it looks in each state, editing by keyboard, and its previews. */
import type {
  ChannelsView,
  ConfigHistoryEntry,
  ConfigWorkView,
  OwedRestartView,
} from '../../electron/contract/channels.ts';
import { idleConfigWork } from '../../electron/contract/channels.ts';
import { owedRestartTexts } from '../../electron/contract/config-texts.ts';
import { appError, ok } from '../../electron/contract/result.ts';
import {
  allowFrom,
  channelAccount,
  channelPlan,
  channelsView,
  codeAnswer,
  configEdit,
  dmPolicy,
  owedRestart,
  silenceAccount,
  silenceWith,
} from '../../renderer/bridge/channels.double.ts';
import { plain, snapshotWith } from '../../renderer/bridge/snapshots.double.ts';
import { expectEverySize } from './every-size.ts';
import { expect, test } from './window-page.ts';
import type { WindowPage } from './window-page.ts';

const reason = { kind: 'channel', channel: 'imessage', account: 'default' } as const;

interface Shown {
  readonly view: ChannelsView;
  readonly history?: readonly ConfigHistoryEntry[];
  readonly configWork?: ConfigWorkView;
  readonly owed?: OwedRestartView;
}

async function openChannels(app: WindowPage, shown: Shown): Promise<void> {
  const { view, history = [], configWork = idleConfigWork, owed = null } = shown;
  const silence = silenceWith(silenceAccount({ former: 'ignore' }));
  await app.open(snapshotWith([], { silence, configWork, owedRestart: owed }));
  await app.answer('channels.list', ok(view));
  await app.answer('channels.history', ok(history));
  await app.page.getByRole('button', { name: 'Channels', exact: true }).click();
  await expect(app.page.getByRole('heading', { level: 2, name: 'Channels' })).toBeFocused();
  await expect(app.page.getByRole('heading', { name: 'Changes made by Portcullis' })).toBeVisible();
}

const people = Array.from({ length: 60 }, (_, index) => `+1555123${String(index).padStart(4, '0')}`);

const several = (): ChannelsView =>
  channelsView({
    accounts: [
      channelAccount(),
      channelAccount({
        account: 'work',
        connected: false,
        strangers: 'nothing',
        settings: [dmPolicy({ value: 'allowlist', from: 'account' }), allowFrom(people)],
        guard: null,
      }),
      channelAccount({
        channel: 'slack',
        label: plain('Slack'),
        account: 'team',
        enabled: false,
        strangers: null,
        settings: [
          dmPolicy({ value: null, from: 'gateway' }),
          allowFrom([`⟨U+202E⟩${'long'.repeat(40)}`], {
            shown: [plain(`⟨U+202E⟩${'long'.repeat(40)}`, { altered: true })],
          }),
        ],
        guard: { unlisted: null, allowTo: 0, pairingReply: 'send' },
      }),
    ],
  });

const edits = (): readonly ConfigHistoryEntry[] => [
  configEdit({ id: 'e3', reason: { kind: 'undo', of: 'e2' }, confirmed: false }),
  configEdit({ id: 'e2', reason: { kind: 'silence', account: 'default' }, undone: true }),
  configEdit({ id: 'e1', notUndoable: 'The gateway’s config was changed by somebody else since.' }),
];

const screens: Readonly<Record<string, () => Shown>> = {
  channels: () => ({ view: several(), history: edits() }),
  'channels-none': () => ({ view: channelsView({ accounts: [] }) }),
  'channels-not-editable': () => ({
    view: channelsView({
      notEditable: appError(
        'config-not-editable',
        'The config takes channels from another file with $include. Change line 12 of imessage.json5 by hand.',
      ),
    }),
  }),
  'channels-working': () => ({
    view: channelsView(),
    configWork: { state: 'working', reason, progress: { step: 'gateway', write: 1, writes: 2 } },
  }),
  'channels-done': () => ({
    view: channelsView(),
    history: [configEdit()],
    configWork: { state: 'done', reason, at: Date.now() - 60_000 },
  }),
  'channels-restart-owed': () => ({
    view: channelsView(),
    owed: owedRestart({ error: appError('gateway-refused', owedRestartTexts.refused) }),
  }),
  'channels-failed': () => ({
    view: channelsView(),
    configWork: {
      state: 'failed',
      reason,
      error: appError('config-changed', 'The config was edited by somebody else meanwhile. Look again.'),
      written: true,
      at: Date.now() - 60_000,
    },
  }),
};

for (const [name, shown] of Object.entries(screens)) {
  test(`${name} is accessible and reflows in every look and size`, async ({ app }) => {
    await openChannels(app, shown());
    await expectEverySize(app, name);
  });
}

test('editing is accessible and reflows in every look and size', async ({ app, page }) => {
  await openChannels(app, { view: channelsView() });
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
  await openChannels(app, { view: channelsView() });
  await app.answer(
    'channels.plan',
    ok(
      channelPlan({
        warnings: [
          { kind: 'wildcard' },
          { kind: 'locks-out', people: people.map((person) => plain(person)) },
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
  await openChannels(app, { view: channelsView(), history: [configEdit({ confirm: true })] });
  await page.getByRole('button', { name: /^Undo… \(iMessage, / }).click();
  await expect(page.getByRole('alertdialog', { name: 'Undo this change?' })).toBeVisible();
  await expectEverySize(app, 'channels-undo', { behindDialog: true });
});

test('asking for the restart is accessible and reflows in every look and size', async ({ app, page }) => {
  await openChannels(app, { view: channelsView(), owed: owedRestart() });
  await page.getByRole('button', { name: 'Restart the gateway…' }).click();
  await expect(page.getByRole('alertdialog', { name: 'Restart the gateway?' })).toBeVisible();
  await expectEverySize(app, 'channels-restart', { behindDialog: true });
});

test('somebody is added by keyboard alone; Escape leaves the form where it was opened', async ({
  app,
  page,
}) => {
  await openChannels(app, { view: channelsView() });
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
