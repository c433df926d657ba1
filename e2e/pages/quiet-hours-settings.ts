/** The part of the settings about quiet hours, as its owner works with it. */
import { expect, type Locator, type Page } from '@playwright/test';

export class QuietHoursSettings {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async switchOn(): Promise<void> {
    await this.#switch.setChecked(true);
    await this.#saved();
  }

  async switchOff(): Promise<void> {
    await this.#switch.setChecked(false);
    await this.#saved();
  }

  /** @param time as a time field takes it, e.g. `07:05` */
  async begin(time: string): Promise<void> {
    await this.#page.getByLabel('From', { exact: true }).fill(time);
    await this.#saved();
  }

  async end(time: string): Promise<void> {
    await this.#page.getByLabel('To', { exact: true }).fill(time);
    await this.#saved();
  }

  /** @param kind e.g. `Devices and nodes` */
  async letThrough(kind: string): Promise<void> {
    await this.#page
      .getByRole('group', { name: 'May pop up all the same' })
      .getByRole('switch', { name: kind })
      .setChecked(true);
    await this.#saved();
  }

  get #switch(): Locator {
    return this.#page.getByRole('switch', { name: 'Quiet hours' });
  }

  async #saved(): Promise<void> {
    await expect(this.#page.getByText('Saved', { exact: true })).toBeVisible();
  }
}
