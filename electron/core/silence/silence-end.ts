/**
 * Ends a switch at the time the owner chose: by our timers, or when connected again if we were away. What somebody
 * else changed meanwhile is never overwritten; the owner is told instead.
 */
import { silenceNoticeTexts } from '../../contract/config-texts.ts';
import type { ConfigChanges } from '../config/config-changes.ts';
import { withSilence, type RecordedSilence } from '../config/config-record.ts';
import type { RecordKeeper } from '../config/record-keeper.ts';
import type { GatewayConfigContent, GatewayConfigFile } from '../config-ports.ts';
import type { Clock, Logger, Stop, Timers } from '../ports.ts';
import type { Notices } from '../notices.ts';
import { displayText } from '../requests/display-text.ts';
import { liveSilence } from './silence-view.ts';

/** Something else is being changed, or was a moment ago. */
const againMs = 5_000;
const accountLength = 60;

export interface SilenceEndParts {
  readonly file: GatewayConfigFile;
  readonly changes: ConfigChanges;
  readonly record: RecordKeeper;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly notices: Pick<Notices, 'raise'>;
  readonly connected: () => boolean;
  readonly isLocal: () => boolean;
  readonly onChange: () => void;
}

export class SilenceEnd {
  readonly #parts: SilenceEndParts;
  #stopTimer: Stop | null = null;
  #ending = false;

  constructor(parts: SilenceEndParts) {
    this.#parts = parts;
  }

  /** The end times changed, or the gateway is connected: waits for the next, and ends what is due. */
  arm(): void {
    this.stop();
    const { record, clock, timers } = this.#parts;
    const now = clock.now();
    const times = record.current.silences.flatMap(({ until }) => (until === null ? [] : [until]));
    const coming = times.filter((time) => time > now);
    if (coming.length > 0)
      this.#stopTimer = timers.after(Math.min(...coming) - now, () => {
        this.arm();
      });
    if (coming.length < times.length) void this.#endDue();
  }

  stop(): void {
    this.#stopTimer?.();
    this.#stopTimer = null;
  }

  async #endDue(): Promise<void> {
    const { connected, isLocal, file, record, clock, logger, changes } = this.#parts;
    // Connecting arms again.
    if (this.#ending || !connected() || !isLocal()) return;
    this.#ending = true;
    try {
      const content = await file.read();
      if (!content.ok) {
        logger.log('warn', 'silence-end-config-unread', { code: content.error.code });
        return;
      }
      const due = record.current.silences.find(
        ({ until, configPath }) =>
          until !== null && until <= clock.now() && configPath === content.value.path,
      );
      if (due === undefined) return;
      if (!changes.busy) await this.#end(due, content.value);
    } finally {
      this.#ending = false;
    }
    this.#again();
  }

  async #end(due: RecordedSilence, content: GatewayConfigContent): Promise<void> {
    const { changes, record, notices, onChange } = this.#parts;
    const { account } = due;
    const name = displayText(account, accountLength).text;
    const tell = (text: string): void => {
      notices.raise({ id: `silence-end-${account}`, text });
      onChange();
    };
    const known = liveSilence(record.current, due.configPath, account);
    if (known === null) {
      // Taken back from the history already.
      await record.change((all) => withSilence(all, due, null));
      onChange();
      return;
    }
    const job = changes.undoJob(
      known.edit,
      // The owner asked for this end when they switched.
      { reason: { kind: 'silence-end', account }, confirmed: true },
      content,
    );
    if (!job.ok) {
      await record.change((all) => withSilence(all, due, { ...due, until: null }));
      tell(silenceNoticeTexts.notEnded(name, job.error.message));
      return;
    }
    const plan = await changes.plan(
      { ...job.value, remember: (all) => withSilence(all, due, null) },
      content,
    );
    const started = plan.ok ? changes.apply(plan.value.id, true) : plan;
    // Nothing was done; it is tried again.
    if (!started.ok) return;
    const { error, written } = await started.value.done;
    if (error === null) tell(silenceNoticeTexts.ended(name));
    else if (written) tell(silenceNoticeTexts.notEnded(name, error.message));
  }

  /** Others may be due, too; and what could not be ended now is tried again. */
  #again(): void {
    this.stop();
    this.#stopTimer = this.#parts.timers.after(againMs, () => {
      this.arm();
    });
  }
}
