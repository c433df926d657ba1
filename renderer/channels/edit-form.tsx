/** Changes the settings of one account. Nothing is changed here: what follows is the preview. */
import { useState } from 'react';
import type {
  ChannelAccountView,
  ChannelEdit,
  ChannelPlanInput,
  ChannelSettingKey,
  ChannelSettingValue,
  ChannelSettingView,
} from '../../electron/contract/channels.ts';
import { Button } from '../ui/button.tsx';
import { ChoiceField } from './choice-field.tsx';
import { isSetHere } from './channel-words.ts';
import styles from './channels.module.css';
import { EntriesField } from './entries-field.tsx';

export interface EditFormProps {
  readonly account: ChannelAccountView;
  readonly changeable: boolean;
  readonly onPreview: (input: ChannelPlanInput) => void;
  readonly onCancel: () => void;
}

type Drafts = Readonly<Partial<Record<ChannelSettingKey, ChannelSettingValue>>>;

export function EditForm({ account, changeable, onPreview, onCancel }: EditFormProps) {
  const { channel, settings } = account;
  const [drafts, setDrafts] = useState<Drafts>({});
  const edits = settings.flatMap((setting) => editOf(setting, channel, drafts[setting.key]));
  return (
    <form
      className={styles['form']}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onCancel();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        if (edits.length > 0 && changeable) onPreview({ channel, account: account.account, edits });
      }}
    >
      {settings.map((setting) => {
        const set = (value: ChannelSettingValue): void => setDrafts({ ...drafts, [setting.key]: value });
        const draft = drafts[setting.key];
        const own = isSetHere(setting, channel);
        return setting.kind === 'choice' ? (
          <ChoiceField
            key={setting.key}
            setting={setting}
            own={own}
            value={draft === undefined ? ownValue(setting, own) : draft}
            onChange={set}
          />
        ) : (
          <EntriesField
            key={setting.key}
            setting={setting}
            own={own}
            value={draft === undefined ? setting.value : draft}
            onChange={set}
          />
        );
      })}
      <div className={styles['buttons']}>
        <Button onClick={onCancel}>Cancel</Button>
        <Button submit look="primary" unavailable={edits.length === 0 || !changeable}>
          Preview…
        </Button>
      </div>
    </form>
  );
}

function ownValue(setting: ChannelSettingView, own: boolean): ChannelSettingValue {
  return own ? setting.value : null;
}

/** Nothing where the draft is what is there already. */
function editOf(
  setting: ChannelSettingView,
  channel: string,
  draft: ChannelSettingValue | undefined,
): readonly ChannelEdit[] {
  if (draft === undefined) return [];
  const own = isSetHere(setting, channel);
  // A list starts from what holds, wherever that is set; left as it is, it is no wish for a list of its own.
  const before = setting.kind === 'list' && !own ? setting.value : ownValue(setting, own);
  if (draft === null && !own) return [];
  return JSON.stringify(before) === JSON.stringify(draft) ? [] : [{ key: setting.key, value: draft }];
}
