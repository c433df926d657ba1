/** What every card has: its heading, a place for what went wrong, and the answers, watched by the click guard. */
import type { ReactNode, RefObject } from 'react';
import { useEffect, useRef } from 'react';
import { isOpen } from '../../electron/contract/request.ts';
import type { RequestView } from '../../electron/contract/request.ts';
import type { AppError } from '../../electron/contract/result.ts';
import { useSession } from '../session/session.ts';
import { useKeepFocus } from '../session/use-keep-focus.ts';
import { failureTitles } from '../text.ts';
import { Callout } from '../ui/callout.tsx';
import styles from './card-frame.module.css';
import { RequestHeading } from './request-heading.tsx';

export interface CardFrameProps {
  readonly view: RequestView;
  /** App's clock, whole seconds. */
  readonly now: number;
  /** Id of the name in the heading, for descriptions. */
  readonly headingId: string;
  /** Why the last answer failed. */
  readonly error: AppError | null;
  /** Why a press led nowhere. */
  readonly remark: string | null;
  readonly answers: ReactNode;
  readonly heading: RefObject<HTMLHeadingElement | null>;
  readonly children: ReactNode;
}

export function CardFrame(props: CardFrameProps) {
  const { view, now, headingId, error, remark, answers, heading, children } = props;
  const { guard } = useSession();
  const card = useRef<HTMLElement>(null);
  const row = useRef<HTMLDivElement>(null);

  useKeepFocus(card, () => heading.current);
  useEffect(() => (row.current === null ? undefined : guard.watch(view.key, row.current)), [guard, view.key]);

  const isPending = view.status === 'pending';
  return (
    <article
      ref={card}
      className={`${styles['card'] ?? ''} ${isOpen(view) ? '' : (styles['closed'] ?? '')}`}
      aria-labelledby={headingId}
      data-request={view.key}
    >
      <RequestHeading ref={heading} id={headingId} view={view} now={now} />
      {children}
      {view.note !== null && error === null && (
        <Callout tone="warn" live="status">
          {view.note}
        </Callout>
      )}
      {isPending && error !== null && (
        <Callout tone="danger" live="alert" title={failureTitles[error.code]}>
          {error.message}
        </Callout>
      )}
      <div>
        {/* There before it says anything: a region that comes with its words is not reliably read out. */}
        {isPending && (
          <p className={styles['remark']} role="status">
            {remark}
          </p>
        )}
        <div ref={row}>{answers}</div>
      </div>
    </article>
  );
}
