/** What the journal remembers of an edit of the gateway's config: that it was made, and what it was for. */
import type { ConfigReason, ConfigWorkView } from '../../contract/channels.ts';
import type { JournalFact } from '../../contract/journal.ts';
import { assertNever } from '../../contract/result.ts';
import { displayText } from '../requests/display-text.ts';

const nameLength = 60;

/** @returns null while nothing was written: an edit that was refused changed nothing */
export function configFact(view: ConfigWorkView): JournalFact | null {
  const written = view.state === 'done' || (view.state === 'failed' && view.written);
  if (!written) return null;
  const unconfirmed = view.state === 'failed' ? ' (not confirmed by the gateway)' : '';
  return { kind: 'config-changed', by: 'us', summary: `${summaryOf(view.reason)}${unconfirmed}` };
}

function summaryOf(reason: ConfigReason): string {
  switch (reason.kind) {
    case 'silence':
      return `Silence switch of the account ${named(reason.account)}`;
    case 'silence-end':
      return `Silence ended for the account ${named(reason.account)}`;
    case 'channel':
      return `Settings of ${named(reason.channel)}, account ${named(reason.account)}`;
    case 'undo':
      return 'An earlier change was undone';
    default:
      return assertNever(reason);
  }
}

function named(raw: string): string {
  return displayText(raw, nameLength).text;
}
