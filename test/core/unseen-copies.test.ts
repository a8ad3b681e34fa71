/** That a conference has been where nobody reads is remembered, whatever its event and what shares it go through. */
import { type Binding, bindingKey } from '../../src/core/binding';
import { Ledger } from '../../src/core/ledger';
import { planRow } from '../../src/core/plan-row';
import { settle } from '../../src/core/settle';
import type { Look } from '../../src/core/whereabouts';
import {
  bindingOf,
  CALENDAR_ID,
  diffContext,
  eventRow,
  ours,
  planContext,
  read,
  stamped,
  toDo,
  tombstone,
} from '../support/core-world';

const due = toDo({ kind: 'settle' });
const TEAM_ID = 'team@example.com';
const team = { calendar: 'calTEAM', calendarId: TEAM_ID };
const here = { email: CALENDAR_ID, self: true };

/** What comes of the binding's end: its event is deleted by its organiser. */
function endedBy({ calendar, eventId, ...of }: Binding, ledger: Ledger): string[] {
  const binding: Binding = { ...of, calendar, eventId, state: 'ending', todo: due };
  ledger.put(binding);
  const look: Look = { kind: 'row', row: tombstone(eventId, { organizer: here }) };
  return settle(binding, look, ledger, diffContext({ calendar }), planContext({ calendar })).map(({ kind }) => kind);
}

const flags: ReadonlyArray<[string, Partial<Binding>]> = [
  ['has been out of sight', { strayed: true }],
  ['was away for a while, nobody knows where', { mayHaveStrayed: true }],
];

describe.each(flags)('an event that %s', (_name, flag) => {
  const onTeam = ours({ organizer: { email: TEAM_ID } });

  it('and moves to a watched calendar, which is read first, does not take its conference with it', () => {
    const ledger = new Ledger([bindingOf(flag)]);
    planRow(onTeam, ledger, diffContext(team), planContext(team));
    planRow(tombstone(), ledger, diffContext(), planContext());
    const [left] = ledger.ofEvent('calKEY', 'ev1');
    const look: Look = { kind: 'row', row: tombstone() };
    settle({ ...(left as Binding), todo: due }, look, ledger, diffContext(), planContext());
    expect(endedBy(ledger.ofEvent('calTEAM', 'ev1')[0] as Binding, ledger)).toEqual([]);
  });

  it('and moves to a watched calendar, which is read last, does not take its conference with it', () => {
    const ledger = new Ledger([bindingOf(flag)]);
    planRow(tombstone(), ledger, diffContext(), planContext());
    planRow(onTeam, ledger, diffContext(team), planContext(team));
    expect(ledger.all()).toMatchObject([{ calendar: 'calTEAM', state: 'live', strayed: true }]);
    expect(endedBy(ledger.all()[0] as Binding, ledger)).toEqual([]);
  });

  it('and is one of its series, which is given the same conference, passes that on to it', () => {
    const slot = 'ser_20260603T070000Z';
    const ledger = new Ledger([bindingOf({ ...flag, eventId: slot })]);
    read(ours({ id: 'ser', recurrence: ['RRULE:FREQ=DAILY'] }), ledger);
    expect(ledger.all()).toMatchObject([{ eventId: 'ser', state: 'live', strayed: true }]);
  });
});

describe('an event that left sight, and comes back', () => {
  it.each<[string, string, Partial<Binding>]>([
    ['as it was', 'ev1', {}],
    ['as a guest’s copy that is the organiser’s again', 'ev1', { guest: true }],
    ['as an occurrence', 'ser_20260603T070000Z', {}],
  ])('does not take its conference with it: %s', (_name, eventId, over) => {
    const ledger = new Ledger([bindingOf({ eventId, state: 'away', ...over })]);
    read(ours({ id: eventId }), ledger);
    expect(ledger.all()).toMatchObject([{ state: 'live', guest: false }]);
    expect(endedBy(ledger.all()[0] as Binding, ledger)).toEqual([]);
  });

  it('does not take it with it when it comes back without it, or with another', () => {
    for (const row of [eventRow(), ours({ conferenceData: stamped('conf2') })]) {
      const ledger = new Ledger([bindingOf({ state: 'away' })]);
      read(row, ledger);
      const left = ledger.all().find(({ conference }) => conference === 'conf1') as Binding;
      const look: Look = { kind: 'row', row };
      const actions = settle({ ...left, todo: due }, look, ledger, diffContext(), planContext());
      expect(actions.map(({ kind }) => kind)).not.toContain('cancel');
    }
  });
});

describe('an occurrence that was out of sight, and shows the conference that its series has by now', () => {
  it('is one of its series again, and is not looked at again and again', () => {
    const slot = 'ser_20260603T070000Z';
    const DAILY = { recurrence: ['RRULE:FREQ=DAILY'] };
    const time = { dateTime: '2026-06-03T09:00:00+02:00', timeZone: 'Europe/Zurich' };
    const end = { dateTime: '2026-06-03T10:00:00+02:00', timeZone: 'Europe/Zurich' };
    const occurrence = ours({ id: slot, recurringEventId: 'ser', originalStartTime: time, start: time, end });
    const series = bindingOf({ eventId: 'ser' });
    const ledger = new Ledger([series, bindingOf({ eventId: slot, state: 'away' })]);
    planRow(ours({ id: 'ser', ...DAILY }), ledger, diffContext(), planContext());
    planRow(occurrence, ledger, diffContext(), planContext());
    expect(ledger.all().filter(({ todo }) => todo?.kind === 'settle')).toEqual([]);
    expect(endedBy(ledger.ofEvent('calKEY', 'ser')[0] as Binding, ledger)).toEqual([]);
  });
});

describe('a copy for which there is no room', () => {
  it('keeps the conference from being ended with the events that are followed', () => {
    const original = bindingOf();
    const ledger = new Ledger([original]);
    read(ours({ id: 'copy' }), ledger, { hasRoom: false });
    expect(ledger.ofEvent('calKEY', 'copy')).toEqual([]);
    const followed = ledger.get(bindingKey(original)) as Binding;
    expect(endedBy(followed, ledger)).toEqual([]);
    expect(ledger.all()).toMatchObject([{ eventId: 'ev1', state: 'away' }]);
  });

  it('is no reason to keep another conference', () => {
    const original = bindingOf({ conference: 'conf2' });
    const ledger = new Ledger([original]);
    read(ours({ id: 'copy' }), ledger, { hasRoom: false });
    expect(endedBy(original, ledger)).toEqual(['cancel']);
  });
});

describe('an event that was always in sight', () => {
  it('ends its conference after it moved between watched calendars', () => {
    const ledger = new Ledger([bindingOf()]);
    planRow(tombstone(), ledger, diffContext(), planContext());
    planRow(ours({ organizer: { email: TEAM_ID } }), ledger, diffContext(team), planContext(team));
    expect(endedBy(ledger.all()[0] as Binding, ledger)).toEqual(['cancel']);
  });
});
