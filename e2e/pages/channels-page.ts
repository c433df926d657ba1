/** The page with the channel policies, as its owner works with it. */
import { expect, type Locator, type Page } from '@playwright/test';
import { previewedValues } from './config-preview.ts';

/** A changed channel is away for some seconds, on a busy machine for more; after 90 s the app itself gives up. */
const liveMs = 120_000;

export class ChannelsPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Channels', exact: true }).click();
    await expect(this.#page.getByRole('heading', { level: 2, name: 'Channels' })).toBeVisible();
  }

  /** @param account e.g. `iMessage (work)` */
  account(account: string): Locator {
    return this.#page.getByRole('region', { name: account, exact: true });
  }

  /** What the page says about one setting, e.g. `allowFrom`. */
  setting(account: string, key: string): Locator {
    return this.account(account)
      .locator('div')
      .filter({ has: this.#page.locator('dt', { hasText: key }) })
      .locator('dd')
      .first();
  }

  /** @returns the form */
  async edit(account: string): Promise<Locator> {
    await this.account(account)
      .getByRole('button', { name: /^Change…/ })
      .click();
    return this.account(account).locator('form');
  }

  async add(form: Locator, list: 'May write' | 'May write in groups', entry: string): Promise<void> {
    await form.getByLabel(`Add to “${list}”`, { exact: true }).fill(entry);
    await form.getByRole('button', { name: `Add to “${list}” now` }).click();
  }

  get dialog(): Locator {
    return this.#page.getByRole('alertdialog');
  }

  async preview(form: Locator): Promise<void> {
    await form.getByRole('button', { name: 'Preview…' }).click();
    await expect(this.dialog.getByText('Looking at the gateway’s config…')).toHaveCount(0);
  }

  async previewedChanges(): Promise<Readonly<Record<string, unknown>>> {
    return previewedValues(this.dialog);
  }

  async confirm(label: 'Apply' | 'Undo'): Promise<void> {
    const button = this.dialog.getByRole('button', { name: label, exact: true });
    await expect(button).not.toHaveAttribute('aria-disabled');
    await button.click();
    await expect(this.dialog).toHaveCount(0);
  }

  /** @param what the change was about, e.g. `iMessage (work)` */
  async expectChanged(what: string): Promise<void> {
    await expect(this.#page.getByText(`Changed: ${what}`, { exact: true })).toBeVisible({ timeout: liveMs });
  }

  /** Newest first. */
  get history(): Locator {
    return this.#page.getByRole('region', { name: 'Changes made by Portcullis' }).getByRole('listitem');
  }
}
