/** The page with people, devices and nodes, as its owner works with it. */
import { expect, type Locator, type Page } from '@playwright/test';

export class PeoplePage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Resolves when the lists have been read. */
  async open(): Promise<void> {
    await this.#page.getByRole('button', { name: 'People', exact: true }).click();
    await expect(this.section('Devices and nodes')).toBeVisible();
  }

  section(name: 'Devices and nodes' | 'Chat contacts' | 'Blocked people'): Locator {
    return this.#page.getByRole('region', { name, exact: true });
  }

  device(name: string): Locator {
    return this.section('Devices and nodes').getByRole('listitem', { name, exact: true });
  }

  /** The line of the Portcullis under test. */
  get own(): Locator {
    return this.section('Devices and nodes').getByRole('listitem').filter({ hasText: 'This Portcullis' });
  }

  contact(shown: string): Locator {
    return this.section('Chat contacts').getByRole('listitem', { name: shown });
  }

  blocked(shown: string): Locator {
    return this.section('Blocked people').getByRole('listitem', { name: shown });
  }

  get dialog(): Locator {
    return this.#page.getByRole('alertdialog');
  }

  async filter(choice: 'All' | 'Not seen for 90 days' | 'Admins'): Promise<void> {
    await this.section('Devices and nodes').getByRole('radio', { name: choice, exact: true }).click();
  }

  async openDetails(device: Locator): Promise<void> {
    await device.getByRole('button', { name: /^Details/ }).click();
  }

  async rename(name: string, next: string): Promise<void> {
    await this.device(name).getByLabel('New name').fill(next);
    await this.device(name).getByRole('button', { name: 'Rename' }).click();
    await expect(this.device(next)).toBeVisible();
  }

  async select(...names: readonly string[]): Promise<void> {
    for (const name of names)
      await this.device(name)
        .getByRole('checkbox', { name: `Select ${name}` })
        .click();
  }

  /** Once the dialog takes it: a double click on what opened it must not confirm. */
  async confirm(label: string): Promise<void> {
    const button = this.dialog.getByRole('button', { name: label, exact: true });
    await expect(button).not.toHaveAttribute('aria-disabled');
    await button.click();
    await expect(this.dialog).toHaveCount(0);
  }
}
