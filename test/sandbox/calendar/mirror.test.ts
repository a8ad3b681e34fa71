import type { JsonObject } from '../../../sandbox/world/json';
import { Random } from '../../../sandbox/world/random';
import { ANA, BEN, CAM, CalendarRoom, type Event, meeting, weekly } from './calendar-room';

/** A client that keeps a copy of a calendar by sync tokens alone, in pages of any size. */
class Mirror {
  private readonly rows = new Map<string, Event>();
  private token: string | undefined;

  constructor(
    private readonly room: CalendarRoom,
    private readonly viewer: string,
  ) {}

  sync(): void {
    const token = this.token === undefined ? {} : { syncToken: this.token };
    for (const row of this.all({ showDeleted: true, maxResults: 3, ...token })) {
      this.rows.set(row.id, row);
      if (row.status === 'cancelled' && row.recurringEventId === undefined) this.forgetExceptions(row.id);
    }
  }

  /** Live rows by id, as the client knows them. */
  live(): Record<string, Event> {
    return byId([...this.rows.values()]);
  }

  /** A series may be told gone by its master alone. Whoever is invited to one occurrence again hears of that later. */
  private forgetExceptions(seriesId: string): void {
    for (const [id, row] of this.rows) if (row.recurringEventId === seriesId) this.rows.delete(id);
  }

  /** Live rows by id, as a full list has them. */
  truth(): Record<string, Event> {
    return byId(this.all({}));
  }

  private all(params: JsonObject): Event[] {
    const rows: Event[] = [];
    let page = this.room.list(this.viewer, params);
    rows.push(...page.items);
    while (page.nextPageToken !== undefined) {
      page = this.room.list(this.viewer, { ...params, pageToken: page.nextPageToken });
      rows.push(...page.items);
    }
    if (params.showDeleted) this.token = page.nextSyncToken;
    return rows;
  }
}

function byId(rows: Event[]): Record<string, Event> {
  const live = rows.filter((row) => row.status !== 'cancelled');
  return Object.fromEntries(live.map((row) => [row.id, row] as [string, Event]).sort());
}

const USERS = [ANA, BEN, CAM];

/** One random thing somebody does; refusals are part of life. */
function act(room: CalendarRoom, random: Random, known: string[]): void {
  const user = random.pick(USERS);
  const on = { calendarId: 'primary', eventId: known.length > 0 ? random.pick(known) : 'none0' };
  const attendees = USERS.filter(() => random.chance(0.5)).map((email) => ({ email }));
  const occurrence = { ...on, eventId: `${on.eventId}_202601${random.pick(['19', '26'])}T090000Z` };
  const row = room.call(user, 'events.get', on).body as Event;
  const answer = {
    attendeesOmitted: true,
    attendees: [{ email: user, responseStatus: random.pick(['accepted', 'declined']) }],
  };
  switch (random.int(10)) {
    case 0:
    case 1: {
      const made = room.insert(user, random.chance(0.4) ? weekly({ attendees }) : meeting({ attendees }));
      known.push(made.id);
      break;
    }
    case 2:
      room.call(user, 'events.patch', on, { summary: `Title ${random.int(99)}` });
      break;
    case 3:
      room.call(user, 'events.patch', on, { attendees });
      break;
    case 4:
      room.call(user, 'events.patch', random.chance(0.5) ? on : occurrence, answer);
      break;
    case 5:
      room.call(user, 'events.delete', random.chance(0.6) ? occurrence : on);
      break;
    case 6:
      room.service.restore(user, 'primary', random.chance(0.5) ? occurrence.eventId : on.eventId);
      break;
    case 7:
      room.call(user, 'events.patch', occurrence, { summary: `Occurrence ${random.int(99)}`, attendees });
      break;
    case 8:
      if (row.recurrence)
        room.service.splitSeries(user, 'primary', on.eventId, '2026-02-02T09:00:00Z', { summary: 'Split' });
      else room.call(user, 'events.patch', on, { start: { dateTime: '2026-01-12T08:00:00Z' } });
      break;
    default:
      room.call(user, 'events.patch', on, { colorId: String(random.int(9)) });
  }
}

describe('a client that follows a calendar by sync tokens', () => {
  it.each(Array.from({ length: 25 }, (_, seed) => seed))(
    'holds what a full list holds, whatever happens (seed %i)',
    (seed) => {
      const random = new Random(`mirror-${seed}`);
      const room = new CalendarRoom({
        emptyPages: [true, false, 'anywhere'][seed % 3],
        seriesDeletionReportsExceptions: seed % 3 !== 0,
        seriesChangesWhole: seed % 2 === 0,
      });
      const mirrors = USERS.map((user) => new Mirror(room, user));
      const known: string[] = [];
      for (let step = 0; step < 60; step++) {
        act(room, random, known);
        if (random.chance(0.05)) room.restart();
        if (random.chance(0.3)) random.pick(mirrors).sync();
      }
      for (const mirror of mirrors) {
        mirror.sync();
        expect(mirror.live()).toEqual(mirror.truth());
      }
    },
  );

  it('sees the same whatever the restarts: same seed, same rows', () => {
    const play = () => {
      const random = new Random('replay');
      const room = new CalendarRoom();
      const known: string[] = [];
      for (let step = 0; step < 40; step++) act(room, random, known);
      return JSON.stringify(USERS.map((user) => room.list(user, { showDeleted: true })));
    };
    expect(play()).toBe(play());
  });
});
