/** The people page: accessible, no sideways scrolling, in light and dark, small and zoomed; its questions as well. */
import { ok } from '../../electron/contract/result.ts';
import type { PeopleView } from '../../electron/contract/people.ts';
import { plain } from '../../renderer/bridge/snapshots.double.ts';
import { contact, device, ownDevice, peopleView } from '../../renderer/people/people.double.ts';
import { screen } from './screens.ts';
import { expect, test, type WindowPage } from './window-page.ts';

async function openPeople(app: WindowPage, view: PeopleView): Promise<void> {
  await app.open(screen('empty'));
  await app.answer('people.list', ok(view));
  await app.page.getByRole('button', { name: 'People' }).click();
  await expect(app.page.getByRole('heading', { name: 'People and devices' })).toBeVisible();
}

const longContact = 'very'.repeat(300);
const few = peopleView({
  contacts: {
    list: [
      contact({ entry: '*', shown: plain('*'), source: 'config', means: 'everyone', removal: 'in-config' }),
      contact({ removal: 'needs-plugin', blocked: true }),
      contact({ entry: longContact, shown: plain(longContact) }),
    ],
    pairingFrom: 'nowhere',
    configRead: false,
  },
  devices: {
    list: [
      ownDevice,
      device({ name: plain(`Моm’s ⟨U+202E⟩ ${'very'.repeat(20)}…`, { altered: true, truncated: true }) }),
    ],
    limited: true,
    offered: true,
    unreadable: 1,
  },
  blocked: { state: 'unavailable', reason: 'no-plugin' },
});

for (const [name, view] of [
  ['people', peopleView()],
  ['people-limited', few],
] as const) {
  test(`${name} is accessible in light and dark and reflows at 320 px`, async ({ app, page }) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await openPeople(app, view);
    await page
      .getByRole('button', { name: /^Details/ })
      .last()
      .click();
    await app.expectAccessible();
    await app.screenshot(`${name}-light`);
    await page.emulateMedia({ colorScheme: 'dark' });
    await app.expectAccessible();
    await app.screenshot(`${name}-dark`);
    await page.setViewportSize({ width: 320, height: 480 });
    await app.expectNoSidewaysScroll();
    await page.setViewportSize({ width: 200, height: 300 });
    await app.expectNoSidewaysScroll();
  });
}

test('the question before several devices are removed names them all and fits 320 px', async ({
  app,
  page,
}) => {
  await openPeople(app, peopleView());
  for (const name of ['Bob’s phone', 'Old laptop'])
    await page.getByRole('checkbox', { name: `Select ${name}` }).click();
  await page.getByRole('button', { name: 'Remove 2 selected…' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('Old laptop');
  await app.expectAccessible({ behindDialog: true });
  await app.screenshot('people-remove-light');
  await page.setViewportSize({ width: 320, height: 400 });
  await app.expectNoSidewaysScroll();
});
