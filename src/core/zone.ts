/**
 * Local time in a named zone, from an instant. Pure: Intl and Date arithmetic only.
 *
 * Needed because Google may write an event's `dateTime` with the calendar's offset while `timeZone` names another
 * zone; providers that repeat meetings want the local time in the zone that anchors the series.
 */
const formats = new Map<string, Intl.DateTimeFormat | null>();

function formatOf(timeZone: string): Intl.DateTimeFormat | null {
  let format = formats.get(timeZone);
  if (format === undefined) {
    try {
      format = new Intl.DateTimeFormat('en-US', {
        timeZone,
        hourCycle: 'h23',
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
      });
    } catch {
      format = null;
    }
    formats.set(timeZone, format);
  }
  return format;
}

/** `yyyy-mm-ddThh:mm:ss` in the zone, or undefined when the zone is not known here. */
export function localTimeIn(timeZone: string, ms: number): string | undefined {
  const format = formatOf(timeZone);
  if (format === null) return undefined;
  const part: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(ms)) part[type] = value;
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}`;
}
