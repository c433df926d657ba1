/** Chat contacts who may write to the assistant, by channel and account, with where each approval comes from. */
import { useId } from 'react';
import type { DisplayText } from '../../electron/contract/display-text.ts';
import type { ApprovedContactView, ContactsListView } from '../../electron/contract/people.ts';
import { channelName } from '../../electron/contract/guard/channel-names.ts';
import { runCommand } from '../session/run-command.ts';
import { useSession } from '../session/session.ts';
import { Button } from '../ui/button.tsx';
import { Section } from '../ui/page.tsx';
import { StrangerText } from '../ui/stranger-text.tsx';
import { contactQuestion } from './confirmations.tsx';
import { ContactName } from './contact-name.tsx';
import { usePeopleActions } from './people-actions.ts';
import { peopleTexts, removalTexts } from './people-texts.ts';
import styles from './people.module.css';

export interface ContactsSectionProps {
  readonly contacts: ContactsListView;
  /** People can be blocked. */
  readonly blocking: boolean;
}

export function ContactsSection({ contacts, blocking }: ContactsSectionProps) {
  const { list, pairingFrom, configRead } = contacts;
  const isWhole = pairingFrom !== 'nowhere' && pairingFrom !== 'unreadable' && configRead;
  return (
    <Section title={peopleTexts.contacts}>
      {pairingFrom === 'nowhere' && <p className={styles['warn']}>{peopleTexts.pairingNowhere}</p>}
      {pairingFrom === 'unreadable' && <p className={styles['warn']}>{peopleTexts.pairingUnreadable}</p>}
      {!configRead && <p className={styles['warn']}>{peopleTexts.configNotRead}</p>}
      {list.length === 0 && isWhole && <p className={styles['muted']}>{peopleTexts.noContacts}</p>}
      {accountsOf(list).map(({ channel, account, accountShown, people }) => (
        <div key={`${channel} ${account}`} className={styles['group']}>
          <h4 className={styles['place']}>
            {channelName(channel)}
            {account !== 'default' && (
              <>
                , account <StrangerText value={accountShown} />
              </>
            )}
          </h4>
          <ul className={styles['rows']}>
            {people.map((contact) => (
              <ContactRow key={`${contact.source} ${contact.entry}`} contact={contact} blocking={blocking} />
            ))}
          </ul>
        </div>
      ))}
    </Section>
  );
}

function ContactRow({
  contact,
  blocking,
}: {
  readonly contact: ApprovedContactView;
  readonly blocking: boolean;
}) {
  const id = useId();
  const { bridge } = useSession().link;
  const actions = usePeopleActions();
  const { channel, account, entry, removal, means } = contact;
  const ask = (block: boolean): void => {
    const remove = () => runCommand(bridge, 'people.removeContact', { channel, account, entry, block });
    actions.confirm(contactQuestion(contact, block, remove));
  };
  return (
    <li className={styles['row']} aria-labelledby={`${id}-name`}>
      <div className={styles['words']}>
        <p id={`${id}-name`} className={styles['name']}>
          <ContactName shown={contact.shown} />
        </p>
        {means === 'everyone' && <p className={styles['warn']}>{peopleTexts.everyone}</p>}
        {means === 'group' && <p className={styles['muted']}>{peopleTexts.group}</p>}
        {contact.source === 'pairing' && <p className={styles['muted']}>Approved by pairing</p>}
        {contact.blocked && <p className={styles['warn']}>{peopleTexts.blockedAndAllowed}</p>}
        {removal !== 'possible' && <p className={styles['muted']}>{removalTexts[removal]}</p>}
      </div>
      {removal === 'possible' && (
        <div className={styles['buttons']}>
          <Button
            unavailable={actions.unavailable}
            aria-describedby={`${id}-name`}
            onClick={() => ask(false)}
          >
            Take back…
          </Button>
          {blocking && (
            <Button
              unavailable={actions.unavailable}
              aria-describedby={`${id}-name`}
              onClick={() => ask(true)}
            >
              Take back and block…
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

interface Account {
  readonly channel: string;
  readonly account: string;
  readonly accountShown: DisplayText;
  readonly people: readonly ApprovedContactView[];
}

function accountsOf(list: readonly ApprovedContactView[]): readonly Account[] {
  const groups = new Map<string, ApprovedContactView[]>();
  for (const contact of list) {
    const key = JSON.stringify([contact.channel, contact.account]);
    groups.set(key, [...(groups.get(key) ?? []), contact]);
  }
  return [...groups.values()].flatMap((people) => {
    const [first] = people;
    return first === undefined ? [] : [{ ...first, people }];
  });
}
