import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { ok } from '../../electron/contract/result.ts';
import { accountRules, allowRule, guardWith, rulesWith } from '../bridge/guard.double.ts';
import { openRules, region, undoOfAnything } from './open-rules.double.tsx';

/** Hundreds of rows take their time on a busy machine. */
vi.setConfig({ testTimeout: 30_000 });

const minute = 60_000;
const alice = '+436641234567';

describe('looking through the rules', () => {
  const rows = () => region('All rules').getAllByRole('listitem');
  const lookFor = (text: string) => {
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: text } });
  };

  it('finds notes without their accents and numbers with blanks', async () => {
    const until = Date.now() + 41 * minute - 1000;
    await openRules(
      rulesWith({
        accounts: [
          accountRules({
            allowTo: [
              allowRule('+15551230001', { note: 'Zoë from work', until }),
              ...Array.from({ length: 5 }, (_, index) => allowRule(`+155520010${String(index)}0`)),
            ],
          }),
        ],
        blocked: [{ channel: 'imessage', to: '+15550000000', note: 'rude' }],
      }),
    );
    lookFor('zoe');
    expect(rows().map((row) => row.textContent)).toEqual([
      expect.stringMatching(/^\+15551230001iMessage · until .*, in 40 minZoë from work$/),
    ]);
    lookFor('+1 555 000 0000');
    expect(rows()).toHaveLength(1);
    expect(screen.getByText('1 of 7 rules match.')).toBeDefined();
    lookFor('nobody');
    expect(screen.getByText('No rule matches.')).toBeDefined();
  });

  it('draws 200 at first and 200 more on request, and counts them all', async () => {
    const allowTo = Array.from({ length: 501 }, (_, index) => allowRule(`+1555200${String(1000 + index)}`));
    await openRules(rulesWith({ accounts: [accountRules({ allowTo })] }));
    const drawn = () => screen.getAllByText(/^\+1555200/).length;
    expect(drawn()).toBe(200);
    expect(screen.getByText('Allowed (501)')).toBeDefined();
    fireEvent.click(screen.getByText('Show more (301 left)'));
    expect(drawn()).toBe(400);
  });

  it('edits note and end in place', async () => {
    const { changes } = await openRules(
      rulesWith({ accounts: [accountRules({ allowTo: [allowRule(alice, { note: 'A' })] })] }),
    );
    await userEvent.click(screen.getByRole('button', { name: `Edit ${alice}` }));
    const note = screen.getByLabelText('Note');
    await userEvent.clear(note);
    await userEvent.type(note, 'Alice');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(changes()).toMatchObject([
      { change: { type: 'allow', rules: [{ to: alice, until: null, note: 'Alice' }] } },
    ]);
    expect(document.activeElement?.getAttribute('aria-label')).toBe(`Edit ${alice}`);
  });

  it.each([
    [
      'spam@example.com',
      { type: 'remove', list: 'denyTo', channel: 'imessage', account: 'default', to: ['spam@example.com'] },
    ],
    ['+15550000000', { type: 'unblock', people: [{ channel: 'imessage', to: '+15550000000' }] }],
  ])('removes %s in one click', async (to, change) => {
    const { changes } = await openRules(
      rulesWith({
        accounts: [accountRules({ denyTo: [{ to: 'spam@example.com', note: '' }] })],
        blocked: [{ channel: 'imessage', to: '+15550000000', note: '' }],
      }),
    );
    await userEvent.click(screen.getByRole('button', { name: `Remove ${to}` }));
    expect(changes()).toEqual([{ revision: 3, change }]);
  });
});

describe('undo', () => {
  const rules = rulesWith({ accounts: [accountRules({ allowTo: [allowRule(alice)] })] });

  it('sends the change that takes the last one back, once', async () => {
    const { changes } = await openRules(rules);
    await userEvent.click(screen.getByRole('button', { name: `Remove ${alice}` }));
    expect(screen.getByText(`Removed ${alice}.`)).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(changes()[1]).toEqual({ revision: 4, change: undoOfAnything });
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  });

  it('is no longer offered once somebody else changed the rules', async () => {
    const { bridge, update } = await openRules(rules);
    await userEvent.click(screen.getByRole('button', { name: `Remove ${alice}` }));
    update({ guard: guardWith({ policy: { status: 'ready', revision: 4 } }) });
    expect(screen.getByRole('button', { name: 'Undo' })).toBeDefined();
    bridge.answer('guard.rules', ok({ ...rules, policy: { ...rules.policy, revision: 5 } }));
    update({ guard: guardWith({ policy: { status: 'ready', revision: 5 } }) });
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull());
  });

  it('is no longer offered after a minute', async () => {
    await openRules(rules);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    try {
      await act(async () => {
        screen.getByRole('button', { name: `Remove ${alice}` }).click();
        await Promise.resolve();
      });
      expect(screen.getByRole('button', { name: 'Undo' })).toBeDefined();
      act(() => void vi.advanceTimersByTime(minute + 50));
      expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
    } finally {
      vi.useRealTimers();
    }
  });
});
