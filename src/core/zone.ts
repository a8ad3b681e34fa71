/**
 * Local time in a named zone, from an instant. Pure: Intl and Date arithmetic only.
 *
 * Needed because Google may write an event's `dateTime` with the calendar's offset while `timeZone` names another
 * zone; providers that repeat meetings want the local time in the zone that anchors the series. Where the clocks go back
 * an hour comes twice, and only its offset from UTC tells which of the two is meant.
 */
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

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

/**
 * The instant of a local time, in epoch milliseconds; the first of two. Of a time that the clocks skip, the one as long
 * after the change as it names. Undefined when the zone is not known here.
 * @param local `yyyy-mm-ddThh:mm:ss`.
 */
export function instantIn(timeZone: string, local: string): number | undefined {
  const wallMs = Date.parse(`${local}Z`);
  // The offset of the day before reads a doubled hour as its first coming, and a skipped one as its continuation.
  const offsetsMs = [wallMs - DAY_MS, wallMs + DAY_MS].map((nearMs) => {
    const near = localTimeIn(timeZone, nearMs);
    return near === undefined ? undefined : Date.parse(`${near}Z`) - nearMs;
  });
  const [before, after] = offsetsMs;
  if (before === undefined || after === undefined) return undefined;
  const isThere = (offsetMs: number) => localTimeIn(timeZone, wallMs - offsetMs) === local;
  return wallMs - (isThere(before) || !isThere(after) ? before : after);
}

/**
 * RFC 3339: `local` alone, or with its offset when the same local time comes twice in the zone.
 * @param local local time of `ms`, as localTimeIn gives it.
 */
export function exactLocalTime(timeZone: string, ms: number, local: string): string {
  const wallMs = Date.parse(`${local}Z`);
  // No zone changes its clocks twice within two days, so the other instant has the offset of a day before or after.
  const isTold = [ms - DAY_MS, ms + DAY_MS].every((nearMs) => {
    const near = localTimeIn(timeZone, nearMs) ?? local;
    const otherMs = wallMs - (Date.parse(`${near}Z`) - nearMs);
    return otherMs === ms || localTimeIn(timeZone, otherMs) !== local;
  });
  return isTold ? local : local + offsetText(wallMs - ms);
}

function offsetText(offsetMs: number): string {
  const minutes = Math.abs(offsetMs) / MINUTE_MS;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${offsetMs < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}
