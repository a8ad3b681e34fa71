/** What happened to a conference on the conference server, in a line a person reads. */
import type { ConferenceRecord, Moment, OccurrenceChange } from '../conference/conference';

/** A conference seen for the first time. */
export function describeConference(record: ConferenceRecord): string {
  const ended = record.status === 'cancelled' ? ', cancelled' : '';
  return `conference ${record.id} "${record.title}", ${when(record.start, record.end)}${ended}: ${record.joinUrl}`;
}

/** What differs, one line each; none when nothing does. */
export function changesOf(before: ConferenceRecord, after: ConferenceRecord): string[] {
  if (before.version === after.version && before.status === after.status) return [];
  if (before.status !== after.status) return [`conference ${after.id} is ${after.status}`];
  const changes: string[] = [];
  if (before.title !== after.title) changes.push(`is called "${after.title}"`);
  const times = when(after.start, after.end);
  if (when(before.start, before.end) !== times) changes.push(`is ${times}`);
  const rule = after.recurrence.join(' ');
  if (before.recurrence.join(' ') !== rule) changes.push(rule === '' ? 'does not repeat any more' : `repeats: ${rule}`);
  for (const [start, change] of Object.entries(after.occurrences)) {
    if (JSON.stringify(before.occurrences[start]) !== JSON.stringify(change)) changes.push(occurrence(start, change));
  }
  for (const start of Object.keys(before.occurrences)) {
    if (after.occurrences[start] === undefined) changes.push(`takes place on ${start} as planned again`);
  }
  if (before.invitees.join() !== after.invitees.join()) changes.push(`has ${after.invitees.length} invitees`);
  if (changes.length === 0) changes.push(`has version ${after.version}`);
  return changes.map((change) => `conference ${after.id} ${change}`);
}

function occurrence(start: string, change: OccurrenceChange): string {
  return change.status === 'cancelled' ? `skips ${start}` : `moves ${start} to ${when(change.start, change.end)}`;
}

function when(start: Moment | null, end: Moment | null): string {
  if (start === null || end === null) return 'time not set';
  if ('date' in start) return `on ${start.date}, all day`;
  const until = 'dateTime' in end ? end.dateTime.slice(11, 16) : '';
  const zone = start.timeZone === undefined ? start.dateTime.slice(19) : ` ${start.timeZone}`;
  return `on ${start.dateTime.slice(0, 10)}, ${start.dateTime.slice(11, 16)} to ${until}${zone}`;
}
