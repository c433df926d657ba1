/** Who the assistant may write to: per account what happens to others, and the rules themselves. */
import type { GuardView } from '../../electron/contract/guard/guard-view.ts';
import type { Policy } from '../../electron/contract/guard/policy.ts';
import { sendLimitOf } from '../../electron/contract/guard/send-limit.ts';
import type { AppSnapshot } from '../../electron/contract/snapshot.ts';
import { useSections } from '../navigation.tsx';
import { Button } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';
import { Page, Section } from '../ui/page.tsx';
import { AccountList } from './account-list.tsx';
import type { AccountState } from './account-state.ts';
import { accountKey } from './account-name.ts';
import { AddRuleForm } from './add-rule-form.tsx';
import { ContentSettings } from './content-settings.tsx';
import { ImportContacts } from './import-contacts.tsx';
import { LimitSetting } from './limit-setting.tsx';
import { RegionSetting } from './region-setting.tsx';
import { RuleList } from './rule-list.tsx';
import { UndoBar } from './undo-bar.tsx';
import { useRules } from './use-rules.ts';
import type { RulesControl } from './use-rules.ts';

export function RulesPage({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { guard } = snapshot;
  const sections = useSections();
  const control = useRules(guard.policy);
  const { rules, error, busy } = control;
  return (
    <Page title="Rules">
      <p>Who your assistant may write to. Denied and blocked recipients never get a message.</p>
      {guard.plugin.state === 'absent' && (
        <Callout
          tone="warn"
          title="Nothing enforces these rules yet"
          actions={<Button onClick={() => sections.open('guard')}>Set up the send guard</Button>}
        >
          <p>The send guard is not in this gateway.</p>
        </Callout>
      )}
      {error !== null && (
        <Callout
          tone="warn"
          title={rules === null ? 'The rules cannot be shown' : 'These rules may be out of date'}
          live="status"
          actions={<Button onClick={control.readAgain}>Try again</Button>}
        >
          <p>{error.message}</p>
        </Callout>
      )}
      {rules === null && error === null && <p role="status">Reading the rules…</p>}
      {rules?.status === 'unreadable' && (
        <p>They are shown and can be changed again as soon as they can be read.</p>
      )}
      {rules !== null && rules.status !== 'unreadable' && (
        <ReadableRules guard={guard} policy={rules.policy} control={control} />
      )}
      <UndoBar undo={control.undo} busy={busy} onUndo={control.takeBack} />
    </Page>
  );
}

interface ReadableRulesProps {
  readonly guard: GuardView;
  readonly policy: Policy;
  readonly control: RulesControl;
}

function ReadableRules({ guard, policy, control }: ReadableRulesProps) {
  const [first, ...others] = accountStates(guard, policy);
  const shared = { busy: control.busy, onChange: control.change };
  if (first === undefined) return <p>This gateway has no channel yet, so there is nothing to guard.</p>;
  const accounts = [first, ...others] as const;
  return (
    <>
      <Section title="Recipients no rule names">
        <AccountList accounts={accounts} {...shared} />
      </Section>
      <Section title="Add a rule">
        <AddRuleForm accounts={accounts} policy={policy} {...shared} />
      </Section>
      <Section title="All rules">
        <RuleList policy={policy} {...shared} />
      </Section>
      <Section title="What messages carry">
        <ContentSettings accounts={accounts} policy={policy} {...shared} />
      </Section>
      <Section title="Contacts">
        <ImportContacts accounts={accounts} policy={policy} {...shared} />
      </Section>
      <Section title="How much">
        <LimitSetting limit={sendLimitOf(policy)} {...shared} />
      </Section>
      <Section title="Numbers">
        <RegionSetting region={policy.region} {...shared} />
      </Section>
    </>
  );
}

/** The gateway's accounts as the rules have them, then those only the rules know. */
function accountStates(guard: GuardView, policy: Policy): readonly AccountState[] {
  const named = new Map([...guard.accounts, ...policy.accounts].map((entry) => [accountKey(entry), entry]));
  return [...named.values()].map(({ channel, account }) => {
    const entry = policy.accounts.find((each) => each.channel === channel && each.account === account);
    return {
      channel,
      account,
      unlisted: entry?.unlisted ?? null,
      allowed: entry?.allowTo.length ?? 0,
      denied: entry?.denyTo.length ?? 0,
    };
  });
}
