/** What a Zoom meeting is: the stored record, and the resource that its host is shown. */
import type { JsonObject } from '../../world/json';

export const SCHEDULED = 2;
export const WITHOUT_FIXED_TIME = 3;
export const RECURRING = 8;

export interface ZoomRecurrence {
  type: number;
  repeat_interval?: number;
  weekly_days?: string;
  monthly_day?: number;
  monthly_week?: number;
  monthly_week_day?: number;
  end_times?: number;
  end_date_time?: string;
}

export interface ZoomOccurrence {
  /** Epoch milliseconds of its first start: it stays when the occurrence moves. */
  occurrence_id: string;
  /** UTC, yyyy-mm-ddThh:mm:ssZ. */
  start_time: string;
  duration: number;
  status: 'available' | 'deleted';
}

export interface ZoomMeeting {
  id: number;
  uuid: string;
  hostId: string;
  type: number;
  topic: string;
  agenda: string;
  /** Epoch milliseconds; absent without a fixed time. */
  startMs?: number;
  /** Minutes. */
  duration: number;
  timezone: string;
  recurrence?: ZoomRecurrence;
  occurrences: ZoomOccurrence[];
  password: string;
  settings: JsonObject;
  createdMs: number;
}

/** Numbers set aside for fiction, by the North American plan and by Ofcom. */
const DIAL_IN = [
  { city: 'New York', country: 'US', country_name: 'US', number: '+1 2025550143', type: 'toll' },
  { country: 'GB', country_name: 'United Kingdom', number: '+44 2079460143', type: 'toll' },
];

export function utc(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** The host's own way in: whoever has it is the host. */
export function startUrl(meeting: ZoomMeeting): string {
  return `https://zoom.us/s/${meeting.id}?zak=host-of-${meeting.uuid.replace(/\W/g, '')}`;
}

/** The resource of the API. Occurrences that are over are listed on request only. */
export function resourceOf(meeting: ZoomMeeting, shownFromMs = Number.NEGATIVE_INFINITY): JsonObject {
  const { id, uuid, hostId, type, topic, agenda, duration, timezone, password, recurrence, settings } = meeting;
  const occurrences = meeting.occurrences.filter((one) => Date.parse(one.start_time) >= shownFromMs);
  const phonePasscode = String(id).slice(-6);
  return {
    uuid,
    id,
    host_id: hostId,
    host_email: 'ana@example.com',
    topic,
    type,
    status: 'waiting',
    ...(meeting.startMs !== undefined && { start_time: utc(meeting.startMs), duration }),
    timezone,
    agenda,
    created_at: utc(meeting.createdMs),
    start_url: startUrl(meeting),
    join_url: `https://zoom.us/j/${id}${password && `?pwd=${password}enc.1`}`,
    ...(password && { password, encrypted_password: `${password}enc.1`, h323_password: phonePasscode }),
    ...(password && { pstn_password: phonePasscode }),
    settings: { ...settings, global_dial_in_countries: ['US', 'GB'], global_dial_in_numbers: DIAL_IN },
    ...(recurrence && { recurrence: { ...recurrence } }),
    ...(type === RECURRING && { occurrences: occurrences.map((one) => ({ ...one })) }),
    pre_schedule: false,
    creation_source: 'open_api',
  };
}
