/** The notifier with the real xfce4-notifyd on the test desktop; buttons are found on the screen and pressed there. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  artifactPath,
  dismissNotification,
  freezePart,
  listNotifications,
  pressNotificationButton,
  restartNotificationDaemon,
  screenshot,
  startPart,
  stopPart,
  thawPart,
  waitForNotification,
  waitForNotificationGone,
} from '../../../../e2e/desktop/bench.ts';
import {
  openRecordedNotifier,
  pairingRequest,
  withButtons,
  withoutDaemon,
  type RecordedNotifier,
} from './recorded-notifier.fixture.ts';

const run = promisify(execFile);
const title = pairingRequest().title;
const cornerOfTheScreen = { left: 820, top: 0, width: 460, height: 220 };

/** Sends a signal as the notification daemon would, from another client on the same bus. */
async function forgeSignal(member: string, ...values: readonly string[]): Promise<void> {
  const signal = `org.freedesktop.Notifications.${member}`;
  const target = ['--object-path', '/org/freedesktop/Notifications', '--signal', signal];
  await run('gdbus', ['emit', '--session', ...target, ...values]);
}

describe('DbusNotifier with xfce4-notifyd', () => {
  let recorded: RecordedNotifier;

  beforeEach(async () => {
    recorded = await openRecordedNotifier();
  });
  afterEach(async () => {
    await recorded.end();
    expect(await listNotifications()).toEqual([]);
  });

  it('shows title, body and buttons', async () => {
    expect(await recorded.notifier.show(pairingRequest())).toEqual({ ok: true, value: null });
    expect(await waitForNotification(title)).toEqual([
      { texts: [title, 'iMessage, +49 151 0000001'], buttons: ['Open', 'Deny', 'Approve'] },
    ]);
    await screenshot(artifactPath('notification.png'), cornerOfTheScreen);
  });

  it('hands back the token of Approve when it is pressed', async () => {
    await recorded.notifier.show(pairingRequest());
    await pressNotificationButton('Approve', { containing: title });
    await waitForNotificationGone(title);
    await vi.waitFor(() => expect(recorded.activated).toEqual(['token-approve']));
    expect(recorded.gone).toEqual([]);
  });

  it('hands back the token of Deny when it is clicked with the mouse', async () => {
    await recorded.notifier.show(pairingRequest());
    await pressNotificationButton('Deny', { containing: title, mouse: true });
    await waitForNotificationGone(title);
    await vi.waitFor(() => expect(recorded.activated).toEqual(['token-deny']));
    expect(recorded.gone).toEqual([]);
  });

  it('only opens when Open is pressed', async () => {
    await recorded.notifier.show(pairingRequest());
    await pressNotificationButton('Open', { containing: title, mouse: true });
    await waitForNotificationGone(title);
    await vi.waitFor(() => expect(recorded.activated).toEqual(['token-open']));
  });

  it('answers nothing on a click beside the buttons', async () => {
    await recorded.notifier.show(pairingRequest());
    await dismissNotification(title);
    await waitForNotificationGone(title);
    await vi.waitFor(() => expect(recorded.gone).toEqual([{ id: 'chat:1', reason: 'dismissed' }]));
    expect(recorded.activated).toEqual([]);
  });

  it('keeps the buttons of several notifications apart', async () => {
    await recorded.notifier.show(pairingRequest());
    const bob = { id: 'chat:2', title: 'Bob', actions: [{ token: 'token-bob', label: 'Approve' }] };
    await recorded.notifier.show(pairingRequest(bob));
    await pressNotificationButton('Approve', { containing: 'Bob' });
    await vi.waitFor(() => expect(recorded.activated).toEqual(['token-bob']));
    await pressNotificationButton('Approve', { containing: title });
    await vi.waitFor(() => expect(recorded.activated).toEqual(['token-bob', 'token-approve']));
  });

  it('replaces the notification of the same id, and its tokens', async () => {
    await recorded.notifier.show(pairingRequest());
    const actions = [{ token: 'token-second', label: 'Approve' }];
    await recorded.notifier.show(pairingRequest({ body: 'Second text', actions }));
    expect(await waitForNotification('Second text')).toHaveLength(1);
    await pressNotificationButton('Approve');
    await vi.waitFor(() => expect(recorded.activated).toEqual(['token-second']));
  });

  it('takes a notification down when it is withdrawn', async () => {
    await recorded.notifier.show(pairingRequest());
    await waitForNotification(title);
    await recorded.notifier.close('chat:1');
    expect(await waitForNotificationGone(title)).toEqual([]);
    expect({ activated: recorded.activated, gone: recorded.gone }).toEqual({ activated: [], gone: [] });
  });

  it.each([
    ['markup', '<b>Bold</b> & <a href="http://x">link</a>', 'a <i>b</i> &amp; <img src="/etc/passwd"/> c'],
    ['broken markup', '</span><b', '<b>never closed & <'],
    ['options of a command line', '--app-name=Evil', '-u critical; $(reboot) `id`'],
    ['a NUL and half a surrogate pair', 'nul\0here', 'half\ud800here'],
    ['very long text', 'T'.repeat(2_000), 'B'.repeat(10_000)],
  ])('renders %s literally', async (_what, hostileTitle, hostileBody) => {
    const literally = (text: string): string => text.replaceAll('\0', '\uFFFD').toWellFormed();
    await recorded.notifier.show(pairingRequest({ title: hostileTitle, body: hostileBody }));
    expect(await waitForNotification(literally(hostileTitle))).toEqual([
      {
        texts: [literally(hostileTitle), literally(hostileBody)],
        buttons: ['Open', 'Deny', 'Approve'],
      },
    ]);
  });

  it('is not fooled by another client that sends ActionInvoked or NotificationClosed', async () => {
    const keys: string[] = [];
    await recorded.notifier.show(pairingRequest());
    // Every number the daemon may have given, and every key one could guess.
    for (const key of ['default', 'approve', 'token-approve', 'Approve', '0', '1']) keys.push(key);
    for (let number = 1; number <= 40; number += 1) {
      await forgeSignal('ActionInvoked', `uint32 ${number}`, `'${keys[number % keys.length] ?? ''}'`);
    }
    await forgeSignal('NotificationClosed', 'uint32 1', 'uint32 2');
    // The forged signals came first, so whatever they did would have come before this press.
    await pressNotificationButton('Deny');
    await vi.waitFor(() => expect(recorded.activated).toEqual(['token-deny']));
    expect(recorded.gone).toEqual([]);
  });

  it('reports what was lost when the daemon goes, and shows again when it is back', async () => {
    await recorded.notifier.show(pairingRequest());
    await restartNotificationDaemon();
    await vi.waitFor(() => expect(recorded.notifier.capabilities).toEqual(withButtons));
    expect(recorded.gone).toEqual([{ id: 'chat:1', reason: 'daemon-gone' }]);
    expect(recorded.capabilities).toEqual([withButtons, withoutDaemon, withButtons]);

    expect(await recorded.notifier.show(pairingRequest())).toEqual({ ok: true, value: null });
    await pressNotificationButton('Approve', { containing: title });
    await vi.waitFor(() => expect(recorded.activated).toEqual(['token-approve']));
  });

  it('waits for a daemon that hangs when the app starts', async () => {
    await freezePart('notifications');
    const second = await openRecordedNotifier(withoutDaemon);
    await thawPart('notifications');
    await vi.waitFor(() => expect(second.notifier.capabilities).toEqual(withButtons));
    await second.end();
  });

  it('says that nothing can be shown while there is no daemon', async () => {
    await stopPart('notifications');
    try {
      await vi.waitFor(() => expect(recorded.notifier.capabilities).toEqual(withoutDaemon));
      expect(await recorded.notifier.show(pairingRequest())).toMatchObject({
        ok: false,
        error: { code: 'unsupported', retryable: true },
      });
    } finally {
      await startPart('notifications');
    }
    await vi.waitFor(() => expect(recorded.notifier.capabilities).toEqual(withButtons));
  });
});
