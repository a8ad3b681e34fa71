/** Which questions an event that is gone leaves open, and what of the answers counts. */
import type { Binding } from '../../src/core/binding';
import { Ledger } from '../../src/core/ledger';
import type { Row } from '../../src/core/row';
import type { Look, Sighting } from '../../src/core/whereabouts';
import {
  hasStrayed,
  isElsewhere,
  isSameEvent,
  keptConferences,
  wantsSeries,
  wantsSightings,
} from '../../src/core/whereabouts';
import { bindingOf, CALENDAR_ID, eventRow, NOW_MS, stamped, toDo, tombstone } from '../support/core-world';

const ending = bindingOf({ state: 'ending', todo: toDo({ kind: 'settle' }) });
const pending = bindingOf({ state: 'pending', todo: toDo({ kind: 'settle' }) });
const SLOT = 'ser_20260603T070000Z';
const occurrence = bindingOf({ ...ending, eventId: SLOT });
const row = (given: Row): Look => ({ kind: 'row', row: given });
const absent: Look = { kind: 'absent' };
const here = { email: CALENDAR_ID, self: true };
const carrying = eventRow({ conferenceData: stamped('conf1') });
const later = new Date(NOW_MS + 3_600_000).toISOString();
const seenAt = (calendar: string, over: Partial<Row> = {}): Sighting => ({
  calendar,
  calendarId: `${calendar}@example.com`,
  row: { ...tombstone('ev1'), updated: later, ...over } as Row,
});

describe('the series of an occurrence that is gone', () => {
  it.each<[string, Binding, Look, string]>([
    ['its row names it', occurrence, row(tombstone(SLOT, { recurringEventId: 'ser_R1' })), 'ser_R1'],
    ['only its id does', occurrence, row(tombstone(SLOT)), 'ser'],
    ['the half is remembered', { ...occurrence, master: 'ser_R1' }, absent, 'ser_R1'],
    ['its event was never seen', { ...occurrence, state: 'pending' }, absent, 'ser'],
  ])('has to speak for it where %s', (_name, binding, look, series) => {
    expect(wantsSeries(binding, look)).toBe(series);
  });

  it.each<[string, Binding, Look]>([
    ['it is there', occurrence, row(eventRow({ id: SLOT, recurringEventId: 'ser' }))],
    ['its own row names an organiser', occurrence, row(tombstone(SLOT, { organizer: here, recurringEventId: 'ser' }))],
    ['it is none', ending, row(tombstone())],
    ['it does not end', { ...occurrence, state: 'live' }, row(tombstone(SLOT))],
    ['it is let go already', { ...occurrence, state: 'away' }, row(tombstone(SLOT))],
    ['its conference is its series’', { ...occurrence, series: 'ser' }, row(tombstone(SLOT))],
  ])('is not asked where %s', (_name, binding, look) => {
    expect(wantsSeries(binding, look)).toBeUndefined();
  });
});

describe('other calendars', () => {
  const asked = (binding: Binding, look: Look, others: Binding[] = []) =>
    wantsSightings(binding, look, CALENDAR_ID, new Ledger([binding, ...others]));

  it.each<[string, Binding, Look]>([
    ['left only its id', ending, row(tombstone())],
    ['left only its id before it was seen', pending, row(tombstone())],
    ['is not found any more', ending, absent],
    [
      'was deleted, and was away for a while',
      { ...ending, mayHaveStrayed: true },
      row(tombstone('ev1', { organizer: here })),
    ],
    ['dropped the conference, and was away for a while', { ...ending, mayHaveStrayed: true }, row(eventRow())],
    [
      'was deleted with its conference, and was away for a while',
      { ...ending, mayHaveStrayed: true },
      row({ ...carrying, status: 'cancelled' }),
    ],
  ])('are asked about an event that %s', (_name, binding, look) => {
    expect(asked(binding, look)).toBe(true);
  });

  it.each<[string, Binding, Look]>([
    ['was deleted here', ending, row(tombstone('ev1', { organizer: here }))],
    ['dropped the conference', ending, row(eventRow())],
    ['carries the conference', ending, row(carrying)],
    ['carries the conference after it was away', { ...ending, mayHaveStrayed: true }, row(carrying)],
    ['was a draft that was discarded', pending, absent],
    ['does not end', bindingOf(), row(tombstone())],
    ['is an occurrence of a series with the conference', { ...ending, series: 'ser' }, row(tombstone())],
  ])('are not asked about an event that %s', (_name, binding, look) => {
    expect(asked(binding, look)).toBe(false);
  });

  it('are asked no more once one of them has told', () => {
    const strayed: Binding = { ...ending, mayHaveStrayed: true };
    expect(asked(strayed, { ...row(eventRow()), elsewhere: [seenAt('calTEAM', { id: 'other' })] })).toBe(false);
    expect(asked(ending, row(tombstone()), [bindingOf({ calendar: 'calTEAM' })])).toBe(false);
  });
});

describe('where an event was for a while', () => {
  const away: Binding = { ...ending, mayHaveStrayed: true, bornMs: NOW_MS };

  it('is not known unless another calendar tells', () => {
    expect(hasStrayed(away, {})).toBe(true);
    expect(hasStrayed(away, { elsewhere: [seenAt(ending.calendar, { id: 'other' })] })).toBe(true);
    expect(hasStrayed(away, { elsewhere: [seenAt('calTEAM', { id: 'other' })] })).toBe(false);
  });

  it('is told by what is newer than the binding, under the event’s own id', () => {
    expect(hasStrayed(away, { elsewhere: [seenAt('calTEAM')] })).toBe(false);
    expect(hasStrayed(away, { elsewhere: [seenAt('calTEAM', { updated: '2020-01-01T00:00:00Z' })] })).toBe(true);
  });

  it('is out of sight for certain once it was', () => {
    expect(hasStrayed({ ...ending, strayed: true }, { elsewhere: [seenAt('calTEAM', { id: 'other' })] })).toBe(true);
    expect(hasStrayed(ending, {})).toBe(false);
  });
});

describe('an event on another calendar', () => {
  const team = bindingOf({ calendar: 'calTEAM', eventId: 'new' });
  const ledger = new Ledger([ending, team]);

  it('is the one that was sighted there with the conference', () => {
    const shown = { ...seenAt('calTEAM'), row: { ...carrying, id: 'new' } };
    expect(isElsewhere(ending, { elsewhere: [shown] }, ledger)).toBe(true);
    expect(isElsewhere(ending, { elsewhere: [{ ...shown, row: eventRow({ id: 'new' }) }] }, ledger)).toBe(false);
    expect(isElsewhere(ending, {}, ledger)).toBe(false);
  });
});

describe('of the rows under one iCalUID', () => {
  const event = bindingOf();
  it.each<[string, Binding, Partial<Row>, boolean]>([
    ['the event', event, { id: 'new' }, true],
    ['an occurrence, by its series', event, { id: 'x', recurringEventId: 'new' }, false],
    ['an occurrence, by its id', event, { id: 'new_20260603T070000Z' }, false],
    ['a whole-day occurrence, by its id', event, { id: 'new_20260603' }, false],
    ['the second half of a series', event, { id: 'new_R20260603T070000' }, true],
    ['the same occurrence of another series', occurrence, { id: 'new_20260603T070000Z' }, true],
    ['another occurrence', occurrence, { id: 'new_20260610T070000Z' }, false],
    ['the series of an occurrence', occurrence, { id: 'ser' }, false],
  ])('%s counts as it should', (_name, binding, shown, same) => {
    expect(isSameEvent(tombstone(shown.id, shown), binding, false)).toBe(same);
  });

  it('what its own calendar shows under its own id has been looked at', () => {
    expect(isSameEvent(tombstone('ev1'), event, true)).toBe(false);
    expect(isSameEvent(tombstone('ev1'), event, false)).toBe(true);
  });
});

describe('the conferences that are kept on doubt', () => {
  const away = bindingOf({ state: 'away' });
  const kept = (...bindings: Binding[]) => keptConferences(new Ledger(bindings), NOW_MS).map(({ eventId }) => eventId);

  it('are named once each, whatever is remembered of their occurrences', () => {
    expect(kept(away, bindingOf({ state: 'away', eventId: 'two' }))).toHaveLength(1);
    expect(kept(away, bindingOf({ eventId: 'ev1_1', series: 'ev1' }))).toEqual(['ev1']);
  });

  it('are none that an event in sight has, that is over, or that never left', () => {
    expect(kept(away, bindingOf({ eventId: 'copy' }))).toEqual([]);
    expect(kept({ ...away, endsMs: NOW_MS - 1 })).toEqual([]);
    expect(kept({ ...away, endsMs: 0 })).toEqual(['ev1']);
    expect(kept(bindingOf())).toEqual([]);
  });
});
