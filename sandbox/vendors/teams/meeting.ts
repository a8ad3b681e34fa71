/** What an online meeting is: the stored record, and the resource that its organiser is shown. */
import type { OnlineMeeting } from '@microsoft/microsoft-graph-types';
import type { JsonObject } from '../../world/json';

export interface TeamsAttendee {
  upn: string;
  role: 'attendee' | 'coorganizer' | null;
}

export interface TeamsMeeting {
  id: string;
  externalId: string;
  /** The user whose it is. */
  organizer: string;
  subject: string | null;
  createdMs: number;
  startMs: number;
  endMs: number;
  attendees: TeamsAttendee[];
  /** What people type who have no link. */
  joinMeetingId: string;
  /** What people type on a telephone. */
  conferenceId: string;
  passcode: string;
  threadId: string;
}

const TENANT = '5a3a1b2c-0000-4000-8000-000000000001';

/** As Graph writes instants: seven digits below the second. */
function instant(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '0000Z');
}

/** The telephone number is one of those set aside for fiction, by the North American plan. */
export function resourceOf(meeting: TeamsMeeting): JsonObject {
  const { id, externalId, organizer, subject, attendees, joinMeetingId, conferenceId, passcode, threadId } = meeting;
  const context = encodeURIComponent(JSON.stringify({ Tid: TENANT, Oid: organizer }));
  const resource = {
    id,
    creationDateTime: instant(meeting.createdMs),
    startDateTime: instant(meeting.startMs),
    endDateTime: instant(meeting.endMs),
    joinWebUrl: `https://teams.microsoft.com/l/meetup-join/${encodeURIComponent(threadId)}/0?context=${context}`,
    subject,
    externalId,
    isBroadcast: false,
    isEntryExitAnnounced: true,
    allowedPresenters: 'everyone',
    videoTeleconferenceId: null,
    participants: {
      organizer: { upn: organizer, role: 'presenter', identity: { user: { id: organizer, displayName: null } } },
      attendees: attendees.map(({ upn, role }) => ({ upn, role, identity: { user: null } })),
    },
    lobbyBypassSettings: { scope: 'organization', isDialInBypassEnabled: false },
    joinMeetingIdSettings: { isPasscodeRequired: true, joinMeetingId, passcode },
    audioConferencing: {
      conferenceId,
      tollNumber: '+1 202-555-0143',
      tollFreeNumber: null,
      dialinUrl: `https://dialin.teams.microsoft.com/${TENANT}?id=${conferenceId}`,
    },
    chatInfo: { threadId, messageId: '0', replyChainMessageId: null },
  } satisfies OnlineMeeting;
  return { '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#onlineMeeting', ...resource };
}
