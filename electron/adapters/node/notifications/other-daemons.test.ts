/** The notifier with daemons unlike the one on the test desktop, played by a double on the real bus. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startPart, stopPart } from '../../../../e2e/desktop/bench.ts';
import { NotificationDaemonDouble, type AskedToShow } from './notification-daemon.double.ts';
import {
  openRecordedNotifier,
  pairingRequest,
  withButtons,
  type RecordedNotifier,
} from './recorded-notifier.fixture.ts';

beforeAll(() => stopPart('notifications'));
afterAll(() => startPart('notifications'));

function keyOf(asked: AskedToShow | undefined, label: string): string {
  const key = asked?.actions[asked.actions.indexOf(label) - 1];
  if (key === undefined) throw new Error(`no button ${label}`);
  return key;
}

describe('DbusNotifier with a daemon that has neither buttons nor markup', () => {
  it('shows the text as it is, without buttons', async () => {
    const daemon = new NotificationDaemonDouble(['body']);
    const recorded = await openRecordedNotifier({ shows: true, actions: false, fixedTextOnly: false });
    await recorded.notifier.show(pairingRequest({ body: 'a <b> & c' }));
    expect(daemon.asked).toEqual([
      {
        number: 1,
        replaces: 0,
        title: pairingRequest().title,
        body: 'a <b> & c',
        actions: [],
        hints: { urgency: 2, 'desktop-entry': 'portcullis' },
        timeout: 0,
      },
    ]);
    await recorded.end();
    await daemon.stop();
  });
});

describe('DbusNotifier with a daemon of its own mind', () => {
  let daemon: NotificationDaemonDouble;
  let recorded: RecordedNotifier;

  beforeEach(async () => {
    daemon = new NotificationDaemonDouble(['actions', 'body', 'body-markup']);
    recorded = await openRecordedNotifier(withButtons);
  });
  afterEach(async () => {
    await recorded.end();
    await daemon.stop();
  });

  it('escapes the body, not the title, where the body is markup', async () => {
    await recorded.notifier.show(pairingRequest({ title: '<b> & t', body: '<b> & "b"' }));
    expect(daemon.asked[0]).toMatchObject({ title: '<b> & t', body: '&lt;b&gt; &amp; "b"' });
  });

  it('ignores presses on notifications of other programs', async () => {
    await recorded.notifier.show(pairingRequest());
    daemon.press(2, keyOf(daemon.asked[0], 'Approve'));
    daemon.press(1, keyOf(daemon.asked[0], 'Deny'));
    await vi.waitFor(() => expect(recorded.activated).toEqual(['token-deny']));
  });

  it('asks for less attention when the notification is an ordinary one', async () => {
    await recorded.notifier.show(pairingRequest({ urgency: 'normal' }));
    expect(daemon.asked[0]).toMatchObject({
      hints: { urgency: 1, 'desktop-entry': 'portcullis' },
      timeout: -1,
    });
  });

  it('never puts a token on the bus', async () => {
    await recorded.notifier.show(pairingRequest());
    expect(JSON.stringify(daemon.asked)).not.toContain('token-');
  });

  it('only opens on the plain click', async () => {
    await recorded.notifier.show(pairingRequest());
    daemon.press(1, 'default');
    await vi.waitFor(() => expect(recorded.activated).toEqual(['token-open']));
  });

  it('keeps a press that overtakes the answer with the number', async () => {
    daemon.beforeAnswer = (asked) => daemon.press(asked.number, keyOf(asked, 'Approve'));
    await recorded.notifier.show(pairingRequest());
    await vi.waitFor(() => expect(recorded.activated).toEqual(['token-approve']));
  });

  it.each([
    ['expired', 1],
    ['dismissed', 2],
    ['dismissed', 3],
    ['dismissed', 4],
  ])('reports %s for reason %i', async (reason, code) => {
    await recorded.notifier.show(pairingRequest());
    daemon.close(1, code);
    await vi.waitFor(() => expect(recorded.gone).toEqual([{ id: 'chat:1', reason }]));
  });

  it('opens the window for a button of text that was replaced', async () => {
    await recorded.notifier.show(pairingRequest());
    await recorded.notifier.show(pairingRequest({ body: 'changed', actions: [] }));
    daemon.press(1, keyOf(daemon.asked[0], 'Approve'));
    await vi.waitFor(() => expect(recorded.activated).toEqual(['token-open']));
  });

  it('takes a notification down that was withdrawn before the daemon had answered', async () => {
    let answer = (): void => undefined;
    daemon.beforeAnswer = () => new Promise((resolve) => (answer = resolve));
    const showing = recorded.notifier.show(pairingRequest());
    await vi.waitFor(() => expect(daemon.asked).toHaveLength(1));
    await recorded.notifier.close('chat:1');
    answer();
    await showing;
    await vi.waitFor(() => expect(daemon.closed).toEqual([1]));
    expect({ activated: recorded.activated, gone: recorded.gone }).toEqual({ activated: [], gone: [] });
  });

  it('gives up on a daemon that does not answer, and removes what it shows late', async () => {
    let answer = (): void => undefined;
    daemon.beforeAnswer = () => new Promise((resolve) => (answer = resolve));
    expect(await recorded.notifier.show(pairingRequest())).toMatchObject({ ok: false });
    answer();
    await vi.waitFor(() => expect(daemon.closed).toEqual([1]));
  });

  it('takes its notifications down when the app ends', async () => {
    await recorded.notifier.show(pairingRequest());
    await recorded.notifier.show(pairingRequest({ id: 'chat:2' }));
    await recorded.notifier.dispose();
    expect(daemon.closed).toEqual([1, 2]);
  });
});
