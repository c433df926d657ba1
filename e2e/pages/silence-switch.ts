/** The switch "Strangers on iMessage" of the usual account, as its owner works with it. */
import { previewedValues } from './config-preview.ts';
import { expect, type Locator, type Page } from '@playwright/test';
import { silenceModeTexts } from '../../electron/contract/config-texts.ts';
import type { SilenceMode } from '../../electron/contract/silence.ts';

/** A changed channel is away for some seconds, on a busy machine for more; after 90 s the app itself gives up. */
const liveMs = 120_000;

export class SilenceSwitch {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get card(): Locator {
    return this.#page.getByRole('region', { name: 'Strangers on iMessage' });
  }

  get dialog(): Locator {
    return this.#page.getByRole('alertdialog');
  }

  /** What is being done right now. */
  get work(): Locator {
    return this.card.getByRole('status').filter({ hasText: '…' });
  }

  /** As far as the preview, which is shown and can be read. */
  async preview(to: SilenceMode, howLong?: string): Promise<void> {
    await this.card.getByRole('button', { name: /^Change…/ }).click();
    await this.dialog.getByRole('radio', { name: silenceModeTexts[to].name }).check();
    if (howLong !== undefined) await this.dialog.getByLabel('How long').selectOption(howLong);
    await this.#press('Preview…');
    await expect(this.dialog.getByText('Looking at the gateway’s config…')).toHaveCount(0);
    await expect(this.dialog.getByRole('heading', { level: 2 })).toHaveText(/strangers/i);
  }

  /** What each value of the config will be, by the preview. */
  async previewedChanges(): Promise<Readonly<Record<string, unknown>>> {
    return previewedValues(this.dialog);
  }

  /** In the preview, word for word. */
  get strangerAnswer(): Locator {
    return this.dialog.getByRole('blockquote');
  }

  confirmButton(to: SilenceMode): Locator {
    return this.dialog.getByRole('button', { name: silenceModeTexts[to].name });
  }

  /** In the preview. */
  async confirm(to: SilenceMode): Promise<void> {
    await this.#press(silenceModeTexts[to].name);
    await expect(this.dialog).toHaveCount(0);
  }

  async undo(): Promise<void> {
    await this.card.getByRole('button', { name: /^Undo…/ }).click();
    await this.#press('Put it back');
    await expect(this.dialog).toHaveCount(0);
  }

  async expectSays(mode: SilenceMode): Promise<void> {
    await expect(this.#saying(mode)).toBeVisible();
  }

  /** The gateway runs with it, and its channel is back. */
  async expectDone(mode: SilenceMode): Promise<void> {
    // The words first: chosen in the tray, the work may not have begun yet.
    await expect(this.#saying(mode)).toBeVisible({ timeout: liveMs });
    await expect(this.work).toHaveText([], { timeout: liveMs });
    await expect(this.card.getByRole('button', { name: /^Change…/ })).not.toHaveAttribute('aria-disabled');
  }

  #saying(mode: SilenceMode): Locator {
    const { name, says } = silenceModeTexts[mode];
    return this.card.getByText(`${name}. ${says}`);
  }

  async #press(label: string): Promise<void> {
    const button = this.dialog.getByRole('button', { name: label });
    await expect(button).not.toHaveAttribute('aria-disabled');
    await button.click();
  }
}
