/** Denies several chat contacts in one go: the ones listed when the dialog opened, never one that came since. */
import { useState } from 'react';
import type { ChatRequestView, RequestView } from '../../electron/contract/request.ts';
import { clearTexts } from '../../electron/contract/stranger-texts.ts';
import { useCommand } from '../session/use-command.ts';
import { Button } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { ErrorLine } from '../ui/error-line.tsx';
import { ago } from '../ui/format-time.ts';
import { StrangerText } from '../ui/stranger-text.tsx';
import styles from './clear-requests.module.css';
import { ScrollBox } from './scroll-box.tsx';

/** One is answered as quickly on its card. */
const worthClearing = 2;
const minute = 60_000;

const ages = [
  { value: '0', label: 'All' },
  { value: '10', label: 'Over 10 min' },
  { value: '30', label: 'Over 30 min' },
] as const;

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
        <ClearDialog
          views={waiting.filter(({ key, revision }) => offered.get(key) === revision)}
          now={now}
          live={live}
          onClose={() => setOffered(null)}
        />
      )}
    </>
  );
}

interface ClearDialogProps {
  readonly views: readonly ChatRequestView[];
  readonly now: number;
  readonly live: boolean;
  readonly onClose: () => void;
}

function ClearDialog({ views, now, live, onClose }: ClearDialogProps) {
  const { send, sending, error } = useCommand('requests.clearOld');
  const [age, setAge] = useState<(typeof ages)[number]['value']>('0');
  const [failed, setFailed] = useState(0);
  const chosen = views.filter(({ requestedAt }) => now - requestedAt >= Number(age) * minute);

  async function clear(): Promise<void> {
    const answer = await send({ requests: chosen.map(({ key, revision }) => ({ key, revision })) });
    if (!answer.ok) return;
    if (answer.value.failed === 0) onClose();
    else setFailed(answer.value.failed);
  }

  return (
    <ConfirmDialog
      harmless
      title={clearTexts.title}
      text={<p>{clearTexts.meaning}</p>}
      details={
        <div className={styles['details']}>
          <Choice label={clearTexts.which} value={age} options={ages} onChange={setAge} />
          {chosen.length === 0 ? (
            <p>{clearTexts.nobody}</p>
          ) : (
            <ScrollBox label="Will be denied" count={chosen.length}>
              <ul className={styles['names']}>
                {chosen.map(({ key, who, channelLabel, requestedAt }) => (
                  <li key={key}>
                    <StrangerText value={who} />, <StrangerText value={channelLabel} />,{' '}
                    {ago(requestedAt, now)}
                  </li>
                ))}
              </ul>
            </ScrollBox>
          )}
          {failed > 0 && <p role="alert">{clearTexts.failed(failed)}</p>}
          <ErrorLine error={error} />
        </div>
      }
      confirmLabel={clearTexts.confirm(chosen.length)}
      unavailable={!live || sending || chosen.length === 0}
      onConfirm={() => void clear()}
      onCancel={onClose}
    />
  );
}

function isWaitingChat(view: RequestView): view is ChatRequestView {
  return view.kind === 'chat' && view.status === 'pending';
}
