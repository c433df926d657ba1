/** Setting up in a state folder of its own; the gateway that applies it is in real-guard-setup.test.ts. */
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { GuardSetupInput } from '../../../contract/guard/guard-view.ts';
import { emptyPolicy, formatPolicy } from '../../../contract/guard/policy.ts';
import { messageOf, plugin, strict, useSetupBench, valueOf, type SetupBench } from './setup-bench.fixture.ts';

let built: string;
let bench: SetupBench;

useSetupBench((...given) => {
  [bench, built] = given;
});

describe('the plugin', () => {
  it('is previewed exactly, put in place privately, and removed to the same bytes', async () => {
    const before = bench.writeConfig({ plugins: { allow: ['imessage'] }, channels: {} });
    const plan = valueOf(await bench.guard.plan(plugin()));
    expect(bench.text()).toBe(before);
    const folder = dirname(plan.files[0]?.path ?? '');
    expect(plan).toMatchObject({
      configPath: bench.configPath,
      restartsChannel: false,
      config: [
        { path: 'plugins.load.paths', before: null, after: JSON.stringify([folder]) },
        { path: 'plugins.entries.portcullis-guard', before: null, after: '{"enabled":true}' },
        { path: 'plugins.allow', before: '["imessage"]', after: '["imessage","portcullis-guard"]' },
      ],
    });
    const steps: string[] = [];
    valueOf(await bench.guard.apply(plan.id, (step) => steps.push(step)));
    expect(steps).toEqual(['files', 'config']);
    expect(plan.files.map(({ path, change }) => [existsSync(path), change])).toEqual(
      Array.from({ length: 4 }, () => [true, 'created']),
    );
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(messageOf(await bench.guard.plan(plugin()))).toContain('in place already');

    await bench.apply(plugin('remove'));
    expect([bench.text(), bench.guardFiles()]).toEqual([before, []]);
    expect(messageOf(await bench.guard.plan(plugin('remove')))).toContain('nothing of it left');
  });

  it('is updated to another folder, and still removed to the bytes before the first install', async () => {
    const before = bench.writeConfig({ gateway: {}, plugins: { load: { paths: ['/mine'] } } });
    await bench.apply(plugin());
    const first = bench.text();
    bench.changeBundle('index.js');
    await bench.apply(plugin('update'));
    expect(bench.text()).not.toBe(first);
    expect(bench.config()).toMatchObject({ plugins: { load: { paths: ['/mine', expect.any(String)] } } });
    await bench.apply(plugin('remove'));
    expect([bench.text(), bench.guardFiles()]).toEqual([before, []]);
  });

  it('is removed without touching what others changed meanwhile, and leaves the rules', async () => {
    bench.writeConfig({ plugins: { entries: {} } });
    await bench.apply(plugin());
    const rules = bench.rules;
    writeFileSync(rules, formatPolicy(emptyPolicy));
    const changed = bench.config() as {
      plugins: { entries: Record<string, unknown>; load: { paths: string[] } };
    };
    changed.plugins.entries['portcullis-guard'] = { enabled: true, config: { holdSeconds: 5 } };
    changed.plugins.load.paths.unshift('/theirs');
    bench.writeConfig({ ...changed, theirs: 1 });
    await bench.apply(plugin('remove'));
    expect(bench.config()).toEqual({ plugins: { entries: {}, load: { paths: ['/theirs'] } }, theirs: 1 });
    expect(bench.guardFiles()).toEqual([`${rules} ${formatPolicy(emptyPolicy)}`]);
  });

  it('takes the place of a copy that was linked by hand, and gives it back', async () => {
    const before = bench.writeConfig({ plugins: { load: { paths: [built] } } });
    const id = await bench.apply(plugin());
    expect(bench.text()).not.toContain(JSON.stringify(built));
    valueOf(await bench.guard.undo(id));
    expect([bench.text(), bench.guardFiles()]).toEqual([before, []]);
  });

  it('is remembered when an older config comes back, set up again, and forgotten when the owner leaves it', async () => {
    const before = bench.writeConfig({ meta: { lastTouchedVersion: '2026.9.6' }, gateway: {} });
    const setUp = async () => valueOf(await bench.guard.inspect()).setUp;
    expect(await setUp()).toEqual([]);
    await bench.apply(plugin());
    const guarded = bench.text();
    writeFileSync(bench.configPath, before);
    expect(await setUp()).toEqual([{ part: 'plugin' }]);
    await bench.apply(plugin());
    expect([bench.text(), await setUp()]).toEqual([guarded, [{ part: 'plugin' }]]);
    writeFileSync(bench.configPath, before);
    await bench.apply(plugin('remove'));
    expect([bench.text(), bench.guardFiles(), await setUp()]).toEqual([before, [], []]);
  });

  it('whose files are gone as well can still be left out for good', async () => {
    const before = bench.writeConfig({ gateway: {} });
    await bench.apply(plugin());
    writeFileSync(bench.configPath, before);
    rmSync(join(dirname(bench.rules), 'plugin'), { recursive: true });
    await bench.apply(plugin('remove'));
    expect([bench.text(), bench.guardFiles()]).toEqual([before, []]);
    expect(messageOf(await bench.guard.plan(plugin('remove')))).toContain('nothing of it left');
  });

  it.each([
    ['plugins are off', { plugins: { enabled: false } }, 'plugins.enabled'],
    ['it is denied', { plugins: { deny: ['portcullis-guard'] } }, 'plugins.deny'],
  ])('is not installed where %s', async (_name, value, message) => {
    const before = bench.writeConfig(value);
    expect(messageOf(await bench.guard.plan(plugin()))).toContain(message);
    expect([bench.text(), bench.guardFiles()]).toEqual([before, []]);
  });

  it('is not installed where somebody else manages the config, or by an app that brings none', async () => {
    bench.writeConfig({});
    expect(messageOf(await bench.installer({ OPENCLAW_NIX_MODE: '1' }).plan(plugin()))).toContain('Nix');
    rmSync(bench.bundle, { recursive: true });
    expect(bench.installer({}).pluginVersion).toBe('');
    expect(messageOf(await bench.guard.plan(plugin()))).toContain('brings no send guard');
  });
});

describe('a plan', () => {
  it('is not applied, and no file is left, when somebody changed the config since', async () => {
    bench.writeConfig({ channels: { imessage: { cliPath: bench.imsg } } });
    const plan = valueOf(await bench.guard.plan(strict()));
    const theirs = bench.writeConfig({ channels: { imessage: { cliPath: bench.imsg, dmPolicy: 'open' } } });
    expect(await bench.guard.apply(plan.id, () => undefined)).toMatchObject({
      error: { code: 'config-changed' },
    });
    expect([bench.text(), bench.guardFiles()]).toEqual([theirs, []]);
  });

  it('is applied once', async () => {
    bench.writeConfig({});
    const id = await bench.apply(plugin());
    expect(messageOf(await bench.guard.apply(id, () => undefined))).toContain('not valid any more');
  });

  it.each<[string, GuardSetupInput]>([
    ['an install', strict()],
    ['a removal', strict('default', 'remove')],
  ])('is taken back exactly: %s', async (_name, input) => {
    bench.writeConfig({ channels: { imessage: { cliPath: bench.imsg } } });
    if (input.action === 'remove') await bench.apply(strict());
    const before = [bench.text(), bench.guardFiles()];
    const id = await bench.apply(input);
    expect([bench.text(), bench.guardFiles()]).not.toEqual(before);
    valueOf(await bench.guard.undo(id));
    expect([bench.text(), bench.guardFiles()]).toEqual(before);
  });

  it('is taken back without touching what somebody else wrote meanwhile', async () => {
    bench.writeConfig({ channels: { imessage: { cliPath: bench.imsg } } });
    const id = await bench.apply(strict());
    const { channels } = bench.config() as { channels: { imessage: object } };
    bench.writeConfig({ channels, theirs: true });
    valueOf(await bench.guard.undo(id));
    expect([bench.config(), bench.guardFiles()]).toEqual([
      { channels: { imessage: { cliPath: bench.imsg } }, theirs: true },
      [],
    ]);
  });
});
