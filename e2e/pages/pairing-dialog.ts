/** The dialog that pairs a phone, as the owner sees it. */
import { expect, type Locator, type Page } from '@playwright/test';

export class PairingDialog {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** From the page with people and devices. */
  async open(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Pair a phone…' }).click();
    await expect(this.box).toContainText('Portcullis asks the gateway for a code.');
  }

  get box(): Locator {
    return this.#page.getByRole('alertdialog');
  }

  get picture(): Locator {
    return this.#page.getByRole('img', { name: 'QR code for the phone' });
  }

  get code(): Locator {
    return this.box.getByLabel('The code as text');
  }

  /** Once the dialog takes it: a double click on what opened it must not make a code. */
  async make(): Promise<void> {
    const button = this.box.getByRole('button', { name: 'Make a code' });
    await expect(button).not.toHaveAttribute('aria-disabled');
    await button.click();
  }

  async close(): Promise<void> {
    await this.box.getByRole('button', { name: 'Close' }).click();
    await expect(this.box).toHaveCount(0);
  }
}
