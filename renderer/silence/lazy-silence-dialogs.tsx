/** The dialogs are loaded when they are first opened: the page everybody starts with carries only the switch. */
import { lazy } from 'react';
import { Button } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';
import type { SilenceDialogsProps } from './silence-dialogs.tsx';

export const LazySilenceDialogs = lazy(async () => {
  try {
    return { default: (await import('./silence-dialogs.tsx')).SilenceDialogs };
  } catch {
    // E.g. a browser tab whose Portcullis has quit.
    return { default: DialogsNotLoaded };
  }
});

function DialogsNotLoaded({ onStep }: SilenceDialogsProps) {
  return (
    <Callout
      tone="warn"
      live="alert"
      title="This could not be loaded"
      actions={
        <>
          <Button onClick={() => window.location.reload()}>Load again</Button>
          <Button onClick={() => onStep(null)}>Close</Button>
        </>
      }
    >
      <p>Portcullis may have quit or been updated. Load the window again once it runs.</p>
    </Callout>
  );
}
