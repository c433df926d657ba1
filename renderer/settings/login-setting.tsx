/** Whether Portcullis starts with the login, as this computer says, and what turning it on writes. */
import { useEffect, useState } from 'react';
import { loginItemTexts, type LoginItemView } from '../../electron/contract/login-item.ts';
import { useCommand } from '../session/use-command.ts';
import { runCommand } from '../session/run-command.ts';
import { useSession } from '../session/session.ts';
import { ErrorLine } from '../ui/error-line.tsx';
import { SwitchRow } from '../ui/switch-row.tsx';
import styles from './settings.module.css';

type Answer = Awaited<ReturnType<typeof readItem>>;

export function LoginSetting() {
  const { bridge } = useSession().link;
  const [answer, setAnswer] = useState<Answer | null>(null);
  const { send, sending, error } = useCommand('loginItem.set');

  useEffect(() => {
    let wanted = true;
    void readItem(bridge).then((read) => {
      if (wanted) setAnswer(read);
    });
    return () => {
      wanted = false;
    };
  }, [bridge]);

  if (answer === null) return <p className={styles['note']}>Looking…</p>;
  if (!answer.ok) return <ErrorLine error={answer.error} />;
  const item = answer.value;
  if (item.state === 'unavailable' || item.state === 'not-installed') {
    const { unavailable, notInstalled } = loginItemTexts;
    return <p className={styles['note']}>{item.state === 'unavailable' ? unavailable : notInstalled}</p>;
  }
  return (
    <>
      <SwitchRow
        label={loginItemTexts.label}
        hint={hints[item.state]}
        checked={item.state === 'on' || item.state === 'not-allowed'}
        disabled={sending}
        onChange={(on) =>
          void send({ on }).then((set) => {
            if (set.ok) setAnswer(set);
          })
        }
      />
      <Preview writes={item.writes} />
      <ErrorLine error={error} />
    </>
  );
}

const hints = {
  on: loginItemTexts.hint,
  off: loginItemTexts.hint,
  other: loginItemTexts.other,
  'not-allowed': loginItemTexts.notAllowed,
} as const;

function Preview({ writes }: Pick<LoginItemView, 'writes'>) {
  if (writes === null) return <p className={styles['note']}>{loginItemTexts.systemList}</p>;
  return (
    <details>
      <summary className={styles['summary']}>{loginItemTexts.preview}</summary>
      <p className={styles['note']}>
        <code className={styles['path']}>{writes.path}</code>
      </p>
      <pre className={styles['file']} tabIndex={0} aria-label={loginItemTexts.preview}>
        {writes.content}
      </pre>
    </details>
  );
}

function readItem(bridge: ReturnType<typeof useSession>['link']['bridge']) {
  return runCommand(bridge, 'loginItem.read', undefined);
}
