/** Opens the dialog that pairs a phone. */
import { useState } from 'react';
import { useLinkState, useSnapshot } from '../session/session.ts';
import { Button } from '../ui/button.tsx';
import { SetupCodeDialog } from './setup-code-dialog.tsx';
import { pairTexts } from './setup-code-texts.ts';

export function SetupCodeButton() {
  const [open, setOpen] = useState(false);
  const link = useLinkState();
  const connection = useSnapshot()?.connection.state;
  const live = link.state === 'open' && connection === 'ready';
  return (
    <>
      <Button unavailable={!live} onClick={() => setOpen(true)}>
        {pairTexts.open}
      </Button>
      {open && <SetupCodeDialog onClose={() => setOpen(false)} />}
    </>
  );
}
