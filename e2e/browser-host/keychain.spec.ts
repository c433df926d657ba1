/** Without a keychain, and with a locked one: said plainly, and the owner can go on for this session. */
import { deviceAsksToPair } from '../../build/demo/visitors.ts';
import { lockKeyring, startPart, stopPart, unlockKeyring } from '../desktop/bench.ts';
import { expect, test } from '../fixtures/test.ts';

test('without a keychain Portcullis works, and says that keys are gone when it quits', async ({
  gateway,
  operator,
  startApp,
}) => {
  await operator.clear();
  await stopPart('keyring');
  try {
    const { window } = await startApp();
    await window.expectConnected();
    await expect(window.page.getByText('Credentials are kept in memory only')).toBeVisible();
    const device = await deviceAsksToPair(gateway, { name: 'Without keychain', scopes: ['operator.read'] });
    await window.approve('Without keychain');
    await window.expectAnswered('Without keychain', 'Approved');
    expect(operator.decisionOn(device.requestId)).toBe('approved');
  } finally {
    await startPart('keyring');
  }
});

test('a locked keychain is explained, and the session can go on without it', async ({
  operator,
  startApp,
}) => {
  await operator.clear();
  await lockKeyring();
  try {
    const { window } = await startApp();
    await expect(window.page.getByText('The keychain is locked')).toBeVisible();
    await expect(window.header).not.toContainText('Connected');
    await window.page.getByRole('button', { name: 'Continue for this session' }).click();
    await window.expectConnected();
    await expect(window.page.getByText('Credentials are kept in memory only')).toBeVisible();
  } finally {
    await unlockKeyring();
  }
});

test('an owner who has unlocked the keychain tries again and is connected', async ({
  operator,
  startApp,
}) => {
  await operator.clear();
  await lockKeyring();
  try {
    const { window } = await startApp();
    await expect(window.page.getByText('The keychain is locked')).toBeVisible();
    await unlockKeyring();
    await window.page.getByRole('button', { name: 'Try again' }).click();
    await window.expectConnected();
    await expect(window.page.getByText('The keychain is locked')).toHaveCount(0);
  } finally {
    await unlockKeyring();
  }
});
