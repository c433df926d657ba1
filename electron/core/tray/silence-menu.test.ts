import { describe, expect, it } from 'vitest';
import type { SilenceAccountView, SilenceView } from '../../contract/silence.ts';
import { firstSnapshot } from '../../contract/snapshot.fixture.ts';
import { displayText } from '../requests/display-text.ts';
import { countingActivations } from '../notify/notify.fixture.ts';
import { trayModel } from './tray-model.ts';

const gateway = { address: '127.0.0.1:18789', remote: false, version: '2026.9.6' };
const ready = { state: 'ready', gateway, missing: [], since: 0, limited: false } as const;

const calendar = { dayAndTime: (at: number, locale: string) => `${locale} time ${String(at)}` };

function account(change: Partial<SilenceAccountView> = {}): SilenceAccountView {
  return {
    account: 'default',
    accountShown: displayText('default', 60),
    mode: 'answer',
    dmPolicy: 'pairing',
    until: null,
    former: null,
    undoConfirm: false,
    wildcard: false,
    strict: 'off',
    working: null,
    error: null,
    ...change,
  };
}

function menus(silence: SilenceView, live = true) {
  const activations = countingActivations();
  const connection = live ? ready : ({ state: 'connecting', gateway } as const);
  const { entries } = trayModel({ ...firstSnapshot, connection, silence }, activations, calendar);
  return { activations, menus: entries.filter((entry) => entry.type === 'submenu') };
}

describe('the silence switch in the tray', () => {
  it('is not there where there is nothing to switch', () => {
    expect(menus({ state: 'unavailable', reason: 'no-imessage', message: null }).menus).toEqual([]);
    expect(menus({ state: 'ready', accounts: [] }).menus).toEqual([]);
  });

  it('shows what holds and offers the others, each of which switches exactly that account', () => {
    const { menus: drawn, activations } = menus({ state: 'ready', accounts: [account()] });
    expect(drawn).toEqual([
      {
        type: 'submenu',
        label: 'Strangers on iMessage',
        entries: [
          { type: 'label', label: '✓ Answer with a code' },
          { type: 'action', label: 'Silent, ask me', enabled: true, token: 't1' },
          { type: 'action', label: 'Silent, ignore', enabled: true, token: 't2' },
        ],
      },
    ]);
    expect(activations.take('t2').intent).toEqual({ type: 'silence', account: 'default', to: 'ignore' });
  });

  it('names each account where there are several', () => {
    const work = account({ account: 'work', accountShown: displayText('work', 60) });
    expect(menus({ state: 'ready', accounts: [account(), work] }).menus.map(({ label }) => label)).toEqual([
      'Strangers on iMessage (default)',
      'Strangers on iMessage (work)',
    ]);
  });

  it('says until when it holds', () => {
    const silence = { state: 'ready', accounts: [account({ mode: 'ignore', until: 5 })] } as const;
    expect(menus(silence).menus[0]?.entries.at(-1)).toEqual({
      type: 'label',
      label: 'Holds until system time 5',
    });
  });

  it('says what else is configured', () => {
    const [menu] = menus({
      state: 'ready',
      accounts: [account({ mode: 'other', dmPolicy: 'disabled' })],
    }).menus;
    expect(menu?.entries[0]).toEqual({ type: 'label', label: 'Now: disabled' });
    expect(menu?.entries).toHaveLength(4);
  });

  it.each([
    ['while a change is under way', true, { step: 'gateway', write: 1, writes: 2 } as const],
    ['while not connected', false, null],
  ])('switches nothing %s', (_when, live, working) => {
    const [menu] = menus({ state: 'ready', accounts: [account({ working })] }, live).menus;
    const actions = menu?.entries.filter((entry) => entry.type === 'action') ?? [];
    expect(actions.map(({ enabled }) => enabled)).toEqual([false, false]);
  });
});
