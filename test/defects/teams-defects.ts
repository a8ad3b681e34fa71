/** Defects toward Microsoft Teams: what its pages ask for beyond what a request looks like. */
import type { Defect } from './defect';

const caughtBy = { test: 'test/providers/teams.test.ts' };

export const teamsDefects: Defect[] = [
  {
    id: 'T1',
    what: 'a new end is told without the start',
    edits: [
      {
        file: 'src/providers/teams-meeting.ts',
        find: 'return { startDateTime: utc(startMs), endDateTime: utc(endMs) };',
        replace: 'return { endDateTime: utc(endMs) } as ReturnType<typeof timesOf>;',
      },
    ],
    caughtBy,
  },
  {
    id: 'T2',
    what: 'the external id is made of what people may write twice',
    edits: [
      {
        file: 'src/providers/teams-meeting.ts',
        find: 'return { externalId, ...changesOf(meeting, keeps, coOrganizers) };',
        replace: 'return { externalId: meeting.title, ...changesOf(meeting, keeps, coOrganizers) };',
      },
    ],
    caughtBy,
  },
  {
    id: 'T3',
    what: 'a whole day is told as the one it is in London',
    edits: [
      {
        file: 'src/providers/instant.ts',
        find: 'return isMidnight(after) && !isMidnight(before) ? after : before;',
        replace: 'return isMidnight(after) && !isMidnight(before) ? wallMs : wallMs;',
      },
    ],
    caughtBy,
  },
  {
    id: 'T4',
    what: 'an empty list of attendees is not told: who was taken off stays',
    edits: [
      {
        file: 'src/providers/teams-meeting.ts',
        find: "...(fields.includes('guests') &&",
        replace: "...(fields.includes('guests') && meeting.guests.length > 0 &&",
      },
    ],
    caughtBy,
  },
  {
    id: 'T5',
    what: 'any page with status 404 counts as Graph’s word that the meeting is gone',
    edits: [
      {
        file: 'src/providers/teams-answers.ts',
        find: "return error === undefined ? { kind: 'unavailable' } : usual;",
        replace: 'return error === undefined ? usual : usual;',
      },
    ],
    caughtBy,
  },
  {
    id: 'T6',
    what: 'a request too many that comes as "forbidden" is given up',
    edits: [
      {
        file: 'src/providers/teams-answers.ts',
        find: 'if (telling !== undefined) return',
        replace: 'if (telling === 0) return',
      },
    ],
    caughtBy,
  },
  {
    id: 'T7',
    what: 'a link that hides its host behind another one’s name is put on the event',
    edits: [
      {
        file: 'src/providers/teams-answers.ts',
        find: '!isJoinLink(joinWebUrl)',
        replace: '!/^https:\\/\\/\\S+$/.test(String(joinWebUrl))',
      },
    ],
    caughtBy,
  },
];
