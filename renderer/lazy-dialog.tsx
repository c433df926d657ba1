/** Dialogs that are loaded when they are first opened: the page everybody starts with carries only their buttons. */
import type { ComponentType, LazyExoticComponent } from 'react';
import { lazy } from 'react';
import { Button } from './ui/button.tsx';
import { Callout } from './ui/callout.tsx';

/** @param close what closing means for this dialog, for where it could not be loaded */
export function lazyDialog<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  close: (props: Props) => void,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => {
    try {
      return { default: await load() };
    } catch {
      // E.g. a browser tab whose Portcullis has quit.
      return { default: (props: Props) => <DialogNotLoaded onClose={() => close(props)} /> };
    }
  });
}

function DialogNotLoaded({ onClose }: { readonly onClose: () => void }) {
  return (
    <Callout
      tone="warn"
      live="alert"
      title="This could not be loaded"
      actions={
        <>
          <Button onClick={() => window.location.reload()}>Load again</Button>
          <Button onClick={onClose}>Close</Button>
        </>
      }
    >
      <p>Portcullis may have quit or been updated. Load the window again once it runs.</p>
    </Callout>
  );
}
