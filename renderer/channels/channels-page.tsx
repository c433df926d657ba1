/** Channels: who may write on each of them, and every change Portcullis made to that. */
import { useState } from 'react';
import type { ConfigHistoryEntry } from '../../electron/contract/channels.ts';
import type { SilenceView } from '../../electron/contract/silence.ts';
import type { AppSnapshot } from '../../electron/contract/snapshot.ts';
import { isChangeable } from '../config-preview/is-changeable.ts';
import { OwedRestart } from '../config-preview/owed-restart.tsx';
import { useLinkState, useSession } from '../session/session.ts';
import { useSeconds } from '../session/use-time.ts';
import { SilenceSwitch } from '../silence/silence-switch.tsx';
import { unavailableSentence } from '../silence/silence-words.ts';
import { Button } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';
import { Page, Section } from '../ui/page.tsx';
import { AccountSection } from './account-section.tsx';
import { isBeingChanged, reasonWords } from './channel-words.ts';
import styles from './channels.module.css';
import { HistorySection } from './history-section.tsx';
import { UndoChangeDialog } from './undo-change-dialog.tsx';
import { useChannels } from './use-channels.ts';
import { WorkCallout } from './work-callout.tsx';

export function ChannelsPage({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { configWork, connection, silence } = snapshot;
  const { store } = useSession();
  const link = useLinkState();
  const now = useSeconds(store.now);
  const live = link.state === 'open' && connection.state === 'ready';
  const changeable = live && isChangeable(snapshot);
  const { channels, history, error, look } = useChannels(snapshot, live);
  const [undoing, setUndoing] = useState<ConfigHistoryEntry | null>(null);
  const edits = history ?? [];
  const notEditable = channels?.notEditable ?? null;
  const isToldBelow =
    isToldByTheSwitch(snapshot) ||
    channels?.accounts.some((account) => isBeingChanged(configWork, account)) === true;
  return (
    <Page title="Channels">
      <div className={styles['top']}>
        <p>Who may write to your assistant, and what strangers get.</p>
        <Button unavailable={!live} onClick={look}>
          Look again
        </Button>
      </div>
      {!live && (
        <p className={styles['warn']}>
          This may be out of date. You can change things when the connection is back.
        </p>
      )}
      {error !== null && (
        <Callout tone="warn" live="status" title="The channels could not be read">
          <p>{error.message}</p>
        </Callout>
      )}
      {!isToldBelow && <WorkCallout work={configWork} history={edits} now={now} onUndo={setUndoing} />}
      <OwedRestart snapshot={snapshot} />
      {notEditable !== null && (
        <Callout tone="quiet" title="Nothing can be changed from here">
          <p>{notEditable.message}</p>
        </Callout>
      )}
      <Strangers silence={silence} snapshot={snapshot} />
      {channels === null && error === null && live && <p role="status">Reading the channels…</p>}
      {channels?.accounts.length === 0 && <p>This gateway has no channel yet.</p>}
      {channels?.accounts.map((account) => (
        <AccountSection
          key={JSON.stringify([account.channel, account.account])}
          account={account}
          editable={notEditable === null}
          changeable={changeable}
          work={configWork}
        />
      ))}
      {history !== null && (
        <HistorySection
          history={history}
          work={configWork}
          changeable={changeable}
          now={now}
          onUndo={setUndoing}
        />
      )}
      {undoing !== null && (
        <UndoChangeDialog
          entry={undoing}
          words={reasonWords(undoing.reason, edits)}
          onClose={() => setUndoing(null)}
        />
      )}
    </Page>
  );
}

function Strangers({ silence, snapshot }: { readonly silence: SilenceView; readonly snapshot: AppSnapshot }) {
  if (silence.state === 'ready') return <SilenceSwitch snapshot={snapshot} />;
  // Another sentence about the connection is on the page already.
  if (silence.reason === 'not-connected' || silence.reason === 'no-imessage') return null;
  return (
    <Section title="Strangers on iMessage">
      <p>{unavailableSentence(silence)}</p>
    </Section>
  );
}

/** The switch tells how its own change goes, in its own place. */
function isToldByTheSwitch({ configWork, silence }: AppSnapshot): boolean {
  if (configWork.state === 'idle' || silence.state !== 'ready') return false;
  const { reason } = configWork;
  if (reason.kind !== 'silence' && reason.kind !== 'silence-end') return false;
  return configWork.state !== 'done' && silence.accounts.some(({ account }) => account === reason.account);
}
