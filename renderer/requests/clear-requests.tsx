/**
 * Offers to deny several chat contacts in one go: the old ones with one click, others as listed when the dialog opened,
 * never one that came since.
 */
import { Suspense, useState } from 'react';
import type { ChatRequestView, RequestView } from '../../electron/contract/request.ts';
import { clearTexts } from '../../electron/contract/stranger-texts.ts';
import { lazyDialog } from '../lazy-dialog.tsx';
import { useCommand } from '../session/use-command.ts';
import { Button } from '../ui/button.tsx';
import { ErrorLine } from '../ui/error-line.tsx';
import type { ClearDialogProps } from './clear-dialog.tsx';
import styles from './clear-requests.module.css';

const ClearDialog = lazyDialog<ClearDialogProps>(
  async () => (await import('./clear-dialog.tsx')).ClearDialog,
  ({ onClose }) => onClose(),
);

/** One is answered as quickly on its card. */
const worthClearing = 2;
/** A request lives an hour; after this long it is no longer in the middle of a conversation. */
const oldMs = 10 * 60_000;

export interface ClearRequestsProps {
  readonly views: readonly RequestView[];
  /** App's clock, epoch ms. */
  readonly now: number;
  readonly live: boolean;
}

export function ClearRequests({ views, now, live }: ClearRequestsProps) {
  const [offered, setOffered] = useState<ReadonlyMap<string, number> | null>(null);
  const waiting = views.filter(isWaitingChat);
  const old = waiting.filter(({ requestedAt }) => now - requestedAt >= oldMs);
  if (offered === null && waiting.length < worthClearing) return null;
  return (
    <div className={styles['offers']}>
      {old.length > 0 && <DenyOld old={old} live={live} />}
      <Button
        look="quiet"
        unavailable={!live}
        onClick={() => setOffered(new Map(waiting.map(({ key, revision }) => [key, revision])))}
      >
        {clearTexts.open}
      </Button>
      {offered !== null && (
        <Suspense>
          <ClearDialog
            views={waiting.filter(({ key, revision }) => offered.get(key) === revision)}
            now={now}
            live={live}
            onClose={() => setOffered(null)}
          />
        </Suspense>
      )}
    </div>
  );
}

/** Without asking again: who is denied can ask anew, and what failed still waits and says so. */
function DenyOld({ old, live }: { readonly old: readonly ChatRequestView[]; readonly live: boolean }) {
  const { send, sending, error } = useCommand('requests.clearOld');
  const [failed, setFailed] = useState(0);

  async function deny(): Promise<void> {
    const answer = await send({ requests: old.map(({ key, revision }) => ({ key, revision })) });
    setFailed(answer.ok ? answer.value.failed : 0);
  }

  return (
    <>
      <Button
        look="quiet"
        title={clearTexts.oldMeaning}
        unavailable={!live || sending}
        onClick={() => void deny()}
      >
        {clearTexts.denyOld(old.length)}
      </Button>
      {failed > 0 && (
        <p role="alert" className={styles['failed']}>
          {clearTexts.failed(failed)}
        </p>
      )}
      <ErrorLine error={error} />
    </>
  );
}

function isWaitingChat(view: RequestView): view is ChatRequestView {
  return view.kind === 'chat' && view.status === 'pending';
}
