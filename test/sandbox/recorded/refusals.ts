/** What Google refused, in its own words: status, domain and reason, sentence, and the place it names. */
import { ANA, BEN, CAM, type CalendarRoom, meeting } from '../calendar/calendar-room';

export interface RecordedRefusal {
  recording: string;
  does: string;
  source: string;
  refusal: string;
  play: (room: CalendarRoom) => { status: number; body?: unknown };
}

export const REFUSALS: RecordedRefusal[] = [
  {
    recording: 'compass/error-410-sync-token.json',
    does: 'sent a sync token of another calendar',
    source: '2023-02, SwitchbackTech/compass (on events.watch)',
    refusal:
      '410 calendar fullSyncRequired: Sync token is no longer valid, a full sync is required. (parameter syncToken)',
    play: (room) => room.call(BEN, 'events.list', { calendarId: 'primary', syncToken: room.token(ANA) }),
  },
  {
    recording: 'compass/error-400-invalid-value.json',
    does: 'sent as a sync token what never was one',
    source: '2023-02, SwitchbackTech/compass (on events.watch)',
    refusal: '400 global invalid: Invalid Value',
    play: (room) => room.call(ANA, 'events.list', { calendarId: 'primary', syncToken: 'x' }),
  },
  {
    recording: 'nango-2025-12/error-400-invalid-resource-id.json',
    does: 'wrote the place of a calendar on the list under the name "primary"',
    source: '2025-12, NangoHQ/integration-templates',
    refusal: '400 global invalid: Invalid resource id value.',
    play: (room) => room.call(ANA, 'calendarList.update', { calendarId: 'primary' }, { selected: true }),
  },
  {
    recording: 'issues/error-403-non-organizer.json',
    does: 'changed, as a guest, what belongs to the organiser',
    source: '2022, kewisch/gdata-provider#426',
    refusal:
      '403 calendar forbiddenForNonOrganizer: Shared properties can only be changed by the organizer of the event.',
    play: (room) => {
      const { id } = room.insert(ANA, meeting({ attendees: [{ email: BEN }] }));
      return room.call(BEN, 'events.patch', { calendarId: 'primary', eventId: id }, { guestsCanModify: true });
    },
  },
  {
    recording: 'issues/error-404-move.json',
    does: 'moved an event to a calendar that is closed to the mover',
    source: '2016, extrabacon/google-oauth-jwt#21',
    refusal: '404 global notFound: Not Found',
    play: (room) => {
      const { id } = room.insert(ANA, meeting());
      return room.call(ANA, 'events.move', { calendarId: 'primary', eventId: id, destination: CAM });
    },
  },
];

/** A refusal's line, from the body of an answer. */
export function lineOf(body: unknown): string {
  const { error } = body as {
    error: {
      code: number;
      message: string;
      errors: Array<Record<'domain' | 'reason' | 'locationType' | 'location', string>>;
    };
  };
  const { domain, reason, locationType, location } = error.errors[0]!;
  const place = location === undefined ? '' : ` (${locationType} ${location})`;
  return `${error.code} ${domain} ${reason}: ${error.message}${place}`;
}
