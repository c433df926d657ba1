/** How much of a stopped message's text is before the owner's eyes. Hidden again whenever the message changes. */
import { useState } from 'react';
import type { DisplayText } from '../../../electron/contract/display-text.ts';
import type { SendRequestView, WholeText } from '../../../electron/contract/request.ts';
import type { AppError } from '../../../electron/contract/result.ts';
import { runCommand } from '../../session/run-command.ts';
import { useSession } from '../../session/session.ts';

interface Shown {
  readonly revision: number;
  readonly revealed: boolean;
  /** The whole text, once it was asked for. */
  readonly whole: WholeText | null;
  readonly loading: boolean;
  readonly error: AppError | null;
}

export interface SendTextControl {
  /** Null: nothing of it is shown. */
  readonly shown: DisplayText | null;
  /** Where in it the secrets are. */
  readonly marks: WholeText['marks'];
  /** All of it is shown, or there is none. */
  readonly isWhole: boolean;
  readonly loading: boolean;
  readonly error: AppError | null;
  readonly setRevealed: (revealed: boolean) => void;
  /** @returns false when it could not be had */
  readonly showAll: () => Promise<boolean>;
}

/** @param hidden the owner's setting: nothing is shown before they ask for it */
export function useSendText(view: SendRequestView, hidden: boolean): SendTextControl {
  const { bridge } = useSession().link;
  const { key, revision } = view;
  const fresh: Shown = { revision, revealed: false, whole: null, loading: false, error: null };
  const [kept, setKept] = useState(fresh);
  const current = kept.revision === revision ? kept : fresh;

  /** What comes back for an older revision is dropped. */
  function change(part: Partial<Shown>): void {
    setKept((before) => {
      if (before.revision > revision) return before;
      return { ...(before.revision === revision ? before : fresh), ...part };
    });
  }

  async function load(): Promise<boolean> {
    change({ loading: true, error: null });
    const answer = await runCommand(bridge, 'send.text', { key, revision });
    if (!answer.ok) {
      change({ loading: false, error: answer.error });
      return false;
    }
    change({ loading: false, whole: answer.value });
    return true;
  }

  const isVisible = !hidden || current.revealed;
  const { text, marks } = current.whole === null ? view : wholeOf(view, current.whole);
  return {
    shown: isVisible && view.textLength > 0 ? text : null,
    marks,
    isWhole: view.textLength === 0 || (isVisible && !text.truncated),
    loading: current.loading,
    error: current.error,
    setRevealed: (revealed) => change({ revealed }),
    showAll: load,
  };
}

function wholeOf(
  { text: { mixedScripts } }: SendRequestView,
  { text, altered, marks }: WholeText,
): Pick<SendRequestView, 'text' | 'marks'> {
  return { text: { text, altered, mixedScripts, truncated: false }, marks };
}
