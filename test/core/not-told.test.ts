/** A field that a row does not tell is left as the provider has it; a field that a whole row does not have is empty. */
import { diffRow } from '../../src/core/diff';
import { changedFields, fingerprintOf, UNKNOWN } from '../../src/core/fingerprint';
import { Ledger } from '../../src/core/ledger';
import { MEETING_FIELDS, type Meeting, type MeetingField, projectMeeting } from '../../src/core/meeting';
import { DEFAULT_POLICIES } from '../../src/core/policies';
import type { Row } from '../../src/core/row';
import { bindingOf, diffContext, eventRow, KEEPS_ALL, ours } from '../support/core-world';

const ALL = new Set<MeetingField>(MEETING_FIELDS);
const [ben, cleo] = [{ email: 'ben@example.com' }, { email: 'cleo@example.com' }];
const FULL = { description: 'Agenda', attendees: [ben, cleo], recurrence: ['RRULE:FREQ=DAILY'] };
const meetingOf = (row: Row) => projectMeeting(row, 'Europe/Zurich', DEFAULT_POLICIES) as Meeting;
const told = fingerprintOf(meetingOf(eventRow(FULL)), ALL);
/** The fields to be told after `row`, and what is remembered then. */
function news(row: Row, delivered = told) {
  const wanted = fingerprintOf(meetingOf(row), ALL, delivered);
  return { fields: changedFields(delivered, wanted, ALL), wanted };
}
const without = (name: keyof Row, over: Partial<Row> = {}): Row => {
  const { [name]: _left, ...rest } = eventRow({ ...FULL, ...over });
  return rest as Row;
};

describe('what a whole row does not have', () => {
  it.each<[keyof Row, MeetingField, Partial<Meeting>]>([
    ['summary', 'title', { title: 'Meeting' }],
    ['description', 'description', { description: '' }],
    ['attendees', 'guests', { guests: [] }],
    ['recurrence', 'recurrence', { recurrence: [] }],
  ])('is empty, and that is told: %s', (name, field, empty) => {
    expect(meetingOf(without(name))).toMatchObject(empty);
    expect(meetingOf(without(name))).not.toHaveProperty('untold');
    expect(news(without(name)).fields).toEqual([field]);
  });
});

describe('what a row does not tell', () => {
  it.each<[string, Row]>([
    ['guests that Google left out', eventRow({ ...FULL, attendees: [], attendeesOmitted: true })],
    ['what lacks where the organiser is not shown', without('organizer', { attendees: undefined as never })],
    ['a title there', { ...without('organizer'), summary: undefined as never }],
    ['a description there', { ...without('organizer'), description: undefined as never }],
    ['a repetition there', { ...without('organizer'), recurrence: undefined as never }],
  ])('is not told, and what the provider has is remembered: %s', (_name, row) => {
    expect(news(row)).toEqual({ fields: [], wanted: told });
  });

  it('is told again as soon as a row tells another', () => {
    const omitted = news(eventRow({ ...FULL, summary: 'Talk', attendees: [], attendeesOmitted: true }));
    expect(omitted.fields).toEqual(['title']);
    expect(news(eventRow({ ...FULL, summary: 'Talk' }), omitted.wanted).fields).toEqual([]);
    expect(news(eventRow({ ...FULL, summary: 'Talk', attendees: [ben] }), omitted.wanted).fields).toEqual(['guests']);
  });

  it('is not told either when nothing is known of what the provider has, and then a row that tells it is news', () => {
    const row = eventRow({ ...FULL, attendees: [], attendeesOmitted: true });
    for (const delivered of ['', UNKNOWN]) {
      const { fields, wanted } = news(row, delivered);
      expect(fields).toEqual(['title', 'description', 'time', 'recurrence']);
      expect(news(row, wanted).fields).toEqual([]);
      expect(news(eventRow(FULL), wanted).fields).toEqual(['guests']);
    }
  });

  it('are only the guests that are not shown: those that are, are told', () => {
    const row = eventRow({ ...FULL, attendees: [ben], attendeesOmitted: true });
    expect(meetingOf(row)).toMatchObject({ guests: [ben], untold: ['guests'] });
    const { fields, wanted } = news(row);
    expect(fields).toEqual(['guests']);
    expect(news(row, wanted).fields).toEqual([]);
    // All that there are now, which is not the same as all that are shown.
    expect(news(eventRow({ ...FULL, attendees: [ben] }), wanted).fields).toEqual(['guests']);
  });
});

describe('an event that turns private', () => {
  const hidden = news(eventRow({ ...FULL, visibility: 'private' }));

  it('has its title and description withdrawn, and leaves its guests as they were', () => {
    expect(hidden.fields).toEqual(['title', 'description']);
  });

  it('tells who was added or taken off meanwhile once it is public again', () => {
    expect(news(eventRow({ ...FULL, visibility: 'private', attendees: [ben] }), hidden.wanted).fields).toEqual([]);
    expect(news(eventRow({ ...FULL, attendees: [ben] }), hidden.wanted).fields).toEqual([
      'title',
      'description',
      'guests',
    ]);
  });
});

describe('a row that does not show who organises the event', () => {
  const diff = (guest: boolean) => {
    const binding = bindingOf({ guest });
    const { organizer: _withheld, ...row } = ours();
    const capabilitiesOf = () => KEEPS_ALL;
    return diffRow(row, new Ledger([binding]), diffContext({ capabilitiesOf }));
  };

  it.each([true, false])('makes nobody its organiser, and nobody a guest of it: %s', (guest) => {
    expect(diff(guest)).toMatchObject([{ kind: 'seen', guest }]);
  });
});
