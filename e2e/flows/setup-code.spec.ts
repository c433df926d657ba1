/**
 * Pairing a phone with a code: why a gateway makes none, what is shown of one, and that nothing of it stays. Codes are
 * real here, so they are in no picture that is kept, and compared in ways that do not print them. Only what Playwright
 * leaves of a failed run can hold one; its gateway is gone by then.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { phonePairs } from '../../build/demo/visitors.ts';
import { scansAs } from '../fixtures/qr-scanner.ts';
import { expect, test } from '../fixtures/test.ts';
import { PairingDialog } from '../pages/pairing-dialog.ts';
import { PeoplePage } from '../pages/people-page.ts';
import { scanForSecrets } from '../secret-scan/scan.ts';

const address = 'wss://gateway.example';

/** Of the ways to say where phones find the gateway, the one it takes over without starting its channels anew. */
function published(text: string): string {
  const config = JSON.parse(text) as { readonly gateway: object };
  return JSON.stringify({ ...config, gateway: { ...config.gateway, remote: { url: address } } });
}

/** What a code holds besides the address. */
function tokenIn(code: string): string {
  const payload = JSON.parse(Buffer.from(code, 'base64url').toString('utf8')) as { bootstrapToken: string };
  return payload.bootstrapToken;
}

test('a gateway that no phone can reach says so; published, its code pairs one phone and is kept nowhere', async ({
  app,
  gateway,
  operator,
  place,
  inspect,
}) => {
  const { window } = app;
  const people = new PeoplePage(window.page);
  const dialog = new PairingDialog(window.page);
  await people.open();
  await dialog.open();
  await inspect('setup-code-question', { behindDialog: true });
  await dialog.make();
  await expect(dialog.box.getByRole('alert')).toContainText('A phone cannot reach this gateway yet');
  await expect(dialog.box).toContainText('gateway.tailscale.mode');
  await inspect('setup-code-refused', { behindDialog: true });

  const config = await readFile(gateway.configPath, 'utf8');
  await writeFile(gateway.configPath, published(config));
  try {
    // The gateway notices by itself, a moment later.
    await expect(async () => {
      await dialog.box.getByRole('button', { name: 'Try again' }).click();
      await dialog.make();
      await expect(dialog.code.or(dialog.box.getByRole('alert'))).toBeVisible();
      expect(await dialog.code.isVisible()).toBe(true);
    }).toPass();
    await expect(dialog.picture).toBeVisible();
    await expect(dialog.box).toContainText(/Good for (10 min|9 min \d+ s|9:\d\d)/);
    await expect(dialog.box).toContainText(`The phone will connect to ${address}.`);
    const unused = await dialog.code.inputValue();
    for (const colorScheme of ['dark', 'light'] as const) {
      await window.page.emulateMedia({ colorScheme });
      await window.expectAccessible({ behindDialog: true });
      expect(await scansAs(dialog.picture, unused), `scanned in ${colorScheme} colours`).toBe(true);
    }
    await dialog.close();
    await expect(people.section('Devices and nodes')).not.toContainText('(one-time)');
    expect((await window.page.content()).includes(unused)).toBe(false);
    expect(await window.page.getByRole('textbox').evaluateAll((fields) => fields.length)).toBe(0);

    await dialog.open();
    await dialog.make();
    await expect(dialog.picture).toBeVisible();
    const used = await dialog.code.inputValue();
    expect(used === unused).toBe(false);
    const phone = await phonePairs(gateway, used, 'Anna’s phone');
    await expect(dialog.box).toContainText('The phone is paired');
    await expect(dialog.box).toContainText('Anna’s phone is in the list of devices now.');
    await expect(dialog.picture).toHaveCount(0);
    await inspect('setup-code-used', { behindDialog: true });
    await dialog.close();
    expect(await operator.pairedIds()).toContain(phone);
    await expect(people.device('Anna’s phone')).toBeVisible();
    expect((await operator.pairedNames()).filter((name) => name.includes('(one-time)'))).toEqual([]);

    const secrets = [unused, used].flatMap((code) => [code, tokenIn(code)]);
    const roots = [place.dataDir, place.tempDir];
    const { findings, read } = await scanForSecrets({ secrets, roots, processes: [app.pid] });
    expect(findings).toEqual([]);
    // At the least the log, the journal, and the arguments and environment of the app.
    expect(read).toBeGreaterThanOrEqual(4);
  } finally {
    await writeFile(gateway.configPath, config);
  }
});
