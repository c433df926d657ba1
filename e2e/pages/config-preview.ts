/** The part of a preview that shows exactly what changes in the gateway's config. */
import { expect, type Locator } from '@playwright/test';

/** What the preview says each value of the config will be; undefined where it is removed. */
export async function previewedValues(dialog: Locator): Promise<Readonly<Record<string, unknown>>> {
  await expect(dialog.getByRole('group').first()).toBeVisible();
  const values: Record<string, unknown> = {};
  for (const change of await dialog.getByRole('group', { name: /^Change of / }).all()) {
    const path = (await change.getAttribute('aria-label'))?.replace('Change of ', '') ?? '';
    const text = ((await change.textContent()) ?? '')
      .split('\n')
      .filter((line) => !line.startsWith('- '))
      .map((line) => line.slice(2).replace(/^after: /, ''))
      .join('\n');
    values[path] = text.trim() === '' ? undefined : (JSON.parse(text) as unknown);
  }
  return values;
}
