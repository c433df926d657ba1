/** What strangers on iMessage get: switched in the window, from the tray and by the clock, proven by what reaches them. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { imessagePairingReply } from '../../electron/contract/pairing-reply.ts';
import { chooseTrayEntry, listNotifications } from '../desktop/bench.ts';
import { notificationAbout } from '../fixtures/arrivals.ts';
import { expectSoon } from '../fixtures/expect-soon.ts';
import { expect, friend, test } from '../fixtures/strangers.ts';
import { menuWords, trayId } from '../fixtures/tray.ts';
import { onBothHosts } from '../flow-hosts.ts';
import { GuardPage } from '../pages/guard-page.ts';
import { SilenceSwitch } from '../pages/silence-switch.ts';

const both = { tag: onBothHosts };
const trayTitle = 'Strangers on iMessage';
/** Several switches of a real channel, each of some seconds, and turns of the assistant. */
const severalSwitchesMs = 600_000;

test('“Silent, ignore” carries over who was approved, answers nobody else, and undo leaves no trace', async ({
  app: { window },
  config,
  guard,
  keepLooks,
  keepPicture,
  operator,
  writers,
}) => {
  test.setTimeout(severalSwitchesMs);
  const stranger = '+15551280001';
  const before = await config.text();
  const silence = new SilenceSwitch(window.page);
  await silence.expectSays('answer');
  await keepPicture('silence-answer');
  await silence.preview('ignore');
  await expect(silence.dialog.getByRole('listitem')).toHaveText([friend]);
  expect(await silence.previewedChanges()).toEqual({
    'channels.imessage.allowFrom': [friend],
    'channels.imessage.dmPolicy': 'allowlist',
  });
  await window.expectAccessible({ behindDialog: true });
  await keepLooks('silence-ignore-preview');
  await silence.confirm('ignore');
  await expect(silence.work).toBeVisible();
  await keepPicture('silence-working');
  await silence.expectDone('ignore');
  await keepLooks('silence-ignore');

  await writers.write(stranger, 'Anybody there?');
  await writers.areAnswered(friend, 'Still me');
  expect(await guard.reached(stranger)).toEqual([]);
  expect(await operator.sendersWaiting()).toEqual([]);
  expect(await listNotifications()).toEqual([]);

  await silence.undo();
  await silence.expectDone('answer');
  expect(await config.text()).toBe(before);
});

test(
  'the tray silences at once, but answering strangers is confirmed in the window, word for word',
  both,
  async ({ app, config, guard, keepLooks, writers }) => {
    test.setTimeout(severalSwitchesMs);
    const { window } = app;
    const stranger = '+15551280002';
    const before = await config.text();
    const silence = new SilenceSwitch(window.page);
    await silence.expectSays('answer');
    await chooseTrayEntry(trayId, trayTitle, 'Silent, ignore');
    await silence.expectDone('ignore');
    await expectSoon(menuWords).toContainEqual([
      trayTitle,
      ['Answer with a code', 'Silent, ask me', '(✓ Silent, ignore)'],
    ]);
    expect(await app.timesOpened()).toBe(0);
    const silent = await config.text();

    await test.step('what has to be confirmed or set up first only opens the window', async () => {
      await chooseTrayEntry(trayId, trayTitle, 'Answer with a code');
      await expectSoon(() => app.timesOpened()).toBe(1);
      await expect(
        window.page.getByText('“Answer with a code” was not switched on from the tray.'),
      ).toBeVisible();
      await keepLooks('silence-from-tray');
      await chooseTrayEntry(trayId, trayTitle, 'Silent, ask me');
      await expectSoon(() => app.timesOpened()).toBe(2);
      await expect(
        window.page.getByText('“Silent, ask me” was not switched on from the tray.'),
      ).toBeVisible();
      await silence.expectSays('ignore');
      expect(await config.text()).toBe(silent);
    });

    await test.step('Escape leaves everything as it is', async () => {
      await silence.preview('answer');
      await expect(silence.strangerAnswer).toHaveText(imessagePairingReply().trimEnd());
      await expect(silence.confirmButton('answer')).toHaveAttribute('aria-disabled', 'true');
      await window.expectAccessible({ behindDialog: true });
      await keepLooks('silence-answer-preview');
      await window.page.keyboard.press('Escape');
      await expect(silence.dialog).toHaveCount(0);
      await silence.expectSays('ignore');
      expect(await config.text()).toBe(silent);
    });

    await test.step('confirmed, a stranger gets exactly the words that were shown', async () => {
      await silence.preview('answer');
      await silence.dialog.getByRole('checkbox', { name: 'Strangers may get this answer' }).check();
      await silence.confirm('answer');
      await silence.expectDone('answer');
      expect(await config.text()).toBe(before);
      await writers.write(stranger, 'Anybody there?');
      await expectSoon(() => guard.reached(stranger)).toHaveLength(1);
      const [text = ''] = await guard.reached(stranger);
      const code = /^[A-Z0-9]{8}$/m.exec(text)?.[0] ?? 'none';
      expect(text).toBe(imessagePairingReply(stranger, code));
      await notificationAbout(stranger);
    });
  },
);

test('“Silent, ask me” offers strict mode first; with it only the owner hears of a stranger', async ({
  app: { window },
  config,
  guard,
  keepLooks,
  keepPicture,
  writers,
}) => {
  test.setTimeout(severalSwitchesMs);
  const stranger = '+15551280003';
  const before = await config.text();
  const silence = new SilenceSwitch(window.page);
  const guardPage = new GuardPage(window.page);
  const strictMode = guardPage.section('Strict mode for iMessage');

  await test.step('strict mode is set up on the way', async () => {
    await silence.preview('ask');
    await expect(silence.confirmButton('ask')).toHaveAttribute('aria-disabled', 'true');
    await window.expectAccessible({ behindDialog: true });
    await keepLooks('silence-needs-strict');
    await silence.dialog.getByRole('button', { name: 'Set up strict mode' }).click();
    await strictMode.getByRole('button', { name: /^Switch on/ }).click();
    await guardPage.confirm('Switch on');
    await guardPage.expectDone('Strict mode for iMessage is on');
    // Until then the self-test runs a command of its own, which the gateway waits for now and then.
    await expect(window.page.getByText('Strict mode for iMessage stopped the test message.')).toBeVisible({
      timeout: 90_000,
    });
  });

  await test.step('the request reaches the owner, and nothing the stranger', async () => {
    await window.backToRequests();
    await silence.expectSays('answer');
    await silence.preview('ask');
    await keepPicture('silence-ask-preview');
    await silence.confirm('ask');
    await silence.expectDone('ask');
    expect((await guard.rules()).pairingReply).toBe('silent');
    await writers.write(stranger, 'Anybody there?');
    await expect(window.card(stranger)).toBeVisible();
    await notificationAbout(stranger);
    await writers.areAnswered(friend, 'Still me');
    expect(await guard.reached(stranger)).toEqual([]);
    await keepPicture('silence-ask');
  });

  await test.step('approved, they are answered', async () => {
    await window.approve(stranger);
    await window.expectAnswered(stranger, 'Approved');
    await writers.areAnswered(stranger, 'Thank you!');
    expect(await guard.reached(stranger)).toHaveLength(1);
  });

  await test.step('and back', async () => {
    await silence.undo();
    await silence.expectDone('answer');
    expect((await guard.rules()).pairingReply).toBe('send');
    await guardPage.open();
    await strictMode.getByRole('button', { name: /^Switch off/ }).click();
    await guardPage.confirm('Switch off');
    await guardPage.expectDone('Strict mode for iMessage is off');
    expect(await config.text()).toBe(before);
  });
});

test('an end is shown in window and tray, survives a restart, and comes by itself', async ({
  app,
  config,
  keepLooks,
  keepPicture,
  place,
  startApp,
}) => {
  test.setTimeout(severalSwitchesMs);
  const before = await config.text();
  const silence = new SilenceSwitch(app.window.page);
  await silence.preview('ignore', 'For 1 hour');
  await expect(silence.dialog).toContainText(
    /It holds until \S+ .*in (59|60) min|It holds until .*, in 1 h 0 min/,
  );
  await keepPicture('silence-end-preview');
  await silence.confirm('ignore');
  await silence.expectDone('ignore');
  const holds = /Holds until .+, in (1 h 0|59|58) min\. Then “Answer with a code” comes back\./;
  await expect(silence.card).toContainText(holds);
  await keepLooks('silence-end');
  await expectSoon(menuWords).toContainEqual([
    trayTitle,
    [
      'Answer with a code',
      'Silent, ask me',
      '(✓ Silent, ignore)',
      expect.stringMatching(/^\(Holds until .+\)$/),
    ],
  ]);
  await app.quit();

  await test.step('still there after a restart', async () => {
    const again = await startApp();
    await again.window.expectConnected();
    await expect(new SilenceSwitch(again.window.page).card).toContainText(holds);
    await again.quit();
  });

  await test.step('its hour passes', async () => {
    await endSilencesAt(place.dataDir, Date.now() + 5_000);
    const { window } = await startApp();
    const ended = new SilenceSwitch(window.page);
    await expect(window.page.getByText('Silence on iMessage (default) ended as planned.')).toBeVisible({
      timeout: 60_000,
    });
    await ended.expectDone('answer');
    expect(await config.text()).toBe(before);
  });
});

/** The window offers no end within an hour: what the app remembers is dated back while it does not run. */
async function endSilencesAt(dataDir: string, until: number): Promise<void> {
  const file = path.join(dataDir, 'gateway-config-edits.json');
  const record = JSON.parse(await readFile(file, 'utf8')) as { readonly silences: readonly object[] };
  const silences = record.silences.map((silence) => ({ ...silence, until }));
  await writeFile(file, JSON.stringify({ ...record, silences }));
}

test('a config edited by somebody else after the preview is not overwritten, and previewed again', async ({
  app: { window },
  config,
  keepLooks,
}) => {
  const before = await config.text();
  const silence = new SilenceSwitch(window.page);
  await silence.preview('ignore');
  // Something that does not concern the channel, so that the gateway need not start it anew.
  const theirs = `${JSON.stringify({ ...JSON.parse(before), messages: { queue: { cap: 30 } } }, null, 3)}\n`;
  await config.write(theirs);
  await silence.confirm('ignore');
  await expect(silence.card).toContainText('Somebody else changed OpenClaw’s config meanwhile');
  await silence.expectSays('answer');
  expect(await config.text()).toBe(theirs);
  await keepLooks('silence-conflict');
  await silence.card.getByRole('button', { name: 'Preview again…' }).click();
  expect(Object.keys(await silence.previewedChanges())).toEqual([
    'channels.imessage.allowFrom',
    'channels.imessage.dmPolicy',
  ]);
  await window.page.keyboard.press('Escape');
  expect(await config.text()).toBe(theirs);
  await config.write(before);
});
