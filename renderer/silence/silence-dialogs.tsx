/** From "Change…" to a change: choosing a state, looking at exactly what that means; and the way back. */
import type { SilenceAccountView } from '../../electron/contract/silence.ts';
import type { SilencePlanInput } from '../../electron/contract/schemas.ts';
import { ChooseDialog } from './choose-dialog.tsx';
import { SilencePreview } from './silence-preview.tsx';
import { UndoDialog } from './undo-dialog.tsx';

export type SilenceStep =
  | { readonly kind: 'choose' }
  | { readonly kind: 'preview'; readonly input: SilencePlanInput }
  | { readonly kind: 'undo' };

export interface SilenceDialogsProps {
  readonly account: SilenceAccountView;
  readonly step: SilenceStep;
  /** Null: closed. */
  readonly onStep: (step: SilenceStep | null) => void;
  /** Puts the focus back to where the owner was. */
  readonly onClosed: () => void;
}

export function SilenceDialogs({ account, step, onStep, onClosed }: SilenceDialogsProps) {
  const close = (): void => onStep(null);
  switch (step.kind) {
    case 'choose':
      return (
        <ChooseDialog
          account={account}
          onChoose={(to, until) =>
            onStep({ kind: 'preview', input: { account: account.account, to, until } })
          }
          onCancel={close}
          onClosed={onClosed}
        />
      );
    case 'preview':
      return <SilencePreview account={account} input={step.input} onClose={close} onClosed={onClosed} />;
    case 'undo':
      return <UndoDialog account={account} onClose={close} onClosed={onClosed} />;
  }
}
