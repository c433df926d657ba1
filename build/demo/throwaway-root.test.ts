import { describe, expect, it } from 'vitest';
import { isRoomy, mountOptionsOf } from './throwaway-root.ts';

const GiB = 1024 ** 3;
const roomy = { mountOptions: 'rw,nosuid,nodev', free: 8 * GiB, availableMemory: 8 * GiB };

describe('a folder in memory', () => {
  it.each([
    ['large, in a machine with memory to spare', roomy, true],
    ["as small as a container's", { ...roomy, free: GiB / 16 }, false],
    ['larger than what the machine has left', { ...roomy, availableMemory: GiB }, false],
    ['from which no program can be started', { ...roomy, mountOptions: 'rw,nosuid,nodev,noexec' }, false],
    ['that cannot be written', { ...roomy, mountOptions: 'ro,relatime' }, false],
  ])('%s', (_, folder, expected) => {
    expect(isRoomy(folder)).toBe(expected);
  });
});

describe('the mounts', () => {
  const mounts = [
    'tmpfs /dev tmpfs rw,nosuid 0 0',
    'shm /dev/shm tmpfs rw,noexec 0 0',
    'tmpfs /dev/shm tmpfs rw,relatime,size=24684092k 0 0',
    '',
  ].join('\n');

  it('say how the uppermost one on a folder may be used', () => {
    expect(mountOptionsOf('/dev/shm', mounts)).toBe('rw,relatime,size=24684092k');
  });

  it('know nothing of a folder that is no mount', () => {
    expect(mountOptionsOf('/dev/sh', mounts)).toBeNull();
  });
});
