/** The card of a stopped message, as its owner reads and answers it. */
import { expect, type Locator } from '@playwright/test';
import type { PortcullisWindow } from './portcullis-window.ts';

export type SendAnswerLabel = 'Deny' | 'Send once' | 'Allow for 1 hour' | 'Always allow' | 'Never';

export class StoppedMessage {
  readonly #window: PortcullisWindow;
  /** As it is shown in the heading. */
  readonly #recipient: string;

  constructor(window: PortcullisWindow, recipient: string) {
    this.#window = window;
    this.#recipient = recipient;
  }

  get card(): Locator {
    return this.#window.card(this.#recipient);
  }

  button(name: string): Locator {
    return this.#window.button(this.#recipient, name);
  }

  async showText(): Promise<void> {
    await this.button('Show the text').click();
  }

  /** The card has been there and unchanged long enough for this answer to count. */
  async expectOffered(answer: SendAnswerLabel): Promise<void> {
    await expect(this.button(answer)).not.toHaveAttribute('aria-disabled');
  }

  /** A press while the card moves does not count and says so: then, as an owner would, presses again. */
  async answer(answer: SendAnswerLabel, { twice = false } = {}): Promise<void> {
    if (answer !== 'Deny' && answer !== 'Send once') await this.button('More').click();
    await expect(async () => {
      await this.expectOffered(answer);
      if (twice) await this.button(answer).dblclick();
      else await this.button(answer).click();
      expect(await this.card.getByText('This had only just appeared or moved').isVisible()).toBe(false);
    }).toPass();
  }
}
