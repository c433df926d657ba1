/** A stranger writes, the owner answers: from the notification and from the window, at the real gateway. */
import type { ThrowawayGateway } from '../../build/demo/throwaway-gateway.ts';
import { strangerWrites } from '../../build/demo/visitors.ts';
import { pressNotificationButton, waitForNotification, waitForNotificationGone } from '../desktop/bench.ts';
import { expectSoon } from '../fixtures/expect-soon.ts';
import { test as plainTest } from '../fixtures/plain.ts';
import { expect, test } from '../fixtures/test.ts';
import { onBothHosts } from '../flow-hosts.ts';

const both = { tag: onBothHosts };
const accessGranted = 'access approved';

async function wasTold(gateway: ThrowawayGateway, sender: string): Promise<boolean> {
  const sent = await gateway.imsg.sent();
  return sent.some((message) => gateway.imsg.isFor(sender, message) && message.text.includes(accessGranted));
}

// Without the guard's plugin nothing announces a stranger: the app finds them by looking every ten seconds.
plainTest(
  'one press on Approve in the notification lets the stranger in, and they hear so',
  both,
  async ({ app: { window }, gateway, operator, keepPicture }) => {
    const stranger = '+15551230101';
    await window.openSettings();
    await window.page.getByRole('switch', { name: 'Tell contacts when they are approved' }).click();
    await expect(window.page.getByText('Saved', { exact: true })).toBeVisible();
    await window.backToRequests();

    // Nobody looks at the window.
    await strangerWrites(gateway, stranger, 'Hello, is this the assistant?');
    await expect(window.card(stranger)).toBeVisible();
    await waitForNotification(stranger);
    await window.expectArmed(stranger);
    await keepPicture('contact-waits');
    await pressNotificationButton('Approve', { containing: stranger, mouse: true });

    await window.expectAnswered(stranger, 'Approved');
    expect(await operator.sendersWaiting()).toEqual([]);
    await expectSoon(() => wasTold(gateway, stranger)).toBe(true);
    await waitForNotificationGone(stranger);
    await keepPicture('contact-approved');

    // They write again, then somebody else does: once the second is known to wait, the first had been let through.
    const other = '+15551230106';
    await strangerWrites(gateway, stranger, 'Thank you!');
    await strangerWrites(gateway, other, 'Me, too?');
    await expectSoon(() => operator.sendersWaiting()).toContain(other);
    expect(await operator.sendersWaiting()).toEqual([other]);
  },
);

test(
  'Deny in the notification turns the stranger away',
  both,
  async ({ app: { window }, arrivals, gateway, operator }) => {
    const stranger = '+15551230102';
    await arrivals.contact(stranger);
    await pressNotificationButton('Deny', { containing: stranger });
    await window.expectAnswered(stranger, 'Denied');
    expect(await operator.sendersWaiting()).toEqual([]);
    expect(await wasTold(gateway, stranger)).toBe(false);
  },
);

test('Deny in the window turns the stranger away and withdraws the notification', async ({
  app: { window },
  arrivals,
  operator,
}) => {
  const stranger = '+15551230103';
  await arrivals.contact(stranger);
  await window.button(stranger, 'Deny').click();
  await window.expectListedAsAnswered(stranger, 'Denied');
  await waitForNotificationGone(stranger);
  expect(await operator.sendersWaiting()).toEqual([]);
});

test('Approve in the window tells the contact only when the box is ticked', async ({
  app: { window },
  arrivals,
  gateway,
  operator,
}) => {
  const [told, untold] = ['+15551230104', '+15551230105'];
  await arrivals.contact(untold);
  await window.approve(untold);
  await window.expectAnswered(untold, 'Approved');

  await arrivals.contact(told);
  await window.card(told).getByLabel('Tell them they were approved').check();
  await window.approve(told);
  await window.expectAnswered(told, 'Approved');
  await expectSoon(() => wasTold(gateway, told)).toBe(true);
  expect(await wasTold(gateway, untold)).toBe(false);
  expect(await operator.sendersWaiting()).toEqual([]);
});
