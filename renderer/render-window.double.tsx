/** Renders the whole window over a FakeBridge, as component tests need it; disposed after each test. */
import { act, render } from '@testing-library/react';
import { onTestFinished } from 'vitest';
import type { AppSnapshot } from '../electron/contract/snapshot.ts';
import { App } from './app.tsx';
import { preloadLink } from './bridge/bridge.ts';
import { FakeBridge } from './bridge/bridge.double.ts';
import type { HostLink } from './bridge/host-link.ts';
import { createSession, SessionContext } from './session/session.ts';

export async function renderWindow(
  snapshot: AppSnapshot,
  makeLink: (bridge: FakeBridge) => HostLink = preloadLink,
) {
  const bridge = new FakeBridge(snapshot);
  const session = createSession(makeLink(bridge));
  const view = render(
    <SessionContext value={session}>
      <App />
    </SessionContext>,
  );
  onTestFinished(() => {
    view.unmount();
    session.dispose();
  });
  // The first snapshot arrives with the answer to snapshot.get.
  await act(() => Promise.resolve());
  return {
    bridge,
    session,
    update: (change: Partial<AppSnapshot>) => {
      act(() => {
        bridge.update(change);
      });
    },
    commands: () =>
      bridge.commands.filter(({ name }) => name !== 'snapshot.get' && name !== 'loginItem.read'),
  };
}
