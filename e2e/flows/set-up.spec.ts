/** The owner sets the send guard up from its page, relies on it, and takes it away again without a trace. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { ThrowawayGateway } from '../../build/demo/throwaway-gateway.ts';
import { pressNotificationButton, waitForNotification, waitForNotificationGone } from '../desktop/bench.ts';
import { expect, test } from '../fixtures/plain.ts';
import { GuardPage } from '../pages/guard-page.ts';
import { RulesPage } from '../pages/rules-page.ts';
import { StoppedMessage } from '../pages/stopped-message.ts';
import { isFullTier } from '../tier.ts';

type Json = Readonly<Record<string, unknown>>;

async function configText({ configPath }: ThrowawayGateway): Promise<string> {
  return readFile(configPath, 'utf8');
}

function parsed(text: string): Json {
  return JSON.parse(text) as Json;
}

/** The config with the previewed values in it, and nothing else changed. */
function withValues(config: Json, values: Json): Json {
  return Object.entries(values).reduce<Json>(
    (changed, [at, value]) => withValue(changed, at.split('.'), value),
    config,
  );
}

function withValue(config: Json, [key = '', ...rest]: readonly string[], value: unknown): Json {
  if (rest.length === 0) return { ...config, [key]: value };
  return { ...config, [key]: withValue((config[key] ?? {}) as Json, rest, value) };
}

/** The `openclaw` command, which sends in its own process: the plugin's gate stands there. */
function openclawSends(gateway: ThrowawayGateway, to: string, text: string): Promise<number> {
  const message = ['message', 'send', '--channel', 'imessage', '--target', to, '--message', text];
  return exitCodeOf('openclaw', message, gateway);
}

/** What such a command does in the end, at a hundredth of its cost: the program the config names is told to send. */
async function programSends(gateway: ThrowawayGateway, to: string, text: string): Promise<number> {
  const { channels } = withProgram.parse(parsed(await configText(gateway)));
  return exitCodeOf(channels.imessage.cliPath, ['send', '--to', to, '--text', text], gateway);
}

const withProgram = z.object({ channels: z.object({ imessage: z.object({ cliPath: z.string() }) }) });

function exitCodeOf(
  program: string,
  args: readonly string[],
  { env }: Pick<ThrowawayGateway, 'env'>,
): Promise<number> {
  return new Promise((resolve) => {
    execFile(program, args, { env, timeout: commandMs }, (error) => {
      resolve(error === null ? 0 : typeof error.code === 'number' ? error.code : -1);
    });
  });
}

/** The command loads most of OpenClaw before it does anything. */
const commandMs = 400_000;

test('the guard is installed as previewed, stops what the openclaw command sends, and leaves no trace', async ({
  app: { window },
  gateway,
  keepPicture,
}) => {
  test.setTimeout(900_000);
  const { page } = window;
  const [guard, rules] = [new GuardPage(page), new RulesPage(page)];
  const before = await configText(gateway);
  const stranger = '+15551250001';
  const reached = async (): Promise<readonly string[]> =>
    (await gateway.imsg.sent()).filter(({ to }) => to === stranger).map(({ text }) => text);

  await test.step('the plugin', async () => {
    await guard.open();
    await guard.section('Guard plugin').getByRole('button', { name: 'Install…' }).click();
    const values = await guard.previewedValues();
    expect(Object.keys(values)).toEqual(['plugins.load.paths', 'plugins.entries.portcullis-guard']);
    expect(await guard.previewedFiles()).toContainEqual(expect.stringContaining('portcullis-guard'));
    await keepPicture('set-up-preview');
    await guard.confirm('Install');
    await guard.expectDone('The guard plugin is installed');
    await expect(page.getByText('The guard plugin stopped the test message.')).toBeVisible();
    await expect(guard.section('Guard plugin')).toContainText('Installed, version');
    expect(parsed(await configText(gateway))).toEqual(withValues(parsed(before), values));
  });

  await test.step('iMessage asks from now on', async () => {
    await rules.open();
    await rules.guardAccount('iMessage', 'Ask me about unlisted recipients');
    await expect(page.getByText('Asks you about unlisted recipients.', { exact: true })).toBeVisible();
  });

  const withPlugin = await configText(gateway);
  await test.step('strict mode', async () => {
    await guard.open();
    await guard
      .section('Strict mode for iMessage')
      .getByRole('button', { name: /^Switch on/ })
      .click();
    const values = await guard.previewedValues();
    expect(Object.keys(values)).toEqual(['channels.imessage.cliPath']);
    await guard.confirm('Switch on');
    await guard.expectDone('Strict mode for iMessage is on');
    await expect(page.getByText('Strict mode for iMessage stopped the test message.')).toBeVisible();
    expect(parsed(await configText(gateway))).toEqual(withValues(parsed(withPlugin), values));
    await keepPicture('set-up-done');
  });

  await test.step('the openclaw command is refused, and the owner sends the message once', async () => {
    expect(await openclawSends(gateway, stranger, 'From the command line')).not.toBe(0);
    await window.backToRequests();
    const message = new StoppedMessage(window, stranger);
    await expect(message.card).toBeVisible();
    await waitForNotification(stranger);
    expect(await reached()).toEqual([]);
    await message.showText();
    await expect(message.card).toContainText('From the command line');
    await message.answer('Send once');
    await window.expectAnswered(stranger, 'Let out');
    await waitForNotificationGone(stranger);
    expect(await reached()).toEqual(['From the command line']);
    const sendsAgain = isFullTier ? openclawSends : programSends;
    expect(await sendsAgain(gateway, stranger, 'From the command line')).not.toBe(0);
    await waitForNotification(stranger);
    await pressNotificationButton('Deny', { containing: stranger });
    await window.expectAnswered(stranger, 'Not sent');
    await waitForNotificationGone(stranger);
    expect(await reached()).toEqual(['From the command line']);
  });

  await test.step('everything is put back', async () => {
    await guard.open();
    await guard
      .section('Strict mode for iMessage')
      .getByRole('button', { name: /^Switch off/ })
      .click();
    await guard.confirm('Switch off');
    await guard.expectDone('Strict mode for iMessage is off');
    expect(await configText(gateway)).toBe(withPlugin);
    await guard.section('Guard plugin').getByRole('button', { name: 'Remove…' }).click();
    await guard.confirm('Remove');
    await guard.expectDone('The guard plugin is removed');
    await expect(guard.section('Guard plugin')).toContainText('Not installed');
    expect(await configText(gateway)).toBe(before);
    const left = path.join(gateway.stateDir, 'portcullis-guard', 'setup.json');
    await expect(readFile(left, 'utf8')).rejects.toThrow('ENOENT');
  });
});
