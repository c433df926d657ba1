/** Blocked people, what blocking does and does not do, and how to lift it. */
import { useId } from 'react';
import type { BlockedListView, BlockedPersonView } from '../../electron/contract/people.ts';
import { channelName } from '../../electron/contract/guard/channel-names.ts';
import { runCommand } from '../session/run-command.ts';
import { useSession } from '../session/session.ts';
import { Button } from '../ui/button.tsx';
import { Section } from '../ui/page.tsx';
import { StrangerText } from '../ui/stranger-text.tsx';
import { usePeopleActions } from './people-actions.ts';
import { blockedUnavailable, peopleTexts } from './people-texts.ts';
import styles from './people.module.css';

export function BlockedSection({ blocked }: { readonly blocked: BlockedListView }) {
  if (blocked.state === 'unavailable') {
    return (
      <Section title={peopleTexts.blocked}>
        <p className={styles['warn']}>{blockedUnavailable[blocked.reason]}</p>
      </Section>
    );
  }
  return (
    <Section title={peopleTexts.blocked}>
      <p className={styles['muted']}>{peopleTexts.blockedMeans}</p>
      {blocked.people.length === 0 && <p className={styles['muted']}>{peopleTexts.noBlocked}</p>}
      <ul className={styles['rows']}>
        {blocked.people.map((person) => (
          <BlockedRow key={`${person.channel} ${person.to}`} person={person} />
        ))}
      </ul>
    </Section>
  );
}

function BlockedRow({ person }: { readonly person: BlockedPersonView }) {
  const id = useId();
  const { bridge } = useSession().link;
  const actions = usePeopleActions();
  const { channel, to, shown, note } = person;
  return (
    <li className={styles['row']} aria-labelledby={`${id}-name`}>
      <div className={styles['words']}>
        <p id={`${id}-name`} className={styles['name']}>
          <StrangerText value={shown} />
        </p>
        <p className={styles['muted']}>
          {channelName(channel)}
          {note !== null && (
            <>
              {' · '}
              <StrangerText value={note} />
            </>
          )}
        </p>
      </div>
      <div className={styles['buttons']}>
        <Button
          unavailable={actions.unavailable}
          aria-describedby={`${id}-name`}
          onClick={() =>
            void actions.run(`${shown.text} is no longer blocked.`, () =>
              runCommand(bridge, 'people.unblock', { channel, to }),
            )
          }
        >
          Unblock
        </Button>
      </div>
    </li>
  );
}
