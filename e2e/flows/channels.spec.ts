/** Who may write on each channel: shown as the gateway has it, changed after a look, confirmed live, and taken back. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ThrowawayGateway } from '../../build/demo/throwaway-gateway.ts';
import { expect, friend, test } from '../fixtures/strangers.ts';
import { ChannelsPage } from '../pages/channels-page.ts';

const colleague = '+15551271001';
const inGroups = '+15551271002';

interface Config {
  readonly channels: { readonly imessage: Readonly<Record<string, unknown>> & { readonly cliPath: string } };
}

/** The owner's own edit: lists, and a second account with messages of its own. */
async function withSecondAccount({ root }: Pick<ThrowawayGateway, 'root'>, text: string): Promise<string> {
  const config = JSON.parse(text) as Config;
  const cliPath = path.join(root, 'bin', 'imsg-of-work');
  const messages = path.join(root, 'messages-of-work');
  await mkdir(messages);
  const launcher = `#!/bin/sh\nSCRIPTED_IMSG_DIR='${messages}' exec '${config.channels.imessage.cliPath}' "$@"\n`;
  await writeFile(cliPath, launcher, { mode: 0o755 });
  const imessage = {
    ...config.channels.imessage,
    groupPolicy: 'allowlist',
    groupAllowFrom: [inGroups],
    defaultAccount: 'default',
    accounts: { default: {}, work: { cliPath, dmPolicy: 'allowlist', allowFrom: [colleague] } },
  };
  return `${JSON.stringify({ ...config, channels: { imessage } }, null, 4)}\n`;
}

test('policies of every account are shown, edited after a look at the change, and put back to the byte', async ({
  app: { window },
  config,
  gateway,
  keepLooks,
  keepPicture,
}) => {
  test.setTimeout(600_000);
  const original = await config.text();
  const byHand = await withSecondAccount(gateway, original);
  const newcomer = 'ann@example.com';
  const channels = new ChannelsPage(window.page);
  await channels.open();

  await test.step('every account, as it is configured', async () => {
    await expect(channels.setting('iMessage', 'dmPolicy')).toContainText(
      'pairing: strangers ask to be paired',
    );
    await expect(channels.setting('iMessage', 'pairingReply')).toHaveText('Not held back by the send guard.');
    await config.write(byHand);
    await expect(channels.setting('iMessage (work)', 'allowFrom')).toContainText(colleague);
    await expect(channels.setting('iMessage (work)', 'dmPolicy')).toContainText('allowlist');
    await expect(channels.setting('iMessage (work)', 'groupAllowFrom')).toContainText(inGroups);
    await expect(channels.setting('iMessage', 'groupPolicy')).toContainText('only listed groups and people');
    await expect(channels.setting('iMessage (work)', 'allowTo')).toContainText('not guarded');
    await expect(channels.account('iMessage')).toContainText(
      'A stranger gets a pairing code. You are asked.',
    );
    await expect(channels.account('iMessage (work)')).toContainText('A stranger gets no answer');
    // Both are up before anything else is changed.
    await expect(async () => {
      await window.page.getByRole('button', { name: 'Look again' }).click();
      for (const account of ['iMessage', 'iMessage (work)'])
        await expect(channels.account(account)).toContainText('Connected.', { timeout: 2_000 });
    }).toPass();
    await window.expectAccessible();
    await keepLooks('channels');
  });

  await test.step('a value the gateway would not take is refused in words', async () => {
    const form = await channels.edit('iMessage (work)');
    await form.getByLabel('Direct messages (dmPolicy)').selectOption('open');
    await channels.preview(form);
    await expect(channels.dialog).toContainText(
      'The gateway takes dmPolicy open only together with * in allowFrom.',
    );
    await expect(channels.dialog.getByRole('button', { name: 'Apply' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    await keepPicture('channels-refused');
    await window.page.keyboard.press('Escape');
    await form.getByRole('button', { name: 'Cancel' }).click();
    expect(await config.text()).toBe(byHand);
  });

  await test.step('somebody may write', async () => {
    const form = await channels.edit('iMessage (work)');
    await channels.add(form, 'May write', newcomer);
    await keepPicture('channels-editing');
    await channels.preview(form);
    expect(await channels.previewedChanges()).toEqual({
      'channels.imessage.accounts.work.allowFrom': [colleague, newcomer],
    });
    await window.expectAccessible({ behindDialog: true });
    await keepLooks('channels-preview');
    expect(await config.text()).toBe(byHand);
    await channels.confirm('Apply');
    await keepPicture('channels-working');
    await channels.expectChanged('iMessage (work)');
    await expect(channels.setting('iMessage (work)', 'allowFrom')).toContainText(newcomer);
    expect(await config.value()).toMatchObject({
      channels: { imessage: { accounts: { work: { allowFrom: [colleague, newcomer] } } } },
    });
    await keepLooks('channels-changed');
  });

  await test.step('and not any more', async () => {
    await expect(channels.history.first()).toContainText('iMessage (work)');
    await channels.history
      .first()
      .getByRole('button', { name: /^Undo…/ })
      .click();
    await keepPicture('channels-undo');
    await channels.confirm('Undo');
    await channels.expectChanged('Undo: iMessage (work)');
    expect(await config.text()).toBe(byHand);
    await expect(channels.setting('iMessage (work)', 'allowFrom')).not.toContainText(newcomer);
    await expect(channels.history).toHaveText([/^Undo: iMessage \(work\)/, /^iMessage \(work\).*undone/s]);
  });
  await config.write(original);
});

test('who would be locked out or let in is named before anything is changed', async ({
  app: { window },
  config,
  keepLooks,
  keepPicture,
}) => {
  const before = await config.text();
  const channels = new ChannelsPage(window.page);
  await channels.open();
  const form = await channels.edit('iMessage');
  await form.getByLabel('Direct messages (dmPolicy)').selectOption('allowlist');
  await channels.add(form, 'May write', '+15551271003');
  await channels.preview(form);
  await expect(channels.dialog).toContainText('This locks people out');
  await expect(channels.dialog.getByRole('listitem').filter({ hasText: friend })).toBeVisible();
  const apply = channels.dialog.getByRole('button', { name: 'Apply' });
  await expect(apply).toHaveAttribute('aria-disabled', 'true');
  await channels.dialog.getByRole('checkbox').check();
  await expect(apply).not.toHaveAttribute('aria-disabled');
  await keepLooks('channels-locks-out');
  await window.page.keyboard.press('Escape');

  await form.getByLabel('Direct messages (dmPolicy)').selectOption('open');
  await channels.add(form, 'May write', '*');
  await channels.preview(form);
  await expect(channels.dialog).toContainText('Everybody is let in');
  await expect(apply).toHaveAttribute('aria-disabled', 'true');
  await keepPicture('channels-open');
  await window.page.keyboard.press('Escape');
  expect(await config.text()).toBe(before);
});
