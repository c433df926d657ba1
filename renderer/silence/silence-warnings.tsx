/** What the owner should know before switching, and what has to be done first. */
import type { SilenceWarning } from '../../electron/contract/silence.ts';
import { useSections } from '../navigation.tsx';
import { Button } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';
import { StrangerText } from '../ui/stranger-text.tsx';
import { ApproverWarning } from './approver-warning.tsx';
import { wildcardText } from './silence-words.ts';
import { StrangerAnswer } from './stranger-answer.tsx';

export interface SilenceWarningsProps {
  readonly warnings: readonly SilenceWarning[];
  /** Where OpenClaw shall ask about commands: a new preview is wanted. */
  readonly onApprovalsTo: (to: string) => void;
  /** Before another page is opened. */
  readonly onClose: () => void;
}

export function SilenceWarnings({ warnings, ...reactions }: SilenceWarningsProps) {
  return warnings.map((warning) => <Warning key={warning.kind} warning={warning} {...reactions} />);
}

function Warning({
  warning,
  onApprovalsTo,
  onClose,
}: Omit<SilenceWarningsProps, 'warnings'> & { readonly warning: SilenceWarning }) {
  switch (warning.kind) {
    case 'wildcard':
      return (
        <Callout tone="danger" title="Silence means nothing here">
          <p>{wildcardText}</p>
        </Callout>
      );
    case 'access-groups':
      return (
        <Callout tone="quiet" title="Access groups stay allowed">
          <p>
            Who is in them only the gateway knows:{' '}
            {warning.groups.map((group, index) => (
              <span key={group.text}>
                {index > 0 && ', '}
                <StrangerText value={group} />
              </span>
            ))}
          </p>
        </Callout>
      );
    case 'makes-approvers':
      return <ApproverWarning problem={warning.problem} onAddress={onApprovalsTo} />;
    case 'strict-needed':
      return (
        <Callout
          tone="warn"
          title="Strict mode is needed first"
          actions={<ToGuard label="Set up strict mode" onClose={onClose} />}
        >
          <p>
            The gateway answers strangers by itself. Only strict mode, which sits in front of imsg, can keep
            that answer back.
          </p>
        </Callout>
      );
    case 'plugin-needed':
      return (
        <Callout
          tone="warn"
          title="The send guard is needed first"
          actions={<ToGuard label="Set up the send guard" onClose={onClose} />}
        >
          <p>It keeps the rule that strangers get no answer, and its plugin is not in this gateway.</p>
        </Callout>
      );
    case 'answers-strangers':
      return <StrangerAnswer text={warning.text} />;
  }
}

function ToGuard({ label, onClose }: { readonly label: string; readonly onClose: () => void }) {
  const { open } = useSections();
  return (
    <Button
      onClick={() => {
        onClose();
        open('guard');
      }}
    >
      {label}
    </Button>
  );
}
