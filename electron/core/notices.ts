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

  dismiss(id: string): void {
    this.#list = this.#list.filter((notice) => notice.id !== id);
  }
}
