/** One account of one channel: who may write, who may be written to, what strangers get; and its form to change that. */
import { useRef, useState } from 'react';
import type {
  ChannelAccountView,
  ChannelPlanInput,
  ChannelSettingView,
  ConfigWorkView,
} from '../../electron/contract/channels.ts';
import { WorkLine } from '../config-preview/work-line.tsx';
import { useSections } from '../navigation.tsx';
import { ScrollBox } from '../requests/scroll-box.tsx';
import { Button } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';
import { Section } from '../ui/page.tsx';
import { StrangerText } from '../ui/stranger-text.tsx';
import { ChannelPreview } from './channel-preview.tsx';
import {
  allowToWords,
  choiceWords,
  fromWords,
  isAbout,
  isBeingChanged,
  notSetWords,
  settingNames,
  strangerSentences,
  titleOf,
} from './channel-words.ts';
import styles from './channels.module.css';
import { EditForm } from './edit-form.tsx';

export interface AccountSectionProps {
  readonly account: ChannelAccountView;
  /** This gateway's config can be changed from here at all. */
  readonly editable: boolean;
  /** Connected, and nothing else is being changed. */
  readonly changeable: boolean;
  readonly work: ConfigWorkView;
}

export function AccountSection({ account, editable, changeable, work }: AccountSectionProps) {
  const { has, open } = useSections();
  const [editing, setEditing] = useState(false);
  const [input, setInput] = useState<ChannelPlanInput | null>(null);
  /** What was last confirmed: a conflict may show only after that. */
  const [confirmed, setConfirmed] = useState<ChannelPlanInput | null>(null);
  const changeButton = useRef<HTMLButtonElement>(null);
  const title = titleOf(account);
  const stopEditing = (): void => {
    setEditing(false);
    changeButton.current?.focus({ preventScroll: true });
  };
  return (
    <Section title={title}>
      <p className={styles['quiet']}>{stateWords(account)}</p>
      <p className={styles['strong']}>
        {account.strangers === null
          ? 'What a stranger gets cannot be told.'
          : strangerSentences[account.strangers]}
      </p>
      <dl className={styles['facts']}>
        {account.settings.map((setting) => (
          <Setting key={setting.key} setting={setting} />
        ))}
        <div className={styles['fact']}>
          <dt>
            May be written to <code>allowTo</code>
          </dt>
          <dd>{allowToWords(account)}</dd>
        </div>
        <div className={styles['fact']}>
          <dt>
            Answer to strangers <code>pairingReply</code>
          </dt>
          <dd>{replyWords(account)}</dd>
        </div>
      </dl>
      <div className={styles['buttons']}>
        {editable && account.settings.length > 0 && (
          <Button
            ref={changeButton}
            unavailable={!changeable}
            aria-expanded={editing}
            aria-label={`Change… (${title})`}
            onClick={() => setEditing(!editing)}
          >
            Change…
          </Button>
        )}
        {has('rules') && (
          <Button aria-label={`Rules: who may be written to on ${title}`} onClick={() => open('rules')}>
            Rules
          </Button>
        )}
      </div>
      {isBeingChanged(work, account) && <WorkLine progress={work.progress} />}
      {confirmed !== null && !editing && metConflict(work, account) && (
        <Callout
          tone="warn"
          actions={
            <Button unavailable={!changeable} onClick={() => setInput(confirmed)}>
              Preview again…
            </Button>
          }
        >
          <p>Your change was not made, because somebody else changed the config at the same time.</p>
        </Callout>
      )}
      {editing && (
        <EditForm account={account} changeable={changeable} onPreview={setInput} onCancel={stopEditing} />
      )}
      {input !== null && (
        <ChannelPreview
          title={title}
          input={input}
          onApplied={() => {
            setConfirmed(input);
            setEditing(false);
          }}
          onClose={() => setInput(null)}
          onClosed={() => changeButton.current?.focus({ preventScroll: true })}
        />
      )}
    </Section>
  );
}

function metConflict(work: ConfigWorkView, account: ChannelAccountView): boolean {
  return work.state === 'failed' && work.error.code === 'config-changed' && isAbout(work.reason, account);
}

function Setting({ setting }: { readonly setting: ChannelSettingView }) {
  const { key, value, shown, from } = setting;
  return (
    <div className={styles['fact']}>
      <dt>
        {settingNames[key]} <code>{key}</code>
      </dt>
      <dd>
        {value === null ? (
          setting.kind === 'choice' ? (
            <>Not known: {notSetWords}.</>
          ) : (
            'Nobody is listed: not set.'
          )
        ) : setting.kind === 'choice' ? (
          <>{typeof value === 'string' ? choiceWords(key, value) : ''}</>
        ) : shown.length === 0 ? (
          'Nobody is listed.'
        ) : (
          <ScrollBox label="Listed" count={shown.length}>
            <ul>
              {shown.map((entry, index) => (
                <li key={index}>
                  <StrangerText value={entry} />
                </li>
              ))}
            </ul>
          </ScrollBox>
        )}
        {value !== null && <p className={styles['quiet']}>{fromWords[from]}</p>}
      </dd>
    </div>
  );
}

function stateWords({ enabled, connected }: ChannelAccountView): string {
  if (!enabled) return 'Switched off.';
  if (connected === null) return 'On.';
  return connected ? 'Connected.' : 'Not connected.';
}

function replyWords({ guard }: ChannelAccountView): string {
  if (guard === null) return 'The gateway’s own: the send guard is not in this gateway.';
  return guard.pairingReply === 'silent'
    ? 'Held back, as far as strict mode is on.'
    : 'Not held back by the send guard.';
}
