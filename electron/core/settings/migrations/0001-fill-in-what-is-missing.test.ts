import { describe, expect, it } from 'vitest';
import { defaultsOne, fillInWhatIsMissing, unnumberedSettings } from './0001-fill-in-what-is-missing.ts';

describe('migration 1, from settings without a number', () => {
  it('turns an empty document into the defaults', () => {
    expect(fillInWhatIsMissing.up({})).toEqual(defaultsOne);
  });

  it('keeps everything that was there and fills in the rest', () => {
    const gateway = { mode: 'remote', url: 'wss://gate.example:18789/', tlsFingerprint: null } as const;
    expect(fillInWhatIsMissing.up({ gateway, notifications: { showDetails: false }, theme: 'dark' })).toEqual(
      {
        ...defaultsOne,
        gateway,
        notifications: { enabled: true, showDetails: false },
        theme: 'dark',
      },
    );
  });

  it.each([
    { what: 'a setting nobody knows', document: { colour: 'red' } },
    { what: 'a value of the wrong type', document: { theme: 3 } },
    { what: 'a gateway without an address', document: { gateway: { mode: 'remote' } } },
  ])('does not read $what', ({ document }) => {
    expect(unnumberedSettings.safeParse(document).success).toBe(false);
  });
});
