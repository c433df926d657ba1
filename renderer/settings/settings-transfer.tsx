/** Settings as a file: saved for another computer, or brought from one and looked at before they count. */
import { useRef, useState } from 'react';
import { appError, type AppError } from '../../electron/contract/result.ts';
import {
  mostSettingsText,
  transferTexts,
  type ImportPlan,
} from '../../electron/contract/settings-transfer.ts';
import { useCommand } from '../session/use-command.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { ErrorLine } from '../ui/error-line.tsx';
import styles from './settings.module.css';

interface Offered {
  readonly text: string;
  readonly plan: ImportPlan;
}

const tooLong = appError('bad-input', transferTexts.tooLong);

export function SettingsTransfer() {
  const exporting = useCommand('settings.export');
  const planning = useCommand('settings.planImport');
  const importing = useCommand('settings.import');
  const [offered, setOffered] = useState<Offered | null>(null);
  /** What came of the file picked last; null while the owner looks at it. */
  const [outcome, setOutcome] = useState<AppError | 'loaded' | null>(null);
  const picker = useRef<HTMLInputElement>(null);

  async function save(): Promise<void> {
    const answer = await exporting.send(undefined);
    if (answer.ok) saveAsFile(answer.value.fileName, answer.value.text);
  }

  async function look(file: File): Promise<void> {
    setOutcome(null);
    if (file.size > mostSettingsText) {
      setOutcome(tooLong);
      return;
    }
    const text = await file.text();
    const answer = await planning.send({ text });
    if (answer.ok) setOffered({ text, plan: answer.value });
    else setOutcome(answer.error);
  }

  async function apply({ text }: Offered): Promise<void> {
    const answer = await importing.send({ text });
    if (!answer.ok) return;
    setOffered(null);
    setOutcome('loaded');
  }

  return (
    <div className={styles['group']}>
      <p className={styles['note']}>
        A settings file holds what is set above, but no token or key: those stay in the keychain.
      </p>
      <div className={styles['buttons']}>
        <Button unavailable={exporting.sending} onClick={() => void save()}>
          Save settings to a file
        </Button>
        <Button unavailable={planning.sending} onClick={() => picker.current?.click()}>
          Load settings from a file…
        </Button>
        <input
          ref={picker}
          type="file"
          hidden
          accept="application/json,.json"
          aria-label="Settings file"
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file !== undefined) void look(file);
            // The same file, mended, is to be taken again.
            event.target.value = '';
          }}
        />
      </div>
      <ErrorLine error={exporting.error} />
      {outcome === 'loaded' ? (
        <p role="status">The settings from the file are in place.</p>
      ) : (
        <ErrorLine error={outcome} />
      )}
      {offered !== null && (
        <ImportDialog
          plan={offered.plan}
          busy={importing.sending}
          error={importing.error}
          onConfirm={() => void apply(offered)}
          onCancel={() => setOffered(null)}
        />
      )}
    </div>
  );
}

interface ImportDialogProps {
  readonly plan: ImportPlan;
  readonly busy: boolean;
  readonly error: ReturnType<typeof useCommand>['error'];
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

function ImportDialog({ plan: { changes }, busy, error, onConfirm, onCancel }: ImportDialogProps) {
  return (
    <ConfirmDialog
      title="Load these settings?"
      wide
      text={
        <p>
          {changes.length === 0
            ? 'The file holds what is set already. Nothing would change.'
            : 'They take the place of what is set now. Another gateway needs its own token on this computer.'}
        </p>
      }
      details={
        <>
          {changes.length > 0 && (
            <dl className={styles['changes']} tabIndex={0} aria-label="What changes">
              {changes.map(({ label, before, after }) => (
                <div key={label}>
                  <dt className={styles['label']}>{label}</dt>
                  <dd>
                    <del>{before}</del> <span aria-hidden>→</span> <ins>{after}</ins>
                  </dd>
                </div>
              ))}
            </dl>
          )}
          <ErrorLine error={error} />
        </>
      }
      confirmLabel="Load settings"
      unavailable={busy || changes.length === 0}
      onConfirm={onConfirm}
      onCancel={onCancel}
    />
  );
}

/** Hands the owner a text as a download. */
function saveAsFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
