/** Rows from which Google left out guests: the event is asked for once, and nobody is uninvited. */
import type { MeetingField } from '../../src/core/meeting';
import { MINUTE_MS } from '../../src/core/policies';
import type { Operation } from '../../src/ports/provider';
import { exampleMeet } from '../../src/providers/example-meet';
import { CALENDAR_ID, SOLUTION } from '../support/core-world';
import { syncWorld } from '../support/sync-world';

const [ben, cleo] = [{ email: 'ben@example.com' }, { email: 'cleo@example.com' }];

/** A vendor that has guests, and what it was told of them. */
function withGuests(keeps: readonly MeetingField[] = ['title', 'time', 'guests']) {
  const told: Array<{ fields: string; guests: string; untold: string }> = [];
  const meet = exampleMeet({ baseUrl: 'https://meet.example.com/v1', auth: { kind: 'none' } });
  const provider = {
    ...meet,
    capabilities: { ...meet.capabilities, keeps },
    *update(...[, meeting, fields]: Parameters<typeof meet.update>): Operation<{ kind: 'done' }> {
      yield* [];
      const guests = meeting.guests.map(({ email }) => email).join();
      told.push({ fields: fields.join(), guests, untold: meeting.untold?.join() ?? '' });
      return { kind: 'done' };
    },
  };
  const world = syncWorld({ solutions: new Map([[SOLUTION, { id: SOLUTION, providerName: 'meet', provider }]]) });
  const id = world.book('ev1', { attendees: [ben, cleo] });
  world.pass();
  told.splice(0);
  world.calendar.calls.splice(0);
  const looks = () => world.calendar.calls.filter((call) => call.startsWith('get'));
  return { world, id, told, looks };
}

it('asks for the event once, and tells what that shows', () => {
  const { world, id, told, looks } = withGuests();
  world.edit('ev1', id, { summary: 'New', attendees: [], attendeesOmitted: true });
  world.calendar.alone = ({ attendeesOmitted: _all, ...row }) => ({ ...row, attendees: [ben] });
  world.pass();
  expect(looks()).toEqual([`get ${CALENDAR_ID} ev1`]);
  expect(told).toEqual([{ fields: 'title,guests', guests: 'ben@example.com', untold: '' }]);
});

it('tells all but the guests when none are shown there either', () => {
  const { world, id, told } = withGuests();
  world.edit('ev1', id, { summary: 'New', attendees: [], attendeesOmitted: true });
  world.pass();
  expect(told).toEqual([{ fields: 'title', guests: '', untold: 'guests' }]);
  world.edit('ev1', id, { summary: 'New', attendees: [ben, cleo] });
  world.pass();
  expect(told).toHaveLength(1);
});

it('tells the guests that are shown as guests to be added', () => {
  const { world, id, told } = withGuests();
  world.edit('ev1', id, { attendees: [ben], attendeesOmitted: true });
  world.pass();
  expect(told).toEqual([{ fields: 'guests', guests: 'ben@example.com', untold: 'guests' }]);
});

it.each(['google-unavailable', 'event-absent'] as const)(
  'goes by the row when the event cannot be asked for now (%s), and tells the guests once it can be',
  (code) => {
    const { world, id, told } = withGuests();
    world.edit('ev1', id, { summary: 'New', attendees: [], attendeesOmitted: true });
    world.calendar.alone = ({ attendeesOmitted: _all, ...row }) => ({ ...row, attendees: [ben] });
    world.calendar.failGet('ev1', code);
    world.pass();
    expect(told).toEqual([{ fields: 'title', guests: '', untold: 'guests' }]);
    world.calendar.healGet('ev1');
    world.clock.advance(11 * MINUTE_MS);
    world.pass();
    expect(told.slice(1)).toEqual([{ fields: 'guests', guests: 'ben@example.com', untold: '' }]);
    expect(world.bindings()[0]?.todo).toBeUndefined();
  },
);

it('asks later where this pass has no time to ask', () => {
  const { world, id, looks } = withGuests();
  world.edit('ev1', id, { summary: 'New', attendees: [], attendeesOmitted: true });
  world.calendar.onCall = () => world.clock.advance(14_000);
  world.pass();
  expect(looks()).toEqual([]);
  world.calendar.onCall = () => undefined;
  world.clock.advance(11 * MINUTE_MS);
  world.pass();
  expect(looks()).toEqual([`get ${CALENDAR_ID} ev1`]);
});

it('asks for nothing where the provider has no guests, or the event no conference of ours', () => {
  const { world, id, looks } = withGuests(['title']);
  world.edit('ev1', id, { summary: 'New', attendees: [], attendeesOmitted: true });
  world.calendar.put(CALENDAR_ID, { id: 'other', attendeesOmitted: true });
  world.pass();
  expect(looks()).toEqual([]);
});
