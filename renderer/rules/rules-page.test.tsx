import { act, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { UnderstoodAddress } from '../../electron/contract/guard/guard-view.ts';
import { appError, fail, ok } from '../../electron/contract/result.ts';
import type { Result } from '../../electron/contract/result.ts';
import { accountRules, accountView, allowRule, guardWith, rulesWith } from '../bridge/guard.double.ts';
import { plain, snapshotWith } from '../bridge/snapshots.double.ts';
import { renderWindow } from '../render-window.double.tsx';
import { armedButton, openRules, pressArmed, region, understand } from './open-rules.double.tsx';

/** Buttons that are held for a moment add up on a busy machine. */
vi.setConfig({ testTimeout: 30_000 });

const alice = '+436641234567';

describe('what happens to recipients no rule names', () => {
  it.each([
    [rulesWith({ accounts: [] }), 'Not guarded: everything leaves.'],
    [rulesWith(), 'Asks you about unlisted recipients.'],
    [rulesWith({ accounts: [accountRules({ unlisted: 'deny' })] }), 'Stops unlisted recipients.'],
    [rulesWith({ accounts: [accountRules({ unlisted: 'allow' })] }), 'Lets unlisted recipients through.'],
  ])('is one sentence per account (%#)', async (rules, sentence) => {
    await openRules(rules);
    expect(region('Recipients no rule names').getByText(sentence)).toBeDefined();
  });

  it('changes with the last button only', async () => {
    const { changes } = await openRules(rulesWith());
    await userEvent.click(screen.getByRole('button', { name: 'Change what iMessage does' }));
    await userEvent.click(screen.getByRole('radio', { name: 'Stop unlisted recipients' }));
    expect(changes()).toEqual([]);
    await pressArmed('Save');
    expect(changes()).toEqual([
      {
        revision: 3,
        change: { type: 'unlisted', channel: 'imessage', account: 'default', unlisted: 'deny' },
      },
    ]);
  });

  it('asks again before guarding is switched off, and says what goes with it', async () => {
    const { changes } = await openRules(
      rulesWith({ accounts: [accountRules({ allowTo: [allowRule(alice)] })] }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Change what iMessage does' }));
    await userEvent.click(screen.getByRole('radio', { name: 'Not guarded' }));
    await pressArmed('Continue…');
    expect(changes()).toEqual([]);
    expect(screen.getByRole('alertdialog').textContent).toContain('Its 1 rule is removed.');
    await pressArmed('Stop guarding');
    expect(changes()).toEqual([
      { revision: 3, change: { type: 'unlisted', channel: 'imessage', account: 'default', unlisted: null } },
    ]);
  });
});

describe('adding a rule', () => {
  it('shows how the address was understood and adds exactly that', async () => {
    const { changes } = await openRules(rulesWith());
    await userEvent.type(screen.getByLabelText('Recipient'), '0664 1234567');
    expect(await screen.findByText('+436641234567')).toBeDefined();
    await userEvent.type(screen.getByLabelText('Note, if you like'), 'Alice ');
    await userEvent.click(screen.getByRole('button', { name: 'Allow this recipient' }));
    expect(changes()).toEqual([
      {
        revision: 3,
        change: {
          type: 'allow',
          channel: 'imessage',
          account: 'default',
          rules: [{ to: alice, until: null, note: 'Alice' }],
        },
      },
    ]);
    expect(screen.getByLabelText<HTMLInputElement>('Recipient').value).toBe('');
  });

  it('says what is wrong with an address and adds nothing', async () => {
    const { changes } = await openRules(rulesWith());
    await userEvent.type(screen.getByLabelText('Recipient'), 'Mom{Enter}');
    expect(await screen.findByText('This is not a possible phone number.')).toBeDefined();
    expect(changes()).toEqual([]);
  });

  it('asks about one text at a time, always the latest next, and shows no answer to an older one', async () => {
    const asked: string[] = [];
    const answers: ((answer: Result<UnderstoodAddress>) => void)[] = [];
    await openRules(rulesWith(), (bridge) => {
      bridge.answer('guard.understand', ({ to }) => {
        asked.push(to);
        return new Promise((resolve) => answers.push(resolve));
      });
    });
    await userEvent.type(screen.getByLabelText('Recipient'), '06641234567');
    expect(asked).toEqual(['0']);
    await act(() => Promise.resolve(answers[0]?.(ok(understand('0664 9999999')))));
    expect(asked).toEqual(['0', '06641234567']);
    expect(screen.queryByText('+436649999999')).toBeNull();
    await act(() => Promise.resolve(answers[1]?.(ok(understand('06641234567')))));
    expect(screen.getByText(alice)).toBeDefined();
    expect(asked).toHaveLength(2);
  });

  it('denies without an end', async () => {
    const { changes } = await openRules(rulesWith());
    await userEvent.click(screen.getByRole('radio', { name: 'Deny' }));
    expect(screen.queryByLabelText('How long')).toBeNull();
    await userEvent.type(screen.getByLabelText('Recipient'), alice);
    await userEvent.click(await armedButton('Deny this recipient'));
    expect(changes()).toMatchObject([{ change: { type: 'deny', rules: [{ to: alice, note: '' }] } }]);
  });

  it('denies a sender that has a name only, and does not allow one', async () => {
    const named = {
      understood: true,
      key: 'sender:amazon',
      kind: 'sender',
      shown: plain('sender:amazon'),
    } as const;
    const { changes } = await openRules(rulesWith(), (bridge) =>
      bridge.answer('guard.understand', ok(named)),
    );
    await userEvent.type(screen.getByLabelText('Recipient'), 'AMAZON');
    expect(await screen.findByText(/^This is a name/)).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: 'Allow this recipient' }));
    await userEvent.click(screen.getByRole('radio', { name: 'Deny' }));
    await userEvent.click(await armedButton('Deny this recipient'));
    expect(changes()).toMatchObject([{ change: { type: 'deny', rules: [{ to: 'sender:amazon' }] } }]);
  });

  it.each([
    [
      'denied',
      rulesWith({ accounts: [accountRules({ denyTo: [{ to: alice, note: '' }] })] }),
      /a denial wins/,
    ],
    [
      'blocked',
      rulesWith({ blocked: [{ channel: 'imessage', to: alice, note: '' }] }),
      /A block holds before/,
    ],
  ])('does not allow a recipient who is %s: it would change nothing', async (_, rules, sentence) => {
    const { changes } = await openRules(rules);
    await userEvent.type(screen.getByLabelText('Recipient'), `${alice}{Enter}`);
    expect(await screen.findByText(sentence)).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: 'Allow this recipient' }));
    expect(changes()).toEqual([]);
  });

  it('wants a day that is still to come', async () => {
    const { changes } = await openRules(rulesWith());
    await userEvent.type(screen.getByLabelText('Recipient'), alice);
    await userEvent.selectOptions(screen.getByLabelText('How long'), 'Until a date…');
    await userEvent.click(await armedButton('Allow this recipient'));
    expect(screen.getByRole('alert').textContent).toBe('Choose the last day.');
    expect(changes()).toEqual([]);
  });

  it('keeps what was entered when the rules changed meanwhile, and shows the rules as they are now', async () => {
    const { bridge } = await openRules(rulesWith());
    bridge.answer('guard.changeRules', fail(appError('rules-changed', 'They changed.')));
    bridge.answer(
      'guard.rules',
      ok(rulesWith({ revision: 4, accounts: [accountRules({ allowTo: [allowRule('+15551230001')] })] })),
    );
    await userEvent.type(screen.getByLabelText('Recipient'), alice);
    await userEvent.click(await armedButton('Allow this recipient'));
    expect(await screen.findByText('The rules changed meanwhile')).toBeDefined();
    expect(await screen.findByText('+15551230001')).toBeDefined();
    expect(screen.getByLabelText<HTMLInputElement>('Recipient').value).toBe(alice);
  });
});

describe('import from contacts', () => {
  it('offers those who are not listed, and adds the chosen ones as one change', async () => {
    const { changes } = await openRules(
      rulesWith({ accounts: [accountRules({ denyTo: [{ to: '+15550000003', note: '' }] })] }),
      (bridge) => {
        const contact = (key: string, source: 'pairing' | 'config') =>
          ({ channel: 'imessage', account: 'default', key, shown: plain(key), source }) as const;
        bridge.answer(
          'guard.contacts',
          ok([
            contact('+15550000001', 'pairing'),
            contact('+15550000002', 'config'),
            contact('+15550000003', 'pairing'),
          ]),
        );
      },
    );
    await userEvent.click(screen.getByRole('button', { name: 'Import contacts…' }));
    const dialog = within(await screen.findByRole('alertdialog'));
    expect(dialog.getAllByRole('listitem').map((row) => row.textContent)).toEqual([
      '+15550000001approved by pairing',
      '+15550000002in the gateway’s allowlist',
      '+15550000003denied',
    ]);
    await userEvent.click(dialog.getByRole('checkbox', { name: 'Select all (2)' }));
    await pressArmed('Allow 2 people');
    expect(changes()).toEqual([
      {
        revision: 3,
        change: {
          type: 'allow',
          channel: 'imessage',
          account: 'default',
          rules: [
            { to: '+15550000001', until: null, note: '' },
            { to: '+15550000002', until: null, note: '' },
          ],
        },
      },
    ]);
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });
});

describe('when the rules are not what they should be', () => {
  it('says that nothing enforces them while no guard is in the gateway, and leads there', async () => {
    const { update } = await openRules(rulesWith());
    update({ guard: guardWith({ plugin: { state: 'absent' } }) });
    await userEvent.click(screen.getByRole('button', { name: 'Set up the send guard' }));
    expect(await screen.findByRole('heading', { level: 2, name: 'Send guard' })).toBeDefined();
  });

  it('offers nothing to change while they cannot be read', async () => {
    const { bridge, update } = await openRules(rulesWith());
    bridge.answer('guard.rules', ok({ ...rulesWith(), status: 'unreadable' }));
    update({
      guard: guardWith({ policy: { status: 'unreadable', problem: 'Not JSON.', restorable: true } }),
    });
    expect(await screen.findByText(/can be changed again as soon as/)).toBeDefined();
    expect(screen.queryByLabelText('Recipient')).toBeNull();
  });

  it('says why they cannot be read at all, and tries again', async () => {
    const { bridge } = await renderWindow(
      snapshotWith([], { guard: guardWith({ accounts: [accountView()] }) }),
    );
    bridge.answer('guard.rules', fail(appError('not-connected', 'Not connected to the gateway.')));
    await userEvent.click(screen.getByRole('button', { name: 'Rules' }));
    expect(await screen.findByText('Not connected to the gateway.')).toBeDefined();
    bridge.answer('guard.rules', ok(rulesWith()));
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Asks you about unlisted recipients.')).toBeDefined();
  });
});

describe('how much may leave', () => {
  it('is the usual limit until the owner chooses another', async () => {
    const { changes } = await openRules(rulesWith({ accounts: [accountRules()] }));
    const inAll = region('How much').getByRole('combobox', { name: 'Messages a minute, in all' });
    expect(inAll).toHaveProperty('value', '20');
    await userEvent.selectOptions(inAll, '50');
    expect(changes()).toEqual([{ revision: 3, change: { type: 'limit', limit: { inAll: 50, toOne: 20 } } }]);
    expect(screen.getByText('Limit of a minute: 50 in all, 20 to one recipient.')).toBeDefined();
  });

  it('is offered as it stands in the rules, whatever that is', async () => {
    const { changes } = await openRules(
      rulesWith({ accounts: [accountRules()], limit: { inAll: 33, toOne: 3 } }),
    );
    const toOne = region('How much').getByRole('combobox', { name: 'Messages a minute to one recipient' });
    expect(toOne).toHaveProperty('value', '3');
    await userEvent.selectOptions(toOne, '20 (usual)');
    expect(changes()).toMatchObject([{ change: { limit: { inAll: 33, toOne: 20 } } }]);
  });
});
