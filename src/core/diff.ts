/**
 * Compares one row with what the ledger remembers, and says what changed.
 *
 * Pure: same row and same ledger give the same changes. Knows nothing of pages, tokens, retries or grace periods.
 * Never concludes anything from what is missing in an incomplete row: only a row that shows its organiser can prove
 * that a conference was taken off.
 *
 * Google: https://developers.google.com/workspace/calendar/api/v3/reference/events
 */
import type { Binding } from './binding';
import { conferenceKey, seriesNamedIn } from './binding';
import type { Capabilities } from './capabilities';
import { keptFields } from './capabilities';
import type { Fingerprint } from './fingerprint';
import { changedFields, fingerprintOf, occurrenceFingerprint } from './fingerprint';
import type { Ledger } from './ledger';
import { withoutLeftOut } from './left-out';
import type { Meeting, MeetingField, Occurrence, ProjectionRules } from './meeting';
import { momentMs, projectMeeting, projectOccurrence } from './meeting';
import { DAY_MS } from './policies';
import { leftBy, type Refusal, standing } from './refusal';
import type { Row, RowTime } from './row';
import { isOccurrence, isOrganisersCopy, isTombstone } from './row';
import type { Stamp } from './stamp';
import { showsConference, stampOf } from './stamp';
import { nextLookMs } from './vendor-changes';

export interface DiffContext {
  /** Key and id of the calendar the row was read from, and its zone. */
  calendar: string;
  calendarId: string;
  calendarZone: string;
  /** The mark that this user's stamp on a conference bears; '' while the user has none. */
  ownerMark(of: Pick<Stamp, 'solution' | 'conference'>): string;
  /** Undefined for a solution this add-on does not offer (any more). */
  capabilitiesOf(solution: string): Capabilities | undefined;
  rules: ProjectionRules;
  nowMs: number;
  /** True when a pass that left no record may have told providers of these rows. */
  inDoubt?: boolean;
}

/** How the event is now, and in which kept fields the provider does not know it yet. */
export interface Delivery {
  meeting: Meeting;
  wanted: Fingerprint;
  fields: MeetingField[];
  /** A series whose occurrences the provider can keep one by one. */
  isSeries: boolean;
  /** Delivering `fields` makes the provider forget what it was told of single occurrences. */
  resetsOccurrences: boolean;
  /** When the provider is to be looked at, if it can be (vendor-changes.ts). */
  lookMs?: number;
  /** For an occurrence with a conference of its own: its series, where its id does not begin with that. */
  master?: string;
}

export type Change =
  /** The event carries the bound conference. `fields` differ from what the provider knows; it may be empty. */
  | ({ kind: 'seen'; binding: Binding; guest: boolean } & Delivery)
  /** The event carries a conference of this user's making that no binding of this event knows: a copy, a moved event,
   *  the second half of a split series, or memory lost. */
  | ({ kind: 'adopted'; eventId: string; solution: string; conference: string } & Delivery)
  /** `vanished`: nothing says that it was deleted; it may have moved. */
  | { kind: 'event-gone'; binding: Binding; vanished: boolean }
  /** Occurrences of a series that were changed before may keep it. */
  | { kind: 'conference-dropped'; binding: Binding; isSeries: boolean }
  /** One occurrence of a bound series is not as the rule has it. */
  | {
      kind: 'occurrence';
      eventId: string;
      series: Binding;
      occurrence: Occurrence;
      wanted: Fingerprint;
      /** A pass that left no record may have told the provider of it. */
      inDoubt?: true;
    }
  /** The occurrence is as the provider has it: what was still to be told of it was taken back. */
  | { kind: 'occurrence-told'; binding: Binding }
  /** A remembered occurrence of which nothing is left but its id. */
  | { kind: 'occurrence-gone'; binding: Binding };

/** The changes one row brings. No row of a foreign event, RSVP or echo brings any that costs a call. */
export function diffRow(row: Row, ledger: Ledger, context: DiffContext): Change[] {
  const own = ledger.ofEvent(context.calendar, row.id);
  if (isTombstone(row) && isOccurrence(row)) {
    // A cancelled occurrence is a fact about its series; it ends only a conference of its own.
    const alone = own.filter((binding) => binding.series === undefined);
    return [...diffGone(alone), ...diffOccurrence(row, ledger, context)];
  }
  // With a series go its occurrences that have the conference on their own: not every deletion lists them. Another look at
  // each follows in any case.
  if (isTombstone(row)) {
    const vanished = seriesNamedIn(row.id) === undefined && !isOrganisersCopy(row, context.calendarId);
    return [...diffGone(own, vanished), ...diffGone(ledger.alone(context.calendar, row.id))];
  }
  return [...diffLive(row, own, ledger, context), ...(isOccurrence(row) ? diffOccurrence(row, ledger, context) : [])];
}

function diffGone(own: readonly Binding[], vanished = false): Change[] {
  return own
    .filter((binding) => binding.state !== 'ending' && binding.state !== 'away')
    .map((binding) =>
      binding.series === undefined ? { kind: 'event-gone', binding, vanished } : { kind: 'occurrence-gone', binding },
    );
}

function diffLive(row: Row, own: readonly Binding[], ledger: Ledger, context: DiffContext): Change[] {
  const stamp = stampOf(row);
  const changes: Change[] = [];
  let known = false;
  for (const binding of own) {
    if (binding.series !== undefined) {
      known ||= showsConference(row, binding);
      continue;
    }
    if (showsConference(row, binding)) {
      known = true;
      if (belongsToSeries(row, binding, ledger, context)) {
        // Chosen while this occurrence was open, and saved for all of them: the series has the conference.
        changes.push({ kind: 'conference-dropped', binding, isSeries: false });
        continue;
      }
      const seen = project(row, binding, ledger, context);
      // A row that does not show the organiser tells nothing of who that is.
      const guest = row.organizer === undefined ? binding.guest : !isOrganisersCopy(row, context.calendarId);
      if (seen !== undefined) changes.push({ kind: 'seen', binding, ...seen, guest });
    } else if (binding.state !== 'pending' && binding.state !== 'ending' && row.organizer !== undefined) {
      changes.push({ kind: 'conference-dropped', binding, isSeries: (row.recurrence?.length ?? 0) > 0 });
    }
  }
  if (stamp === undefined || known || stamp.owner !== context.ownerMark(stamp)) return changes;
  if (!isOrganisersCopy(row, context.calendarId) || belongsToSeries(row, stamp, ledger, context)) return changes;
  const adopted = project(row, stamp, ledger, context);
  if (adopted !== undefined) {
    changes.push({
      kind: 'adopted',
      eventId: row.id,
      solution: stamp.solution,
      conference: stamp.conference,
      ...adopted,
    });
  }
  return changes;
}

function project(
  row: Row,
  of: Pick<Binding, 'solution' | 'conference'>,
  ledger: Ledger,
  context: DiffContext,
): Delivery | undefined {
  const capabilities = context.capabilitiesOf(of.solution);
  const projected = projectMeeting(row, context.calendarZone, context.rules);
  if (capabilities === undefined || projected === undefined) return undefined;
  const meeting = withoutLeftOut(projected, capabilities);
  const kept = keptFields(capabilities);
  const delivered = deliveredOf(ledger, of);
  const left = leftBy(standing(refusalsOf(ledger, of), meeting));
  const wanted = fingerprintOf(meeting, kept, delivered, left);
  const fields = changedFields(delivered, wanted, kept);
  const isSeries = meeting.recurrence.length > 0 && capabilities.occurrences !== 'none';
  const isRescheduled = fields.includes('time') || fields.includes('recurrence');
  const resetsOccurrences = isSeries && isRescheduled && capabilities.occurrences === 'keeps-until-rescheduled';
  const series = row.recurringEventId;
  const master = series !== undefined && series !== seriesNamedIn(row.id) ? { master: series } : {};
  const lookMs = capabilities.reads ? nextLookMs(projected, context.nowMs) : undefined;
  const look = lookMs !== undefined && { lookMs };
  return { meeting, wanted, fields, isSeries, resetsOccurrences, ...look, ...master };
}

/** What the provider was last told about a conference, whichever of its bindings drove then. */
export function deliveredOf(ledger: Ledger, of: Pick<Binding, 'solution' | 'conference'>): Fingerprint {
  const drove = ledger.ofConference(of).find((binding) => binding.series === undefined && binding.delivered !== '');
  return drove?.delivered ?? '';
}

/** What a provider has refused of a conference, whichever of its bindings drove then. */
export function refusalsOf(ledger: Ledger, of: Pick<Binding, 'solution' | 'conference'>): Refusal[] {
  return ledger.ofConference(of).flatMap((binding) => binding.refused ?? []);
}

/** An exception carries its series' conference; it is an occurrence then, not an event of its own. Not so when the series
 *  was never seen with it, or has dropped it. */
function belongsToSeries(
  row: Row,
  stamp: { solution: string; conference: string },
  ledger: Ledger,
  context: DiffContext,
): boolean {
  if (row.recurringEventId === undefined) return false;
  return ledger
    .ofEvent(context.calendar, row.recurringEventId)
    .filter((master) => master.state === 'live' || master.state === 'broken')
    .some((master) => master.solution === stamp.solution && master.conference === stamp.conference);
}

function diffOccurrence(row: Row, ledger: Ledger, context: DiffContext): Change[] {
  const masters = ledger
    .ofEvent(context.calendar, row.recurringEventId as string)
    .filter((master) => master.state === 'live');
  const occurrence = projectOccurrence(row, context.calendarZone);
  if (occurrence === undefined || isOver(occurrence, context.nowMs)) return [];
  const changes: Change[] = [];
  for (const series of masters) {
    if ((context.capabilitiesOf(series.solution)?.occurrences ?? 'none') === 'none') continue;
    if (!isTombstone(row) && !showsConference(row, series)) continue;
    const remembered = ledger
      .ofEvent(context.calendar, row.id)
      .find((binding) => binding.series !== undefined && conferenceKey(binding) === conferenceKey(series));
    const wanted = occurrenceFingerprint(occurrence);
    // Of one that nothing was told of, or that was forgotten with the rest when the series was, the provider has the rule.
    const isUntold = remembered === undefined || remembered.delivered === '';
    if (remembered?.delivered === wanted || (isUntold && !context.inDoubt && isAsRuled(occurrence, series))) {
      if (remembered?.todo !== undefined) changes.push({ kind: 'occurrence-told', binding: remembered });
      continue;
    }
    const doubt = context.inDoubt ? { inDoubt: true as const } : {};
    changes.push({ kind: 'occurrence', eventId: row.id, series, occurrence, wanted, ...doubt });
  }
  return changes;
}

/** An answer to one occurrence, or a note in it, gives it a row of its own although nothing the provider keeps changed. */
function isAsRuled({ slot, time }: Occurrence, series: Binding): boolean {
  if (time === undefined || series.lengthMs === undefined) return false;
  const startMs = momentMs(time.start);
  return startMs === Date.parse(slot) && momentMs(time.end) - startMs === series.lengthMs;
}

/**
 * Of a series' occurrences as Google expands them, those that are not as the rule has them: cancelled, moved, or of
 * another length than most.
 */
export function unruly(occurrences: readonly Row[]): Row[] {
  const lengths = new Map<number, number>();
  for (const row of occurrences) lengths.set(lengthMs(row), (lengths.get(lengthMs(row)) ?? 0) + 1);
  const [usual] = [...lengths].sort(([, a], [, b]) => b - a)[0] ?? [];
  return occurrences.filter(
    (row) => isTombstone(row) || timeMs(row.start) !== timeMs(row.originalStartTime) || lengthMs(row) !== usual,
  );
}

function lengthMs(row: Row): number {
  return timeMs(row.end) - timeMs(row.start);
}

function timeMs(time: RowTime | undefined): number {
  return Date.parse(time?.dateTime ?? time?.date ?? '');
}

/** An occurrence that lies behind, where it was and where it is, needs nothing any more. */
function isOver(occurrence: Occurrence, nowMs: number): boolean {
  const slotMs = Date.parse(occurrence.slot);
  const endMs = occurrence.time === undefined ? slotMs : Math.max(slotMs, momentMs(occurrence.time.end));
  return endMs + DAY_MS < nowMs;
}
