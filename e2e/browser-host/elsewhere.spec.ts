/** Somebody else answers first: Portcullis says so and withdraws what it showed. */
import { waitForNotificationGone } from '../desktop/bench.ts';
import { expect, test } from '../fixtures/test.ts';

test('a device answered by another operator is shown as answered elsewhere', async ({
  app: { window },
  arrivals,
  operator,
}) => {
  const welcome = await arrivals.device('Let in elsewhere');
  await operator.answerDevice(welcome.requestId, 'approve');
  await window.expectAnswered('Let in elsewhere', 'Approved elsewhere');
  await waitForNotificationGone('Let in elsewhere');
  expect(await welcome.isLetIn()).toBe(true);

  const unwelcome = await arrivals.device('Turned away elsewhere');
  await operator.answerDevice(unwelcome.requestId, 'reject');
  await window.expectAnswered('Turned away elsewhere', 'Denied elsewhere');
  await waitForNotificationGone('Turned away elsewhere');
});

test('a contact answered by another operator is no longer waiting, and it is not guessed how', async ({
  app: { window },
  arrivals,
  operator,
}) => {
  const stranger = '+15551230501';
  await arrivals.contact(stranger);
  await operator.answerContact(stranger, 'approve');
  await window.comeBackTo();
  await window.expectAnswered(stranger, 'No longer waiting');
  await waitForNotificationGone(stranger);
});
