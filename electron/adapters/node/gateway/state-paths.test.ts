import { describe, expect, it } from 'vitest';
import { resolveStatePaths } from './state-paths.ts';

const rows: readonly [env: NodeJS.ProcessEnv, stateDir: string, configPath?: string][] = [
  [{}, '/home/sam/.openclaw'],
  [{ HOME: '/h' }, '/h/.openclaw'],
  [{ USERPROFILE: '/u' }, '/u/.openclaw'],
  [{ HOME: '/h', OPENCLAW_HOME: '/o' }, '/o/.openclaw'],
  [{ HOME: '/h', OPENCLAW_HOME: '~/o' }, '/h/o/.openclaw'],
  [{ HOME: '/h', OPENCLAW_HOME: '  ' }, '/h/.openclaw'],
  [{ HOME: '/h', OPENCLAW_PROFILE: 'work' }, '/h/.openclaw-work'],
  [{ HOME: '/h', OPENCLAW_PROFILE: 'Default' }, '/h/.openclaw'],
  [{ HOME: '/h', OPENCLAW_STATE_DIR: '~/state' }, '/h/state'],
  [{ HOME: '/h', OPENCLAW_STATE_DIR: '/s', OPENCLAW_PROFILE: 'work' }, '/s'],
  [{ HOME: '/h', OPENCLAW_CONFIG_PATH: '~/c.json' }, '/h/.openclaw', '/h/c.json'],
  [{ HOME: '/h', OPENCLAW_STATE_DIR: '/s', OPENCLAW_CONFIG_PATH: '/c/x.json' }, '/s', '/c/x.json'],
];

describe('resolveStatePaths', () => {
  it.each(rows)('%j', (env, stateDir, configPath = `${stateDir}/openclaw.json`) => {
    const paths = resolveStatePaths({ env, home: '/home/sam', exists: () => false });
    expect(paths).toEqual({ stateDir, configPath });
  });

  it('falls back to the folder of older releases while only that exists', () => {
    const exists = (path: string): boolean => path.endsWith('.clawdbot');
    expect(resolveStatePaths({ env: {}, home: '/h', exists }).stateDir).toBe('/h/.clawdbot');
  });
});
