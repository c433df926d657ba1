/** Whoever is carried over could approve commands: the owner says where OpenClaw asks instead, in the same step. */
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';
import { TextField } from '../ui/text-field.tsx';

export interface ApproverWarningProps {
  /** Why what was entered last is no address; null: nothing was. */
  readonly problem: string | null;
  readonly onAddress: (to: string) => void;
}

export function ApproverWarning({ problem, onAddress }: ApproverWarningProps) {
  const [to, setTo] = useState('');
  return (
    <Callout tone="danger" title="They could approve commands">
      <p>
        OpenClaw asks in the chat a command came from whether it may run (approvals in its config), and
        whoever stands in allowFrom can say yes there. So let it ask you instead, and nobody else:
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (to.trim() !== '') onAddress(to);
        }}
      >
        <TextField
          label="Your own phone number or e-mail address"
          value={to}
          problem={problem}
          onValue={setTo}
        />
        <Button submit unavailable={to.trim() === ''}>
          Ask me there
        </Button>
      </form>
    </Callout>
  );
}
