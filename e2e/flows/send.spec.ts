/** The assistant writes to somebody nobody has allowed: the owner is asked, and exactly what they answer happens. */
import {
  chooseTrayEntry,
  pressNotificationButton,
  waitForNotification,
  waitForNotificationGone,
} from '../desktop/bench.ts';
import { notificationAbout } from '../fixtures/arrivals.ts';
import { expectSoon } from '../fixtures/expect-soon.ts';
import { expect, test } from '../fixtures/guarded.ts';
import { menuWords, trayId } from '../fixtures/tray.ts';
import { onBothHosts } from '../flow-hosts.ts';
import { RulesPage } from '../pages/rules-page.ts';
import { StoppedMessage } from '../pages/stopped-message.ts';

const both = { tag: onBothHosts };

test(
  'the text is shown, and Send once sends exactly that, once',
  both,
  async ({ app: { window }, assistant, guard, keepPicture }) => {
    const stranger = '+15551240001';
    const text = 'The offer for Jo:\n4,200 for the kitchen — “as agreed” 👍';
    const sending = assistant.writes(stranger, text);
    const { texts, buttons } = await notificationAbout(stranger);
    expect(texts.join('\n')).toContain(`Message to ${stranger} stopped`);
    expect(texts.join('\n')).toContain('The text is hidden.');
    expect(texts.join('\n')).not.toContain('4,200');
    expect(buttons).toEqual(expect.arrayContaining(['Deny', 'Review…']));
    expect(buttons).not.toContain('Send once');

    const message = new StoppedMessage(window, stranger);
    await expect(message.card).toContainText('First contact');
    await expect(message.card).not.toContainText('4,200');
    await expect(message.button('Send once')).toHaveAttribute('aria-disabled', 'true');
    await keepPicture('send-hidden');
    await message.showText();
    await expect(message.card).toContainText('4,200 for the kitchen — “as agreed” 👍');
    await message.expectOffered('Send once');
    await window.expectAccessible();
    await keepPicture('send-shown');
    expect(await guard.reached(stranger)).toEqual([]);

    await message.answer('Send once');
    await window.expectAnswered(stranger, 'Let out');
    expect(await sending).toEqual({ sent: true });
    await waitForNotificationGone(stranger);
    expect(await guard.reached(stranger)).toEqual([text]);
    await keepPicture('send-let-out');

    // Once is once: the same words again are asked about again.
    const again = assistant.writes(stranger, text);
    await expect(message.card).toBeVisible();
    await message.answer('Deny');
    expect(await again).toMatchObject({ sent: false });
    expect(await guard.reached(stranger)).toEqual([text]);
  },
);

test(
  'with texts not hidden, one press on Send once in the notification is enough for a known recipient',
  both,
  async ({ app: { window }, assistant, guard }) => {
    const known = '+15551240002';
    await guard.allowOnly(known);
    expect(await assistant.writes(known, 'We know each other')).toEqual({ sent: true });
    await guard.allowOnly();
    await window.openSettings();
    await window.page.getByRole('switch', { name: 'Hide the text of stopped messages' }).click();
    await expect(window.page.getByText('Saved', { exact: true })).toBeVisible();
    await window.backToRequests();

    const sending = assistant.writes(known, 'See you at nine');
    const { texts } = await notificationAbout(known);
    expect(texts.join('\n')).toContain('See you at nine');
    await new StoppedMessage(window, known).expectOffered('Send once');
    await pressNotificationButton('Send once', { containing: known, mouse: true });
    expect(await sending).toEqual({ sent: true });
    await window.expectAnswered(known, 'Let out');
    await waitForNotificationGone(known);
    expect(await guard.reached(known)).toEqual(['We know each other', 'See you at nine']);
  },
);

test('Deny in the notification: nothing leaves', async ({ app: { window }, assistant, guard }) => {
  const stranger = '+15551240003';
  const sending = assistant.writes(stranger, 'Not for you');
  await waitForNotification(stranger);
  await pressNotificationButton('Deny', { containing: stranger });
  await window.expectAnswered(stranger, 'Not sent');
  expect(await sending).toMatchObject({ sent: false });
  await waitForNotificationGone(stranger);
  expect(await guard.reached(stranger)).toEqual([]);
});

test('Never: the next try is stopped without asking', async ({ app: { window }, assistant, guard }) => {
  const [unwanted, other] = ['+15551240004', '+15551240005'];
  const sending = assistant.writes(unwanted, 'First try');
  const message = new StoppedMessage(window, unwanted);
  await expect(message.card).toBeVisible();
  await message.answer('Never');
  expect(await sending).toMatchObject({ sent: false });
  await window.expectAnswered(unwanted, 'Not sent');
  expect(await assistant.writes(unwanted, 'Second try')).toMatchObject({ sent: false });
  // Somebody else is asked about afterwards: by then the app knows of everything before.
  const later = assistant.writes(other, 'Somebody else');
  await waitForNotification(other);
  expect(await waitForNotificationGone(unwanted)).toHaveLength(1);
  expect((await guard.rules()).denyTo).toMatchObject([{ to: unwanted }]);
  expect(await guard.reached(unwanted)).toEqual([]);
  await new StoppedMessage(window, other).answer('Deny');
  expect(await later).toMatchObject({ sent: false });
});

test('Always allow: this one leaves, and the next passes untouched', async ({
  app: { window },
  assistant,
  guard,
}) => {
  const friend = '+15551240006';
  const sending = assistant.writes(friend, 'Hello');
  const message = new StoppedMessage(window, friend);
  await expect(message.card).toBeVisible();
  await message.showText();
  await message.answer('Always allow');
  expect(await sending).toEqual({ sent: true });
  await window.expectAnswered(friend, 'Let out');
  const next = 'Two  spaces,\na line and 👩‍👩‍👧 stay as they are';
  expect(await assistant.writes(friend, next)).toEqual({ sent: true });
  expect(await guard.reached(friend)).toEqual(['Hello', next]);
  expect(await guard.stopped(friend)).toEqual([]);
});

test('Allow for 1 hour: the next passes, and the rule says when it ends', async ({
  app: { window },
  assistant,
  guard,
  keepPicture,
}) => {
  const caller = '+15551240007';
  const sending = assistant.writes(caller, 'On my way');
  const message = new StoppedMessage(window, caller);
  await expect(message.card).toBeVisible();
  await message.showText();
  await message.answer('Allow for 1 hour');
  expect(await sending).toEqual({ sent: true });
  expect(await assistant.writes(caller, 'Arrived')).toEqual({ sent: true });
  expect(await guard.reached(caller)).toEqual(['On my way', 'Arrived']);
  const rules = new RulesPage(window.page);
  await rules.open();
  await expect(rules.rule(caller)).toContainText(/until .+, in \d+ min/);
  await keepPicture('rule-for-an-hour');
});

test('a restart of the gateway lets nothing held go, and the card can still be answered', async ({
  app: { window },
  assistant,
  gateway,
  guard,
}) => {
  const stranger = '+15551240008';
  const sending = assistant.writes(stranger, 'Held while the gateway restarts');
  const message = new StoppedMessage(window, stranger);
  await expect(message.card).toContainText('is waiting');
  await gateway.restart();
  expect(await sending).toMatchObject({ sent: false });
  await window.expectConnected();
  await expect(message.card).toContainText('It was not sent. You can still send it.');
  expect(await guard.reached(stranger)).toEqual([]);
  await message.showText();
  await message.answer('Send once');
  await window.expectAnswered(stranger, 'Let out', 'Delivered.');
  expect(await guard.reached(stranger)).toEqual(['Held while the gateway restarts']);
});

test(
  'paused from the tray, even allowed recipients get nothing until the owner resumes',
  both,
  async ({ app: { window }, assistant, guard }) => {
    const friend = '+15551240009';
    await guard.allowOnly(friend);
    await chooseTrayEntry(trayId, 'Pause all sends');
    await expect(window.page.getByText('All sends are paused. Nothing leaves.')).toBeVisible();
    expect(await guard.isPaused()).toBe(true);
    const paused = assistant.writes(friend, 'During the pause');
    await expect(new StoppedMessage(window, friend).card).toBeVisible();
    expect(await guard.reached(friend)).toEqual([]);
    await new StoppedMessage(window, friend).answer('Deny');
    expect(await paused).toMatchObject({ sent: false });
    await window.expectAnswered(friend, 'Not sent');
    // A menu that is still changing would be left before its entry is reached.
    await expectSoon(menuWords).toEqual(
      expect.arrayContaining(['(All sends are paused · Nobody is waiting)', 'Resume sends']),
    );
    await chooseTrayEntry(trayId, 'Resume sends');
    await expectSoon(() => guard.isPaused()).toBe(false);
    expect(await assistant.writes(friend, 'After the pause')).toEqual({ sent: true });
    expect(await guard.reached(friend)).toEqual(['After the pause']);
  },
);
