import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { ContentRules } from '../../electron/contract/guard/content/secret-kinds.ts';
import { usualContentRules } from '../../electron/contract/guard/content/secret-kinds.ts';
import { rulesWith } from '../bridge/guard.double.ts';
import { armedButton, openRules, region } from './open-rules.double.tsx';

vi.setConfig({ testTimeout: 30_000 });

const alice = '+436641234567';

async function open(change: Partial<ContentRules> = {}) {
  const content = { ...usualContentRules, ...change };
  const { changes } = await openRules(rulesWith({ content }));
  return {
    saved: (next: Partial<ContentRules>) => {
      expect(changes()).toEqual([
        { revision: 3, change: { type: 'content', content: { ...content, ...next } } },
      ]);
    },
  };
}

describe('what messages carry', () => {
  it.each([
    ['card-number', 'Payment card numbers'],
    ['seed-phrase', 'Seed phrases of wallets'],
  ] as const)('is asked about by kind, %s only where the owner wants it', async (kind, label) => {
    const { saved } = await open();
    const select = region('What messages carry').getByLabelText<HTMLSelectElement>(label);
    expect(select.value).toBe('off');
    await userEvent.selectOptions(select, 'Ask me');
    saved({ kinds: { ...usualContentRules.kinds, [kind]: 'ask' } });
  });

  it('may be anything on an address of the owner’s own, as it was understood', async () => {
    const { saved } = await open();
    await userEvent.type(screen.getByLabelText('An address of your own'), '0664 1234567');
    await userEvent.click(await armedButton('Anything may go there'));
    saved({ own: [{ channel: 'imessage', to: alice }] });
  });

  it('is asked about again once an exemption is removed', async () => {
    const token = { channel: 'imessage', to: alice, kind: 'token' } as const;
    const { saved } = await open({ exempt: [{ ...token, kind: 'private-key' }, token] });
    await userEvent.click(screen.getByRole('button', { name: /May get an access key/u }));
    saved({ exempt: [{ ...token, kind: 'private-key' }] });
  });
});
