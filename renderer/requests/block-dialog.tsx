/** Asks before somebody who wants to be let in is blocked, and stays until it is known what came of it. */
import { blockTexts } from '../../electron/contract/people-texts.ts';
import type { ChatRequestView, RequestView } from '../../electron/contract/request.ts';
import { useSession } from '../session/session.ts';
import { useCommand } from '../session/use-command.ts';
import { failureTitles, remarks } from '../text.ts';
import { Callout } from '../ui/callout.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { StrangerText } from '../ui/stranger-text.tsx';

export interface BlockDialogProps {
  /** As it was when the owner asked to block; the app is told that revision. */
  readonly view: ChatRequestView;
  /** The same request as it is now; undefined when it is gone. */
  readonly current: RequestView | undefined;
  readonly live: boolean;
  readonly onClose: () => void;
}

export function BlockDialog({ view, current, live, onClose }: BlockDialogProps) {
  const { announcements } = useSession();
  const { send, sending, error } = useCommand('people.blockRequest');
  const isAsStarted = current?.status === 'pending' && current.revision === view.revision;
  // Blocking answers the request, so a request that is answered says nothing once that began.
  const changed = !isAsStarted && !sending && error === null;

  async function block(): Promise<void> {
    const answer = await send({ key: view.key, revision: view.revision });
    if (!answer.ok) return;
    announcements.say(`${view.who.text} was blocked.`);
    onClose();
  }

  return (
    <ConfirmDialog
      title="Block this sender?"
      text={
        <>
          <p>
            <StrangerText value={view.who} /> on <StrangerText value={view.channelLabel} />: this request is
            denied, and you are not asked about them again. The send guard lets nothing out to them any more.
          </p>
          <p>{blockTexts.gateway}</p>
          <p>You can unblock them under People, in the list of blocked people.</p>
        </>
      }
      details={
        <>
          {changed && (
            <Callout tone="warn" live="alert">
              {remarks.changed}
            </Callout>
          )}
          {error !== null && (
            <Callout tone="danger" live="alert" title={failureTitles[error.code]}>
              {error.message}
            </Callout>
          )}
        </>
      }
      confirmLabel={sending ? 'Blocking…' : 'Block'}
      unavailable={!live || sending || !isAsStarted}
      onConfirm={() => void block()}
      onCancel={() => {
        // What comes of it has to be seen: it may be denied, but not blocked.
        if (!sending) onClose();
      }}
    />
  );
}
