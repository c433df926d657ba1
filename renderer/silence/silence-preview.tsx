/** Exactly what switching does: to the config, to people, to strangers. */
import { useCallback, useState } from 'react';
import { silenceModeTexts } from '../../electron/contract/config-texts.ts';
import type { CarriedContactView, SilenceAccountView, SilencePlan } from '../../electron/contract/silence.ts';
import type { SilencePlanInput } from '../../electron/contract/schemas.ts';
import { ConfigChangeList, ConfigChanges } from '../config-preview/config-changes.tsx';
import { Interruption } from '../config-preview/interruption.tsx';
import { PreviewDialog } from '../config-preview/preview-dialog.tsx';
import { ScrollBox } from '../requests/scroll-box.tsx';
import { expiryWords } from '../rules/expiry.ts';
import { runCommand } from '../session/run-command.ts';
import { useSession } from '../session/session.ts';
import { useSeconds } from '../session/use-time.ts';
import { StrangerText } from '../ui/stranger-text.tsx';
import { SilenceWarnings, type SilenceWarningsProps } from './silence-warnings.tsx';
import { silenceName, silenceQuestions } from './silence-words.ts';
import styles from './silence.module.css';

export interface SilencePreviewProps {
  readonly account: SilenceAccountView;
  readonly input: SilencePlanInput;
  readonly onClose: () => void;
  readonly onClosed: () => void;
}

export function SilencePreview({ account, input, onClose, onClosed }: SilencePreviewProps) {
  const { bridge } = useSession().link;
  const [approvalsTo, setApprovalsTo] = useState(input.approvalsTo);
  const makePlan = useCallback(
    () => runCommand(bridge, 'silence.plan', approvalsTo === undefined ? input : { ...input, approvalsTo }),
    [bridge, input, approvalsTo],
  );
  return (
    <PreviewDialog
      title={silenceQuestions[input.to](silenceName(account))}
      text={
        <>
          <p>{silenceModeTexts[input.to].says}</p>
          {input.until !== null && <End until={input.until} />}
          {losesItsEnd(account, input) && <p>It has no end any more: it holds until you change it.</p>}
        </>
      }
      confirmLabel={silenceModeTexts[input.to].name}
      makePlan={makePlan}
      details={(plan) => <Details plan={plan} onApprovalsTo={setApprovalsTo} onClose={onClose} />}
      canApply={({ applicable }) => applicable}
      consent={({ confirm }) => (confirm ? 'Strangers may get this answer' : null)}
      apply={({ id }, consented) => runCommand(bridge, 'silence.apply', { id, confirmed: consented })}
      onClose={onClose}
      onClosed={onClosed}
    />
  );
}

/** Only then: another choice ends what holds now in any case. */
function losesItsEnd(account: SilenceAccountView, { to, until }: SilencePlanInput): boolean {
  return until === null && account.until !== null && account.mode === to;
}

function End({ until }: { readonly until: number }) {
  const { store } = useSession();
  const now = useSeconds(store.now);
  return (
    <p>
      It holds {expiryWords(until, now)}. Then the config comes back exactly as it was, also if Portcullis was
      restarted meanwhile.
    </p>
  );
}

interface DetailsProps extends Omit<SilenceWarningsProps, 'warnings'> {
  readonly plan: SilencePlan;
}

function Details({ plan, ...reactions }: DetailsProps) {
  const { to, changes, rule, carriedOver, warnings } = plan;
  return (
    <div className={styles['preview']}>
      <SilenceWarnings warnings={warnings} {...reactions} />
      {plan.applicable && (
        <>
          {carriedOver.length > 0 && <CarriedOver people={carriedOver} />}
          {plan.approvalsTo !== null && (
            <p>
              From then on OpenClaw asks {plan.approvalsTo} whether a command may run, and no other chat:
              nobody becomes an approver.
            </p>
          )}
          <ConfigChanges configPath={plan.configPath} changes={changes} />
          {rule !== null && (
            <>
              <h3 className={styles['title']}>In the send guard’s rules</h3>
              <ConfigChangeList
                changes={[
                  {
                    path: 'pairingReply',
                    before: JSON.stringify(rule.before),
                    after: JSON.stringify(rule.after),
                  },
                ]}
              />
            </>
          )}
          {to !== 'ignore' && changes.some(({ path }) => path.endsWith('.allowFrom')) && (
            <p>Only what Portcullis copied to allowFrom is taken out. Who is approved by pairing stays so.</p>
          )}
          {changes.length > 0 && <Interruption restarts={plan.restarts} />}
          <p>
            {plan.restarts
              ? 'Undo puts the former values back exactly.'
              : 'Undo puts everything back exactly as it was.'}
          </p>
        </>
      )}
    </div>
  );
}

function CarriedOver({ people }: { readonly people: readonly CarriedContactView[] }) {
  return (
    <div>
      <p>Approved by pairing, and copied to allowFrom first so that they can go on writing:</p>
      <ScrollBox label="Carried over" count={people.length}>
        <ul>
          {people.map(({ entry, shown }) => (
            <li key={entry}>
              <StrangerText value={shown} />
            </li>
          ))}
        </ul>
      </ScrollBox>
    </div>
  );
}
