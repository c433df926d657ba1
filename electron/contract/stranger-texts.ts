/** Sentences about people who ask again and again, and about many who ask at once. Nothing here comes from outside. */

/** More requests of one sender than this are not counted one by one. */
export const mostAsksCounted = 100;

/** `asks`: requests of one sender in 24 hours, the shown one included. Null: it is the first. */
export function asksText(asks: number): string | null {
  if (asks < 2) return null;
  const times =
    asks >= mostAsksCounted ? `${String(mostAsksCounted)} times or more` : `${String(asks)} times`;
  return `Asked ${times} in 24 hours`;
}

export const onceADayText = 'You are notified about the same sender at most once a day.';

export type AlarmKind = 'burst' | 'queue-full';

/** Notifications; fixed words, so that they may be shown everywhere. */
export const alarmTexts: Readonly<Record<AlarmKind, { readonly title: string; readonly body: string }>> = {
  burst: {
    title: 'Suspicious: many strangers ask at once',
    body: 'Several strangers asked within ten minutes. Nobody is let in without you. Answer or clear them: once the waiting list is full, the gateway drops everyone else who writes.',
  },
  'queue-full': {
    title: 'The waiting list is full',
    body: 'Until you answer or clear requests, the gateway drops everyone else who writes, without telling you.',
  },
};

/**
 * The notice in the window; null: nothing unusual goes on.
 * @param burst how many strangers asked since it began; null: not many at once
 * @param full display text of the channels whose waiting list is full
 */
export function alarmNoticeText(burst: number | null, full: readonly string[]): string | null {
  const sentences = [
    ...(burst === null
      ? []
      : [
          `Suspicious activity: ${String(burst)} strangers asked in a short time. Nobody is let in without you. One notification stands for all of them.`,
        ]),
    ...(full.length === 0
      ? []
      : [
          `The waiting list of ${full.join(' and ')} is full: the gateway drops everyone else who writes there, without telling you. Answer or clear requests to make room.`,
        ]),
  ];
  return sentences.length === 0 ? null : sentences.join(' ');
}

/** Clearing a waiting list. */
export const clearTexts = {
  chatOnly: 'Only requests of chat contacts can be cleared together.',
  open: 'Clear requests…',
  denyOld: (count: number): string => `Deny ${String(count)} old`,
  oldMeaning:
    'Chat contacts who asked more than 10 minutes ago are denied. Nobody is told, and nobody is blocked.',
  title: 'Clear requests of chat contacts',
  meaning:
    'Everyone listed is denied. Nobody is told, and nobody is blocked: whoever writes again asks again.',
  which: 'Which requests',
  confirm: (count: number): string => (count === 1 ? 'Deny 1 request' : `Deny ${String(count)} requests`),
  nobody: 'None is that old.',
  failed: (count: number): string =>
    count === 1
      ? '1 request could not be denied. It is still waiting.'
      : `${String(count)} requests could not be denied. They are still waiting.`,
} as const;
