/** Strangers make noise: again and again, many at once, at night. The owner hears of it once and loses nobody. */
import type { ThrowawayGateway } from '../../build/demo/throwaway-gateway.ts';
import { deviceAsksToPair, strangerWrites } from '../../build/demo/visitors.ts';
import { alarmTexts } from '../../electron/contract/stranger-texts.ts';
import { digestTexts } from '../../electron/contract/notification-texts.ts';
import {
  listNotifications,
  pressNotificationButton,
  waitForNotification,
  waitForNotificationGone,
} from '../desktop/bench.ts';
import { notificationAbout } from '../fixtures/arrivals.ts';
import { expectSoon } from '../fixtures/expect-soon.ts';
import type { Operator } from '../fixtures/operator.ts';
import { suspiciousEntries } from '../fixtures/suspicious-entries.ts';
import { expect, test } from '../fixtures/test.ts';
import { menuWords, trayFace } from '../fixtures/tray.ts';
import type { PortcullisWindow } from '../pages/portcullis-window.ts';
import { QuietHoursSettings } from '../pages/quiet-hours-settings.ts';

/** Everything that is on the screen as a notification. */
async function notificationWords(): Promise<string> {
  return (await listNotifications()).flatMap(({ texts }) => texts).join('\n');
}

/** As `Arrivals.contact`, for those who make no notification of their own. */
async function asksQuietly(
  sender: string,
  at: {
    readonly gateway: ThrowawayGateway;
    readonly operator: Operator;
    readonly window: PortcullisWindow;
  },
): Promise<void> {
  await strangerWrites(at.gateway, sender, 'Hello, is this the assistant?');
  await expectSoon(() => at.operator.sendersWaiting()).toContain(sender);
  await at.window.comeBackTo();
  await expect(at.window.card(sender)).toBeVisible();
}

async function requestIdOf(operator: Operator, sender: string): Promise<string | undefined> {
  return (await operator.contacts()).find(({ senderId }) => senderId === sender)?.requestId;
}

/** As the clock on the wall shows it. */
function wallTime(minutesFromNow: number): string {
  const at = new Date(Date.now() + minutesFromNow * 60_000);
  return [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
}

test('one who was turned away and asks again is shown and counted, and pops up once a day, also after a restart', async ({
  app,
  arrivals,
  gateway,
  operator,
  startApp,
  keepPicture,
}) => {
  const [again, other] = ['+15551290001', '+15551290002'];
  const counted = 'Asked 2 times in 24 hours. You are notified about the same sender at most once a day.';
  await arrivals.contact(again);
  const first = await requestIdOf(operator, again);
  await pressNotificationButton('Deny', { containing: again });
  await app.window.expectListedAsAnswered(again, 'Denied');
  await waitForNotificationGone(again);

  await asksQuietly(again, { gateway, operator, window: app.window });
  expect(await requestIdOf(operator, again)).not.toBe(first);
  await expect(app.window.card(again)).toContainText(counted);
  await expectSoon(async () => JSON.stringify(await menuWords())).toContain('Asked 2 times in 24 hours');
  // Notifications come in the order of the requests: when the later one is there, the earlier one is not to come.
  await arrivals.contact(other);
  expect(await notificationWords()).not.toContain(again);
  await keepPicture('strangers-again');

  await app.quit();
  await waitForNotificationGone(other);
  const { window } = await startApp();
  await waitForNotification(other);
  await expect(window.card(again)).toContainText(counted);
  expect(await notificationWords()).not.toContain(again);
  expect(await operator.sendersWaiting()).toEqual(expect.arrayContaining([again, other]));
});

test('three at once are one notification, one notice and one entry in the journal, and clearing them makes room', async ({
  app: { window },
  gateway,
  operator,
  place,
  keepPicture,
}) => {
  const three = ['+15551290011', '+15551290012', '+15551290013'] as const;
  const [dropped, late] = ['+15551290014', '+15551290015'];
  const burst = { kind: 'suspicious-activity', what: 'burst', channel: 'iMessage', count: 3 };
  const alarmed = (): Promise<unknown> => notificationAbout(alarmTexts.burst.title);
  const notice = window.page.getByText('Suspicious activity: 3 strangers asked in a short time.');
  const full = window.page.getByText('The waiting list of iMessage is full: the gateway drops everyone else');

  await test.step('the alarm', async () => {
    for (const sender of three) await strangerWrites(gateway, sender, 'Hi!');
    await expectSoon(async () => (await operator.sendersWaiting()).toSorted()).toEqual(three);
    await window.comeBackTo();
    await expect(notice).toBeVisible();
    await expect(full).toBeVisible();
    for (const sender of three) await expect(window.card(sender)).toBeVisible();
    await alarmed();
    await expectSoon(listNotifications).toHaveLength(1);
    expect(await suspiciousEntries(place)).toEqual([burst]);
  });

  await test.step('a fourth is dropped by the gateway', async () => {
    await strangerWrites(gateway, dropped, 'And me?');
    // The gateway takes messages one after the other: once this one counts, it is done with the fourth.
    await strangerWrites(gateway, three[0], 'Are you there?');
    await expectSoon(async () =>
      (await operator.contacts()).some((one) => one.lastSeenAt > one.createdAt),
    ).toBe(true);
    expect((await operator.sendersWaiting()).toSorted()).toEqual(three);
    expect((await gateway.imsg.sent()).filter((sent) => gateway.imsg.isFor(dropped, sent))).toEqual([]);
    await keepPicture('strangers-at-once');
  });

  await test.step('clearing', async () => {
    await window.page.getByRole('button', { name: 'Clear requests…' }).click();
    const dialog = window.page.getByRole('alertdialog');
    const deny = dialog.getByRole('button', { name: 'Deny 3 requests' });
    await expect(deny).not.toHaveAttribute('aria-disabled');
    await window.expectAccessible({ behindDialog: true });
    await keepPicture('strangers-clear');
    await deny.click();
    await expect(dialog).toHaveCount(0);
    for (const sender of three) await window.expectAnswered(sender, 'Denied');
    expect(await operator.sendersWaiting()).toEqual([]);
    expect(await waitForNotificationGone(alarmTexts.burst.title)).toEqual([]);
    await window.comeBackTo();
    await expect(full).toHaveCount(0);
    await expect(notice).toBeVisible();
    await keepPicture('strangers-cleared');
  });

  await test.step('there is room again', async () => {
    await asksQuietly(late, { gateway, operator, window });
    expect(await operator.sendersWaiting()).toEqual([late]);
    await alarmed();
    await expect(window.page.getByText('Suspicious activity: 4 strangers')).toBeVisible();
    expect(await suspiciousEntries(place)).toEqual([burst]);
    await keepPicture('strangers-room-again');
  });
});

test('in quiet hours nothing pops up, also after a restart, and one notification tells of it when they end', async ({
  app,
  arrivals,
  gateway,
  operator,
  startApp,
  keepPicture,
}) => {
  const [early, late] = ['+15551290021', '+15551290022'];
  const digest = digestTexts.body(1, 0, null);
  const [begin, waiting] = [
    wallTime(-120),
    { status: 'NeedsAttention', toolTip: 'Portcullis: 1 request is waiting' },
  ];
  /** Ends when it began, a day later: always. */
  const allDay = async (quietHours: QuietHoursSettings): Promise<void> => {
    await quietHours.switchOn();
    await quietHours.begin(begin);
    await quietHours.end(begin);
  };

  await test.step('held back', async () => {
    const quietHours = new QuietHoursSettings(app.window.page);
    await app.window.openSettings();
    await allDay(quietHours);
    await quietHours.letThrough('Devices and nodes');
    await keepPicture('quiet-hours-settings');
    await app.window.backToRequests();
    await asksQuietly(early, { gateway, operator, window: app.window });
    await expectSoon(trayFace).toEqual(waiting);
    // What may pop up comes later and is there: what came before is not to come.
    const { requestId } = await arrivals.device('Let through');
    expect(await notificationWords()).not.toContain(early);
    expect(await listNotifications()).toHaveLength(1);
    await keepPicture('quiet-hours');
    await operator.answerDevice(requestId, 'reject');
    await waitForNotificationGone('Let through');
    await app.quit();
  });

  const { window } = await startApp();
  const quietHours = new QuietHoursSettings(window.page);
  await test.step('held back after a restart', async () => {
    await window.expectConnected();
    await expect(window.card(early)).toBeVisible();
    await expectSoon(trayFace).toEqual(waiting);
    const { requestId } = await deviceAsksToPair(gateway, {
      name: 'Let through again',
      scopes: ['operator.read'],
    });
    await waitForNotification('Let through again');
    expect(await listNotifications()).toHaveLength(1);
    await operator.answerDevice(requestId, 'reject');
    await waitForNotificationGone('Let through again');
  });

  await test.step('told when quiet hours are switched off', async () => {
    await window.openSettings();
    await quietHours.switchOff();
    const { texts } = await notificationAbout(digestTexts.title);
    expect(texts.join('\n')).toContain(digest);
    expect(await listNotifications()).toHaveLength(1);
    await keepPicture('quiet-hours-digest', window);
    await pressNotificationButton('Open Portcullis', { containing: digestTexts.title });
    expect(await waitForNotificationGone(digestTexts.title)).toEqual([]);
    // From the settings, where the owner was.
    await expect(window.page.getByRole('heading', { level: 2, name: 'Requests (1)' })).toBeFocused();
    await expect(window.card(early)).toBeVisible();
  });

  await test.step('told when they end by the clock', async () => {
    await window.openSettings();
    await allDay(quietHours);
    await window.backToRequests();
    await asksQuietly(late, { gateway, operator, window });
    await window.openSettings();
    await quietHours.end(wallTime(1));
    await expect(async () => {
      expect((await notificationAbout(digestTexts.title)).texts.join('\n')).toContain(digest);
    }).toPass();
    expect(await listNotifications()).toHaveLength(1);
    expect(await operator.sendersWaiting()).toEqual(expect.arrayContaining([early, late]));
  });
});
