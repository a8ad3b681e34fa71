import ICAL from 'ical.js';

/** A floating time of ical.js. @param wallMs wall time as if it were UTC. */
export function icalTime(wallMs: number): ICAL.Time {
  const at = new Date(wallMs);
  return new ICAL.Time(
    {
      year: at.getUTCFullYear(),
      month: at.getUTCMonth() + 1,
      day: at.getUTCDate(),
      hour: at.getUTCHours(),
      minute: at.getUTCMinutes(),
      second: at.getUTCSeconds(),
      isDate: false,
    },
    ICAL.Timezone.localTimezone,
  );
}
