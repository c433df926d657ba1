/** The time zone of this machine as a port; asked anew each time, because the owner may travel. */
import type { LocalCalendar } from '../../../core/ports.ts';

export const systemCalendar: LocalCalendar = {
  localTime(at) {
    const date = new Date(at);
    return { weekday: date.getDay(), minute: date.getHours() * 60 + date.getMinutes() };
  },
  dayAndTime(at, locale) {
    return new Intl.DateTimeFormat(locale === 'system' ? undefined : locale, {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: 'numeric',
      minute: '2-digit',
    }).format(at);
  },
};
