/** People, devices and nodes: who is in, and how to take that back. The lists are read when the page opens. */
import { useCallback, useEffect, useRef } from 'react';
import type { AppSnapshot } from '../../electron/contract/snapshot.ts';
import { ScopeList } from '../requests/scope-list.tsx';
import { useLinkState, useSession } from '../session/session.ts';
import { useReading } from '../session/use-reading.ts';
import { useSeconds } from '../session/use-time.ts';
import { SetupCodeButton } from '../setup-code/setup-code-button.tsx';
import { Button } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { BlockedSection } from './blocked-section.tsx';
import { ContactsSection } from './contacts-section.tsx';
import { DevicesSection } from './devices-section.tsx';
import { PeopleActionsContext, usePeopleActionsState, type Confirmation } from './people-actions.ts';
import { peopleTexts } from './people-texts.ts';
import styles from './people.module.css';

export function PeoplePage({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { store } = useSession();
  const link = useLinkState();
  const now = useSeconds(store.now);
  const live = link.state === 'open' && snapshot.connection.state === 'ready';
  const { value: view, error, read } = useReading('people.list');
  const look = useCallback((elevate: boolean) => read({ elevate }), [read]);
  const actions = usePeopleActionsState(live);
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    if (live) void look(false);
  }, [snapshot.listsSeq, live, look]);

  return (
    <PeopleActionsContext value={actions}>
      <div className={styles['page']}>
        <div className={styles['top']}>
          <h2 ref={heading} tabIndex={-1} className={styles['heading']}>
            {peopleTexts.title}
          </h2>
          <div className={styles['buttons']}>
            <SetupCodeButton />
            <Button unavailable={!live} onClick={() => void look(false)}>
              Look again
            </Button>
          </div>
        </div>
        <p className={styles['muted']}>{peopleTexts.intro}</p>
        {!live && <p className={styles['stale']}>{peopleTexts.stale}</p>}
        {error !== null && (
          <Callout tone="warn" live="status" title="The lists could not be read">
            {error.message}
          </Callout>
        )}
        {actions.error !== null && (
          <Callout tone="danger" live="alert" title="That did not work">
            {actions.error.message}
          </Callout>
        )}
        {view === null ? (
          error === null && live && <Reading />
        ) : (
          <>
            <DevicesSection devices={view.devices} now={now} onLook={look} />
            <ContactsSection contacts={view.contacts} blocking={view.blocked.state === 'ready'} />
            <BlockedSection blocked={view.blocked} />
          </>
        )}
        {actions.asking !== null && (
          <AskDialog
            asking={actions.asking}
            onConfirm={actions.confirmed}
            onCancel={actions.cancelled}
            onClosed={() => {
              actions.returnFocus();
              if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
            }}
          />
        )}
      </div>
    </PeopleActionsContext>
  );
}

function Reading() {
  return (
    <p role="status" className={styles['reading']}>
      <Spinner /> Reading the lists…
    </p>
  );
}

interface AskDialogProps {
  readonly asking: Confirmation;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  readonly onClosed: () => void;
}

function AskDialog({ asking, ...answers }: AskDialogProps) {
  const { title, text, details, elevation, confirmLabel } = asking;
  return (
    <ConfirmDialog
      title={title}
      text={
        <>
          {text}
          {elevation.length > 0 && (
            <p>
              For this, Portcullis opens a short second connection to the gateway with more rights, does this
              one thing, and closes it again.
            </p>
          )}
        </>
      }
      details={
        <>
          {details}
          {elevation.length > 0 && <ScopeList label="Rights needed for this" scopes={elevation} />}
        </>
      }
      confirmLabel={confirmLabel}
      {...answers}
    />
  );
}
