/** The two layers of the guard, each with its state in a sentence and what can be done about it. */
import type {
  GuardedAccountView,
  GuardPart,
  GuardPluginView,
  GuardSetupAction,
  GuardSetupInput,
} from '../../electron/contract/guard/guard-view.ts';
import { Button } from '../ui/button.tsx';
import { strictAccountName } from '../rules/account-name.ts';
import { pluginSentence, strictSentence } from './guard-words.ts';
import styles from './guard.module.css';

interface PartProps {
  /** Something is being changed already, or the gateway cannot be changed from here. */
  readonly locked: boolean;
  readonly missing: readonly GuardPart[];
  readonly onSetUp: (input: GuardSetupInput) => void;
}

interface PartAction {
  readonly action: GuardSetupAction;
  readonly label: string;
}

const install = { action: 'install', label: 'Install…' } as const;
const update = { action: 'update', label: 'Update…' } as const;
const remove = { action: 'remove', label: 'Remove…' } as const;

/** What was set up and is gone is put back, or left out for good, which Portcullis then remembers. */
const goneActions: readonly PartAction[] = [
  { action: 'install', label: 'Set up again…' },
  { action: 'remove', label: 'Leave it off…' },
];

export function PluginPart({
  plugin,
  locked,
  missing,
  onSetUp,
}: PartProps & { readonly plugin: GuardPluginView }) {
  const gone = missing.some(({ part }) => part === 'plugin');
  return (
    <>
      <p>
        Sits in the gateway and checks what the agent and the gateway send, and on iMessage what the openclaw
        command sends.
      </p>
      <p className={styles['strong']}>{pluginSentence(plugin, gone)}</p>
      {plugin.state === 'present' && (
        <p className={styles['quiet']}>
          A message it asks about waits {plugin.holdSeconds} seconds for you, then it is refused.
        </p>
      )}
      <div className={styles['buttons']}>
        {actionsFor(plugin, gone).map(({ action, label }) => (
          <Button
            key={action}
            unavailable={locked}
            look={action === 'remove' ? 'plain' : 'primary'}
            onClick={() => onSetUp({ part: 'plugin', action })}
          >
            {label}
          </Button>
        ))}
      </div>
    </>
  );
}

function actionsFor(plugin: GuardPluginView, gone: boolean): readonly PartAction[] {
  switch (plugin.state) {
    case 'unknown':
      return [];
    case 'absent':
      return gone ? goneActions : [install];
    case 'present':
      return plugin.match === 'older' ? [update, remove] : [remove];
  }
}

type Strict = GuardedAccountView['strict'];

const strictActions: Readonly<Record<Strict, readonly PartAction[]>> = {
  on: [{ action: 'remove', label: 'Switch off…' }],
  off: [{ action: 'install', label: 'Switch on…' }],
  outdated: [
    { action: 'update', label: 'Update…' },
    { action: 'remove', label: 'Switch off…' },
  ],
  broken: [
    { action: 'update', label: 'Repair…' },
    { action: 'remove', label: 'Switch off…' },
  ],
  unknown: [],
  'not-offered': [],
};

export function StrictPart(props: PartProps & { readonly accounts: readonly GuardedAccountView[] }) {
  const accounts = props.accounts
    .filter(({ strict }) => strict !== 'not-offered')
    .map(({ account, strict }) => ({ account, strict, gone: isGone(account, props.missing) }));
  return (
    <>
      <p>
        Sits between OpenClaw and imsg and sees every iMessage, also those the plugin cannot see: from
        programs in the agent’s shell, and the code the gateway sends to strangers.
      </p>
      {accounts.length === 0 && <p className={styles['quiet']}>This gateway has no iMessage account.</p>}
      <ul className={styles['accounts']}>
        {accounts.map(({ account, strict, gone }) => (
          <li key={account} className={styles['account']}>
            <p>
              <span className={styles['strong']}>{strictAccountName(account)}</span>:{' '}
              {strictSentence(strict, gone)}
            </p>
            <div className={styles['buttons']}>
              {(gone ? goneActions : strictActions[strict]).map(({ action, label }) => (
                <Button
                  key={action}
                  unavailable={props.locked}
                  aria-label={`${label} (${strictAccountName(account)})`}
                  onClick={() => props.onSetUp({ part: 'strict', action, account })}
                >
                  {label}
                </Button>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function isGone(account: string, missing: readonly GuardPart[]): boolean {
  return missing.some((part) => part.part === 'strict' && part.account === account);
}
