/** One-time remarks the owner should read and can put away. */
import type { Notice } from '../contract/snapshot.ts';
import { noticeTexts } from '../contract/strings.ts';

export class Notices {
  #list: readonly Notice[];

  /** @param keptAside where a damaged settings file was put, or null */
  constructor(keptAside: string | null) {
    this.#list =
      keptAside === null
        ? []
        : [{ id: 'settings-kept-aside', text: noticeTexts.settingsKeptAside(keptAside) }];
  }

  get list(): readonly Notice[] {
    return this.#list;
  }

  /** Replaces one with the same id. */
  raise(notice: Notice): void {
    this.#list = [...this.#list.filter(({ id }) => id !== notice.id), notice];
  }

  /** What it said is no longer so. */
  withdraw(id: string): void {
    this.dismiss(id);
  }

  dismiss(id: string): void {
    // The same list while nothing changes, so that nobody draws it again.
    if (this.#list.some((notice) => notice.id === id))
      this.#list = this.#list.filter((notice) => notice.id !== id);
  }
}
