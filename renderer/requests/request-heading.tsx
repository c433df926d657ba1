/** Top of a card: who, what they want, since when, and how long the request still lives. */
import { Laptop, MessageCircle, SendHorizontal, Server } from 'lucide-react';
import type { Ref } from 'react';
import { isOpen } from '../../electron/contract/request.ts';
import type { RequestKind, RequestView } from '../../electron/contract/request.ts';
import { kindTexts } from '../../electron/contract/strings.ts';
import { requestSentence } from '../text.ts';
import { Callout } from '../ui/callout.tsx';
import { ago, clockTime, remaining } from '../ui/format-time.ts';
import { oddities, StrangerText } from '../ui/stranger-text.tsx';
import styles from './request-heading.module.css';

export interface RequestHeadingProps {
  readonly view: RequestView;
  readonly now: number;
  readonly id: string;
  readonly ref: Ref<HTMLHeadingElement>;
}

export function RequestHeading({ view, now, id, ref }: RequestHeadingProps) {
  const odd = oddities(view.who);
  return (
    <header className={styles['heading']}>
      <span className={styles['badge']}>
        <KindIcon kind={view.kind} />
      </span>
      <div className={styles['words']}>
        <h3 id={id} ref={ref} tabIndex={-1} className={styles['who']}>
          {view.who.text === '' ? kindTexts[view.kind].nameless : <StrangerText value={view.who} />}
        </h3>
        <p>{requestSentence(view)}</p>
        <p className={styles['times']}>
          <time dateTime={new Date(view.requestedAt).toISOString()} title={clockTime(view.requestedAt)}>
            {view.kind === 'send' ? 'Stopped' : 'Asked'} {ago(view.requestedAt, now)}
          </time>
          {view.kind !== 'send' && view.expiresAt !== null && isOpen(view) && (
            <TimeLeft leftMs={view.expiresAt - now} />
          )}
        </p>
      </div>
      {odd.length > 0 && (
        <div className={styles['odd']}>
          <Callout tone="danger" title="Take a close look at this name">
            {odd.map((oddity) => (
              <p key={oddity}>{`It ${oddity}.`}</p>
            ))}
          </Callout>
        </div>
      )}
    </header>
  );
}

const urgentMs = 60_000;

function TimeLeft({ leftMs }: { readonly leftMs: number }) {
  return (
    <span role="timer" className={leftMs < urgentMs ? styles['urgent'] : undefined}>
      {leftMs <= 0 ? 'expiring now' : `expires in ${remaining(leftMs)}`}
    </span>
  );
}

export function KindIcon({ kind }: { readonly kind: RequestKind }) {
  const Icon = { chat: MessageCircle, device: Laptop, node: Server, send: SendHorizontal }[kind];
  return <Icon size={18} aria-hidden />;
}
