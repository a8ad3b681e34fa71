import { type Binding, bindingKey } from '../../src/core/binding';
import { diffRow } from '../../src/core/diff';
import { fingerprintOf } from '../../src/core/fingerprint';
import { Ledger } from '../../src/core/ledger';
import { MEETING_FIELDS, type Meeting, type MeetingField, projectMeeting } from '../../src/core/meeting';
import { type Outcome, recordOutcome } from '../../src/core/outcome';
import { packBinding, unpackBinding } from '../../src/core/packed';
import { DEFAULT_POLICIES } from '../../src/core/policies';
import {
  fieldsWithout,
  occurrenceInUtc,
  type Refusable,
  refusalOf,
  standing,
  suspectsOf,
  withoutRefused,
} from '../../src/core/refusal';
import type { Row } from '../../src/core/row';
import { bindingOf, diffContext, eventRow, KEEPS_ALL, NOW_MS, ours, toDo } from '../support/core-world';

const RULE = ['RRULE:FREQ=WEEKLY'];
const CAPABILITIES = { ...KEEPS_ALL, keeps: MEETING_FIELDS };
const kept = new Set<MeetingField>(MEETING_FIELDS);
const meetingOf = (over: Partial<Row> = {}, zone = 'Europe/Zurich') =>
  projectMeeting(eventRow({ description: 'Agenda', ...over }), zone, DEFAULT_POLICIES) as Meeting;
const context = { policies: DEFAULT_POLICIES, nowMs: NOW_MS, kept };

/** What is remembered of an event after the provider was told of it, and what is to be told after it was edited. */
function told(row: Partial<Row>, outcome: Outcome, before: Partial<Binding> = {}) {
  const meeting = meetingOf(row);
  const wanted = fingerprintOf(meeting, kept);
  const binding = bindingOf({ ...before, todo: toDo() });
  const ledger = new Ledger([binding]);
  recordOutcome({ kind: 'update', binding, meeting, fields: [...MEETING_FIELDS], wanted }, outcome, ledger, context);
  const after = ledger.get(bindingKey(binding)) as Binding;
  const next = (edited: Partial<Row>) => {
    const [seen] = diffRow(
      ours({ description: 'Agenda', ...edited }),
      new Ledger([after]),
      diffContext({ capabilitiesOf: () => CAPABILITIES }),
    );
    return seen?.kind === 'seen' ? seen.fields : undefined;
  };
  return { after, next };
}

const titleRefused: Outcome = { kind: 'done', refused: [{ field: 'title', code: 'zoom-300' }] };

describe('a field that the provider refused', () => {
  it('is remembered with its digest and the reason, and owes nothing', () => {
    const { after } = told({}, titleRefused);
    expect(after.refused).toEqual([refusalOf(meetingOf(), 'title', 'zoom-300')]);
    expect(after).not.toHaveProperty('todo');
  });

  it('is not told again until it changes, whatever else does', () => {
    const { next } = told({}, titleRefused);
    expect(next({})).toEqual([]);
    expect(next({ description: 'Minutes' })).toEqual(['description']);
    expect(next({ summary: 'Talk' })).toEqual(['title']);
    expect(next({ summary: 'Talk', description: 'Minutes' })).toEqual(['title', 'description']);
  });

  it('is forgotten when another content of it was taken', () => {
    const { after } = told({}, titleRefused);
    expect(told({ summary: 'Talk' }, { kind: 'done' }, after).after).not.toHaveProperty('refused');
    expect(told({ description: 'Minutes' }, { kind: 'done' }, after).after.refused).toEqual(after.refused);
  });

  it('is told again when the event has again what the provider had before: it may have a placeholder now', () => {
    const before = told({}, { kind: 'done' }).after;
    const { next } = told({ summary: 'Talk' }, titleRefused, before);
    expect(next({})).toEqual(['title']);
  });

  it('leaves what the provider had before, when nothing else was told', () => {
    const before = told({}, { kind: 'done' }).after;
    const binding: Binding = { ...before, todo: toDo() };
    const ledger = new Ledger([binding]);
    const meeting = meetingOf({ summary: 'Talk' });
    const wanted = fingerprintOf(meeting, kept);
    const action = { kind: 'update', binding, meeting, fields: ['title' as const], wanted } as const;
    recordOutcome({ ...action, fields: [...action.fields] }, titleRefused, ledger, context);
    expect(ledger.get(bindingKey(binding))?.delivered).toBe(before.delivered);
  });

  it.each<[Refusable, Partial<Row>, MeetingField[]]>([
    ['zone', {}, []],
    ['time', {}, []],
    ['zone', { end: { dateTime: '2026-06-02T11:00:00+02:00', timeZone: 'Europe/Zurich' } }, ['time']],
    ['time', { end: { dateTime: '2026-06-02T11:00:00+02:00', timeZone: 'Europe/Zurich' } }, ['time', 'recurrence']],
    ['description', {}, []],
    ['guests', {}, []],
    ['guests', { attendees: [{ email: 'ben@example.com' }] }, ['guests']],
  ])('may be the %s: after %j there is to be told %j', (field, edited, fields) => {
    const { next } = told({}, { kind: 'done', refused: [{ field, code: 'x' }] });
    expect(next(edited)).toEqual(fields);
  });

  it('stands for the repetition until the rule or the time is another one', () => {
    const refusals = [refusalOf(meetingOf({ recurrence: RULE }), 'recurrence', 'x')];
    const later = { end: { dateTime: '2026-06-02T11:00:00+02:00', timeZone: 'Europe/Zurich' } };
    expect(standing(refusals, meetingOf({ recurrence: RULE, summary: 'Talk' }))).toEqual(refusals);
    expect(standing(refusals, meetingOf({ recurrence: RULE, ...later }))).toEqual([]);
    expect(standing(refusals, meetingOf({ recurrence: ['RRULE:FREQ=DAILY'] }))).toEqual([]);
  });

  it('does not stand for a time of one day once that is the first of many', () => {
    const passed = [refusalOf(meetingOf(), 'time', '400')];
    expect(standing(passed, meetingOf({ summary: 'Talk' }))).toEqual(passed);
    expect(standing(passed, meetingOf({ recurrence: RULE }))).toEqual([]);
  });

  it('survives the store, with a code of words only', () => {
    const refused = [refusalOf(meetingOf(), 'title', 'zoom-300'), refusalOf(meetingOf(), 'zone', 'http-422')];
    expect(unpackBinding(packBinding(bindingOf({ refused })))?.refused).toEqual(refused);
    const strange = [{ ...(refused[0] as (typeof refused)[0]), code: 'a,b|c d' }];
    expect(unpackBinding(packBinding(bindingOf({ refused: strange })))?.refused).toEqual([
      { ...strange[0], code: 'a-b-c-d' },
    ]);
    expect(unpackBinding(packBinding(bindingOf()))).not.toHaveProperty('refused');
    const line = packBinding(bindingOf({ refused }));
    expect(unpackBinding(line.replace(/\|t[^,|]*,/, '|?,'))?.refused).toEqual([refused[1]]);
  });
});

describe('in place of a refused', () => {
  const instead = (field: Refusable, over: Partial<Row> = {}) => withoutRefused(meetingOf(over), [field], 'Meeting');

  it('title, description or list of guests goes the placeholder', () => {
    expect(instead('title')).toEqual({ ...meetingOf(), title: 'Meeting' });
    expect(instead('description')).toEqual({ ...meetingOf(), description: '' });
    expect(instead('guests', { attendees: [{ email: 'ben@example.com' }] })).toEqual(meetingOf());
  });

  it('zone of a single meeting go the same instants, of whole days too', () => {
    expect(instead('zone')).toMatchObject({
      start: { ms: Date.parse('2026-06-02T07:00:00Z'), local: '2026-06-02T07:00:00', timeZone: 'UTC' },
      end: { local: '2026-06-02T08:00:00', timeZone: 'UTC' },
    });
    const day = { start: { date: '2026-06-02' }, end: { date: '2026-06-03' } };
    expect(instead('zone', day).start).toEqual({
      ms: Date.parse('2026-06-01T22:00:00Z'),
      local: '2026-06-01T22:00:00',
      timeZone: 'UTC',
    });
    expect(instead('zone')).not.toHaveProperty('withoutFixedTime');
  });

  it.each(['zone', 'recurrence'] as const)('%s of a series go no fixed times', (field) => {
    expect(instead(field, { recurrence: RULE })).toMatchObject({ recurrence: [], withoutFixedTime: true });
  });

  it('zone of an occurrence go the same instants, and a cancelled one has none', () => {
    const { start, end } = meetingOf();
    expect(occurrenceInUtc({ slot: 's', time: { start, end } })).toMatchObject({
      slot: 's',
      time: { start: { local: '2026-06-02T07:00:00', timeZone: 'UTC' } },
    });
    expect(occurrenceInUtc({ slot: 's' })).toEqual({ slot: 's' });
  });
});

describe('what is told without a refused field', () => {
  it.each<[Refusable[], MeetingField[], MeetingField[]]>([
    [['title'], ['title', 'time'], ['time']],
    [['title'], ['title'], []],
    [['zone'], ['time'], ['time']],
    [['time'], ['title', 'time', 'recurrence'], ['title']],
    [['recurrence'], ['time', 'recurrence'], ['time']],
    [['recurrence'], ['title', 'recurrence'], ['title', 'time']],
    [['recurrence'], ['title'], ['title']],
    [['recurrence', 'time'], ['recurrence'], []],
  ])('%j of %j is %j', (refused, fields, rest) => {
    expect(fieldsWithout(fields, refused)).toEqual(rest);
  });
});

describe('what a refusal may be about', () => {
  it('is each field that was told, the likeliest first, and then two of them', () => {
    expect(suspectsOf(meetingOf(), ['title', 'time'])).toEqual([
      ['title'],
      ['zone'],
      ['time'],
      ['title', 'zone'],
      ['title', 'time'],
    ]);
  });

  it('is the rule of a series, which needs no zone without it', () => {
    expect(suspectsOf(meetingOf({ recurrence: RULE }), ['recurrence'])).toEqual([['recurrence'], ['time']]);
  });

  it('is no zone where there is UTC, or no time', () => {
    const utc = { dateTime: '2026-06-02T07:00:00Z', timeZone: 'UTC' };
    expect(suspectsOf(meetingOf({ start: utc, end: utc }), ['time'])).toEqual([['time']]);
    expect(suspectsOf(meetingOf(), ['description'])).toEqual([['description']]);
  });
});
