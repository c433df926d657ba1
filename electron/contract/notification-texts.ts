/** What notifications say where names are not to be seen, and after quiet hours. Nothing here comes from outside. */
import type { RequestKind } from './request.ts';
import type { AlarmKind } from './stranger-texts.ts';

interface NotificationText {
  readonly title: string;
  readonly body: string;
}

/** What asks, but not who. */
export const kindNotificationTexts: Readonly<Record<RequestKind, NotificationText>> = {
  chat: { title: 'A chat contact asks to be let in', body: 'Open Portcullis to see who.' },
  device: { title: 'A device asks to be let in', body: 'Open Portcullis to see which.' },
  node: { title: 'A node asks to be let in', body: 'Open Portcullis to see which.' },
  send: { title: 'A message was stopped', body: 'Open Portcullis to see it.' },
};

export const discreetText: NotificationText = {
  title: 'Portcullis needs you',
  body: 'Open Portcullis to see why.',
};

const digestAlarmTexts: Readonly<Record<AlarmKind, string>> = {
  burst: 'Suspicious: many strangers asked at once.',
  'queue-full': 'The waiting list is full: the gateway drops everyone else who writes.',
};

export const digestTexts = {
  title: 'While it was quiet',
  /**
   * @param missed requests that expired or were answered elsewhere
   * @param alarm what was suspicious; null: nothing
   */
  body: (waiting: number, missed: number, alarm: AlarmKind | null): string =>
    [
      ...(alarm === null ? [] : [digestAlarmTexts[alarm]]),
      ...(waiting > 0
        ? [waiting === 1 ? '1 request is waiting.' : `${String(waiting)} requests are waiting.`]
        : []),
      ...(missed > 0 ? [missedText(missed)] : []),
      'Portcullis approved nothing meanwhile.',
    ].join(' '),
} as const;

function missedText(missed: number): string {
  return missed === 1
    ? '1 is over: it expired, or was answered elsewhere.'
    : `${String(missed)} are over: they expired, or were answered elsewhere.`;
}
