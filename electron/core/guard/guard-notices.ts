/** Says once when the guard stops protecting: its rules cannot be read, or the plugin is gone without our doing. */
import type { GuardSetupView } from '../../contract/guard/guard-view.ts';
import { guardNoticeTexts } from '../../contract/guard/guard-texts.ts';
import type { Notices } from '../notices.ts';
import type { GuardReading } from './guard-reading.ts';

const unreadableId = 'guard-rules-unreadable';
const goneId = 'guard-gone';

export class GuardNotices {
  readonly #notices: Pick<Notices, 'raise' | 'withdraw'>;
  readonly #onChange: () => void;
  readonly #raised = new Set<string>();
  /** Both outlast a lost connection: a gateway that restarts with the same problem says nothing new. */
  #wasUnreadable = false;
  #wasPresent = false;

  constructor(notices: Pick<Notices, 'raise' | 'withdraw'>, onChange: () => void) {
    this.#notices = notices;
    this.#onChange = onChange;
  }

  /** Something was read; `setup` tells whether we are taking the plugin away ourselves. */
  follow({ plugin }: GuardReading, setup: GuardSetupView): void {
    if (plugin.state === 'present') {
      this.#wasPresent = true;
      this.#withdraw(goneId);
      this.#followRules(plugin.rules.status === 'unreadable');
      return;
    }
    this.#followRules(false);
    if (!this.#wasPresent) return;
    // While we set up, the plugin may be away for a moment; how that ends is shown there.
    if (setup.state === 'working' && !isRemoval(setup)) return;
    this.#wasPresent = false;
    if (!isRemoval(setup)) this.#raise(goneId, guardNoticeTexts.gone);
  }

  /** Another gateway. */
  forget(): void {
    this.#followRules(false);
    this.#wasPresent = false;
    this.#withdraw(goneId);
  }

  #followRules(unreadable: boolean): void {
    if (unreadable && !this.#wasUnreadable) this.#raise(unreadableId, guardNoticeTexts.unreadable);
    if (!unreadable) this.#withdraw(unreadableId);
    this.#wasUnreadable = unreadable;
  }

  #raise(id: string, text: string): void {
    this.#raised.add(id);
    this.#notices.raise({ id, text });
    this.#onChange();
  }

  #withdraw(id: string): void {
    if (!this.#raised.delete(id)) return;
    this.#notices.withdraw(id);
    this.#onChange();
  }
}

function isRemoval(setup: GuardSetupView): boolean {
  return setup.state === 'working' && setup.input.part === 'plugin' && setup.input.action === 'remove';
}
