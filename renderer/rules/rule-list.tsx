/** All rules with a search over them. Drawn in portions, because an import can bring thousands. */
import { useDeferredValue, useMemo, useState } from 'react';
import type { Policy } from '../../electron/contract/guard/policy.ts';
import type { RuleChange } from '../../electron/contract/guard/rule-change.ts';
import type { Result } from '../../electron/contract/result.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/text-field.tsx';
import type { ListedRule, RuleList as ListName } from './listed-rules.ts';
import { listRules, ruleLists, searchRules } from './listed-rules.ts';
import { RuleRow } from './rule-row.tsx';
import styles from './rules.module.css';

const portion = 200;
/** Below this many rules nobody needs a search. */
const fewRules = 5;

const listTitles: Readonly<Record<ListName, string>> = {
  allowed: 'Allowed',
  denied: 'Denied',
  blocked: 'Blocked people',
};

export interface RuleListProps {
  readonly policy: Policy;
  readonly busy: boolean;
  readonly onChange: (change: RuleChange, said: string) => Promise<Result<null>>;
}

export function RuleList({ policy, busy, onChange }: RuleListProps) {
  const [wanted, setWanted] = useState('');
  const [limit, setLimit] = useState(portion);
  const rules = useMemo(() => listRules(policy), [policy]);
  const search = useMemo(() => searchRules(rules), [rules]);
  const looked = useDeferredValue(wanted);
  const found = useMemo(() => search(looked), [search, looked]);
  const shown = found.slice(0, limit);

  if (rules.length === 0) return <p>No rules yet.</p>;
  return (
    <>
      {rules.length > fewRules && (
        <TextField
          label="Search addresses and notes"
          type="search"
          value={wanted}
          onValue={(text) => {
            setWanted(text);
            setLimit(portion);
          }}
        />
      )}
      <p role="status" className={looked.trim() === '' ? 'visually-hidden' : styles['quiet']}>
        {looked.trim() !== '' && foundWords(found.length, rules.length)}
      </p>
      {ruleLists.map((list) => (
        <RuleGroup
          key={list}
          title={`${listTitles[list]} (${String(found.filter((rule) => rule.list === list).length)})`}
          rules={shown.filter((rule) => rule.list === list)}
          busy={busy}
          onChange={onChange}
        />
      ))}
      {found.length > shown.length && (
        <Button onClick={() => setLimit(limit + portion)}>
          Show more ({String(found.length - shown.length)} left)
        </Button>
      )}
    </>
  );
}

interface RuleGroupProps {
  readonly title: string;
  readonly rules: readonly ListedRule[];
  readonly busy: boolean;
  readonly onChange: RuleListProps['onChange'];
}

function RuleGroup({ title, rules, ...row }: RuleGroupProps) {
  if (rules.length === 0) return null;
  return (
    <div className={styles['group']}>
      <h4 className={styles['name']}>{title}</h4>
      <ul className={styles['rows']}>
        {rules.map((rule) => (
          <RuleRow key={rule.id} rule={rule} {...row} />
        ))}
      </ul>
    </div>
  );
}

function foundWords(found: number, all: number): string {
  return found === 0 ? 'No rule matches.' : `${String(found)} of ${String(all)} rules match.`;
}
