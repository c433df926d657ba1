/** The app is killed while a message waits: nothing leaves, and what is left on the screen answers nothing. */
import { pressNotificationButton, waitForNotification, waitForNotificationGone } from '../desktop/bench.ts';
import { expect, test } from '../fixtures/guarded.ts';
import { StoppedMessage } from '../pages/stopped-message.ts';

test.use({ holdSeconds: 20 });

test('killed in the middle of the wait, and started again', async ({ app, assistant, guard, startApp }) => {
  const stranger = '+15551243001';
  const sending = assistant.writes(stranger, 'Who lets me out?');
  await expect(new StoppedMessage(app.window, stranger).card).toContainText('is waiting');
  await waitForNotification(stranger);
  await app.window.page.goto('about:blank');
  process.kill(app.pid, 'SIGKILL');
  await pressNotificationButton('Deny', { containing: stranger });
  await waitForNotificationGone(stranger);
  expect(await sending).toMatchObject({ sent: false });
  expect(await guard.stateOf(stranger)).toBe('refused');
  expect(await guard.reached(stranger)).toEqual([]);

  const { window } = await startApp();
  const message = new StoppedMessage(window, stranger);
  await expect(message.card).toContainText('It was not sent.');
  await message.answer('Deny');
  await window.expectAnswered(stranger, 'Not sent');
  expect(await guard.reached(stranger)).toEqual([]);
});
