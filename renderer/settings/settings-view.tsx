/** Settings. Switches save as they change; the gateway saves with a button, because it cuts the connection. */
import type { DateLocale, Settings } from '../../electron/contract/settings.ts';
import { dateLocales } from '../../electron/contract/setting-choices.ts';
import type { AppSnapshot, ConnectionView } from '../../electron/contract/snapshot.ts';
import { buttonTexts } from '../../electron/contract/strings.ts';
import { ErrorLine } from '../ui/error-line.tsx';
import { TokenForm } from '../connection/token-form.tsx';
import { useCommand } from '../session/use-command.ts';
import { Button } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { SwitchRow } from '../ui/switch-row.tsx';
import { GatewayProfiles } from './gateway-profiles.tsx';
import { GatewaySettings } from './gateway-settings.tsx';
import { LoginSetting } from './login-setting.tsx';
import { NotificationSettingsForm } from './notification-settings.tsx';
import { SettingFeedback } from './setting-feedback.tsx';
import styles from './settings.module.css';
import { SettingsTransfer } from './settings-transfer.tsx';
import { useSetting } from './use-setting.ts';

export function SettingsView({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { settings, notifications, host } = snapshot;
  return (
    <Page title="Settings">
      <Section title="Gateway">
        <GatewaySettings settings={settings} />
        <TokenForm saveLabel="Store token" />
        <GatewayProfiles settings={settings} />
      </Section>
      <Section title="Notifications">
        <NotificationSettingsForm settings={settings} capability={notifications.capability} />
      </Section>
      <Section title="Requests">
        <SwitchSetting
          name="tellApprovedContacts"
          label="Tell contacts when they are approved"
          hint="What the box on a new chat request starts with. You can change it for each one."
          settings={settings}
        />
        <SwitchSetting
          name="hideSendText"
          label="Hide the text of stopped messages"
          hint="It is shown when you ask for it, and never in a notification."
          settings={settings}
        />
      </Section>
      <Section title="Appearance">
        <ThemeSetting settings={settings} />
        <DateLocaleSetting settings={settings} />
      </Section>
      <Section title="This computer">
        <LoginSetting />
        <SettingsTransfer />
      </Section>
      <footer className={styles['footer']}>
        <p>{versions(host.version, snapshot.connection)}</p>
        <QuitButton />
      </footer>
    </Page>
  );
}

function versions(own: string, connection: ConnectionView): string {
  const gateway = connection.state === 'stopped' ? null : (connection.gateway?.version ?? null);
  return gateway === null ? `Portcullis ${own}` : `Portcullis ${own}, gateway ${gateway}`;
}

interface SettingProps {
  readonly settings: Settings;
}

/** Settings that are on or off. */
type SwitchName = {
  [K in keyof Settings]: Settings[K] extends boolean ? K : never;
}[keyof Settings];

interface SwitchSettingProps extends SettingProps {
  readonly name: SwitchName;
  readonly label: string;
  readonly hint: string;
}

function SwitchSetting({ name, label, hint, settings }: SwitchSettingProps) {
  const setting = useSetting(name, settings);
  return (
    <>
      <SwitchRow label={label} hint={hint} checked={setting.value} onChange={setting.save} />
      <SettingFeedback {...setting} />
    </>
  );
}

const themes = [
  { value: 'system', label: 'Like the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

function ThemeSetting({ settings }: SettingProps) {
  const setting = useSetting('theme', settings);
  return (
    <>
      <Choice label="Theme" value={setting.value} options={themes} onChange={setting.save} />
      <SettingFeedback {...setting} />
    </>
  );
}

function DateLocaleSetting({ settings }: SettingProps) {
  const setting = useSetting('dateLocale', settings);
  return (
    <>
      <SelectField
        label="Dates and times"
        value={setting.value}
        options={localeOptions}
        onChange={setting.save}
      />
      <p className={styles['note']}>Portcullis itself speaks English.</p>
      <SettingFeedback {...setting} />
    </>
  );
}

/** Each in its own language, as its speakers look for it. */
const localeOptions = dateLocales.map((locale) => ({ value: locale, label: nameOf(locale) }));

function nameOf(locale: DateLocale): string {
  if (locale === 'system') return 'Like the system';
  return new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale;
}

function QuitButton() {
  const { send, sending, error } = useCommand('app.quit');
  return (
    <>
      <Button unavailable={sending} onClick={() => void send(undefined)}>
        {buttonTexts.quit}
      </Button>
      <ErrorLine error={error} />
    </>
  );
}
