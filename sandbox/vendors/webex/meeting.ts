/** What a Webex meeting is: the stored record, and the resource that its host is shown. */
import type { JsonObject } from '../../world/json';

export interface WebexInvitee {
  id: string;
  email: string;
  coHost: boolean;
}

/** Changed or cancelled occurrences, by their start in the rule. */
export type WebexException = { startMs: number; endMs: number } | 'cancelled';

export interface WebexMeeting {
  id: string;
  meetingNumber: string;
  host: string;
  title: string;
  agenda?: string;
  startMs: number;
  endMs: number;
  timezone: string;
  recurrence?: string;
  password: string;
  /** Whoever has it is the host. */
  hostKey: string;
  invitees: WebexInvitee[];
  exceptions: Record<string, WebexException>;
  integrationTags: string[];
  settings: JsonObject;
  createdMs: number;
}

export function utc(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Numbers set aside for fiction, by the North American plan. */
export function resourceOf(meeting: WebexMeeting): JsonObject {
  const { id, meetingNumber, title, agenda, timezone, recurrence, password, hostKey, host, settings } = meeting;
  return {
    id,
    meetingNumber,
    title,
    ...(agenda !== undefined && { agenda }),
    password,
    phoneAndVideoSystemPassword: meetingNumber.slice(-8),
    meetingType: 'meetingSeries',
    state: 'active',
    timezone,
    start: utc(meeting.startMs),
    end: utc(meeting.endMs),
    ...(recurrence !== undefined && { recurrence }),
    hostUserId: `user-of-${host}`,
    hostDisplayName: 'Ana',
    hostEmail: host,
    hostKey,
    siteUrl: 'acme.webex.example',
    webLink: `https://acme.webex.example/acme/j.php?MTID=m${id}`,
    sipAddress: `${meetingNumber}@acme.webex.example`,
    enabledBreakoutSessions: false,
    ...settings,
    integrationTags: [...meeting.integrationTags],
    telephony: {
      accessCode: meetingNumber,
      callInNumbers: [{ label: 'Call-in number (US)', callInNumber: '+1-202-555-0143', tollType: 'toll' }],
    },
  };
}

/** As lists and updates answer with it. */
export function listedOf(meeting: WebexMeeting): JsonObject {
  return { ...resourceOf(meeting), meetingSeriesId: meeting.id };
}
