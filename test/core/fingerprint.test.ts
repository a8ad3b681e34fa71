import fc from 'fast-check';
import { changedFields, digest, fingerprintOf, occurrenceFingerprint, UNKNOWN } from '../../src/core/fingerprint';
import { MEETING_FIELDS, type Meeting, type MeetingField, projectMeeting } from '../../src/core/meeting';
import { packBinding } from '../../src/core/packed';
import { DEFAULT_POLICIES } from '../../src/core/policies';
import type { Row } from '../../src/core/row';
import { bindingOf, eventRow } from '../support/core-world';

const ALL = new Set<MeetingField>(MEETING_FIELDS);
const meeting = (over: Partial<Row> = {}) =>
  projectMeeting(
    eventRow({ attendees: [{ email: 'ben@example.com' }], ...over }),
    'Europe/Zurich',
    DEFAULT_POLICIES,
  ) as Meeting;
const changes = (over: Partial<Row>, kept = ALL) =>
  changedFields(fingerprintOf(meeting(), kept), fingerprintOf(meeting(over), kept), kept);

describe('a fingerprint', () => {
  it.each<[string, Partial<Row>, MeetingField[]]>([
    ['nothing', {}, []],
    [
      'an answer to the invitation',
      { attendees: [{ email: 'ben@example.com', responseStatus: 'accepted' } as never] },
      [],
    ],
    ['a new etag', { etag: '"2"' }, []],
    [
      'the same instant written with another offset',
      { start: { dateTime: '2026-06-02T07:00:00Z', timeZone: 'Europe/Zurich' } },
      [],
    ],
    ['the title', { summary: 'Talk' }, ['title']],
    ['the description', { description: 'Agenda' }, ['description']],
    ['the end', { end: { dateTime: '2026-06-02T11:00:00+02:00', timeZone: 'Europe/Zurich' } }, ['time']],
    ['the zone alone', { start: { dateTime: '2026-06-02T09:00:00+02:00', timeZone: 'Africa/Lagos' } }, ['time']],
    ['a whole day instead of an hour', { start: { date: '2026-06-02' }, end: { date: '2026-06-03' } }, ['time']],
    ['the rule', { recurrence: ['RRULE:FREQ=DAILY'] }, ['recurrence']],
    ['a guest', { attendees: [{ email: 'cem@example.com' }] }, ['guests']],
    ['a guest who need not come', { attendees: [{ email: 'ben@example.com', optional: true }] }, ['guests']],
    ['title and time', { summary: 'Talk', end: { dateTime: '2026-06-02T11:00:00+02:00' } }, ['title', 'time']],
  ])('tells what changed: %s', (_name, over, fields) => {
    expect(changes(over)).toEqual(fields);
  });

  it.each(['EXDATE:20260609T070000Z', 'RDATE:20260610T070000Z'])('tells that a rule got a further line: %s', (line) => {
    const rule = 'RRULE:FREQ=WEEKLY';
    const before = fingerprintOf(meeting({ recurrence: [rule] }), ALL);
    expect(changedFields(before, fingerprintOf(meeting({ recurrence: [rule, line] }), ALL), ALL)).toEqual([
      'recurrence',
    ]);
  });

  it('tells that a whole day is in a calendar of another zone, where it begins at another time', () => {
    const day = eventRow({ start: { date: '2026-06-02' }, end: { date: '2026-06-03' } });
    const [here, there] = ['Europe/Zurich', 'Asia/Kolkata'].map((zone) =>
      fingerprintOf(projectMeeting(day, zone, DEFAULT_POLICIES) as Meeting, ALL),
    ) as [string, string];
    expect(changedFields(here, there, ALL)).toEqual(['time']);
  });

  it('does not see a field that the provider does not keep', () => {
    expect(changes({ summary: 'Talk', description: 'x' }, new Set(['time']))).toEqual([]);
  });

  it('names every kept field when nothing comparable was delivered', () => {
    const kept = new Set<MeetingField>(['title', 'time']);
    expect(changedFields('', fingerprintOf(meeting(), kept), kept)).toEqual(['title', 'time']);
    expect(changedFields('AAAAAA', fingerprintOf(meeting(), kept), kept)).toEqual(['title', 'time']);
  });

  it('names every field when the provider keeps more of them than it did', () => {
    const kept = new Set<MeetingField>(['title', 'time']);
    const before = fingerprintOf(meeting(), new Set<MeetingField>(['title']));
    expect(changedFields(before, fingerprintOf(meeting(), kept), kept)).toEqual(['title', 'time']);
  });

  it('that is not known differs from every other, and from none at all', () => {
    const kept = new Set<MeetingField>(['time']);
    expect(changedFields(UNKNOWN, fingerprintOf(meeting(), kept), kept)).toEqual(['time']);
    expect(packBinding(bindingOf({ delivered: UNKNOWN }))).not.toBe(packBinding(bindingOf({ delivered: '' })));
  });

  it('is the same in every version: the ledger holds what an earlier one made', () => {
    const rule = ['RRULE:FREQ=WEEKLY', 'EXDATE:20260609T070000Z'];
    const attendees = [{ email: 'ben@example.com' }, { email: 'cem@example.com', optional: true }];
    expect(fingerprintOf(meeting({ description: 'Agenda', recurrence: rule, attendees }), ALL)).toBe(
      'NrPaT4jUV5g2nBT4oll3TjW-ZgxS8f',
    );
    const { start, end } = meeting();
    expect(occurrenceFingerprint({ slot: 's', time: { start, end } })).toBe('nBT4ol');
    expect(occurrenceFingerprint({ slot: 's' })).toBe('i_k2ud');
  });

  it('is empty for a provider that keeps nothing', () => {
    expect(fingerprintOf(meeting(), new Set())).toBe('');
  });

  it('holds six characters a field and nothing of the text', () => {
    const print = fingerprintOf(meeting({ summary: 'Secret' }), ALL);
    expect(print).toMatch(/^[\w-]{30}$/);
    expect(print).not.toContain('Secret');
  });

  it('of an occurrence tells a move from a cancellation', () => {
    const { start, end } = meeting();
    const moved = occurrenceFingerprint({ slot: 's', time: { start, end } });
    expect(occurrenceFingerprint({ slot: 's' })).not.toBe(moved);
    expect(occurrenceFingerprint({ slot: 't', time: { start, end } })).toBe(moved);
  });
});

describe('a digest', () => {
  it('is stable: stored keys depend on it', () => {
    expect(digest('ann@example.com')).toBe('LHTxI4');
  });

  it('does not collide over many similar texts', () => {
    const digests = new Set(Array.from({ length: 50_000 }, (_, i) => digest(`event${i}@example.com`)));
    expect(digests.size).toBe(50_000);
  });

  it('is six characters of the URL-safe alphabet for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(digest(text)).toMatch(/^[\w-]{6}$/);
      }),
      { numRuns: 200 },
    );
  });
});
