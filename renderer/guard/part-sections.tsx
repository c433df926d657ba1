/** The two layers of the guard, each with its state in a sentence and what can be done about it. */
import type {
  GuardedAccountView,
  GuardPluginView,
  GuardSetupAction,
  GuardSetupInput,
} from '../../electron/contract/guard/guard-view.ts';
import { Button } from '../ui/button.tsx';
import { pluginSentence, strictAccountName, strictSentences } from './guard-words.ts';
import styles from './guard.module.css';

interface PartProps {
  /** Something is being changed already, or the gateway cannot be changed from here. */
  readonly locked: boolean;
  readonly onSetUp: (input: GuardSetupInput) => void;
}

const pluginActions: Readonly<Record<GuardSetupAction, string>> = {
  install: 'Install…',
  update: 'Update…',
  remove: 'Remove…',
};

export function PluginPart({ plugin, locked, onSetUp }: PartProps & { readonly plugin: GuardPluginView }) {
  return (
    <>
      <p>Sits in the gateway and checks what the agent and the gateway send.</p>
      <p className={styles['strong']}>{pluginSentence(plugin)}</p>
      {plugin.state === 'present' && (
        <p className={styles['quiet']}>
          A message it asks about waits {plugin.holdSeconds} seconds for you, then it is refused.
        </p>
      )}
      <div className={styles['buttons']}>
        {actionsFor(plugin).map((action) => (
          <Button
            key={action}
            unavailable={locked}
            look={action === 'remove' ? 'plain' : 'primary'}
            onClick={() => onSetUp({ part: 'plugin', action })}
          >
            {pluginActions[action]}
          </Button>
        ))}
      </div>
    </>
  );
}

function actionsFor(plugin: GuardPluginView): readonly GuardSetupAction[] {
  switch (plugin.state) {
    case 'unknown':
      return [];
    case 'absent':
      return ['install'];
    case 'present':
      return plugin.match === 'older' ? ['update', 'remove'] : ['remove'];
  }
}

type Strict = GuardedAccountView['strict'];

const strictActions: Readonly<
  Record<Strict, readonly { readonly action: GuardSetupAction; readonly label: string }[]>
> = {
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
  const accounts = props.accounts.filter(({ strict }) => strict !== 'not-offered');
  return (
    <>
      <p>
        Sits between OpenClaw and imsg and sees every iMessage, also those the plugin cannot see: from the
        openclaw command and from programs in the agent’s shell.
      </p>
      {accounts.length === 0 && <p className={styles['quiet']}>This gateway has no iMessage account.</p>}
      <ul className={styles['accounts']}>
        {accounts.map(({ account, strict }) => (
          <li key={account} className={styles['account']}>
            <p>
              <span className={styles['strong']}>{strictAccountName(account)}</span>:{' '}
              {strictSentences[strict]}
            </p>
            <div className={styles['buttons']}>
              {strictActions[strict].map(({ action, label }) => (
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
