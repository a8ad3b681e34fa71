import type { calendar_v3 } from '@googleapis/calendar';
import { ANA, BEN, refusal, type Served, serveWorld } from './serving';
import { validated } from './validated';

const STAND_UP: calendar_v3.Schema$Event = {
  summary: 'Stand-up',
  start: { dateTime: '2026-12-01T10:00:00+01:00', timeZone: 'Europe/Zurich' },
  end: { dateTime: '2026-12-01T10:15:00+01:00', timeZone: 'Europe/Zurich' },
};

let served: Served;
let ana: calendar_v3.Calendar;

beforeEach(async () => {
  served = await serveWorld();
  ana = served.client(ANA);
});

afterEach(() => served.close());

async function insert(event: calendar_v3.Schema$Event = STAND_UP): Promise<calendar_v3.Schema$Event> {
  return validated('events.insert', await ana.events.insert({ calendarId: 'primary', requestBody: event }));
}

describe("Google's own client, pointed at the sandbox", () => {
  it('inserts, reads, updates, patches and deletes an event', async () => {
    const { id, etag } = await insert();
    const eventId = id as string;
    const read = validated('events.get', await ana.events.get({ calendarId: 'primary', eventId }));
    expect(read).toMatchObject({ summary: 'Stand-up', etag, organizer: { email: ANA, self: true } });
    const requestBody = { ...STAND_UP, summary: 'Daily', attendees: [{ email: BEN }] };
    const updated = validated(
      'events.update',
      await ana.events.update({ calendarId: 'primary', eventId, requestBody }),
    );
    expect(updated.summary).toBe('Daily');
    const patched = validated(
      'events.patch',
      await ana.events.patch({ calendarId: 'primary', eventId, requestBody: { location: 'Room 5' } }),
    );
    expect(patched).toMatchObject({ summary: 'Daily', location: 'Room 5', attendees: [{ email: BEN }] });
    const deleted = await ana.events.delete({ calendarId: 'primary', eventId });
    expect([deleted.status, deleted.data]).toEqual([204, '']);
    expect((await ana.events.get({ calendarId: 'primary', eventId })).data.status).toBe('cancelled');
  });

  it("lists pages that end in a sync token, and then only what changed, a guest's answer included", async () => {
    for (const summary of ['A', 'B', 'C']) await insert({ ...STAND_UP, summary, attendees: [{ email: BEN }] });
    const query = { calendarId: 'primary', showDeleted: true, maxResults: 2, eventTypes: ['default'] };
    const first = validated('events.list', await ana.events.list(query));
    expect([first.items?.length, first.nextSyncToken]).toEqual([2, undefined]);
    const pageToken = first.nextPageToken as string;
    const last = validated('events.list', await ana.events.list({ ...query, pageToken }));
    expect(last.nextPageToken).toBeUndefined();
    const eventId = last.items?.[0]?.id as string;
    const reply = { attendees: [{ email: BEN, responseStatus: 'accepted' }] };
    await served.client(BEN).events.patch({ calendarId: 'primary', eventId, requestBody: reply });
    const syncToken = last.nextSyncToken as string;
    const delta = validated('events.list', await ana.events.list({ ...query, syncToken }));
    expect(delta.items).toMatchObject([{ id: eventId, attendees: [{ email: BEN, responseStatus: 'accepted' }] }]);
    const quiet = { ...query, syncToken: delta.nextSyncToken as string };
    expect((await ana.events.list(quiet)).data.items).toEqual([]);
  });

  it('moves an event to another calendar', async () => {
    const { id } = await insert();
    const team = validated('calendars.insert', await ana.calendars.insert({ requestBody: { summary: 'Team' } }));
    const destination = team.id as string;
    const moved = validated(
      'events.move',
      await ana.events.move({ calendarId: 'primary', eventId: id as string, destination }),
    );
    expect(moved.organizer).toMatchObject({ email: destination });
    const old = await ana.events.get({ calendarId: 'primary', eventId: id as string });
    expect(old.data.status).toBe('cancelled');
  });

  it('expands the occurrences of a series', async () => {
    const { id } = await insert({ ...STAND_UP, recurrence: ['RRULE:FREQ=WEEKLY;COUNT=3'] });
    const { items } = validated(
      'events.instances',
      await ana.events.instances({ calendarId: 'primary', eventId: id as string }),
    );
    expect(items?.map((item) => item.id)).toEqual(
      ['20261201', '20261208', '20261215'].map((day) => `${id}_${day}T090000Z`),
    );
  });

  it('tells a sync token that is no longer valid by 410 fullSyncRequired', async () => {
    const { data } = await ana.events.list({ calendarId: 'primary' });
    served.world.calendar.expireSyncTokens(ANA);
    const syncToken = data.nextSyncToken as string;
    expect(await refusal(ana.events.list({ calendarId: 'primary', syncToken }))).toEqual({
      status: 410,
      reason: 'fullSyncRequired',
      message: 'Sync token is no longer valid, a full sync is required.',
    });
  });

  it('tells a condition that does not hold by 412, and changes nothing', async () => {
    const { id, etag } = await insert();
    const call = { calendarId: 'primary', eventId: id as string, requestBody: { summary: 'Daily' } };
    const headers = { 'If-Match': etag as string };
    await ana.events.patch(call, { headers });
    expect(await refusal(ana.events.patch({ ...call, requestBody: { summary: 'Late' } }, { headers }))).toMatchObject({
      status: 412,
      reason: 'conditionNotMet',
    });
    expect((await ana.events.get({ calendarId: 'primary', eventId: id as string })).data.summary).toBe('Daily');
  });

  it('tells an id that is taken by 409 duplicate, and a second deletion by 410 deleted', async () => {
    const { id } = await insert({ ...STAND_UP, id: 'standup2026' });
    expect(await refusal(insert({ ...STAND_UP, id: 'standup2026' }))).toMatchObject({
      status: 409,
      reason: 'duplicate',
    });
    await ana.events.delete({ calendarId: 'primary', eventId: id as string });
    const again = ana.events.delete({ calendarId: 'primary', eventId: id as string });
    expect(await refusal(again)).toMatchObject({ status: 410, reason: 'deleted' });
  });

  it("hides one user's calendar from another", async () => {
    const { id } = await insert();
    const theirs = served.client(BEN).events.get({ calendarId: ANA, eventId: id as string });
    expect(await refusal(theirs)).toMatchObject({ status: 404, reason: 'notFound' });
  });

  it('commits before it acknowledges a write', async () => {
    const before = served.commits();
    await insert();
    expect(served.commits()).toBeGreaterThan(before);
  });
});
