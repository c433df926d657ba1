/** Strict mode in a state folder of its own: on, off, updated, mended and tested. */
import { chmodSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  closedRules,
  messageOf,
  plugin,
  strict,
  useSetupBench,
  valueOf,
  type SetupBench,
} from './setup-bench.fixture.ts';

let bench: SetupBench;

useSetupBench((given) => {
  bench = given;
});

describe('strict mode', () => {
  it('is switched on and off to the same bytes', async () => {
    const before = bench.writeConfig({ channels: { imessage: { cliPath: bench.imsg } } });
    expect(await bench.strictStates()).toEqual({ 'imessage/default': 'off' });
    const plan = valueOf(await bench.guard.plan(strict()));
    expect(plan).toMatchObject({ restartsChannel: true, config: [{ path: 'channels.imessage.cliPath' }] });
    valueOf(await bench.guard.apply(plan.id, () => undefined));
    expect(await bench.strictStates()).toEqual({ 'imessage/default': 'on' });
    await bench.apply(strict('default', 'remove'));
    expect([bench.text(), bench.guardFiles()]).toEqual([before, []]);
  });

  it('stands in front of one account only, also where accounts inherit from the channel', async () => {
    const before = bench.writeConfig({
      channels: { imessage: { cliPath: bench.imsg, accounts: { work: {} } } },
    });
    await bench.apply(strict('work'));
    expect(await bench.strictStates()).toEqual({ 'imessage/default': 'off', 'imessage/work': 'on' });
    await bench.apply(strict());
    expect(bench.config()).toMatchObject({ channels: { imessage: { cliPath: bench.imsg } } });
    expect(await bench.strictStates()).toEqual({ 'imessage/default': 'on', 'imessage/work': 'on' });
    await bench.apply(strict('work', 'remove'));
    await bench.apply(strict('default', 'remove'));
    expect([bench.text(), bench.guardFiles()]).toEqual([before, []]);
  });

  it('goes together with the plugin, in any order', async () => {
    const before = bench.writeConfig({ channels: { imessage: { cliPath: bench.imsg } } });
    await bench.apply(plugin());
    await bench.apply(strict());
    await bench.apply(plugin('remove'));
    expect(await bench.strictStates()).toEqual({ 'imessage/default': 'on' });
    await bench.apply(strict('default', 'remove'));
    expect([bench.text(), bench.guardFiles()]).toEqual([before, []]);
  });

  it('is remembered for its account when an older config comes back, and keeps OpenClaw’s mark', async () => {
    const meta = { lastTouchedVersion: '2026.9.6' };
    const before = bench.writeConfig({ meta, channels: { imessage: { cliPath: bench.imsg } } });
    await bench.apply(strict());
    expect(bench.config()).toMatchObject({ meta });
    writeFileSync(bench.configPath, before);
    expect(valueOf(await bench.guard.inspect())).toMatchObject({
      accounts: [{ account: 'default', strict: 'off' }],
      setUp: [{ part: 'strict', account: 'default' }],
    });
    await bench.apply(strict());
    expect(await bench.strictStates()).toEqual({ 'imessage/default': 'on' });
    await bench.apply(strict('default', 'remove'));
    expect([bench.text(), bench.guardFiles()]).toEqual([before, []]);
  });

  it('is outdated when the app brings another build, and updated with the old cliPath remembered', async () => {
    const before = bench.writeConfig({ channels: { imessage: { cliPath: bench.imsg } } });
    await bench.apply(strict());
    bench.changeBundle('imsg-guard.js');
    expect(await bench.strictStates()).toEqual({ 'imessage/default': 'outdated' });
    await bench.apply(strict('default', 'update'));
    expect(await bench.strictStates()).toEqual({ 'imessage/default': 'on' });
    await bench.apply(strict('default', 'remove'));
    expect([bench.text(), bench.guardFiles()]).toEqual([before, []]);
  });

  it('is mended when its files are damaged', async () => {
    const before = bench.writeConfig({ channels: { imessage: { cliPath: bench.imsg } } });
    await bench.apply(strict());
    rmSync(dirname(bench.cliPath()), { recursive: true });
    expect(await bench.strictStates()).toEqual({ 'imessage/default': 'broken' });
    await bench.apply(strict('default', 'update'));
    expect(await bench.strictStates()).toEqual({ 'imessage/default': 'on' });
    await bench.apply(strict('default', 'remove'));
    expect(bench.text()).toBe(before);
  });

  it.each<[string, (cliPath: string) => void]>([
    ['without its launcher', (cliPath) => rmSync(cliPath)],
    ['without its program', (cliPath) => rmSync(join(dirname(cliPath), 'imsg-guard.js'))],
    ['without its config', (cliPath) => rmSync(join(dirname(cliPath), 'imsg-guard.json'))],
    ['with a launcher that may not be run', (cliPath) => chmodSync(cliPath, 0o600)],
  ])('%s is mended by an update, and still removed to the same bytes', async (_what, damage) => {
    const before = bench.writeConfig({ channels: { imessage: { cliPath: bench.imsg } } });
    await bench.apply(strict());
    const whole = bench.guardFiles();
    damage(bench.cliPath());
    expect(await bench.strictStates()).toEqual({ 'imessage/default': 'broken' });
    await bench.apply(strict('default', 'update'));
    expect([await bench.strictStates(), bench.guardFiles()]).toEqual([{ 'imessage/default': 'on' }, whole]);
    expect(statSync(bench.cliPath()).mode & 0o777).toBe(0o700);
    expect(messageOf(await bench.guard.plan(strict('default', 'update')))).toContain('in place already');
    await bench.apply(strict('default', 'remove'));
    expect([bench.text(), bench.guardFiles()]).toEqual([before, []]);
  });

  it('that lost its files and the record cannot be mended where nobody knows the imsg behind it', async () => {
    bench.writeConfig({ channels: { imessage: { cliPath: bench.imsg } } });
    await bench.apply(strict());
    rmSync(dirname(bench.cliPath()), { recursive: true });
    rmSync(join(bench.rules, '../setup.json'));
    const guard = bench.installer({ PATH: bench.root + '/nowhere' });
    expect(messageOf(await guard.plan(strict('default', 'update')))).toMatch(
      /Install imsg, or correct cliPath/,
    );
  });

  it('is switched off by what the guard itself knows when the record is damaged, which is kept', async () => {
    const before = bench.writeConfig({ channels: { imessage: { cliPath: bench.imsg } } });
    await bench.apply(strict());
    writeFileSync(join(bench.rules, '../setup.json'), '{');
    await bench.apply(strict('default', 'remove'));
    expect(bench.text()).toBe(before);
    expect(bench.guardFiles()).toEqual([expect.stringMatching(/setup\.json\.corrupt-\S+ \{$/u) as string]);
  });

  it('is refused in the words of the owner', async () => {
    bench.writeConfig({ channels: { imessage: { cliPath: join(bench.root, 'nowhere') } } });
    expect(messageOf(await bench.guard.plan(strict()))).toContain('Install imsg, or correct cliPath');
    expect(messageOf(await bench.guard.plan(strict('who')))).toBe('OpenClaw has no iMessage account "who".');
    writeFileSync(bench.imsg, '#!/bin/sh\nexec ssh -T bot@mac imsg "$@"\n');
    bench.writeConfig({ channels: { imessage: { cliPath: bench.imsg } } });
    expect(messageOf(await bench.guard.plan(strict()))).toContain('remoteHost');
  });
});

describe('the self-test of the transport guard', () => {
  it('finds a guard that stops, and never runs anything but a guard', async () => {
    bench.writeConfig({ channels: { imessage: { cliPath: bench.imsg } } });
    expect(await bench.guard.testTransport('default')).toEqual({ ok: true, value: 'not-stopped' });
    expect(bench.told()).toBe('');
    await bench.apply(strict());
    writeFileSync(bench.rules, closedRules, { mode: 0o600 });
    expect(await bench.guard.testTransport('default')).toEqual({ ok: true, value: 'stopped' });
    expect(bench.told()).toBe('rpc --json\n');
  });

  it('finds a program in place of the guard that refuses for a reason of its own', async () => {
    bench.writeConfig({ channels: { imessage: { cliPath: bench.imsg } } });
    await bench.apply(strict());
    writeFileSync(bench.cliPath(), '#!/bin/sh\necho \'{"success":false,"error":"no"}\'\nexit 1\n');
    expect(await bench.guard.testTransport('default')).toEqual({ ok: true, value: 'not-stopped' });
  });
});
