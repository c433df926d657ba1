/** The gateway goes away and comes back while somebody waits. */
import { listTrayItems, pressNotificationButton } from '../desktop/bench.ts';
import { expectSoon } from '../fixtures/expect-soon.ts';
import { expect, test } from '../fixtures/test.ts';
import { onBothHosts } from '../flow-hosts.ts';

const both = { tag: onBothHosts };

test(
  'nothing is answered while the gateway is away, nothing is sent later, and afterwards all is as before',
  both,
  async ({ app, arrivals, gateway, operator, keepPicture }) => {
    const { window } = app;
    const stranger = '+15551230201';
    await arrivals.contact(stranger);
    await window.expectArmed(stranger);

    await gateway.halt();
    await expect(window.header).toContainText('Not connected');
    await expect(window.page.getByText('The gateway is not running')).toBeVisible();
    await expect(window.button(stranger, 'Approve')).toBeDisabled();
    await expect(window.button(stranger, 'Deny')).toBeDisabled();
    const tray = (await listTrayItems()).find(({ id }) => id === 'portcullis');
    expect(tray?.toolTip).toContain('The gateway is not running');

    // The notification is still there; a press now opens the window and answers nothing.
    await pressNotificationButton('Approve', { containing: stranger });
    await expectSoon(() => app.timesOpened()).toBe(1);
    await keepPicture('gateway-away');

    await gateway.start();
    // By itself, which after a long absence may take the longest pause between two tries.
    await window.expectConnected();
    await expect(window.card(stranger)).toBeVisible();
    await window.expectArmed(stranger);
    await expect(async () => expect(await operator.sendersWaiting()).toEqual([stranger])).toPass();

    await window.approve(stranger);
    await window.expectAnswered(stranger, 'Approved');
    expect(await operator.sendersWaiting()).toEqual([]);
  },
);
