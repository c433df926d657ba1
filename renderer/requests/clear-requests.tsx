/** Offers to deny several chat contacts in one go: the ones listed when the dialog opened, never one that came since. */
import { Suspense, useState } from 'react';
import type { ChatRequestView, RequestView } from '../../electron/contract/request.ts';
import { clearTexts } from '../../electron/contract/stranger-texts.ts';
import { lazyDialog } from '../lazy-dialog.tsx';
import { Button } from '../ui/button.tsx';
import type { ClearDialogProps } from './clear-dialog.tsx';

const ClearDialog = lazyDialog<ClearDialogProps>(
  async () => (await import('./clear-dialog.tsx')).ClearDialog,
  ({ onClose }) => onClose(),
);

/** One is answered as quickly on its card. */
const worthClearing = 2;

export interface ClearRequestsProps {
  readonly views: readonly RequestView[];
  /** App's clock, epoch ms. */
  readonly now: number;
  readonly live: boolean;
}

export function ClearRequests({ views, now, live }: ClearRequestsProps) {
  const [offered, setOffered] = useState<ReadonlyMap<string, number> | null>(null);
  const waiting = views.filter(isWaitingChat);
  if (offered === null && waiting.length < worthClearing) return null;
  return (
    <>
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
    </>
  );
}

function isWaitingChat(view: RequestView): view is ChatRequestView {
  return view.kind === 'chat' && view.status === 'pending';
}
