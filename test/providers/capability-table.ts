/** What a provider keeps and does, as the table in its page of docs/providers. */
import type { Capabilities } from '../../src/core/capabilities';
import { MEETING_FIELDS } from '../../src/core/meeting';

const FIELDS: Readonly<Record<(typeof MEETING_FIELDS)[number], string>> = {
  title: 'Title',
  description: 'Description',
  time: 'Start, end and time zone',
  recurrence: 'Repetition',
  guests: 'Guests',
};

const OCCURRENCES: Readonly<Record<Capabilities['occurrences'], string>> = {
  keeps: 'yes',
  'keeps-until-rescheduled': 'yes; told again when the series is rescheduled',
  none: 'no',
};

export function capabilityTable(capabilities: Capabilities): string {
  const { keeps, update, cancel, occurrences, idempotency, dailyRequests } = capabilities;
  const rows = [
    ...MEETING_FIELDS.map((field) => [FIELDS[field], update !== 'none' && keeps.includes(field) ? 'yes' : 'no']),
    ['One occurrence moved or cancelled', OCCURRENCES[occurrences]],
    ['Ended with the event', cancel === 'none' ? 'no' : 'yes'],
    ['A repeated create is the same create', idempotency === 'key' ? 'yes' : 'no'],
    ...(dailyRequests === undefined ? [] : [['Creates and updates of a user in a day', String(dailyRequests)]]),
  ];
  return ['| of the event | follows |', '|---|---|', ...rows.map((cells) => `| ${cells.join(' | ')} |`)].join('\n');
}
