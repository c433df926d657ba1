/** Settings in words, so that the owner sees what a change would change. */
import type {
  ByNoticeKind,
  GatewayChoice,
  NotificationSettings,
  QuietHours,
  Settings,
} from '../../contract/settings.ts';
import type { SettingChange } from '../../contract/settings-transfer.ts';
import { displayText } from '../requests/display-text.ts';

const shownLength = 200;

/** Each setting whose words differ, in the order of the page. */
export function settingChanges(before: Settings, after: Settings): readonly SettingChange[] {
  const [old, next] = [inWords(before), inWords(after)];
  return old.flatMap(([label, was], index) => {
    const changed = next[index]?.[1] ?? was;
    return was === changed ? [] : [{ label, before: was, after: changed }];
  });
}

type Line = readonly [label: string, words: string];

/** In the order of the page; a setting without words does not compile. */
const words: { readonly [K in keyof Settings]: (value: Settings[K]) => readonly Line[] } = {
  gateway: (choice) => [['Gateway', gatewayWords(choice)]],
  gateways: (profiles) => [
    [
      'Remembered gateways',
      profiles.map(({ name, gateway }) => `${safe(name)}: ${gatewayWords(gateway)}`).join('; ') || 'none',
    ],
  ],
  notifications: notificationWords,
  tellApprovedContacts: (on) => [['Tell contacts when they are approved', onOff(on)]],
  hideSendText: (on) => [['Hide the text of stopped messages', onOff(on)]],
  theme: (theme) => [['Theme', { system: 'like the system', light: 'light', dark: 'dark' }[theme]]],
  dateLocale: (locale) => [['Dates and times', locale === 'system' ? 'like the system' : locale]],
};

function inWords(settings: Settings): readonly Line[] {
  return (Object.keys(words) as (keyof Settings)[]).flatMap((name) => wordsOf(name, settings[name]));
}

function wordsOf<K extends keyof Settings>(name: K, value: Settings[K]): readonly Line[] {
  return words[name](value);
}

function notificationWords({ enabled, kinds, privacy, quietHours }: NotificationSettings): readonly Line[] {
  return [
    ['Notifications', onOff(enabled)],
    ['Notifications about', kindWords(kinds)],
    ['What a notification shows', { names: 'who asks', kind: 'only what asks', nothing: 'nothing' }[privacy]],
    ['Quiet hours', quietWords(quietHours)],
  ];
}

function gatewayWords(choice: GatewayChoice): string {
  if (choice.mode === 'local') return 'on this computer';
  const { url, tlsFingerprint } = choice;
  return tlsFingerprint === null ? safe(url) : `${safe(url)} with certificate ${tlsFingerprint}`;
}

function quietWords({ enabled, from, to, days, letThrough }: QuietHours): string {
  const names = days.length === 7 ? 'every day' : days.map((day) => weekdays[day]).join(', ') || 'no day';
  return `${onOff(enabled)}, ${clock(from)} to ${clock(to)}, ${names}, letting through: ${kindWords(letThrough)}`;
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

function kindWords({ chat, devices, sends }: ByNoticeKind): string {
  const names = [
    ...(chat ? ['chat contacts'] : []),
    ...(devices ? ['devices and nodes'] : []),
    ...(sends ? ['stopped messages'] : []),
  ];
  return names.join(', ') || 'nothing';
}

function clock(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

function onOff(on: boolean): string {
  return on ? 'on' : 'off';
}

/** The file may come from anybody. */
function safe(text: string): string {
  return displayText(text, shownLength).text;
}
