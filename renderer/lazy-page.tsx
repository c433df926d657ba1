/** Pages that are loaded when they are first opened, so that the window itself starts small. */
import type { ComponentType, LazyExoticComponent } from 'react';
import { lazy } from 'react';
import type { AppSnapshot } from '../electron/contract/snapshot.ts';
import { Button } from './ui/button.tsx';
import { Page } from './ui/page.tsx';

export type PageComponent = ComponentType<{ readonly snapshot: AppSnapshot }>;

export function lazyPage(load: () => Promise<PageComponent>): LazyExoticComponent<PageComponent> {
  return lazy(async () => {
    try {
      return { default: await load() };
    } catch {
      // E.g. a browser tab whose Portcullis has quit.
      return { default: PageNotLoaded };
    }
  });
}

function PageNotLoaded() {
  return (
    <Page title="This page could not be loaded">
      <p>Portcullis may have quit or been updated. Load the window again once it runs.</p>
      <p>
        <Button onClick={() => window.location.reload()}>Load again</Button>
      </p>
    </Page>
  );
}
