import type { JsonObject } from '../../../sandbox/world/json';
import { ANA, CalendarRoom, type Event, meeting, refusalOf, VIDEO } from './calendar-room';

const V1 = { conferenceDataVersion: 1 };
const meet = (requestId = 'r1') => ({
  conferenceData: { createRequest: { requestId, conferenceSolutionKey: { type: 'hangoutsMeet' } } },
});

function withConference() {
  const room = new CalendarRoom();
  const { id } = room.insert(ANA, meeting());
  const event = room.service.setConference(ANA, 'primary', id, VIDEO).body as Event;
  const patch = (body: JsonObject, params: JsonObject = V1) =>
    room.call(ANA, 'events.patch', { calendarId: 'primary', eventId: id, ...params }, body);
  return { room, id, event, conference: event.conferenceData as JsonObject, patch };
}

describe('conferenceDataVersion 0', () => {
  it('passes over conferenceData and keeps what is there', () => {
    const { room, id, conference, patch } = withConference();
    expect(patch({ conferenceData: null }, {}).body).toHaveProperty('conferenceData', conference);
    const update = room.ok(ANA, 'events.update', { calendarId: 'primary', eventId: id }, meeting(meet()));
    expect(update.conferenceData).toEqual(conference);
    expect(room.insert(ANA, meeting(meet()))).not.toHaveProperty('conferenceData');
  });
});

describe('conferenceDataVersion 1', () => {
  it('takes a conference off with null, and with an update that leaves it out', () => {
    expect(withConference().patch({ conferenceData: null }).body).not.toHaveProperty('conferenceData');
    const { room, id } = withConference();
    const params = { calendarId: 'primary', eventId: id, ...V1 };
    expect(room.ok(ANA, 'events.update', params, meeting())).not.toHaveProperty('conferenceData');
  });

  it('leaves it alone in a patch of something else, and in a round trip', () => {
    const { room, id, conference, patch } = withConference();
    expect(patch({ summary: 'New' }).body).toHaveProperty('conferenceData', conference);
    const whole = room.get(ANA, id);
    const update = room.ok(ANA, 'events.update', { calendarId: 'primary', eventId: id, ...V1 }, whole);
    expect(update.conferenceData).toEqual(conference);
  });

  it('makes a Meet conference of a createRequest, once per request id', () => {
    const { conference, patch } = withConference();
    const { body } = patch(meet()) as { body: Event };
    const made = body.conferenceData as JsonObject;
    expect(made).toMatchObject({
      createRequest: { requestId: 'r1', status: { statusCode: 'success' } },
      conferenceSolution: { key: { type: 'hangoutsMeet' }, name: 'Google Meet' },
      conferenceId: expect.stringMatching(/^[a-z]{3}-[a-z]{4}-[a-z]{3}$/),
    });
    expect(body.hangoutLink).toBe(`https://meet.google.com/${made.conferenceId}`);
    expect(made).not.toMatchObject({ parameters: conference.parameters });
    expect(patch(meet()).body).toHaveProperty('conferenceData', made);
    expect((patch(meet('r2')).body as Event).conferenceData).not.toHaveProperty('conferenceId', made.conferenceId);
  });

  it('copies to another event what Calendar has signed', () => {
    const { room, conference } = withConference();
    expect(room.insert(ANA, meeting({ conferenceData: conference }), V1).conferenceData).toEqual(conference);
  });

  const refused = [400, 'invalid', 'Invalid conference type value.'];

  it('refuses an add-on’s conference that no add-on made, and a changed copy', () => {
    const { conference, patch } = withConference();
    expect(refusalOf(patch({ conferenceData: { ...VIDEO, conferenceId: 'mine' } }))).toEqual(refused);
    expect(refusalOf(patch({ conferenceData: { notes: 'Changed' } }))).toEqual(refused);
    expect(refusalOf(patch({ conferenceData: { ...conference, conferenceId: 'mine' } }))).toEqual(refused);
    const add = { createRequest: { requestId: 'r', conferenceSolutionKey: { type: 'addOn' } } };
    expect(refusalOf(patch({ conferenceData: add }))).toEqual(refused);
  });
});

describe('the editor', () => {
  const set = (data: JsonObject) => {
    const room = new CalendarRoom();
    return room.service.setConference(ANA, 'primary', room.insert(ANA, meeting()).id, data);
  };
  const [video] = VIDEO.entryPoints as JsonObject[];
  const points = (...entryPoints: JsonObject[]) => ({ ...VIDEO, entryPoints });
  const phone = { entryPointType: 'phone', uri: 'tel:+41440000000,,1#', regionCode: 'CH', pin: '1' };
  const more = { entryPointType: 'more', uri: 'https://example.com/more' };

  it('stores what an add-on made, and Calendar signs it', () => {
    const { status, body } = set(points(video!, phone, { ...phone }, more));
    expect(status).toBe(200);
    expect(body).toHaveProperty('conferenceData.signature', expect.any(String));
  });

  it('may save an event and its conference in one write', () => {
    const room = new CalendarRoom();
    const params = { calendarId: 'primary', ...V1 };
    const { status } = room.call(ANA, 'events.insert', params, meeting({ conferenceData: VIDEO }), undefined, 'editor');
    expect(status).toBe(200);
    expect(room.changes).toEqual([expect.objectContaining({ origin: 'editor' })]);
  });

  it.each<[string, JsonObject]>([
    ['two video links', points(video!, video!)],
    ['further instructions alone', points(more)],
    ['no entry point', points()],
    ['a phone that is no tel: link', points({ ...phone, uri: '+41440000000' })],
    ['an unknown kind of entry point', points({ ...video!, entryPointType: 'radio' })],
    ['a link of more than 1300 characters', points({ ...video!, uri: `https://e.com/${'x'.repeat(1300)}` })],
    ['a label of more than 512 characters', points({ ...video!, label: 'x'.repeat(513) })],
    ['a code of more than 128 characters', points({ ...video!, passcode: 'x'.repeat(129) })],
    ['notes of more than 2048 characters', { ...VIDEO, notes: 'x'.repeat(2049) }],
  ])('refuses %s', (_what, data) => {
    expect(refusalOf(set(data))).toEqual([400, 'invalid', 'Invalid conference data.']);
  });

  it('duplicates an event with its conference, unless the switch duplicateCallsCreate is on', () => {
    const copy = (switches = {}) => {
      const room = new CalendarRoom(switches);
      const { id } = room.insert(ANA, meeting());
      room.service.setConference(ANA, 'primary', id, VIDEO);
      const { body } = room.service.duplicate(ANA, 'primary', id, { summary: 'Copy' });
      expect((body as Event).id).not.toBe(id);
      return body;
    };
    expect(copy()).toMatchObject({ summary: 'Copy', conferenceData: { conferenceId: 'room-1' } });
    expect(copy({ duplicateCallsCreate: true })).not.toHaveProperty('conferenceData');
  });
});
