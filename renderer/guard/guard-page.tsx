/** The send guard: what is in place, setting it up and testing it, and what it honestly does not see. */
import { useState } from 'react';
import { remoteSetupText } from '../../electron/contract/guard/guard-texts.ts';
import type {
  GuardPluginView,
  GuardSetupInput,
  GuardView,
} from '../../electron/contract/guard/guard-view.ts';
import type { AppSnapshot } from '../../electron/contract/snapshot.ts';
import { ActionText } from '../connection/action-text.tsx';
import { useSession } from '../session/session.ts';
import { useSeconds } from '../session/use-time.ts';
import { PauseSwitch } from '../guard-state/pause-switch.tsx';
import { Callout } from '../ui/callout.tsx';
import { Page, Section } from '../ui/page.tsx';
import { CoverageSection } from './coverage-section.tsx';
import { PluginPart, StrictPart } from './part-sections.tsx';
import { SelfTest } from './self-test.tsx';
import { SetupDialog } from './setup-dialog.tsx';
import { SetupProgress } from './setup-progress.tsx';

export function GuardPage({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { guard, connection } = snapshot;
  const { store } = useSession();
  const now = useSeconds(store.now);
  const [opened, setOpened] = useState<GuardSetupInput | null>(null);
  const remote = connection.state !== 'stopped' && connection.gateway?.remote === true;
  const working = guard.setup.state === 'working';
  const part = { locked: remote || working, missing: guard.missing, onSetUp: setOpened };
  return (
    <Page title="Send guard">
      <p>
        It stops messages to people you have not allowed before they leave, and asks you. One click sends or
        refuses them.
      </p>
      <PauseSwitch snapshot={snapshot} />
      {remote && <RemoteNote plugin={guard.plugin} />}
      <SetupProgress setup={guard.setup} now={now} />
      <Section title="Guard plugin">
        <PluginPart plugin={guard.plugin} {...part} />
      </Section>
      <Section title="Strict mode for iMessage">
        <StrictPart accounts={guard.accounts} {...part} />
      </Section>
      <Section title="Does it work?">
        <SelfTest setup={guard.setup} possible={isTestable(guard) && !working} now={now} />
      </Section>
      <Section title="What it sees, and what not">
        <CoverageSection guard={guard} />
      </Section>
      {opened !== null && <SetupDialog input={opened} onClose={() => setOpened(null)} />}
    </Page>
  );
}

function isTestable({ plugin, accounts }: GuardView): boolean {
  return (
    plugin.state === 'present' || accounts.some(({ strict }) => strict === 'on' || strict === 'outdated')
  );
}

function RemoteNote({ plugin }: { readonly plugin: GuardPluginView }) {
  return (
    <Callout tone="quiet">
      <ActionText text={remoteSetupText(nextSetup(plugin))} />
    </Callout>
  );
}

/** What the owner most likely wants to do next. */
function nextSetup(plugin: GuardPluginView): GuardSetupInput {
  if (plugin.state !== 'present') return { part: 'plugin', action: 'install' };
  if (plugin.match === 'older') return { part: 'plugin', action: 'update' };
  return { part: 'strict', action: 'install', account: 'default' };
}
