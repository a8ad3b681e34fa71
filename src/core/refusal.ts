/**
 * What a provider refuses of a meeting, although it takes the rest.
 *
 * A field that was refused is left out, or goes as its placeholder where a provider takes meetings as a whole only. It is
 * remembered by its digest, and told again when it changes, or when a person asks for a repair.
 */
import { digest, fieldDigest } from './fingerprint';
import type { Meeting, MeetingField, Moment, Occurrence } from './meeting';
import { instantIn } from './zone';

/** Fields, and the zone of the time, without which a time can still be told. */
export const REFUSABLE = ['title', 'description', 'guests', 'zone', 'recurrence', 'time'] as const;
export type Refusable = (typeof REFUSABLE)[number];

export interface Refusal {
  field: Refusable;
  /** Of what was refused. */
  digest: string;
  /** The provider's reason: ids and words only. */
  code: string;
}

export function refusalOf(meeting: Meeting, field: Refusable, code: string): Refusal {
  return { field, digest: digestOf(meeting, field), code };
}

/**
 * A rule is read from its start, so the repetition is another one when the time is. And a start that has passed may be the
 * first of many: the time is another one when the rule is.
 */
function digestOf(meeting: Meeting, field: Refusable): string {
  if (field === 'zone') return digest(meeting.start.timeZone);
  if (field !== 'recurrence' && field !== 'time') return fieldDigest(meeting, field);
  return digest(`${fieldDigest(meeting, 'recurrence')}${fieldDigest(meeting, 'time')}`);
}

/** Refusals of what the meeting still has. */
export function standing(refusals: readonly Refusal[], meeting: Meeting): Refusal[] {
  return refusals.filter((one) => one.digest === digestOf(meeting, one.field));
}

/** The fields that are not told as long as these are refused. The time is told without its zone. */
export function leftBy(refused: ReadonlyArray<Pick<Refusal, 'field'>>): MeetingField[] {
  return refused.flatMap(({ field }) =>
    field === 'zone' ? [] : field === 'time' ? (['time', 'recurrence'] as const) : [field],
  );
}

/** Of `fields`, those to be told while `refused` are left out. That a series has no fixed time is a word about its time. */
export function fieldsWithout(fields: readonly MeetingField[], refused: readonly Refusable[]): MeetingField[] {
  const left = leftBy(refused.map((field) => ({ field })));
  const told = fields.filter((field) => !left.includes(field));
  const lacksRule = fields.includes('recurrence') && left.includes('recurrence') && !left.includes('time');
  return lacksRule && !told.includes('time') ? [...told, 'time'] : told;
}

/**
 * The meeting with placeholders for what is refused: for providers that take it as a whole only.
 *
 * The times of a single meeting go in UTC, where its zone is refused; a series has no fixed time then, as in UTC it would
 * change its hour with the clocks. A time has no placeholder.
 */
export function withoutRefused(meeting: Meeting, refused: readonly Refusable[], placeholderTitle: string): Meeting {
  const isSeries = meeting.recurrence.length > 0;
  const hasNoTimes = isSeries && (refused.includes('zone') || refused.includes('recurrence'));
  const isUtc = hasNoTimes || refused.includes('zone');
  return {
    ...meeting,
    ...(refused.includes('title') && { title: placeholderTitle }),
    ...(refused.includes('description') && { description: '' }),
    ...(refused.includes('guests') && { guests: [] }),
    ...(isUtc && { start: inUtc(meeting.start), end: inUtc(meeting.end) }),
    ...(hasNoTimes && { recurrence: [], withoutFixedTime: true as const }),
  };
}

/** For providers that do not know the zone: the same instants. */
export function occurrenceInUtc({ slot, time }: Occurrence): Occurrence {
  return { slot, ...(time !== undefined && { time: { start: inUtc(time.start), end: inUtc(time.end) } }) };
}

/** A whole day begins at its midnight in the calendar's zone. */
function inUtc(point: Moment): Moment {
  const ms = 'ms' in point ? point.ms : instantIn(point.timeZone, `${point.date}T00:00:00`);
  return ms === undefined ? point : { ms, local: new Date(ms).toISOString().slice(0, 19), timeZone: 'UTC' };
}

/**
 * What a refusal may be about when `fields` were told: groups to be left out, the likeliest first.
 *
 * A series has no fixed time without its zone, which is what it is without its rule: they need not be tried apart.
 */
export function suspectsOf(meeting: Meeting, fields: readonly MeetingField[]): Refusable[][] {
  const isScheduled = fields.includes('time') || fields.includes('recurrence');
  const isSeries = meeting.recurrence.length > 0;
  const hasZone = meeting.start.timeZone !== 'UTC';
  const isSuspect: Readonly<Record<Refusable, boolean>> = {
    title: fields.includes('title'),
    description: fields.includes('description'),
    guests: fields.includes('guests'),
    zone: isScheduled && !isSeries && hasZone,
    recurrence: isScheduled && isSeries,
    time: isScheduled,
  };
  const alone = REFUSABLE.filter((field) => isSuspect[field]);
  // Without the time there is nothing for a zone or a rule to be wrong about.
  const pairs = alone.flatMap((one, i) => alone.slice(i + 1).map((other) => [one, other])).filter(isPair);
  return [...alone.map((field) => [field]), ...pairs];
}

function isPair(pair: readonly Refusable[]): boolean {
  return !pair.includes('time') || !(pair.includes('zone') || pair.includes('recurrence'));
}
