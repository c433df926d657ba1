/** Opens the rules page over given rules, with an app that understands numbers and takes every change. */
import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect } from 'vitest';
import type { RulesView, UnderstoodAddress } from '../../electron/contract/guard/guard-view.ts';
import type { RuleChange } from '../../electron/contract/guard/rule-change.ts';
import { ok } from '../../electron/contract/result.ts';
import type { FakeBridge } from '../bridge/bridge.double.ts';
import { guardWith, rulesWith } from '../bridge/guard.double.ts';
import { plain, snapshotWith } from '../bridge/snapshots.double.ts';
import { renderWindow } from '../render-window.double.tsx';

/** What the app gives as the way back from any change. */
export const undoOfAnything: RuleChange = { type: 'region', region: 'CH' };

/** Opens the page over these rules; every change is taken and counted. */
export async function openRules(rules: RulesView, prepare: (bridge: FakeBridge) => void = () => undefined) {
  const shown = await renderWindow(
    snapshotWith([], { guard: guardWith({ policy: { status: 'ready', revision: rules.policy.revision } }) }),
  );
  const { bridge } = shown;
  bridge.answer('guard.rules', ok(rules));
  bridge.answer('guard.understand', ({ to }) => Promise.resolve(ok(understand(to))));
  bridge.answer('guard.changeRules', (input) =>
    Promise.resolve(
      ok({ rules: rulesWith({ ...rules.policy, revision: input.revision + 1 }), undo: undoOfAnything }),
    ),
  );
  prepare(bridge);
  await userEvent.click(screen.getByRole('button', { name: 'Rules' }));
  await screen.findByRole('region', { name: 'All rules' });
  return { ...shown, changes: () => changesIn(bridge) };
}

export function understand(to: string): UnderstoodAddress {
  const key = to.replaceAll(/[^+\d]/g, '').replace(/^0/, '+43');
  return key.length > 9
    ? { understood: true, key, kind: 'phone', shown: plain(key) }
    : { understood: false, problem: 'This is not a possible phone number.' };
}

function changesIn(bridge: FakeBridge) {
  return bridge.commands.filter(({ name }) => name === 'guard.changeRules').map(({ input }) => input);
}

export function region(name: string) {
  return within(screen.getByRole('region', { name }));
}

/** A button that counts only after a moment, or once something else was answered. */
export async function armedButton(name: string): Promise<HTMLElement> {
  const button = screen.getByRole('button', { name });
  await waitFor(() => expect(button.getAttribute('aria-disabled')).toBeNull());
  return button;
}

export async function pressArmed(name: string): Promise<void> {
  await userEvent.click(await armedButton(name));
}
