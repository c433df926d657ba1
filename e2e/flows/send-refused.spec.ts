/** Nobody answered in time: the message did not leave. It still can, once, however often and by whomever it is let out. */
import { waitForNotification, waitForNotificationGone } from '../desktop/bench.ts';
import { expect, test } from '../fixtures/guarded.ts';
import { StoppedMessage } from '../pages/stopped-message.ts';

test.use({ holdSeconds: 2 });

test('after the wait, Send once delivers exactly one, also when it is pressed twice', async ({
  app: { window },
  assistant,
  guard,
}) => {
  const stranger = '+15551241001';
  expect(await assistant.writes(stranger, 'Too late?')).toMatchObject({ sent: false });
  const message = new StoppedMessage(window, stranger);
  await expect(message.card).toContainText('It was not sent. You can still send it.');
  await waitForNotification(stranger);
  expect(await guard.reached(stranger)).toEqual([]);
  await message.showText();
  await message.answer('Send once', { twice: true });
  await window.expectAnswered(stranger, 'Let out', 'Delivered.');
  await waitForNotificationGone(stranger);
  expect(await guard.reached(stranger)).toEqual(['Too late?']);
});

test('Send once here and by another operator at the same moment have one effect', async ({
  app: { window },
  assistant,
  guard,
}) => {
  const stranger = '+15551241002';
  expect(await assistant.writes(stranger, 'Only once')).toMatchObject({ sent: false });
  const message = new StoppedMessage(window, stranger);
  await message.showText();
  await message.expectOffered('Send once');
  const [stopped] = await guard.stopped(stranger);
  // By keyboard, because a pointer would wait for a card that is about to change.
  await message.button('Send once').focus();
  const [other] = await Promise.all([
    guard.answer(stopped?.id ?? '', 'send-once'),
    window.page.keyboard.press('Enter'),
  ]);
  // The other one was faster: it is theirs to deliver, and this app says so. Otherwise it was delivered from here.
  if (other.applied) await expect(message.card).toContainText('It was let out and is on its way');
  else await window.expectAnswered(stranger, 'Let out');
  expect(await guard.reached(stranger)).toEqual(other.applied ? [] : ['Only once']);
  // Either way one message may leave; the next identical one is asked about.
  const again = await assistant.writes(stranger, 'Only once');
  expect(again.sent).toBe(other.applied);
  expect(await guard.reached(stranger)).toEqual(['Only once']);
  expect(await assistant.writes(stranger, 'Only once')).toMatchObject({ sent: false });
  expect(await guard.reached(stranger)).toEqual(['Only once']);
});

test('with the app closed nothing leaves, and the app shows it when it starts', async ({
  assistant,
  guard,
  startApp,
}) => {
  const stranger = '+15551241003';
  expect(await assistant.writes(stranger, 'Is anybody there?')).toMatchObject({ sent: false });
  expect(await guard.reached(stranger)).toEqual([]);
  const { window } = await startApp();
  const message = new StoppedMessage(window, stranger);
  await expect(message.card).toBeVisible();
  await waitForNotification(stranger);
  await message.answer('Deny');
  await window.expectAnswered(stranger, 'Not sent');
  expect(await guard.stopped(stranger)).toEqual([]);
  expect(await guard.reached(stranger)).toEqual([]);
});
