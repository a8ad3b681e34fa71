import type { EventHandle, Person } from '../../../sandbox/editor/person';
import { createWorld } from '../../../sandbox/whole-world';
import { ROOMS } from './rooms-add-on';

const ANA = 'ana@example.com';
const BEN = 'ben@example.com';

let ana: Person;
let ben: Person;
let weekly: EventHandle;

beforeEach(() => {
  const world = createWorld({ addOn: ROOMS });
  ana = world.addUser(ANA, { timeZone: 'Europe/Zurich' });
  ben = world.addUser(BEN, { timeZone: 'Europe/London' });
  weekly = ana.createsEvent({
    summary: 'Review',
    start: '2026-03-03T10:00:00',
    end: '2026-03-03T11:00:00',
    timeZone: 'Europe/Zurich',
    recurrence: ['RRULE:FREQ=WEEKLY;COUNT=6'],
    guests: [BEN],
    conference: 'room',
  });
});

const titles = (person: Person) =>
  ['03', '10', '17', '24', '31'].map((day) => {
    try {
      return person.sees(person.occurrence(weekly, `2026-03-${day}`)).summary;
    } catch {
      return 'none';
    }
  });

describe('A series changed through an occurrence', () => {
  it('changes this one alone', () => {
    ana.edits(ana.occurrence(weekly, '2026-03-10'), { summary: 'Long review' }, 'this');
    expect(titles(ana)).toEqual(['Review', 'Long review', 'Review', 'Review', 'Review']);
    expect(titles(ben)).toEqual(titles(ana));
  });

  it('changes all of it, moved by the same distance', () => {
    const shown = ana.occurrence(weekly, '2026-03-31');
    ana.drags(shown, '2026-03-31T15:00:00+02:00', '2026-03-31T16:00:00+02:00', 'all');
    const start = { dateTime: '2026-03-10T15:00:00+01:00', timeZone: 'Europe/Zurich' };
    expect(ana.occurrence(weekly, '2026-03-10').event.start).toEqual(start);
  });

  it('changes this and following by a new series, which keeps the conference', () => {
    const rest = ana.edits(ana.occurrence(weekly, '2026-03-17'), { summary: 'Board' }, 'following');
    expect(titles(ana)).toEqual(['Review', 'Review', 'none', 'none', 'none']);
    expect(ana.occurrence(rest, '2026-03-24').event.summary).toBe('Board');
    expect(rest.conference?.conferenceId).toBe(weekly.conference?.conferenceId);
  });

  it('changes all of it when this and following begins at the first', () => {
    const rest = ana.edits(ana.occurrence(weekly, '2026-03-03'), { summary: 'Board' }, 'following');
    expect(rest.eventId).toBe(weekly.eventId);
    expect(titles(ana)).toEqual(['Board', 'Board', 'Board', 'Board', 'Board']);
  });
});

describe('Deleting', () => {
  it('takes one occurrence out', () => {
    ana.deletes(ana.occurrence(weekly, '2026-03-10'), 'this');
    expect(titles(ben)).toEqual(['Review', 'none', 'Review', 'Review', 'Review']);
  });

  it('ends the series before an occurrence', () => {
    ana.deletes(ana.occurrence(weekly, '2026-03-17'), 'following');
    expect(titles(ana)).toEqual(['Review', 'Review', 'none', 'none', 'none']);
    expect(weekly.event.recurrence).toEqual(['RRULE:FREQ=WEEKLY;UNTIL=20260316T225959Z']);
  });

  it('takes the whole series away, and restoring brings it back', () => {
    ana.deletes(ana.occurrence(weekly, '2026-03-17'), 'all');
    expect([weekly.event.status, ben.sees(weekly).status]).toEqual(['cancelled', 'cancelled']);
    ana.restores(weekly);
    expect(titles(ben)).toEqual(['Review', 'Review', 'Review', 'Review', 'Review']);
  });
});

describe('A guest', () => {
  it('answers on their own copy, and the organiser sees it', () => {
    ben.replies(weekly, 'declined');
    expect(weekly.event.attendees).toMatchObject([{ email: BEN, responseStatus: 'declined' }]);
  });

  it('answers for one occurrence', () => {
    ben.replies(ben.occurrence(weekly, '2026-03-10'), 'tentative');
    expect(ana.occurrence(weekly, '2026-03-10').event.attendees).toMatchObject([{ responseStatus: 'tentative' }]);
    expect(weekly.event.attendees).toMatchObject([{ responseStatus: 'needsAction' }]);
  });

  it('is refused when not invited', () => {
    const own = ana.createsEvent({ summary: 'Alone', start: '2026-03-03', end: '2026-03-04' });
    expect(() => ana.replies(own, 'accepted')).toThrow('ana@example.com is not invited to "Alone".');
  });
});
