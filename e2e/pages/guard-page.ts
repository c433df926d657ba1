/** The page that sets the send guard up, as its owner works with it. */
import { expect, type Locator, type Page } from '@playwright/test';
import { previewedValues } from './config-preview.ts';

export class GuardPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Guard', exact: true }).click();
    await expect(this.#page.getByRole('heading', { level: 2, name: 'Send guard' })).toBeVisible();
  }

  section(name: 'Guard plugin' | 'Strict mode for iMessage' | 'Does it work?'): Locator {
    return this.#page.getByRole('region', { name });
  }

  get dialog(): Locator {
    return this.#page.getByRole('alertdialog');
  }

  /** What the preview says each value of the config will be; undefined where it is removed. */
  async previewedValues(): Promise<Readonly<Record<string, unknown>>> {
    return previewedValues(this.dialog);
  }

  /** Paths of the files the preview names. */
  async previewedFiles(): Promise<readonly string[]> {
    return this.dialog.getByRole('listitem').locator('code').allTextContents();
  }

  async confirm(label: 'Install' | 'Remove' | 'Switch on' | 'Switch off'): Promise<void> {
    const button = this.dialog.getByRole('button', { name: label });
    await expect(button).not.toHaveAttribute('aria-disabled');
    await button.click();
    await expect(this.dialog).toHaveCount(0);
  }

  /** The gateway takes its time to take a change over. */
  async expectDone(sentence: string): Promise<void> {
    await expect(this.#page.getByText(sentence)).toBeVisible({ timeout: 90_000 });
  }
}
