/** The settings, as their owner works with them. */
import { expect, type Locator, type Page } from '@playwright/test';

export class SettingsPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Settings', exact: true }).click();
    await expect(this.#page.getByRole('heading', { level: 2, name: 'Settings' })).toBeVisible();
  }

  section(name: 'Gateway' | 'Notifications' | 'Appearance' | 'This computer'): Locator {
    return this.#page.getByRole('region', { name });
  }

  get dialog(): Locator {
    return this.#page.getByRole('alertdialog');
  }

  profile(name: string): Locator {
    return this.#page
      .getByRole('list', { name: 'Remembered gateways' })
      .getByRole('listitem')
      .filter({ hasText: name });
  }

  /** Resolves when the app has it on disk. */
  async switch(label: string, on: boolean): Promise<void> {
    const toggle = this.section('Notifications').getByRole('switch', { name: label });
    await expect(toggle).toBeChecked({ checked: !on });
    await toggle.click();
    await this.#saved('Notifications');
    await expect(toggle).toBeChecked({ checked: on });
  }

  async choose(section: 'Notifications' | 'Appearance', choice: string): Promise<void> {
    await this.section(section).getByRole('radio', { name: choice, exact: true }).click();
    await this.#saved(section);
  }

  /** @param from,to minutes since midnight */
  async setQuietHours(from: number, to: number): Promise<void> {
    await this.switch('Quiet hours', true);
    for (const [label, minute] of [
      ['From', from],
      ['To', to],
    ] as const) {
      await this.section('Notifications').getByLabel(label, { exact: true }).fill(asTime(minute));
      await this.#saved('Notifications');
    }
  }

  async useRemoteGateway(url: string): Promise<void> {
    const gateway = this.section('Gateway');
    await gateway.getByRole('radio', { name: 'Remote' }).click();
    await gateway.getByLabel('Address').fill(url);
    await gateway.getByRole('button', { name: 'Use this gateway' }).click();
  }

  async rememberGateway(name: string): Promise<void> {
    await this.section('Gateway').getByLabel('Remember the gateway in use as').fill(name);
    await this.section('Gateway').getByRole('button', { name: 'Remember' }).click();
    await expect(this.profile(name)).toContainText('In use');
  }

  async useProfile(name: string): Promise<void> {
    await this.#page.getByRole('button', { name: `Use ${name}` }).click();
    await expect(this.profile(name)).toContainText('In use');
  }

  /** The owner picks this file. */
  async loadFile(content: string): Promise<void> {
    const file = { name: 'settings.json', mimeType: 'application/json', buffer: Buffer.from(content) };
    await this.#page.getByLabel('Settings file').setInputFiles(file);
  }

  /** @returns the file the owner keeps */
  async saveFile(): Promise<{ readonly name: string; readonly path: string }> {
    const beginning = this.#page.waitForEvent('download');
    await this.#page.getByRole('button', { name: 'Save settings to a file' }).click();
    const download = await beginning;
    return { name: download.suggestedFilename(), path: await download.path() };
  }

  async #saved(section: 'Notifications' | 'Appearance'): Promise<void> {
    await expect(this.section(section).getByText('Saved', { exact: true })).toBeVisible();
  }
}

function asTime(minute: number): string {
  const day = 24 * 60;
  const within = ((minute % day) + day) % day;
  return [Math.floor(within / 60), within % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
