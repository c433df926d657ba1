/** The part of the settings about quiet hours, as its owner works with it. */
import { expect, type Locator, type Page } from '@playwright/test';

export class QuietHoursSettings {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async switchOn(): Promise<void> {
    await this.#turn(this.#switch, true);
  }

  async switchOff(): Promise<void> {
    await this.#turn(this.#switch, false);
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
    const exceptions = this.#page.getByRole('group', { name: 'May pop up all the same' });
    await this.#turn(exceptions.getByRole('switch', { name: kind }), true);
  }

  get #switch(): Locator {
    return this.#page.getByRole('switch', { name: 'Quiet hours' });
  }

  /** A switch shows the new state only once it is saved, so `setChecked`, which looks at once, may give up too early. */
  async #turn(target: Locator, on: boolean): Promise<void> {
    await expect(target).toBeChecked({ checked: !on });
    await target.click();
    await expect(target).toBeChecked({ checked: on });
    await this.#saved();
  }

  async #saved(): Promise<void> {
    await expect(this.#page.getByText('Saved', { exact: true })).toBeVisible();
  }
}
