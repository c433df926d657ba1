/** The tray icon tells how things are, and its menu answers. */
import { chooseTrayEntry, clickTray, closeTrayMenu, openTrayMenu } from '../desktop/bench.ts';
import { expectSoon } from '../fixtures/expect-soon.ts';
import { test as plainTest } from '../fixtures/plain.ts';
import { expect, test } from '../fixtures/test.ts';
import { menuWords, oneWaits, trayFace, trayId } from '../fixtures/tray.ts';
import { onBothHosts } from '../flow-hosts.ts';

const both = { tag: onBothHosts };

// The send guard would have lines of its own in the menu.
plainTest(
  'icon, tooltip and menu say who waits',
  both,
  async ({ app: { window }, arrivals, keepPicture }) => {
    await expectSoon(trayFace).toEqual({ status: 'Active', toolTip: 'Portcullis: Nobody is waiting' });
    const strangers = [
      'Strangers on iMessage',
      ['(✓ Answer with a code)', 'Silent, ask me', 'Silent, ignore'],
    ];
    // What the channels do is read from the gateway's config, after the connection stands.
    await expectSoon(menuWords).toEqual([
      '(Nobody is waiting)',
      '-',
      strangers,
      '-',
      'Open Portcullis',
      'Quit Portcullis',
    ]);

    const stranger = '+15551230401';
    await arrivals.contact(stranger);
    await window.expectArmed(stranger);
    await expectSoon(trayFace).toEqual(oneWaits);
    await expectSoon(menuWords).toEqual([
      '(1 request is waiting)',
      '-',
      [
        `${stranger} wants to message your assistant`,
        ['(iMessage · account default)', '-', 'Deny', 'Approve', 'Open'],
      ],
      '-',
      strangers,
      '-',
      'Open Portcullis',
      'Quit Portcullis',
    ]);
    await openTrayMenu(trayId);
    await keepPicture('tray-menu');
    await closeTrayMenu();
  },
);

test(
  'Approve and Deny in the menu answer at the gateway',
  both,
  async ({ app: { window }, arrivals, operator }) => {
    const [welcome, unwelcome] = ['+15551230402', '+15551230403'];
    // Until it arms the menu is drawn anew, which takes the keyboard from whoever is on their way through it.
    const armed = async (who: string): Promise<void> => {
      await window.expectArmed(who);
      await expectSoon(async () => JSON.stringify(await menuWords())).toContain('"Approve"');
    };
    await arrivals.contact(welcome);
    await armed(welcome);
    await chooseTrayEntry(trayId, `${welcome} wants to message your assistant`, 'Approve');
    await window.expectAnswered(welcome, 'Approved');

    await arrivals.contact(unwelcome);
    await armed(unwelcome);
    await chooseTrayEntry(trayId, `${unwelcome} wants to message your assistant`, 'Deny');
    await window.expectAnswered(unwelcome, 'Denied');
    expect(await operator.sendersWaiting()).toEqual([]);
  },
);

test('a click on the icon opens the window', both, async ({ app }) => {
  await clickTray(trayId);
  await expectSoon(() => app.timesOpened()).toBe(1);
});
