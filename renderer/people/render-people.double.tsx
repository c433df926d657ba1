/** Renders the people page over a FakeBridge, and does in it what its owner does. Disposed after each test. */
import { act, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, onTestFinished } from 'vitest';
import type { PeopleView } from '../../electron/contract/people.ts';
import { ok } from '../../electron/contract/result.ts';
import type { AppSnapshot } from '../../electron/contract/snapshot.ts';
import { preloadLink } from '../bridge/bridge.ts';
import { FakeBridge } from '../bridge/bridge.double.ts';
import { snapshotWith } from '../bridge/snapshots.double.ts';
import { createSession, SessionContext, useSnapshot } from '../session/session.ts';
import { PeoplePage } from './people-page.tsx';
import { peopleView } from './people.double.ts';

export async function renderPage(view: PeopleView = peopleView(), snapshot: AppSnapshot = snapshotWith([])) {
  const bridge = new FakeBridge(snapshot);
  bridge.answer('people.list', ok(view));
  const session = createSession(preloadLink(bridge));
  const page = render(
    <SessionContext value={session}>
      <Page />
    </SessionContext>,
  );
  onTestFinished(() => {
    page.unmount();
    session.dispose();
  });
  await act(() => Promise.resolve());
  return {
    bridge,
    said: () => session.announcements.get()?.text ?? null,
    update: (change: Partial<AppSnapshot>) => act(() => bridge.update(change)),
    changes: () => bridge.commands.filter(({ name }) => name.startsWith('people.') && name !== 'people.list'),
    looks: () => bridge.commands.filter(({ name }) => name === 'people.list').map(({ input }) => input),
  };
}

function Page() {
  const snapshot = useSnapshot();
  return snapshot === null ? null : <PeoplePage snapshot={snapshot} />;
}

export function row(name: string) {
  return within(screen.getByRole('listitem', { name }));
}

export async function click(name: string | RegExp, where = within(document.body)): Promise<void> {
  await userEvent.click(where.getByRole('button', { name }));
}

export async function openDetails(name: string) {
  await click(`Details ${name}`);
  return row(name);
}

/** Reads the dialog, then confirms once it is armed. */
export async function confirm(label: string): Promise<string> {
  const dialog = screen.getByRole('alertdialog');
  const button = within(dialog).getByRole('button', { name: label });
  await waitFor(() => {
    expect(button.getAttribute('aria-disabled')).toBeNull();
  });
  const text = dialog.textContent;
  await userEvent.click(button);
  return text;
}
