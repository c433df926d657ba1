/** Says, right below the field, how the address being typed was understood, or what is wrong with it. */
import { addressProblemTexts } from '../../electron/contract/guard/guard-texts.ts';
import type { UnderstoodAddress } from '../../electron/contract/guard/guard-view.ts';
import type { Understanding } from './use-understood.ts';
import type { RuleList } from './listed-rules.ts';
import { oddities, StrangerText } from '../ui/stranger-text.tsx';
import styles from './rules.module.css';

type UnderstoodPerson = Extract<UnderstoodAddress, { readonly understood: true }>;

const kindWords: Readonly<Partial<Record<string, string>>> = {
  phone: 'a telephone number',
  'short-code': 'a short number, such as those of services',
  email: 'an e-mail address',
  sender: 'the name of a sender, such as those of services; it stands for no number',
  chat: 'one conversation by its number; it does not say who reads along there',
  group: 'a group: everyone in it reads along',
  handle: 'a user name',
  id: 'an id of the channel, compared exactly',
};

export interface AddressPreviewProps {
  readonly id: string;
  readonly understanding: Understanding;
  /** Where the understood address is listed already. */
  readonly listed: RuleList | null;
  readonly adding: 'allow' | 'deny';
}

export function AddressPreview({ id, understanding, listed, adding }: AddressPreviewProps) {
  return (
    <div id={id} role="status" className={styles['preview']}>
      <PreviewWords understanding={understanding} adding={adding} />
      {listed !== null && <p className={styles['warn']}>{listedSentence(listed, adding)}</p>}
    </div>
  );
}

function PreviewWords({ understanding, adding }: Pick<AddressPreviewProps, 'understanding' | 'adding'>) {
  switch (understanding.state) {
    case 'empty':
      return <p className={styles['quiet']}>A number, an e-mail address or a user name.</p>;
    case 'asking':
      return <p className={styles['quiet']}>Checking…</p>;
    case 'failed':
      return <p className={styles['problem']}>{understanding.error.message}</p>;
    case 'answered': {
      const { address } = understanding;
      if (!address.understood) return <p className={styles['problem']}>{address.problem}</p>;
      if (!canBeAdded(address, adding))
        return <p className={styles['problem']}>{addressProblemTexts.name}</p>;
      const words = kindWords[address.kind];
      return (
        <>
          <p>
            Understood as{' '}
            <strong>
              <StrangerText value={address.shown} />
            </strong>
            {words !== undefined && <span className={styles['quiet']}>, {words}</span>}
          </p>
          {oddities(address.shown).map((oddity) => (
            <p key={oddity} className={styles['problem']}>{`This ${oddity}.`}</p>
          ))}
        </>
      );
    }
  }
}

/** A name is whoever bears it: it can be denied and not allowed. */
export function canBeAdded({ kind }: UnderstoodPerson, adding: 'allow' | 'deny'): boolean {
  return adding === 'deny' || kind !== 'sender';
}

/** An allow rule beside a denial or a block changes nothing, and must not look as if it did. */
export function isPointless(listed: RuleList | null, adding: 'allow' | 'deny'): boolean {
  return adding === 'allow' && (listed === 'denied' || listed === 'blocked');
}

function listedSentence(listed: RuleList, adding: 'allow' | 'deny'): string {
  if (listed === 'blocked') return 'Blocked on this channel already. A block holds before every rule.';
  if (listed === 'denied') {
    return adding === 'allow'
      ? 'Denied already, and a denial wins. Remove that rule first.'
      : 'Denied already. Adding replaces its note.';
  }
  return adding === 'allow'
    ? 'Allowed already. Adding replaces its note and its end.'
    : 'Allowed as well. A denial wins.';
}
