/** The window as its owner sees it, by role and name; the same object for every host. */
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { expectSoon } from '../fixtures/expect-soon.ts';
import { accessibilityViolations, type AccessibilityOptions } from './accessibility.ts';

export class PortcullisWindow {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The newest: beside it the card of an earlier request of theirs may keep its place for a moment after its answer. */
  card(who: string): Locator {
    return this.page.getByRole('article', { name: who }).last();
  }

  button(who: string, name: string | RegExp): Locator {
    return this.card(who).getByRole('button', { name });
  }

  /** The line below the product's name: connection and gateway. */
  get header(): Locator {
    return this.page.getByRole('banner');
  }

  get elevationDialog(): Locator {
    return this.page.getByRole('alertdialog');
  }

  recentlyAnswered(who: string): Locator {
    return this.page
      .getByRole('region', { name: 'Recently answered' })
      .getByRole('listitem')
      .filter({ hasText: who });
  }

  async expectConnected(): Promise<void> {
    await expect(this.header).toContainText('Connected');
  }

  /** The card has been there long enough for Approve to count, also in the notification. */
  async expectArmed(who: string): Promise<void> {
    await expect(this.button(who, /^Approve/)).toBeEnabled();
  }

  /**
   * Approves, or asks to where administrator rights are needed. A press while the card moves does not count and says
   * so: then, as an owner would, presses again.
   */
  async approve(who: string): Promise<void> {
    await expect(async () => {
      await this.expectArmed(who);
      await this.button(who, /^Approve/).click();
      expect(await this.card(who).getByText('This had only just appeared or moved').isVisible()).toBe(false);
    }).toPass();
  }

  /**
   * The last answer they got, on the card as long as it keeps its place, then in the list of what was answered.
   * @param words e.g. `Approved`, `Denied elsewhere`
   * @param note what is said of it besides, e.g. `Delivered.`
   */
  async expectAnswered(who: string, words: string, note = ''): Promise<void> {
    // What follows has no space before it: "Approved" must not match "Approved elsewhere".
    const answered = new RegExp(`${words}((just now|\\d+ min ago).*|\\. .*|$)`);
    await expectSoon(() => this.#saidOf(who)).toMatch(answered);
    if (note !== '') await expectSoon(() => this.#saidOf(who)).toContain(note);
  }

  /** As `expectAnswered`, once the card has given up its place. */
  async expectListedAsAnswered(who: string, words: string): Promise<void> {
    await expect(this.card(who)).toHaveCount(0);
    await this.expectAnswered(who, words);
  }

  /** Of several answers the last. Empty while there is none. */
  async #saidOf(who: string): Promise<string> {
    const onCard = await this.card(who).getByRole('status').allTextContents();
    if (onCard.length > 0) return onCard.at(-1) ?? '';
    const [listed = ''] = await this.recentlyAnswered(who).allTextContents();
    return listed;
  }

  /** The owner turns to the window; the app then asks the gateway at once for what it does not announce. */
  async comeBackTo(): Promise<void> {
    await this.page.evaluate(() => window.dispatchEvent(new Event('focus')));
  }

  async openSettings(): Promise<void> {
    await this.page.getByRole('button', { name: 'Settings' }).click();
  }

  async backToRequests(): Promise<void> {
    await this.page.getByRole('button', { name: /^Requests/ }).click();
  }

  /** @param behindDialog the page itself is out of reach now, so rules about its landmarks do not apply */
  async expectAccessible(options: AccessibilityOptions = {}): Promise<void> {
    expect(await accessibilityViolations(this.page, options)).toEqual([]);
  }

  async expectNoSidewaysScroll(): Promise<void> {
    const { content, view } = await this.page.evaluate(() => ({
      content: document.documentElement.scrollWidth,
      view: document.documentElement.clientWidth,
    }));
    expect(content).toBeLessThanOrEqual(view);
  }
}

/** Collects what a page complains about: errors, warnings, violations of its security policy. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return complaints;
}
