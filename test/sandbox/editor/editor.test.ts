import { GENERIC_FAILURE } from '../../../sandbox/editor/conference-answer';
import type { Person } from '../../../sandbox/editor/person';
import { createWorld, type World, type WorldOptions } from '../../../sandbox/whole-world';
import { ROOMS } from './rooms-add-on';

const ANA = 'ana@example.com';
const MORNING = { summary: 'Stand-up', start: '2026-03-03T09:00:00Z', end: '2026-03-03T09:15:00Z' };

function worldWithAna(options: WorldOptions = {}): { world: World; ana: Person } {
  const world = createWorld({ addOn: ROOMS, ...options });
  return { world, ana: world.addUser(ANA) };
}

describe('Choosing a conference in the editor', () => {
  it('runs onCreateFunction as the user, before the event exists, and stores what it returned on save', () => {
    const { ana } = worldWithAna();
    const event = ana.createsEvent({ ...MORNING, conference: 'room' });
    expect(event.conference).toMatchObject({
      conferenceId: `unsaved-${event.eventId}`,
      conferenceSolution: { key: { type: 'addOn' }, name: 'Rooms', iconUri: 'https://example.com/logo.png' },
      entryPoints: [{ entryPointType: 'video', uri: `https://meet.example.com/j/${event.eventId}` }],
      notes: ANA,
    });
  });

  it('lets the function read an event that is saved already', () => {
    const { ana } = worldWithAna();
    const event = ana.createsEvent(MORNING);
    ana.choosesConference(event, 'room');
    expect(event.conference).toMatchObject({ conferenceId: `saved-${event.eventId}` });
  });

  it('changes nothing in Calendar when the draft is discarded', () => {
    const { world, ana } = worldWithAna();
    const draft = ana.drafts({ ...MORNING, conference: 'room' });
    ana.discards(draft);
    expect(() => ana.sees(draft)).toThrow('There is no event ');
    expect(world.editor.openDrafts()).toEqual([]);
  });

  it('shows the type of a ConferenceError and where to sign in, and saves without a conference', () => {
    const { ana } = worldWithAna();
    const draft = ana.drafts({ ...MORNING, conference: 'login' });
    expect(draft.conference).toMatchObject({
      state: 'failed',
      shown: { errorType: 'AUTHENTICATION', authenticationUrl: 'https://meet.example.com/login' },
    });
    expect(ana.saves(draft).conference).toBeUndefined();
  });

  it.each(['broken', 'text'])('shows the generic failure for the solution "%s"', (solution) => {
    const { ana } = worldWithAna();
    expect(ana.createsEvent({ ...MORNING, conference: solution }).shown).toBe(GENERIC_FAILURE);
  });

  it('names the solutions there are when asked for another', () => {
    const { ana } = worldWithAna();
    expect(() => ana.drafts({ ...MORNING, conference: 'zoom' })).toThrow(
      'No conference solution "zoom" in the add-on\'s manifest. It has: room, watched, login, broken, text.',
    );
  });

  it('drops an answer that comes after another choice or after the editor was closed', () => {
    const { world, ana } = worldWithAna();
    const { draftId } = ana.drafts(MORNING);
    const first = world.editor.askConference(draftId, 'room');
    const second = world.editor.askConference(draftId, 'login');
    expect(world.editor.keepConference(first, world.runCreate(first))).toBeUndefined();
    expect(world.editor.keepConference(second, world.runCreate(second))?.conference.state).toBe('failed');
    const third = world.editor.askConference(draftId, 'room');
    world.editor.discard(draftId);
    expect(world.editor.keepConference(third, world.runCreate(third))).toBeUndefined();
  });

  it('replaces the conference by Meet, and takes that off again', () => {
    const { ana } = worldWithAna();
    const event = ana.createsEvent({ ...MORNING, conference: 'room' });
    ana.choosesMeet(event);
    expect(event.event.hangoutLink).toMatch(/^https:\/\/meet\.google\.com\/[a-z]{3}-[a-z]{4}-[a-z]{3}$/);
    ana.removesConference(event);
    expect([event.conference, event.event.hangoutLink]).toEqual([undefined, undefined]);
  });
});

describe('A conference chosen on an occurrence of a series', () => {
  const WEEKLY = { ...MORNING, recurrence: ['RRULE:FREQ=WEEKLY;COUNT=3'] };

  it.each([
    [false, 'of the occurrence'],
    [true, 'of the series'],
  ])('is asked for by the id that switch createGetsSeriesId=%s says: %s', (createGetsSeriesId) => {
    const { ana } = worldWithAna({ switches: { createGetsSeriesId } });
    const series = ana.createsEvent(WEEKLY);
    const occurrence = ana.occurrence(series, '2026-03-10');
    ana.choosesConference(occurrence, 'room', 'this');
    const told = createGetsSeriesId ? series.eventId : occurrence.eventId;
    expect(occurrence.conference?.conferenceId).toBe(`saved-${told}`);
    expect(series.conference).toBeUndefined();
  });

  it('is put on the series when saved for all events', () => {
    const { ana } = worldWithAna();
    const series = ana.createsEvent(WEEKLY);
    ana.choosesConference(ana.occurrence(series, '2026-03-10'), 'room', 'all');
    expect(series.conference).toBeDefined();
  });
});

describe('A failed creation on an event that has a conference', () => {
  it.each([false, true])('leaves it or takes it off, as switch failedCreateRemovesConference=%s says', (removes) => {
    const { ana } = worldWithAna({ switches: { failedCreateRemovesConference: removes } });
    const event = ana.createsEvent({ ...MORNING, conference: 'room' });
    expect(ana.choosesConference(event, 'broken').shown).toBe(GENERIC_FAILURE);
    expect(event.conference === undefined).toBe(removes);
  });
});

describe('Saving an editor', () => {
  it('writes only what was changed in it', () => {
    const { world, ana } = worldWithAna();
    const event = ana.createsEvent({ ...MORNING, conference: 'room' });
    const draft = world.editor.open(ANA, event);
    ana.edits(event, { location: 'Room 5' });
    world.editor.change(draft.draftId, { summary: 'Daily' });
    world.editor.save(draft.draftId);
    expect(event.event).toMatchObject({ summary: 'Daily', location: 'Room 5' });
    expect(event.conference).toBeDefined();
  });

  it('writes nothing when nothing was changed', () => {
    const { world, ana } = worldWithAna();
    const event = ana.createsEvent(MORNING);
    const { etag } = event.event;
    world.editor.save(world.editor.open(ANA, event).draftId);
    expect(event.event.etag).toBe(etag);
  });

  it('leaves the editor open when Calendar refuses', () => {
    const { world, ana } = worldWithAna();
    const draft = ana.drafts({ ...MORNING, end: '2026-03-03T08:00:00Z' });
    expect(world.editor.save(draft.draftId).status).toBe(400);
    world.editor.change(draft.draftId, { end: { dateTime: '2026-03-03T10:00:00Z' } });
    expect(world.editor.save(draft.draftId).status).toBe(200);
  });

  it('fires one change for an event and its conference', () => {
    const { world, ana } = worldWithAna();
    const changes: unknown[] = [];
    world.calendar.onChange((change) => changes.push(change));
    const { eventId } = ana.createsEvent({ ...MORNING, conference: 'room' });
    expect(changes).toEqual([{ calendarId: ANA, eventId, origin: 'editor', by: ANA }]);
  });
});

describe('A duplicate', () => {
  it('has the same conference under another id', () => {
    const { ana } = worldWithAna();
    const event = ana.createsEvent({ ...MORNING, conference: 'room' });
    const copy = ana.duplicates(event, { summary: 'Copy' });
    expect(copy.eventId).not.toBe(event.eventId);
    expect(copy.event.summary).toBe('Copy');
    expect(copy.conference?.conferenceId).toBe(event.conference?.conferenceId);
  });

  it('has a conference of its own where duplicating calls the add-on', () => {
    const { ana } = worldWithAna({ switches: { duplicateCallsCreate: true } });
    const copy = ana.duplicates(ana.createsEvent({ ...MORNING, conference: 'room' }));
    expect(copy.conference?.conferenceId).toBe(`unsaved-${copy.eventId}`);
  });
});
