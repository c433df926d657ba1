/** The page with the send rules, as its owner works with it. */
import { expect, type Locator, type Page } from '@playwright/test';

export class RulesPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Rules', exact: true }).click();
    await expect(this.#page.getByRole('region', { name: 'All rules' })).toBeVisible();
  }

  rule(to: string): Locator {
    return this.#page
      .getByRole('region', { name: 'All rules' })
      .getByRole('listitem')
      .filter({ hasText: to });
  }

  async add(kind: 'Allow' | 'Deny', recipient: string): Promise<void> {
    await this.#page.getByRole('radio', { name: kind, exact: true }).check();
    await this.#page.getByLabel('Recipient', { exact: true }).fill(recipient);
    await this.#page.getByRole('button', { name: `${kind} this recipient` }).click();
  }

  async remove(to: string): Promise<void> {
    await this.#page.getByRole('button', { name: `Remove ${to}` }).click();
  }

  async undo(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Undo' }).click();
  }

  /** @param choice as the dialog words it */
  async guardAccount(account: string, choice: string): Promise<void> {
    await this.#page.getByRole('button', { name: `Change what ${account} does` }).click();
    const dialog = this.#page.getByRole('alertdialog');
    await dialog.getByRole('radio', { name: choice }).check();
    const save = dialog.getByRole('button', { name: 'Save' });
    await expect(save).not.toHaveAttribute('aria-disabled');
    await save.click();
    await expect(dialog).toHaveCount(0);
  }
}
