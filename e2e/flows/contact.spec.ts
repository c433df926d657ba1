/** A stranger writes, the owner answers: from the notification and from the window, at the real gateway. */
import { strangerWrites } from '../../build/demo/visitors.ts';
import {
  pressNotificationButton,
  waitForNotification,
  waitForNotificationGone,
} from '../desktop/bench.ts';
import { expect, test } from '../fixtures/test.ts';

const granted = /access approved/;

test('one press on Approve in the notification lets the stranger in, and they hear so', async ({
  app: { window },
  gateway,
  operator,
  keepPicture,
}) => {
  const stranger = '+15551230101';
  await window.page.getByRole('button', { name: 'Settings' }).click();
  await window.page.getByRole('switch', { name: 'Tell contacts when they are approved' }).click();
  await expect(window.page.getByText('Saved')).toBeVisible();
  await window.page.getByRole('button', { name: 'Back to requests' }).click();

  await strangerWrites(gateway, stranger, 'Hello, is this the assistant?');
  await expect.poll(() => operator.sendersWaiting()).toEqual([stranger]);
  await waitForNotification(stranger);
  await window.expectArmed(stranger);
  await keepPicture('contact-waits');
  await pressNotificationButton('Approve', { containing: stranger, mouse: true });

  await window.expectAnswered(stranger, 'Approved');
  expect(await operator.sendersWaiting()).toEqual([]);
  await gateway.imsg.waitForSent((sent) => gateway.imsg.isFor(stranger, sent) && granted.test(sent.text));
  await waitForNotificationGone(stranger);
  await keepPicture('contact-approved');

  const before = (await gateway.imsg.sent()).length;
  await strangerWrites(gateway, stranger, 'Thank you!');
  await gateway.imsg.waitForSent((sent) => gateway.imsg.isFor(stranger, sent) && !granted.test(sent.text));
  expect((await gateway.imsg.sent()).length).toBeGreaterThan(before);
  expect(await operator.sendersWaiting()).toEqual([]);
});
