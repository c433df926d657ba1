/** What the owner should know about the send guard on every page: paused, unreadable rules, wrong version, losses. */
import { Suspense, useRef, useState } from 'react';
import type {
  GuardPluginView,
  GuardView,
  PolicyStatusView,
} from '../../electron/contract/guard/guard-view.ts';
import { lazyDialog } from '../lazy-dialog.tsx';
import { useSections } from '../navigation.tsx';
import { useCommand } from '../session/use-command.ts';
import { Button } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';
import { ErrorLine } from '../ui/error-line.tsx';
import { MissingGuardBanner } from './missing-guard-banner.tsx';
import type { RestoreRulesDialogProps } from './restore-rules-dialog.tsx';

const RestoreRulesDialog = lazyDialog<RestoreRulesDialogProps>(
  async () => (await import('./restore-rules-dialog.tsx')).RestoreRulesDialog,
  ({ onCancel }) => onCancel(),
);

export function GuardBanners({ guard }: { readonly guard: GuardView }) {
  return (
    <>
      <MissingGuardBanner missing={guard.missing} />
      {guard.paused && <PausedBanner />}
      {guard.policy.status === 'unreadable' && <UnreadableRulesBanner {...guard.policy} />}
      {guard.rulesTrouble !== null && <RulesTroubleBanner trouble={guard.rulesTrouble} />}
      <VersionBanner plugin={guard.plugin} />
      <LossBanner count={guard.overflow} one="1 stopped message was" many="stopped messages were">
        not kept, because there were too many. None of them was sent.
      </LossBanner>
      <LossBanner count={guard.unreadable} one="1 stopped message is" many="stopped messages are">
        not shown, because the files they were kept in cannot be read. The files were left in place; nothing
        of them was sent.
      </LossBanner>
    </>
  );
}

function PausedBanner() {
  const { send, sending, error } = useCommand('guard.pause');
  return (
    <Callout
      tone="warn"
      live="status"
      title="All sends are paused. Nothing leaves."
      actions={
        <Button unavailable={sending} onClick={() => void send({ paused: false })}>
          Resume
        </Button>
      }
    >
      <ErrorLine error={error} />
    </Callout>
  );
}

type UnreadableRules = Extract<PolicyStatusView, { readonly status: 'unreadable' }>;

function UnreadableRulesBanner({ problem, restorable }: UnreadableRules) {
  const { send, sending, error } = useCommand('guard.restoreRules');
  const [confirming, setConfirming] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  return (
    <Callout
      tone="danger"
      live="status"
      title="The send rules cannot be read"
      actions={
        restorable ? (
          <Button ref={opener} unavailable={sending} onClick={() => setConfirming(true)}>
            Restore the last good rules…
          </Button>
        ) : undefined
      }
    >
      <p>
        Until they can, only recipients the last good rules allowed get messages; everything else is stopped.
      </p>
      <p>{problem}</p>
      {!restorable && <p>Mend the file by hand: no earlier rules were kept.</p>}
      <ErrorLine error={error} />
      {confirming && (
        <Suspense>
          <RestoreRulesDialog
            onConfirm={() => {
              setConfirming(false);
              void send(undefined);
            }}
            onCancel={() => setConfirming(false)}
            onClosed={() => opener.current?.focus({ preventScroll: true })}
          />
        </Suspense>
      )}
    </Callout>
  );
}

const troubles = {
  missing: {
    title: 'The send rules are gone',
    text: 'The guard was set up, and its rules file is not there any more. Until it is, nothing unlisted leaves. Make the rules again, or put the file back.',
  },
  misspelt: {
    title: 'A rule names a channel or account that does not exist',
    text: 'It may have been meant for another one, so nothing unlisted leaves. Correct it on the Rules page.',
  },
} as const;

function RulesTroubleBanner({ trouble }: { readonly trouble: keyof typeof troubles }) {
  const { has, open } = useSections();
  const { title, text } = troubles[trouble];
  return (
    <Callout
      tone="danger"
      live="status"
      title={title}
      actions={has('rules') ? <Button onClick={() => open('rules')}>Open rules</Button> : undefined}
    >
      <p>{text}</p>
    </Callout>
  );
}

function VersionBanner({ plugin }: { readonly plugin: GuardPluginView }) {
  const { has, open } = useSections();
  if (plugin.state !== 'present' || plugin.match === 'same') return null;
  if (plugin.match === 'newer') {
    return (
      <Callout tone="warn" title="The send guard is newer than Portcullis">
        It keeps stopping messages, but what is shown here may be incomplete. Update Portcullis.
      </Callout>
    );
  }
  return (
    <Callout
      tone="warn"
      title="The send guard is older than Portcullis"
      actions={has('guard') ? <Button onClick={() => open('guard')}>Update the guard</Button> : undefined}
    >
      It keeps stopping messages. What it stopped is shown, and can be answered once it is updated.
    </Callout>
  );
}

interface LossBannerProps {
  readonly count: number;
  readonly one: string;
  readonly many: string;
  readonly children: string;
}

function LossBanner({ count, one, many, children }: LossBannerProps) {
  if (count === 0) return null;
  return (
    <Callout tone="warn">
      {count === 1 ? one : `${String(count)} ${many}`} {children}
    </Callout>
  );
}
