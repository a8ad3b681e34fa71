/**
 * Fingerprint: digest of the fields a provider keeps, one fixed-width part per field.
 *
 * Comparing two fingerprints tells which fields differ, so an RSVP or our own echo differs in none and costs nothing.
 * Not a security measure: it tells versions apart, it hides nothing.
 */
import type { Meeting, MeetingField, Moment, Occurrence } from './meeting';
import { MEETING_FIELDS } from './meeting';

/** 36 bits a field: two versions of a field look alike once in about 69 billion changes. */
const PART_CHARS = 6;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

export type Fingerprint = string;

/** Of a conference that may have been told something since: differs from every other. */
export const UNKNOWN: Fingerprint = '?';

/** The part of a field of which it is not known what the provider has: no digest looks like it. */
const UNKNOWN_PART = UNKNOWN.repeat(PART_CHARS);

/**
 * Parts for exactly the kept fields, in MEETING_FIELDS order. A field that is not told has the part that was delivered.
 *
 * @param left fields of which the provider is told nothing now, besides those that the meeting itself does not tell.
 */
export function fingerprintOf(
  meeting: Meeting,
  kept: ReadonlySet<MeetingField>,
  delivered: Fingerprint = '',
  left: readonly MeetingField[] = [],
): Fingerprint {
  const fields = MEETING_FIELDS.filter((field) => kept.has(field));
  const isComparable = delivered.length === fields.length * PART_CHARS;
  return fields
    .map((field, i) => {
      const isUntold = left.includes(field) || (meeting.untold?.includes(field) && !tellsSome(meeting, field));
      if (!isUntold) return fieldDigest(meeting, field);
      return isComparable ? part(delivered, i) : UNKNOWN_PART;
    })
    .join('');
}

/** The fingerprint after the provider took all but `fields`: what it has in their place is not known. */
export function withUnknown(
  told: Fingerprint,
  kept: ReadonlySet<MeetingField>,
  fields: readonly MeetingField[],
): Fingerprint {
  return MEETING_FIELDS.filter((field) => kept.has(field))
    .map((field, i) => (fields.includes(field) ? UNKNOWN_PART : part(told, i)))
    .join('');
}

export function fieldDigest(meeting: Meeting, field: MeetingField): string {
  return digest(fieldText(meeting, field));
}

/** Of guests that Google left out it may show some: they are added. */
function tellsSome(meeting: Meeting, field: MeetingField): boolean {
  return field === 'guests' && meeting.guests.length > 0;
}

export function occurrenceFingerprint(occurrence: Occurrence): Fingerprint {
  return occurrence.time === undefined
    ? digest('cancelled')
    : digest(`${momentText(occurrence.time.start)} ${momentText(occurrence.time.end)}`);
}

/**
 * The fields in which `wanted` differs from what was `delivered`; all that are told when nothing comparable was. What is
 * not told differs in nothing.
 */
export function changedFields(
  delivered: Fingerprint,
  wanted: Fingerprint,
  kept: ReadonlySet<MeetingField>,
): MeetingField[] {
  const isComparable = delivered.length === wanted.length;
  return MEETING_FIELDS.filter((field) => kept.has(field)).filter((_, i) => {
    const now = part(wanted, i);
    return now !== UNKNOWN_PART && (!isComparable || part(delivered, i) !== now);
  });
}

/** A short, stable name for a longer text: 36 bits, URL-safe. */
export function digest(text: string): string {
  let [high, low] = hash53(text);
  let out = '';
  for (let i = 0; i < PART_CHARS; i++) {
    out += ALPHABET[low & 63];
    low = (low >>> 6) | ((high & 63) << 26);
    high >>>= 6;
  }
  return out;
}

function part(fingerprint: Fingerprint, index: number): string {
  return fingerprint.slice(index * PART_CHARS, (index + 1) * PART_CHARS);
}

function fieldText(meeting: Meeting, field: MeetingField): string {
  switch (field) {
    case 'title':
      return meeting.title;
    case 'description':
      return meeting.description;
    case 'time':
      return `${momentText(meeting.start)} ${momentText(meeting.end)}`;
    case 'recurrence':
      return meeting.recurrence.join('\n');
    case 'guests':
      return [
        ...meeting.guests.map((guest) => `${guest.email}${guest.optional ? '?' : ''}`),
        ...(meeting.untold?.includes('guests') ? ['…'] : []),
      ].join('\n');
  }
}

/** With the zone of a whole day too: it is the calendar's, and where days are instants the event's day moves with it. */
function momentText(point: Moment): string {
  const at = 'ms' in point ? point.ms : point.date;
  return `${at}@${point.timeZone}`;
}

/** cyrb53 (public domain, bryc): 53 well-mixed bits as [21 high, 32 low]. */
function hash53(text: string): [number, number] {
  // Looked up once: in a script's own context a global costs far more than a multiplication.
  const { imul } = Math;
  let h1 = 0xdeadbeef;
  let h2 = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    h1 = imul(h1 ^ code, 2654435761);
    h2 = imul(h2 ^ code, 1597334677);
  }
  h1 = imul(h1 ^ (h1 >>> 16), 2246822507) ^ imul(h2 ^ (h2 >>> 13), 3266489909);
  h2 = imul(h2 ^ (h2 >>> 16), 2246822507) ^ imul(h1 ^ (h1 >>> 13), 3266489909);
  return [h2 & 0x1fffff, h1 >>> 0];
}
