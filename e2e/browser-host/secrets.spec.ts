/** No secret is anywhere but in the keychain: not in files, file names, arguments or environments of our processes. */
import { mkdir, readFile } from 'node:fs/promises';
import { artifactPath, pressNotificationButton } from '../desktop/bench.ts';
import { addressesOpened, openAddress } from '../fixtures/browser-app.ts';
import { expectSoon } from '../fixtures/expect-soon.ts';
import { expect, test } from '../fixtures/guarded.ts';
import { keptDeviceToken, keptIdentity } from '../fixtures/keychain-items.ts';
import { StoppedMessage } from '../pages/stopped-message.ts';
import { scanForSecrets } from '../secret-scan/scan.ts';

function bodyOf(pem: string): string {
  return pem.replaceAll(/-----[^-]+-----|\s/g, '');
}

test('after answering over every way, no secret is found anywhere', async ({
  app,
  arrivals,
  assistant,
  context,
  gateway,
  place,
}) => {
  await arrivals.contact('+15551230701');
  await app.window.expectArmed('+15551230701');
  await pressNotificationButton('Open', { containing: '+15551230701' });
  await expectSoon(() => app.timesOpened()).toBe(1);
  const [, address = ''] = await addressesOpened(place);
  const [, openToken = ''] = /#open=([\w-]+)/.exec(await readFile(address, 'utf8')) ?? [];
  await openAddress(await context.newPage(), address);
  await app.window.approve('+15551230701');
  await app.window.expectAnswered('+15551230701', 'Approved');

  await arrivals.node('Secretive node');
  await app.window.approve('Secretive node');
  await app.window.elevationDialog.getByRole('button', { name: 'Approve once' }).click();
  await app.window.expectAnswered('Secretive node', 'Approved');

  // What the assistant wanted to say is nobody's business either, and the guard keeps it in the gateway's folder only.
  const recipient = '+15551244001';
  const confidence = 'The combination is 17-4-39.';
  const sending = assistant.writes(recipient, confidence);
  const message = new StoppedMessage(app.window, recipient);
  await message.showText();
  await expect(message.card).toContainText(confidence);
  await message.answer('Always allow');
  expect(await sending).toEqual({ sent: true });
  await app.window.expectAnswered(recipient, 'Let out');

  const pictures = artifactPath('e2e/browser');
  await mkdir(pictures, { recursive: true });
  const secrets = [
    gateway.token,
    confidence,
    await keptDeviceToken(gateway),
    bodyOf((await keptIdentity(gateway)).privateKeyPem),
    openToken,
  ];
  const running = await scanForSecrets({
    secrets,
    roots: [place.dataDir, place.tempDir, pictures],
    processes: [app.pid],
  });
  expect(running.findings).toEqual([]);
  // At the least the log, and the arguments and environment of the app; there is more in a folder used before.
  expect(running.read).toBeGreaterThanOrEqual(3);

  await app.quit();
  const afterwards = await scanForSecrets({ secrets, roots: [place.dataDir, place.tempDir] });
  expect(afterwards.findings).toEqual([]);
  expect(afterwards.read).toBeGreaterThan(0);
});
