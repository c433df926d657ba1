/** Takes a gateway token and hands it to the app, which puts it in the keychain. It is never shown or kept here. */
import { useId, useState } from 'react';
import { useCommand } from '../session/use-command.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/text-field.tsx';
import { ErrorLine } from '../ui/error-line.tsx';
import styles from './token-form.module.css';

const longestToken = 2000;

export function TokenForm({ saveLabel }: { readonly saveLabel: string }) {
  const hint = useId();
  const { send, sending, error, done } = useCommand('connection.setToken');
  const [token, setToken] = useState('');
  const isEmpty = token.trim() === '';

  async function save(): Promise<void> {
    if (isEmpty || sending) return;
    const answer = await send({ token: token.trim() });
    if (answer.ok) setToken('');
  }

  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextField
        label="Gateway token"
        type="password"
        autoComplete="off"
        maxLength={longestToken}
        value={token}
        onValue={setToken}
        aria-describedby={hint}
      />
      <Button submit unavailable={isEmpty || sending}>
        {saveLabel}
      </Button>
      <p id={hint} role="status" className={styles['hint']}>
        {done && token === '' ? 'Stored in the keychain.' : 'Kept in your keychain and never shown again.'}
      </p>
      <ErrorLine error={error} />
    </form>
  );
}
