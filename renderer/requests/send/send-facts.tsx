/** What is known about a stopped message: every recipient, who caused it, why and where it was stopped, its files. */
import type { DisplayText } from '../../../electron/contract/display-text.ts';
import type { SendFileView, SendRecipient, SendRequestView } from '../../../electron/contract/request.ts';
import { oddities, StrangerText } from '../../ui/stranger-text.tsx';
import { Fact, FactList, StrangerFact } from '../fact-list.tsx';
import { ScrollBox } from '../scroll-box.tsx';
import styles from './send-facts.module.css';
import { layerTexts, recipientsLabel, ruleText, secretWords } from './send-words.ts';

export function SendFacts({ view }: { readonly view: SendRequestView }) {
  const [first] = view.recipients;
  const { surplus } = view;
  const isAlone = view.recipients.length === 1 && surplus === null;
  return (
    <>
      {isAlone && <People names={first?.people ?? []} />}
      {!isAlone && (
        <RecipientList
          label={recipientsLabel(view.recipients.length, surplus !== null)}
          recipients={view.recipients}
        />
      )}
      <FactList>
        {isAlone && <AddressFacts recipient={first} heading={view.who} />}
        {!view.isText && <StrangerFact label="Kind" value={view.action} />}
        <StrangerFact label="Channel" value={view.channelLabel} />
        <StrangerFact label="Account" value={view.accountId} />
        <StrangerFact label="Agent" value={view.cause.agent} />
        <StrangerFact label="Session" value={view.cause.session} />
        <StrangerFact label="Process" value={view.cause.process} />
        {view.secrets.length > 0 && <Fact label="Carries">{secretWords(view.secrets)}</Fact>}
        {view.attempts > 1 && surplus === null && (
          <Fact label="Tried">{`${String(view.attempts)} times`}</Fact>
        )}
        <Fact label="Stopped">
          {ruleText(view.rule)}, {layerTexts[view.layer]}
        </Fact>
      </FactList>
      {view.media.length > 0 && <FileList files={view.media} />}
      {view.files.length > 0 && <FileDetails files={view.files} />}
    </>
  );
}

/** The address as understood and as written, as far as the heading does not say it already. */
function AddressFacts({
  recipient,
  heading,
}: {
  readonly recipient: SendRecipient | undefined;
  readonly heading: DisplayText;
}) {
  if (recipient === undefined) return null;
  const { to, understood } = recipient;
  const isNews = understood !== null && understood.text !== heading.text;
  return (
    <>
      {isNews && <StrangerFact label="Address" value={understood} />}
      {to.text !== (understood ?? heading).text && <StrangerFact label="Written as" value={to} />}
    </>
  );
}

function People({ names }: { readonly names: readonly DisplayText[] }) {
  if (names.length === 0) return null;
  return (
    <ScrollBox label="Who reads there" count={names.length}>
      <Names names={names} />
    </ScrollBox>
  );
}

interface RecipientListProps {
  readonly label: string;
  readonly recipients: readonly SendRecipient[];
}

function RecipientList({ label, recipients }: RecipientListProps) {
  const lines = recipients.reduce((sum, { people }) => sum + 1 + people.length, 0);
  return (
    <ScrollBox label={label} count={lines}>
      <ul className={styles['recipients']}>
        {recipients.map((recipient, index) => (
          <li key={index}>
            <Name value={recipient.understood ?? recipient.to} />
            {isRewritten(recipient) && (
              <p className={styles['detail']}>
                written as <Name value={recipient.to} />
              </p>
            )}
            {recipient.people.length > 0 && (
              <div className={styles['detail']}>
                with <Names names={recipient.people} />
              </div>
            )}
          </li>
        ))}
      </ul>
    </ScrollBox>
  );
}

function FileList({ files }: { readonly files: readonly DisplayText[] }) {
  return (
    <ScrollBox label="Files; Portcullis does not show what is in them" count={files.length}>
      <Names names={files} />
    </ScrollBox>
  );
}

/** What the guard read, byte for byte: an answer holds for exactly these. */
function FileDetails({ files }: { readonly files: readonly SendFileView[] }) {
  return (
    <details>
      <summary>Details of the files</summary>
      <ul className={styles['names']}>
        {files.map(({ name, bytes, sha256 }, index) => (
          <li key={index}>
            <Name value={name} />
            <p className={styles['detail']}>
              {bytes === null || sha256 === null ? (
                'Could not be read: the message cannot be sent once.'
              ) : (
                <>
                  {bytes.toLocaleString('en')} bytes, SHA-256{' '}
                  <code title={sha256}>{sha256.slice(0, 12)}…</code>
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Names({ names }: { readonly names: readonly DisplayText[] }) {
  return (
    <ul className={styles['names']}>
      {names.map((name, index) => (
        <li key={index}>
          <Name value={name} />
        </li>
      ))}
    </ul>
  );
}

function Name({ value }: { readonly value: DisplayText }) {
  return (
    <>
      <StrangerText value={value} />
      {oddities(value).map((oddity) => (
        <span key={oddity} className={styles['oddity']}>{` This ${oddity}.`}</span>
      ))}
    </>
  );
}

function isRewritten({ to, understood }: SendRecipient): boolean {
  return understood !== null && understood.text !== to.text;
}
