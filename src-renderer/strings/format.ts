import type { Language } from './language.ts';

/** Numbers and times as people of a language write them. */
export interface Format {
  readonly number: (value: number) => string;
  /** "78 MB". Decimal units, as file managers show them. */
  readonly bytes: (value: number) => string;
  /** "2 min 5 s", rounded up to what people can feel. */
  readonly duration: (millis: number) => string;
  /** "3 days ago", or the date when it is long ago. */
  readonly ago: (wallMillis: number, now: number) => string;
  readonly time: (wallMillis: number) => string;
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;
const DAY = 86_400_000;

export function createFormat(language: Language): Format {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const tenth = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const clock = new Intl.DateTimeFormat(language, { timeStyle: 'medium' });
  return {
    number: (value) => whole.format(value),
    bytes(value) {
      const step = value < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(value) / 3));
      const amount = value / 1000 ** step;
      return `${(amount < 10 && step > 0 ? tenth : whole).format(amount)} ${UNITS[step]!}`;
    },
    duration(millis) {
      const seconds = Math.max(1, Math.ceil(millis / 1000));
      if (seconds < 60) return `${seconds} s`;
      const minutes = Math.floor(seconds / 60);
      if (minutes < 60) return seconds % 60 === 0 || minutes >= 10 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
      return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
    },
    ago(wallMillis, now) {
      const past = now - wallMillis;
      if (past < 60_000) return relative.format(0, 'minute');
      if (past < 3_600_000) return relative.format(-Math.floor(past / 60_000), 'minute');
      if (past < DAY) return relative.format(-Math.floor(past / 3_600_000), 'hour');
      if (past < 30 * DAY) return relative.format(-Math.floor(past / DAY), 'day');
      return date.format(wallMillis);
    },
    time: (wallMillis) => clock.format(wallMillis),
  };
}
