import { describe, expect, it } from 'vitest';
import { dataDirectory } from './data-directory.ts';

describe('the data directory', () => {
  it.each([
    { platform: 'linux', env: {}, home: '/home/eva', expected: '/home/eva/.config/Portcullis' },
    { platform: 'linux', env: { XDG_CONFIG_HOME: '/cfg' }, home: '/home/eva', expected: '/cfg/Portcullis' },
    {
      platform: 'linux',
      env: { XDG_CONFIG_HOME: '' },
      home: '/home/eva',
      expected: '/home/eva/.config/Portcullis',
    },
    {
      platform: 'darwin',
      env: { XDG_CONFIG_HOME: '/cfg' },
      home: '/Users/eva',
      expected: '/Users/eva/Library/Application Support/Portcullis',
    },
    {
      platform: 'win32',
      env: { APPDATA: 'D:\\Roaming' },
      home: 'C:\\Users\\eva',
      expected: 'D:\\Roaming\\Portcullis',
    },
    {
      platform: 'win32',
      env: {},
      home: 'C:\\Users\\eva',
      expected: 'C:\\Users\\eva\\AppData\\Roaming\\Portcullis',
    },
    {
      platform: 'darwin',
      env: { PORTCULLIS_DATA_DIR: '/tmp/demo' },
      home: '/Users/eva',
      expected: '/tmp/demo',
    },
    {
      platform: 'linux',
      env: { PORTCULLIS_DATA_DIR: '' },
      home: '/home/eva',
      expected: '/home/eva/.config/Portcullis',
    },
  ] as const)('on $platform with $env is $expected', ({ platform, env, home, expected }) => {
    expect(dataDirectory({ platform, env, home })).toBe(expected);
  });
});
