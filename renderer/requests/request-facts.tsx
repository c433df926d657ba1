/** What a request of each kind says about itself. Nothing is left out; long lists scroll. */
import type { DisplayText } from '../../electron/contract/display-text.ts';
import type {
  ChatRequestView,
  DeviceRequestView,
  NodeRequestView,
  RequestView,
  SendRequestView,
} from '../../electron/contract/request.ts';
import { assertNever } from '../../electron/contract/result.ts';
import { asksText, onceADayText } from '../../electron/contract/stranger-texts.ts';
import { ago } from '../ui/format-time.ts';
import { oddities, StrangerText } from '../ui/stranger-text.tsx';
import { Fact, FactList, StrangerFact } from './fact-list.tsx';
import styles from './request-facts.module.css';
import { ScopeList } from './scope-list.tsx';
import { ScrollBox } from './scroll-box.tsx';

/** Somebody or something that wants to be let in. */
export type AdmissionView = Exclude<RequestView, SendRequestView>;

export function RequestFacts({ view, now }: { readonly view: AdmissionView; readonly now: number }) {
  switch (view.kind) {
    case 'chat':
      return <ChatFacts view={view} now={now} />;
    case 'device':
      return <DeviceFacts view={view} />;
    case 'node':
      return <NodeFacts view={view} />;
    default:
      return assertNever(view);
  }
}

function ChatFacts({ view, now }: { readonly view: ChatRequestView; readonly now: number }) {
  const asks = asksText(view.asks);
  return (
    <FactList>
      <StrangerFact label="Channel" value={view.channelLabel} />
      <StrangerFact label="Account" value={view.accountId} />
      {asks !== null && <Fact label="Again">{`${asks}. ${onceADayText}`}</Fact>}
      {view.lastSeenAt > view.requestedAt && <Fact label="Wrote again">{ago(view.lastSeenAt, now)}</Fact>}
    </FactList>
  );
}

function DeviceFacts({ view }: { readonly view: DeviceRequestView }) {
  return (
    <>
      {view.scopes.length > 0 && <ScopeList label="Asks to" scopes={view.scopes} />}
      <FactList>
        <Fact label="Fingerprint">
          <code>{view.fingerprint}</code>
        </Fact>
        <StrangerFact label="Platform" value={view.platform} />
        <StrangerFact label="Address" value={view.address} />
        <StrangerFact label="Role" value={view.role} />
      </FactList>
    </>
  );
}

function NodeFacts({ view }: { readonly view: NodeRequestView }) {
  return (
    <>
      <NameList label="Commands your assistant could run there" names={view.commands} />
      <NameList label="Capabilities" names={view.capabilities} />
      <NameList label="Permissions" names={view.permissions} />
      <FactList>
        <Fact label="Fingerprint">
          <code>{view.fingerprint}</code>
        </Fact>
        <StrangerFact label="Platform" value={view.platform} />
      </FactList>
    </>
  );
}

function NameList({ label, names }: { readonly label: string; readonly names: readonly DisplayText[] }) {
  if (names.length === 0) return null;
  return (
    <ScrollBox label={label} count={names.length}>
      <ul className={styles['names']}>
        {names.map((name, index) => (
          <li key={index} className={styles['name']}>
            <StrangerText value={name} />
            {oddities(name).map((oddity) => (
              <span key={oddity} className={styles['oddity']}>{` This ${oddity}.`}</span>
            ))}
          </li>
        ))}
      </ul>
    </ScrollBox>
  );
}
