/**
 * Instants of wall times. Of a time that comes twice it is the first (RFC 5545, 3.3.5): luxon leaves it open which of the
 * two it takes, and goes by the offset of the day on which it is asked.
 */
import { DateTime } from 'luxon';

export function firstInstantMs(wall: DateTime): number {
  return Math.min(...wall.getPossibleOffsets().map((possible) => possible.toMillis()));
}

/** Of `yyyy-mm-ddThh:mm:ss` in a zone; an offset in the text counts more than the zone. NaN for anything else. */
export function instantOfTextMs(text: string, zone: string): number {
  const wall = DateTime.fromISO(text, { zone });
  return /(Z|[+-]\d\d:?\d\d)$/.test(text) ? wall.toMillis() : firstInstantMs(wall);
}
