/** Exactly what an edit of a channel would change, and what follows from it. */
import { useCallback } from 'react';
import type { ChannelPlan, ChannelPlanInput, ChannelWarning } from '../../electron/contract/channels.ts';
import { ConfigChanges } from '../config-preview/config-changes.tsx';
import { Interruption } from '../config-preview/interruption.tsx';
import { PreviewDialog } from '../config-preview/preview-dialog.tsx';
import { ScrollBox } from '../requests/scroll-box.tsx';
import { runCommand } from '../session/run-command.ts';
import { useSession } from '../session/session.ts';
import { StrangerAnswer } from '../silence/stranger-answer.tsx';
import { Callout } from '../ui/callout.tsx';
import { StrangerText } from '../ui/stranger-text.tsx';
import styles from './channels.module.css';

export interface ChannelPreviewProps {
  readonly title: string;
  readonly input: ChannelPlanInput;
  readonly onApplied: () => void;
  readonly onClose: () => void;
  readonly onClosed: () => void;
}

export function ChannelPreview({ title, input, ...dialog }: ChannelPreviewProps) {
  const { bridge } = useSession().link;
  const makePlan = useCallback(() => runCommand(bridge, 'channels.plan', input), [bridge, input]);
  return (
    <PreviewDialog
      {...dialog}
      title={`Change ${title}?`}
      text={<p>The gateway’s config changes as shown. You can undo it from the list of changes.</p>}
      confirmLabel="Apply"
      makePlan={makePlan}
      details={(plan) => <Details plan={plan} />}
      canApply={({ changes }) => changes.length > 0}
      consent={consentWords}
      apply={({ id }, consented) => runCommand(bridge, 'channels.apply', { id, confirmed: consented })}
    />
  );
}

function consentWords({ confirm, warnings }: ChannelPlan): string | null {
  if (!confirm) return null;
  return warnings.some(({ kind }) => kind === 'answers-strangers')
    ? 'Strangers may get this answer'
    : 'I have read this, and it is what I want';
}

function Details({ plan }: { readonly plan: ChannelPlan }) {
  if (plan.changes.length === 0) return <p>It is like that already. Nothing would change.</p>;
  return (
    <div className={styles['preview']}>
      {plan.warnings.map((warning) => (
        <Warning key={warning.kind} warning={warning} />
      ))}
      <ConfigChanges configPath={plan.configPath} changes={plan.changes} />
      <Interruption restarts={plan.restarts} />
    </div>
  );
}

function Warning({ warning }: { readonly warning: ChannelWarning }) {
  switch (warning.kind) {
    case 'wildcard':
      return (
        <Callout tone="danger" title="Everybody is let in">
          <p>With * in the list, anybody who finds the address reaches your assistant.</p>
        </Callout>
      );
    case 'locks-out':
      return (
        <Callout tone="danger" title="This locks people out">
          <p>They were approved by pairing and may not write any more:</p>
          <ScrollBox label="Locked out" count={warning.people.length}>
            <ul>
              {warning.people.map((person, index) => (
                <li key={index}>
                  <StrangerText value={person} />
                </li>
              ))}
            </ul>
          </ScrollBox>
        </Callout>
      );
    case 'approved-unknown':
      return (
        <Callout tone="warn" title="This may lock people out">
          <p>Who was approved by pairing could not be read, so nobody can tell who is affected.</p>
        </Callout>
      );
    case 'nobody':
      return (
        <Callout tone="warn" title="Nobody may write then">
          <p>That includes you, if you write to your assistant this way.</p>
        </Callout>
      );
    case 'answers-strangers':
      return <StrangerAnswer text={warning.text} />;
  }
}
