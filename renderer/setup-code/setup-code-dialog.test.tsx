import { act, render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { SetupCode, SetupCodeAnswer } from '../../electron/contract/setup-code.ts';
import { setupAccessTexts, setupRefusalTexts } from '../../electron/contract/setup-code-texts.ts';
import { appError, fail, ok, type Result } from '../../electron/contract/result.ts';
import type { AppSnapshot } from '../../electron/contract/snapshot.ts';
import { preloadLink } from '../bridge/bridge.ts';
import { FakeBridge } from '../bridge/bridge.double.ts';
import { gateway, plain, snapshotWith } from '../bridge/snapshots.double.ts';
import { createSession, SessionContext } from '../session/session.ts';
import { holdMs } from '../ui/hold.ts';
import { SetupCodeButton } from './setup-code-button.tsx';
import { pairTexts } from './setup-code-texts.ts';

const secret = 'eyJ1cmwiOiJ3c3M6Ly9nYXRld2F5LmV4YW1wbGUiLCJib290c3RyYXBUb2tlbiI6IngifQ';

function code(change: Partial<SetupCode> = {}): SetupCode {
  return {
    setupCode: secret,
    setupId: 's1',
    address: plain('wss://gateway.example'),
    access: 'limited',
    expiresAt: Date.now() + 9 * 60_000 + 58_000,
    ...change,
  };
}

const made = (change: Partial<SetupCode> = {}): Result<SetupCodeAnswer> =>
  ok({ outcome: 'made', code: code(change) });

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

async function renderButton(
  change: Partial<AppSnapshot> = {},
  answer: Result<SetupCodeAnswer> | 'never' = made(),
) {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  const bridge = new FakeBridge(snapshotWith([], change));
  bridge.answer('setupCode.create', answer);
  const session = createSession(preloadLink(bridge));
  const page = render(
    <SessionContext value={session}>
      <SetupCodeButton />
    </SessionContext>,
  );
  onTestFinished(() => {
    page.unmount();
    session.dispose();
  });
  await act(() => Promise.resolve());
  const user = userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });
  const click = (name: string): Promise<void> => user.click(screen.getByRole('button', { name }));
  return {
    bridge,
    click,
    unmount: page.unmount,
    user,
    later: (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms)),
    update: (next: Partial<AppSnapshot>) => act(() => bridge.update(next)),
    asked: () =>
      bridge.commands
        .filter(({ name }) => name.startsWith('setupCode.'))
        .map(({ name, input }) => [name, input]),
    /** Opens the dialog and makes a code. */
    async make() {
      await click(pairTexts.open);
      await act(() => vi.advanceTimersByTimeAsync(holdMs + 50));
      await click(pairTexts.make);
      await act(() => Promise.resolve());
    },
  };
}

const create = (access: string) => ['setupCode.create', { access, elevate: true }];
const forget = ['setupCode.forget', undefined];
const shownText = (): string => screen.getByLabelText<HTMLInputElement>(pairTexts.codeLabel).value;

describe('pairing a phone', () => {
  it('explains what it opens before a code is made, and gives the least unless told otherwise', async () => {
    const { click, asked, make } = await renderButton();
    await click(pairTexts.open);
    expect(screen.getByRole('alertdialog', { name: pairTexts.title })).toBeDefined();
    expect(screen.getByText(pairTexts.elevation)).toBeDefined();
    expect(screen.getByText(setupAccessTexts.limited.meaning)).toBeDefined();
    expect(document.activeElement?.textContent).toBe(pairTexts.cancel);
    await click(pairTexts.make);
    expect(asked()).toEqual([]);
    await click(pairTexts.cancel);
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(asked()).toEqual([]);
    await make();
    expect(asked()).toEqual([create('limited')]);
  });

  it('shows the code as picture and text, with where it leads and how long it lasts', async () => {
    const { make, later } = await renderButton();
    await make();
    expect(shownText()).toBe(secret);
    const picture = await screen.findByRole('img', { name: pairTexts.picture });
    expect(picture.querySelector('path')?.getAttribute('d')).toMatch(/^M0 0h1v1h-1z/);
    expect(screen.getByText('wss://gateway.example')).toBeDefined();
    expect(screen.getByText(/^9:5\d$/)).toBeDefined();
    await later(60_000);
    expect(screen.getByText(/^8:5\d$/)).toBeDefined();
  });

  it('asks for full access only when the owner chose it, and says when less was given', async () => {
    const { click, later, asked } = await renderButton();
    await click(pairTexts.open);
    await later(holdMs + 50);
    screen.getByRole('radio', { name: 'Full' }).click();
    expect(await screen.findByText(setupAccessTexts.full.meaning)).toBeDefined();
    await click(pairTexts.make);
    expect(asked()).toEqual([create('full')]);
    expect(await screen.findByText(pairTexts.downgraded)).toBeDefined();
  });

  it.each([
    ['desktop', 'darwin', false],
    ['desktop', 'win32', true],
    ['desktop', 'linux', false],
    ['browser', 'darwin', false],
  ] as const)('on %s, %s, it speaks of screenshots: %s', async (kind, platform, speaks) => {
    const { make } = await renderButton({ host: { kind, platform, version: '1' } });
    await make();
    expect(screen.queryByText(pairTexts.notInScreenshots) !== null).toBe(speaks);
  });

  it('draws nothing of the code while the window is not in front', async () => {
    const { make } = await renderButton();
    await make();
    vi.mocked(document.hasFocus).mockReturnValue(false);
    act(() => void window.dispatchEvent(new Event('blur')));
    expect(screen.getByText(pairTexts.hidden)).toBeDefined();
    expect([shownText(), screen.queryByRole('img')]).toEqual(['', null]);
    vi.mocked(document.hasFocus).mockReturnValue(true);
    act(() => void window.dispatchEvent(new Event('focus')));
    expect(shownText()).toBe(secret);
  });

  it('copies the text, and selects it where copying is not possible', async () => {
    const { make, click } = await renderButton();
    await make();
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValueOnce();
    await click(pairTexts.copy);
    expect(write.mock.calls).toEqual([[secret]]);
    expect(await screen.findByText(pairTexts.copied)).toBeDefined();
    write.mockRejectedValueOnce(new Error('not allowed'));
    await click(pairTexts.copy);
    expect(await screen.findByText(pairTexts.notCopied)).toBeDefined();
    const field = screen.getByLabelText<HTMLInputElement>(pairTexts.codeLabel);
    expect([field.selectionStart, field.selectionEnd]).toEqual([0, secret.length]);
  });
});

describe('the end of a code', () => {
  const gone = (): boolean => !document.body.innerHTML.includes(secret);

  it('comes with closing the dialog', async () => {
    const { make, click, asked } = await renderButton();
    await make();
    await click(pairTexts.close);
    expect([gone(), asked()]).toEqual([true, [create('limited'), forget]]);
    expect(document.activeElement?.textContent).toBe(pairTexts.open);
  });

  it('comes with leaving the page', async () => {
    const { make, unmount, asked } = await renderButton();
    await make();
    unmount();
    expect(asked()).toEqual([create('limited'), forget]);
  });

  it('comes when its time is up; a new one is a new question', async () => {
    const { make, later, click, asked } = await renderButton({}, made({ expiresAt: Date.now() + 5_000 }));
    await make();
    await later(6_000);
    expect(screen.getByText(pairTexts.expired)).toBeDefined();
    expect([gone(), asked()]).toEqual([true, [create('limited'), forget]]);
    await click(pairTexts.makeAnother);
    expect(screen.getByText(pairTexts.elevation)).toBeDefined();
    expect(asked()).toHaveLength(2);
  });

  it('comes when a phone used it, and not with another phone’s', async () => {
    const { make, update, asked } = await renderButton();
    await make();
    update({ usedSetupCode: { setupId: 'other', deviceName: plain('Other'), confirmed: true } });
    expect(shownText()).toBe(secret);
    update({ usedSetupCode: { setupId: 's1', deviceName: plain('Anna’s phone'), confirmed: true } });
    expect(screen.getByText('Anna’s phone')).toBeDefined();
    expect(screen.queryByText(pairTexts.uncertain)).toBeNull();
    expect([gone(), asked()]).toEqual([true, [create('limited'), forget]]);
  });

  it('is told with its doubt when the phone may not have got its keys', async () => {
    const { make, update } = await renderButton();
    await make();
    update({ usedSetupCode: { setupId: 's1', deviceName: null, confirmed: false } });
    expect(screen.getByText(pairTexts.uncertain)).toBeDefined();
  });

  it('comes before it was shown when the dialog is closed meanwhile', async () => {
    const { make, click, asked } = await renderButton({}, 'never');
    await make();
    expect(screen.getByText(pairTexts.making)).toBeDefined();
    await click(pairTexts.make);
    await click(pairTexts.cancel);
    expect(asked()).toEqual([create('limited'), forget]);
  });
});

describe('no code', () => {
  it('is explained where no phone can reach the gateway', async () => {
    const words = plain('Gateway is only bound to loopback.');
    const { make } = await renderButton(
      {},
      ok({ outcome: 'refused', why: 'loopback-only', gatewayWords: words }),
    );
    await make();
    const { title, meaning, action } = setupRefusalTexts['loopback-only'];
    expect(screen.getByRole('alert').textContent).toBe(title + meaning + action);
  });

  it('is explained in the gateway’s words where we have none', async () => {
    const words = plain('⟨U+202E⟩ odd', { altered: true });
    const { make } = await renderButton({}, ok({ outcome: 'refused', why: 'other', gatewayWords: words }));
    await make();
    expect(screen.getByRole('alert').textContent).toContain('⟨U+202E⟩ odd');
  });

  it('is an error that can be tried again', async () => {
    const { make, click, bridge, asked } = await renderButton(
      {},
      fail(appError('gateway-timeout', 'No answer.')),
    );
    await make();
    expect(screen.getByRole('alert').textContent).toBe('No answer.');
    bridge.answer('setupCode.create', made());
    await click(pairTexts.make);
    await waitFor(() => expect(shownText()).toBe(secret));
    expect(asked()).toEqual([create('limited'), forget, create('limited')]);
  });

  it('is offered while there is no connection', async () => {
    const connection = {
      state: 'waiting',
      reason: 'connection-lost',
      gateway,
      retryAt: Date.now() + 8_000,
      attempt: 1,
    } as const;
    const { click } = await renderButton({ connection });
    await click(pairTexts.open);
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });
});
