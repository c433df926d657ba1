/**
 * Keeps a click that was meant for one card from landing on another one's Approve. It watches where each card's
 * buttons are on the page; whenever they moved, or the card now says something else, Approve is held for a moment.
 */
import { Listeners } from '../../electron/contract/listeners.ts';
import { holdMs } from '../ui/hold.ts';

const scrollHoldMs = 250;

interface Watched {
  readonly element: HTMLElement;
  top: number;
  left: number;
}

export class ClickGuard {
  readonly #watched = new Map<string, Watched>();
  readonly #heldUntil = new Map<string, number>();
  readonly #changed = new Listeners();
  readonly #ending = new AbortController();
  readonly #resizes = new ResizeObserver(() => this.measure());
  #scrolledAt = -Infinity;

  constructor() {
    const { signal } = this.#ending;
    window.addEventListener('resize', () => this.measure(), { signal });
    window.addEventListener('scroll', () => (this.#scrolledAt = Date.now()), { signal, passive: true });
    // A window that just came up may have come up under the pointer.
    document.addEventListener('visibilitychange', () => this.holdAll(), { signal });
    // The first time it is not told: a page whose window was never shown counts as visible from the start.
    window.addEventListener('focus', () => this.holdAll(), { signal, once: true });
  }

  readonly subscribe = this.#changed.add;

  /** Epoch ms (this machine's clock) until which Approve of this card is held. */
  heldUntil(key: string): number {
    return this.#heldUntil.get(key) ?? 0;
  }

  /** Asked at the moment of the click: has anything moved that the owner cannot have seen yet? */
  justMoved(key: string): boolean {
    this.measure();
    const now = Date.now();
    return now < this.heldUntil(key) || now - this.#scrolledAt < scrollHoldMs;
  }

  /** @returns a function that stops watching */
  watch(key: string, element: HTMLElement): () => void {
    this.#watched.set(key, { element, ...placeOf(element) });
    this.#resizes.observe(element);
    return () => {
      this.#resizes.unobserve(element);
      this.#watched.delete(key);
    };
  }

  /** Everything inside it that grows or shrinks may move cards. */
  watchContainer(element: HTMLElement): () => void {
    this.#resizes.observe(element);
    return () => this.#resizes.unobserve(element);
  }

  hold(key: string): void {
    this.#heldUntil.set(key, Date.now() + holdMs);
    this.#changed.emit();
  }

  holdAll(): void {
    const until = Date.now() + holdMs;
    for (const key of this.#watched.keys()) this.#heldUntil.set(key, until);
    this.#changed.emit();
  }

  measure(): void {
    const until = Date.now() + holdMs;
    let anyMoved = false;
    for (const [key, watched] of this.#watched) {
      const { top, left } = placeOf(watched.element);
      if (Math.abs(top - watched.top) < 1 && Math.abs(left - watched.left) < 1) continue;
      watched.top = top;
      watched.left = left;
      this.#heldUntil.set(key, until);
      anyMoved = true;
    }
    if (anyMoved) this.#changed.emit();
  }

  dispose(): void {
    this.#ending.abort();
    this.#resizes.disconnect();
  }
}

/** On the page rather than in the viewport: the owner's own scrolling is not a surprise. */
function placeOf(element: HTMLElement): { readonly top: number; readonly left: number } {
  const { top, left } = element.getBoundingClientRect();
  return { top: top + window.scrollY, left: left + window.scrollX };
}
