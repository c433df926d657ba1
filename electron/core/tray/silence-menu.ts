/** The silence switch in the tray: one submenu per iMessage account, with what holds now and what it can be set to. */
import { silenceModeTexts, silenceTrayTexts } from '../../contract/config-texts.ts';
import { silenceModes, type SilenceAccountView } from '../../contract/silence.ts';
import type { AppSnapshot } from '../../contract/snapshot.ts';
import type { IssueToken } from '../notify/activation.ts';
import type { TrayEntry } from '../ports.ts';

export interface MenuWords {
  /** As long as a label may be. */
  readonly bounded: (text: string) => string;
  /** @param at epoch ms */
  readonly when: (at: number) => string;
}

export function silenceMenus(
  { silence, connection }: Pick<AppSnapshot, 'silence' | 'connection'>,
  { bounded, when }: MenuWords,
  issue: IssueToken,
): readonly TrayEntry[] {
  if (silence.state !== 'ready') return [];
  const { accounts } = silence;
  const menus = accounts.map((account): TrayEntry => {
    const { title, titleOf } = silenceTrayTexts;
    const label = accounts.length === 1 ? title : titleOf(account.accountShown.text);
    const entries = accountMenu(account, connection.state === 'ready', when, issue);
    return { type: 'submenu', label: bounded(label), entries };
  });
  return menus.length === 0 ? [] : [...menus, { type: 'separator' }];
}

function accountMenu(
  { account, mode, dmPolicy, until, working }: SilenceAccountView,
  ready: boolean,
  when: MenuWords['when'],
  issue: IssueToken,
): readonly TrayEntry[] {
  const modes = silenceModes.map((to): TrayEntry => {
    const { name } = silenceModeTexts[to];
    if (to === mode) return { type: 'label', label: silenceTrayTexts.current(name) };
    const token = issue({ type: 'silence', account, to });
    return { type: 'action', label: name, enabled: ready && working === null, token };
  });
  const state = working === null ? [] : [{ type: 'label', label: silenceTrayTexts.working } as const];
  const other = mode === 'other' ? [{ type: 'label', label: silenceTrayTexts.other(dmPolicy) } as const] : [];
  const end = until === null ? [] : [{ type: 'label', label: silenceTrayTexts.until(when(until)) } as const];
  return [...state, ...other, ...modes, ...end];
}
