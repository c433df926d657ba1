/** Setting up in a state folder of its own; the gateway that applies it is in real-guard-setup.test.ts. */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildGatewayPlugin } from '../../../../build/gateway-plugin.ts';
import type { GuardSetupInput } from '../../../contract/guard/guard-view.ts';
import { formatPolicy, emptyPolicy } from '../../../contract/guard/policy.ts';
import type { Result } from '../../../contract/result.ts';
import type { GuardInstaller } from '../../../core/guard-ports.ts';
import { silentLogger } from '../../../core/gateway/outside.double.ts';
import { createGatewayConfigFile } from '../gateway-config/gateway-config-file.ts';
import { createGuardInstaller } from './guard-installer.ts';

const strict = (account = 'default', action: GuardSetupInput['action'] = 'install'): GuardSetupInput => ({
  part: 'strict',
  account,
  action,
});
const plugin = (action: GuardSetupInput['action'] = 'install'): GuardSetupInput => ({
  part: 'plugin',
  action,
});

let built: string;
let root: string;
let bundle: string;
let stateDir: string;
let configPath: string;
let imsg: string;
let guard: GuardInstaller;

beforeAll(async () => {
  built = await buildGatewayPlugin(mkdtempSync(join(tmpdir(), 'portcullis-built-')));
});
afterAll(() => {
  rmSync(built, { recursive: true, force: true });
});
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'portcullis-setup-'));
  stateDir = join(root, 'state');
  bundle = join(root, 'bundle');
  cpSync(built, bundle, { recursive: true });
  mkdirSync(stateDir);
  imsg = join(root, 'imsg');
  // Everything it is told ends up in one file; `imsg rpc` lives until its input ends.
  writeFileSync(imsg, `#!/bin/sh\nexec >> '${root}/told'\necho "$@"\n[ "$1" = rpc ] && exec cat\n`);
  chmodSync(imsg, 0o755);
  configPath = join(stateDir, 'openclaw.json');
  guard = installer();
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function installer(env: NodeJS.ProcessEnv = {}): GuardInstaller {
  return createGuardInstaller({
    logger: silentLogger,
    env: { ...process.env, OPENCLAW_STATE_DIR: stateDir, OPENCLAW_CONFIG_PATH: configPath, ...env },
    platform: process.platform,
    home: root,
    bundle,
    config: createGatewayConfigFile({ configPath: () => configPath, logger: silentLogger }),
    now: Date.now,
  });
}

function writeConfig(value: object): string {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  writeFileSync(configPath, text);
  return text;
}

const text = (): string => readFileSync(configPath, 'utf8');
const config = (): unknown => JSON.parse(text());
const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};
const messageOf = (result: Result<unknown>): string => (result.ok ? 'accepted' : result.error.message);

/** @returns the plan's id */
async function apply(input: GuardSetupInput): Promise<string> {
  const { id } = valueOf(await guard.plan(input));
  valueOf(await guard.apply(id, () => undefined));
  return id;
}

async function strictStates(): Promise<Record<string, string>> {
  const { accounts } = valueOf(await guard.inspect());
  return Object.fromEntries(accounts.map((each) => [`${each.channel}/${each.account}`, each.strict]));
}

function changeBundle(name: string): void {
  writeFileSync(join(bundle, name), `${readFileSync(join(bundle, name), 'utf8')}\n// another build\n`);
}

/** Everything in the guard's folder, with contents. */
function guardFiles(): readonly string[] {
  const folder = join(stateDir, 'portcullis-guard');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => `${path} ${readFileSync(path, 'utf8')}`)
    .sort();
}

describe('the plugin', () => {
  it('is previewed exactly, put in place privately, and removed to the same bytes', async () => {
    const before = writeConfig({ plugins: { allow: ['imessage'] }, channels: {} });
    const plan = valueOf(await guard.plan(plugin()));
    expect(text()).toBe(before);
    const folder = dirname(plan.files[0]?.path ?? '');
    expect(plan).toMatchObject({
      configPath,
      restartsChannel: false,
      config: [
        { path: 'plugins.load.paths', before: null, after: JSON.stringify([folder]) },
        { path: 'plugins.entries.portcullis-guard', before: null, after: '{"enabled":true}' },
        { path: 'plugins.allow', before: '["imessage"]', after: '["imessage","portcullis-guard"]' },
      ],
    });
    const steps: string[] = [];
    valueOf(await guard.apply(plan.id, (step) => steps.push(step)));
    expect(steps).toEqual(['files', 'config']);
    expect(plan.files.map(({ path, change }) => [existsSync(path), change])).toEqual(
      Array.from({ length: 4 }, () => [true, 'created']),
    );
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(messageOf(await guard.plan(plugin()))).toContain('in place already');

    await apply(plugin('remove'));
    expect([text(), guardFiles()]).toEqual([before, []]);
    expect(messageOf(await guard.plan(plugin('remove')))).toContain('nothing of it left');
  });

  it('is updated to another folder, and still removed to the bytes before the first install', async () => {
    const before = writeConfig({ gateway: {}, plugins: { load: { paths: ['/mine'] } } });
    await apply(plugin());
    const first = text();
    changeBundle('index.js');
    await apply(plugin('update'));
    expect(text()).not.toBe(first);
    expect(config()).toMatchObject({ plugins: { load: { paths: ['/mine', expect.any(String)] } } });
    await apply(plugin('remove'));
    expect([text(), guardFiles()]).toEqual([before, []]);
  });

  it('is removed without touching what others changed meanwhile, and leaves the rules', async () => {
    writeConfig({ plugins: { entries: {} } });
    await apply(plugin());
    const rules = join(stateDir, 'portcullis-guard/policy.json');
    writeFileSync(rules, formatPolicy(emptyPolicy));
    const changed = config() as { plugins: { entries: Record<string, unknown>; load: { paths: string[] } } };
    changed.plugins.entries['portcullis-guard'] = { enabled: true, config: { holdSeconds: 5 } };
    changed.plugins.load.paths.unshift('/theirs');
    writeConfig({ ...changed, theirs: 1 });
    await apply(plugin('remove'));
    expect(config()).toEqual({ plugins: { entries: {}, load: { paths: ['/theirs'] } }, theirs: 1 });
    expect(guardFiles()).toEqual([`${rules} ${formatPolicy(emptyPolicy)}`]);
  });

  it('takes the place of a copy that was linked by hand, and gives it back', async () => {
    const before = writeConfig({ plugins: { load: { paths: [built] } } });
    const id = await apply(plugin());
    expect(text()).not.toContain(JSON.stringify(built));
    valueOf(await guard.undo(id));
    expect([text(), guardFiles()]).toEqual([before, []]);
  });

  it.each([
    ['plugins are off', { plugins: { enabled: false } }, 'plugins.enabled'],
    ['it is denied', { plugins: { deny: ['portcullis-guard'] } }, 'plugins.deny'],
  ])('is not installed where %s', async (_name, value, message) => {
    const before = writeConfig(value);
    expect(messageOf(await guard.plan(plugin()))).toContain(message);
    expect([text(), guardFiles()]).toEqual([before, []]);
  });

  it('is not installed where somebody else manages the config, or by an app that brings none', async () => {
    writeConfig({});
    expect(messageOf(await installer({ OPENCLAW_NIX_MODE: '1' }).plan(plugin()))).toContain('Nix');
    rmSync(bundle, { recursive: true });
    expect(installer().pluginVersion).toBe('');
    expect(messageOf(await guard.plan(plugin()))).toContain('brings no send guard');
  });
});

describe('strict mode', () => {
  it('is switched on and off to the same bytes', async () => {
    const before = writeConfig({ channels: { imessage: { cliPath: imsg } } });
    expect(await strictStates()).toEqual({ 'imessage/default': 'off' });
    const plan = valueOf(await guard.plan(strict()));
    expect(plan).toMatchObject({ restartsChannel: true, config: [{ path: 'channels.imessage.cliPath' }] });
    valueOf(await guard.apply(plan.id, () => undefined));
    expect(await strictStates()).toEqual({ 'imessage/default': 'on' });
    await apply(strict('default', 'remove'));
    expect([text(), guardFiles()]).toEqual([before, []]);
  });

  it('stands in front of one account only, also where accounts inherit from the channel', async () => {
    const before = writeConfig({ channels: { imessage: { cliPath: imsg, accounts: { work: {} } } } });
    await apply(strict('work'));
    expect(await strictStates()).toEqual({ 'imessage/default': 'off', 'imessage/work': 'on' });
    await apply(strict());
    expect(config()).toMatchObject({ channels: { imessage: { cliPath: imsg } } });
    expect(await strictStates()).toEqual({ 'imessage/default': 'on', 'imessage/work': 'on' });
    await apply(strict('work', 'remove'));
    await apply(strict('default', 'remove'));
    expect([text(), guardFiles()]).toEqual([before, []]);
  });

  it('goes together with the plugin, in any order', async () => {
    const before = writeConfig({ channels: { imessage: { cliPath: imsg } } });
    await apply(plugin());
    await apply(strict());
    await apply(plugin('remove'));
    expect(await strictStates()).toEqual({ 'imessage/default': 'on' });
    await apply(strict('default', 'remove'));
    expect([text(), guardFiles()]).toEqual([before, []]);
  });

  it('is outdated when the app brings another build, and updated with the old cliPath remembered', async () => {
    const before = writeConfig({ channels: { imessage: { cliPath: imsg } } });
    await apply(strict());
    changeBundle('imsg-guard.js');
    expect(await strictStates()).toEqual({ 'imessage/default': 'outdated' });
    await apply(strict('default', 'update'));
    expect(await strictStates()).toEqual({ 'imessage/default': 'on' });
    await apply(strict('default', 'remove'));
    expect([text(), guardFiles()]).toEqual([before, []]);
  });

  it('is mended when its files are damaged', async () => {
    const before = writeConfig({ channels: { imessage: { cliPath: imsg } } });
    await apply(strict());
    const { channels } = config() as { channels: { imessage: { cliPath: string } } };
    rmSync(dirname(channels.imessage.cliPath), { recursive: true });
    expect(await strictStates()).toEqual({ 'imessage/default': 'broken' });
    await apply(strict('default', 'update'));
    expect(await strictStates()).toEqual({ 'imessage/default': 'on' });
    await apply(strict('default', 'remove'));
    expect(text()).toBe(before);
  });

  it('is switched off by what the guard itself knows when the record is damaged, which is kept', async () => {
    const before = writeConfig({ channels: { imessage: { cliPath: imsg } } });
    await apply(strict());
    writeFileSync(join(stateDir, 'portcullis-guard/setup.json'), '{');
    await apply(strict('default', 'remove'));
    expect(text()).toBe(before);
    expect(guardFiles()).toEqual([expect.stringMatching(/setup\.json\.corrupt-\S+ \{$/u) as string]);
  });

  it('is refused in the words of the owner', async () => {
    writeConfig({ channels: { imessage: { cliPath: join(root, 'nowhere') } } });
    expect(messageOf(await guard.plan(strict()))).toContain('Install imsg, or correct cliPath');
    expect(messageOf(await guard.plan(strict('who')))).toBe('OpenClaw has no iMessage account "who".');
    writeFileSync(imsg, '#!/bin/sh\nexec ssh -T bot@mac imsg "$@"\n');
    writeConfig({ channels: { imessage: { cliPath: imsg } } });
    expect(messageOf(await guard.plan(strict()))).toContain('remoteHost');
  });
});

describe('a plan', () => {
  it('is not applied, and no file is left, when somebody changed the config since', async () => {
    writeConfig({ channels: { imessage: { cliPath: imsg } } });
    const plan = valueOf(await guard.plan(strict()));
    const theirs = writeConfig({ channels: { imessage: { cliPath: imsg, dmPolicy: 'open' } } });
    expect(await guard.apply(plan.id, () => undefined)).toMatchObject({ error: { code: 'config-changed' } });
    expect([text(), guardFiles()]).toEqual([theirs, []]);
  });

  it('is applied once', async () => {
    writeConfig({});
    const id = await apply(plugin());
    expect(messageOf(await guard.apply(id, () => undefined))).toContain('not valid any more');
  });

  it.each<[string, GuardSetupInput]>([
    ['an install', strict()],
    ['a removal', strict('default', 'remove')],
  ])('is taken back exactly: %s', async (_name, input) => {
    writeConfig({ channels: { imessage: { cliPath: imsg } } });
    if (input.action === 'remove') await apply(strict());
    const before = [text(), guardFiles()];
    const id = await apply(input);
    expect([text(), guardFiles()]).not.toEqual(before);
    valueOf(await guard.undo(id));
    expect([text(), guardFiles()]).toEqual(before);
  });

  it('is taken back without touching what somebody else wrote meanwhile', async () => {
    writeConfig({ channels: { imessage: { cliPath: imsg } } });
    const id = await apply(strict());
    const { channels } = config() as { channels: { imessage: object } };
    writeConfig({ channels, theirs: true });
    valueOf(await guard.undo(id));
    expect([config(), guardFiles()]).toEqual([
      { channels: { imessage: { cliPath: imsg } }, theirs: true },
      [],
    ]);
  });
});

describe('the self-test of the transport guard', () => {
  it('finds a guard that stops, and never runs anything but a guard', async () => {
    writeConfig({ channels: { imessage: { cliPath: imsg } } });
    expect(await guard.testTransport('default')).toEqual({ ok: true, value: 'not-stopped' });
    expect(existsSync(join(root, 'told'))).toBe(false);
    await apply(strict());
    const account = {
      channel: 'imessage',
      account: 'default',
      unlisted: 'deny',
      allowTo: [],
      denyTo: [],
    } as const;
    const policy = formatPolicy({ ...emptyPolicy, accounts: [{ ...account, pairingReply: 'send' }] });
    writeFileSync(join(stateDir, 'portcullis-guard/policy.json'), policy, { mode: 0o600 });
    expect(await guard.testTransport('default')).toEqual({ ok: true, value: 'stopped' });
    expect(readFileSync(join(root, 'told'), 'utf8')).toBe('rpc --json\n');
  });

  it('finds a program in place of the guard that refuses for a reason of its own', async () => {
    writeConfig({ channels: { imessage: { cliPath: imsg } } });
    await apply(strict());
    const { channels } = config() as { channels: { imessage: { cliPath: string } } };
    writeFileSync(channels.imessage.cliPath, '#!/bin/sh\necho \'{"success":false,"error":"no"}\'\nexit 1\n');
    expect(await guard.testTransport('default')).toEqual({ ok: true, value: 'not-stopped' });
  });
});
