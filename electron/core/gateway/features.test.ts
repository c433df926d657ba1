import { describe, expect, it } from 'vitest';
import { missingFeatures } from './features.ts';

const all = [
  'channels.pairing.list',
  'channels.pairing.approve',
  'channels.pairing.dismiss',
  'device.pair.list',
  'device.pair.approve',
  'device.pair.reject',
  'node.pair.list',
  'node.pair.approve',
  'node.pair.reject',
];

describe('missingFeatures', () => {
  it('misses nothing on a gateway that offers every method', () => {
    expect(missingFeatures(new Set(all))).toEqual([]);
  });

  it('misses chat pairing on a gateway older than 2026.7', () => {
    const older = all.filter((method) => !method.startsWith('channels.'));
    expect(missingFeatures(new Set(older))).toEqual(['chat-pairing']);
  });

  it('counts a feature as missing when one of its methods is', () => {
    const withoutReject = all.filter((method) => method !== 'node.pair.reject');
    expect(missingFeatures(new Set(withoutReject))).toEqual(['node-pairing']);
  });
});
