/** Chooses what strangers get and for how long. Changes nothing: what follows is the preview. */
import { useState } from 'react';
import { silenceModeTexts } from '../../electron/contract/config-texts.ts';
import { silenceModes } from '../../electron/contract/silence.ts';
import type { SilenceAccountView, SilenceMode } from '../../electron/contract/silence.ts';
import { ExpiryField } from '../rules/expiry-field.tsx';
import { always, expiryMoment, expiryWords } from '../rules/expiry.ts';
import { useSession } from '../session/session.ts';
import { Callout } from '../ui/callout.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { OptionList } from '../ui/option-list.tsx';
import { silenceName, wildcardText } from './silence-words.ts';

export interface ChooseDialogProps {
  readonly account: SilenceAccountView;
  /** @param until epoch ms, the app's clock; null: until changed */
  readonly onChoose: (to: SilenceMode, until: number | null) => void;
  readonly onCancel: () => void;
  readonly onClosed: () => void;
}

export function ChooseDialog({ account, onChoose, onCancel, onClosed }: ChooseDialogProps) {
  const { store } = useSession();
  const [chosen, setChosen] = useState(account.mode === 'other' ? null : account.mode);
  const [expiry, setExpiry] = useState(always);
  /** A missing day is pointed out once the owner tried to go on, not while choosing. */
  const [tried, setTried] = useState(false);
  const now = store.now();
  const until = expiryMoment(expiry, now);
  const problem = until !== null && typeof until === 'object' ? until.problem : null;
  return (
    <ConfirmDialog
      harmless
      title={`Strangers on ${silenceName(account)}`}
      text={<p>What does somebody get who writes and whom you have not approved?</p>}
      details={
        <>
          <OptionList
            label="What strangers get"
            value={chosen}
            options={silenceModes.map((mode) => ({
              value: mode,
              label: silenceModeTexts[mode].name,
              meaning: optionMeaning(mode, account),
            }))}
            onChange={setChosen}
          />
          {account.until !== null && account.until > now && (
            <p>What holds now ends by itself: it holds {expiryWords(account.until, now)}.</p>
          )}
          <ExpiryField
            value={expiry}
            now={now}
            problem={tried ? problem : null}
            {...(account.until === null ? {} : { endless: 'No end' })}
            onChange={setExpiry}
          />
          {chosen === 'ignore' && account.wildcard && (
            <Callout tone="warn">
              <p>{wildcardText}</p>
            </Callout>
          )}
        </>
      }
      confirmLabel="Preview…"
      unavailable={chosen === null || isAsItIs(account, chosen, until)}
      onCancel={onCancel}
      onClosed={onClosed}
      onConfirm={() => {
        setTried(true);
        // The moment is taken here: the dialog may have been open for a while.
        const end = expiryMoment(expiry, store.now());
        if (chosen !== null && (end === null || typeof end === 'number')) onChoose(chosen, end);
      }}
    />
  );
}

function optionMeaning(mode: SilenceMode, { strict }: SilenceAccountView): string {
  const needsStrict = mode === 'ask' && strict !== 'on' && strict !== 'outdated';
  return `${silenceModeTexts[mode].says}${needsStrict ? ' Needs strict mode, which is not on yet.' : ''}`;
}

/** Only its end can be changed then, and only where there is something to go back to. */
function isAsItIs(account: SilenceAccountView, chosen: SilenceMode, until: unknown): boolean {
  if (chosen !== account.mode) return false;
  return account.former === null || (until === null && account.until === null);
}
