/** Looking is not answering: opening, waving away and quitting leave everybody waiting. */
import {
  dismissNotification,
  listNotifications,
  pressNotificationButton,
  waitForNotificationGone,
} from '../desktop/bench.ts';
import { expectSoon } from '../fixtures/expect-soon.ts';
import { expect, test } from '../fixtures/test.ts';
import { onBothHosts } from '../flow-hosts.ts';

const both = { tag: onBothHosts };

test(
  'Open in the notification opens the window and approves nobody',
  both,
  async ({ app, arrivals, operator }) => {
    const stranger = '+15551230301';
    await arrivals.contact(stranger);
    await app.window.expectArmed(stranger);
    await pressNotificationButton('Open', { containing: stranger });
    await expectSoon(() => app.timesOpened()).toBe(1);
    await waitForNotificationGone(stranger);
    await expect(app.window.card(stranger)).toBeVisible();
    expect(await operator.sendersWaiting()).toEqual([stranger]);
  },
);

test(
  'a notification that is waved away answers nothing and does not come back',
  both,
  async ({ app, arrivals, operator }) => {
    const device = await arrivals.device('Waved away');
    await app.window.expectArmed('Waved away');
    await dismissNotification('Waved away');
    await waitForNotificationGone('Waved away');
    // The next arrival redraws what is on the screen; the one waved away stays away.
    await arrivals.device('Next in line');
    expect((await listNotifications()).flatMap(({ texts }) => texts).join('\n')).not.toContain('Waved away');
    await expect(app.window.card('Waved away')).toBeVisible();
    expect(operator.decisionOn(device.requestId)).toBeUndefined();
    expect((await operator.devices()).pending).toHaveLength(2);
  },
);

test(
  'quitting answers nothing and takes the notifications away',
  both,
  async ({ app, arrivals, operator }) => {
    const stranger = '+15551230302';
    await arrivals.contact(stranger);
    const device = await arrivals.device('Still waiting');
    await app.window.expectArmed('Still waiting');
    await app.quit();
    await waitForNotificationGone(stranger);
    expect(await listNotifications()).toEqual([]);
    expect(await operator.sendersWaiting()).toEqual([stranger]);
    expect(operator.decisionOn(device.requestId)).toBeUndefined();
  },
);
