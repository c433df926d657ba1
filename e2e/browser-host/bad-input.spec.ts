/** Hostile names: the app stays up, shows them for what they are, and lets nobody in by accident. */
import { notificationAbout } from '../fixtures/arrivals.ts';
import { expectSoon } from '../fixtures/expect-soon.ts';
import { expect, test } from '../fixtures/test.ts';

test('a hostile name is shown for what it is and cannot be approved from its notification', async ({
  app: { window },
  arrivals,
  operator,
  keepPicture,
}) => {
  const visible = 'Zz-hostile';
  const hostile = `${visible}\u202Etnega\u200B<b>bold</b><img src=x>${'W'.repeat(10_000)}`;
  const device = await arrivals.deviceShownAs(visible, hostile);
  const notification = await notificationAbout(visible);
  expect(notification.buttons).toEqual(['Open', 'Deny', 'Review…']);
  expect(notification.texts.join('\n')).toContain('⟨U+202E⟩tnega⟨U+200B⟩<b>bold</b>');

  const card = window.card(visible);
  await expect(card.getByText('Take a close look at this name')).toBeVisible();
  await expect(card.getByText('⟨U+202E⟩')).not.toHaveCount(0);
  await expect(window.page.locator('img')).toHaveCount(0);
  await window.expectNoSidewaysScroll();
  await window.expectConnected();
  await keepPicture('hostile-name');
  await card.getByRole('button', { name: 'Deny' }).click();
  await expectSoon(() => operator.decisionOn(device.requestId)).toBe('rejected');
});
