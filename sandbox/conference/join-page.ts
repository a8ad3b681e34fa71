/** What a person sees behind a join link: title, time, state. Nothing secret, nothing executable. */
import { DateTime } from 'luxon';
import type { HttpReply } from '../world/internet';
import type { ConferenceRecord, Moment } from './conference';
import { escapeHtml, webPage as page } from './web-page';

export function joinPage(record: ConferenceRecord | undefined): HttpReply {
  if (record === undefined) return page(404, 'No such conference', '<p>There is no conference at this address.</p>');
  const title = escapeHtml(record.title);
  if (record.status === 'cancelled') return page(410, title, '<p>This conference was cancelled.</p>');
  const parts = [
    `<p>${escapeHtml(whenText(record.start, record.end))}</p>`,
    record.recurrence.length > 0 ? '<p>It repeats; the time shown is that of the first meeting.</p>' : '',
    record.lobby ? '<p>You will wait in the lobby until the organiser lets you in.</p>' : '',
    record.passcode !== null ? '<p>You will be asked for the passcode.</p>' : '',
    '<p>The conference is scheduled.</p>',
  ];
  return page(200, title, parts.join('\n'));
}

function whenText(start: Moment | null, end: Moment | null): string {
  if (start === null || end === null) return 'No time has been set yet.';
  if ('date' in start || 'date' in end) return `All day, ${local(start).toFormat('cccc d LLLL yyyy')}`;
  const from = local(start);
  const to = local(end).setZone(from.zone);
  const endFormat = from.hasSame(to, 'day') ? 'HH:mm' : 'cccc d LLLL yyyy, HH:mm';
  return `${from.toFormat('cccc d LLLL yyyy, HH:mm')} to ${to.toFormat(endFormat)} (${start.timeZone ?? 'UTC'})`;
}

function local(moment: Moment): DateTime {
  const zone = 'dateTime' in moment ? (moment.timeZone ?? 'utc') : 'utc';
  return DateTime.fromISO('date' in moment ? moment.date : moment.dateTime, { zone, locale: 'en-GB' });
}
