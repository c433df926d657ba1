/** Says once when the guard stops protecting: its rules cannot be read, or it is gone without our doing. */
import type { GuardPart, GuardSetupView } from '../../contract/guard/guard-view.ts';
import { guardNoticeTexts } from '../../contract/guard/guard-texts.ts';
import { outsideRulesId } from '../../contract/snapshot.ts';
import type { RulesState } from '../../contract/guard/guard-wire.ts';
import type { Notices } from '../notices.ts';
import { missingParts, type GuardReading } from './guard-reading.ts';

const unreadableId = 'guard-rules-unreadable';
const goneId = 'guard-gone';

export class GuardNotices {
  readonly #notices: Pick<Notices, 'raise' | 'withdraw'>;
  readonly #onChange: () => void;
  readonly #raised = new Set<string>();
  /** These outlast a lost connection: a gateway that restarts with the same problem says nothing new. */
  #wasUnreadable = false;
  #wasPresent = false;
  #told: readonly string[] = [];
  #outside: string | null = null;

  constructor(notices: Pick<Notices, 'raise' | 'withdraw'>, onChange: () => void) {
    this.#notices = notices;
    this.#onChange = onChange;
  }

  /** Something was read; `setup` tells whether we are taking a part away ourselves. */
  follow(reading: GuardReading, setup: GuardSetupView): void {
    const { plugin } = reading;
    this.#followRules(plugin.state === 'present' && plugin.rules.status === 'unreadable');
    this.#followOutside(plugin.state === 'present' ? (plugin.status.rules?.changedBy ?? null) : null);
    if (plugin.state === 'present') this.#wasPresent = true;
    else if (isRemoval(setup)) this.#wasPresent = false;
    // While we set up, a part may be away for a moment; how that ends is shown there.
    if (setup.state === 'working') return;
    const missing = missingParts(reading);
    // Of a gateway on another machine nobody here remembers a set-up; what was seen counts.
    const left = this.#wasPresent && plugin.state === 'absent';
    this.#followGone(left && !missing.some(isPlugin) ? [{ part: 'plugin' }, ...missing] : missing);
  }

  /** Another gateway. */
  forget(): void {
    this.#followRules(false);
    this.#followOutside(null);
    this.#wasPresent = false;
    this.#followGone([]);
  }

  #followGone(gone: readonly GuardPart[]): void {
    const now = gone.map((part) => JSON.stringify(part));
    const isNew = now.some((part) => !this.#told.includes(part));
    this.#told = now;
    if (gone.length === 0) this.#withdraw(goneId);
    else if (isNew)
      this.#raise(goneId, gone.some(isPlugin) ? guardNoticeTexts.gone : guardNoticeTexts.strictGone);
  }

  /** Once for what stands there now, until the owner stores rules or it is put back. */
  #followOutside(change: NonNullable<RulesState['changedBy']> | null): void {
    const now = change === null ? null : JSON.stringify(change);
    if (now === this.#outside) return;
    this.#outside = now;
    if (change === null) this.#withdraw(outsideRulesId);
    else this.#raise(outsideRulesId, guardNoticeTexts.changedOutside(change));
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

function isPlugin({ part }: GuardPart): boolean {
  return part === 'plugin';
}

function isRemoval(setup: GuardSetupView): boolean {
  return setup.state === 'working' && setup.input.part === 'plugin' && setup.input.action === 'remove';
}
