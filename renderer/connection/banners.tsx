/** Everything above the list that the owner should know: link, connection, keychain, features, notices. */
import { X } from 'lucide-react';
import { useState } from 'react';
import {
  outsideRulesId,
  type AppSnapshot,
  type KeychainState,
  type KeychainView,
  type Notice,
} from '../../electron/contract/snapshot.ts';
import { featureTexts, keychainTexts, limitedText } from '../../electron/contract/strings.ts';
import type { LinkState } from '../bridge/host-link.ts';
import { Button } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';
import { GuardBanners } from '../guard-state/guard-banners.tsx';
import { useSections } from '../navigation.tsx';
import { useCommand } from '../session/use-command.ts';
import { ActionText } from './action-text.tsx';
import { ErrorLine } from '../ui/error-line.tsx';
import styles from './banners.module.css';
import { ConnectionBanner, RetryButton, waitsForKeychain } from './connection-banner.tsx';

export interface BannersProps {
  readonly snapshot: AppSnapshot;
  readonly link: LinkState;
}

export function Banners({ snapshot, link }: BannersProps) {
  const { connection, keychain, notifications, settings } = snapshot;
  const silent = settings.notifications.enabled && notifications.capability === 'none';
  return (
    <div className={styles['banners']}>
      {link.state === 'open' ? (
        <ConnectionBanner connection={connection} />
      ) : (
        <Callout tone="warn" live="status" title="This window lost its connection to Portcullis">
          What is shown may be out of date. It connects again by itself as long as Portcullis runs.
        </Callout>
      )}
      <KeychainBanner {...keychain} waiting={waitsForKeychain(connection)} />
      {connection.state === 'ready' &&
        connection.missing.map((feature) => (
          <Callout key={feature} tone="quiet">
            {featureTexts[feature]}
          </Callout>
        ))}
      {connection.state === 'ready' && connection.limited && (
        <Callout tone="quiet">
          <p>{limitedText.meaning}</p>
          <ActionText text={limitedText.action} />
        </Callout>
      )}
      <GuardBanners guard={snapshot.guard} />
      {silent && (
        <Callout tone="quiet">
          This desktop shows no notifications. Requests appear here and at the tray icon only.
        </Callout>
      )}
      {snapshot.notices.map((notice) => (
        <NoticeBanner key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

const troubled: readonly KeychainState[] = ['locked', 'absent', 'hung'];

interface KeychainBannerProps extends KeychainView {
  /** Nothing goes on before the keychain can be read: an owner who has unlocked it need not wait for the next look. */
  readonly waiting: boolean;
}

function KeychainBanner({ state, sessionOnly, waiting }: KeychainBannerProps) {
  const { send, sending, error } = useCommand('keychain.useSession');
  if (sessionOnly) {
    return (
      <Callout tone="quiet">Credentials are kept in memory only and are gone when Portcullis quits.</Callout>
    );
  }
  if (!troubled.includes(state)) return null;
  const text = keychainTexts[state];
  return (
    <Callout
      tone="warn"
      title={text.title}
      actions={
        <>
          {waiting && <RetryButton />}
          <Button unavailable={sending} onClick={() => void send(undefined)}>
            Continue for this session
          </Button>
        </>
      }
    >
      <p>{text.meaning}</p>
      <p>{text.action}</p>
      <ErrorLine error={error} />
    </Callout>
  );
}

function NoticeBanner({ notice }: { readonly notice: Notice }) {
  const { send, error } = useCommand('notice.dismiss');
  const { open } = useSections();
  const [hidden, setHidden] = useState(false);
  if (hidden) return null;
  const review = notice.id === outsideRulesId;
  return (
    <div className={styles['notice']}>
      <Callout
        tone={review ? 'warn' : 'quiet'}
        actions={review ? <Button onClick={() => open('rules')}>Review</Button> : undefined}
      >
        <p>{notice.text}</p>
        <ErrorLine error={error} />
      </Callout>
      <Button
        look="quiet"
        className={styles['dismiss'] ?? ''}
        aria-label="Dismiss this notice"
        onClick={() => void send({ id: notice.id }).then((answer) => setHidden(answer.ok))}
      >
        <X size={16} aria-hidden />
      </Button>
    </div>
  );
}
