/** Defects that people meet: links, cards, and what stands in a log. */
import type { Defect } from './defect';

export const surfaceDefects: Defect[] = [
  {
    id: 'U1',
    what: 'a title stands in a log line',
    edits: [
      {
        file: 'src/sync/act.ts',
        find: '      kind: action.kind,\n',
        replace: "      kind: 'meeting' in action ? action.meeting.title : action.kind,\n",
      },
    ],
    caughtBy: 'no title, address, description, passcode or token stands in any log line or in the stored state',
  },
  {
    id: 'U2',
    what: 'the address of a calendar stands in a log line',
    edits: [
      {
        file: 'src/sync/pass.ts',
        find: "deps.log({ event: 'list', calendar: calendarKey(record.id)",
        replace: "deps.log({ event: 'list', calendar: record.id",
      },
    ],
    caughtBy: { simulation: 3 },
  },
  {
    id: 'U3',
    what: 'notes of the provider are shown as HTML',
    edits: [
      {
        file: 'src/gas/shown-conference.ts',
        find: 'escapeHtml(notes).slice(0, MAX_NOTES_CHARS)',
        replace: 'notes.slice(0, MAX_NOTES_CHARS)',
      },
    ],
    caughtBy: { test: 'test/gas/conference-data.test.ts' },
  },
  {
    id: 'U4',
    what: 'the home card throws before the first conference',
    edits: [
      {
        file: 'src/sync/status.ts',
        find: '...(reads.length > 0 && { readMs: Math.min(...reads) }),',
        replace: 'readMs: reads.reduce((first, next) => Math.min(first, next)),',
      },
    ],
    caughtBy: 'before the first conference the card says how to get one',
  },
  {
    id: 'U5',
    what: 'the button "Check and repair now" repairs nothing',
    edits: [
      {
        file: 'src/sync/sweep.ts',
        find: '      unparkAll(state.ledger, deps.clock.nowMs());\n',
        replace: '',
      },
    ],
    caughtBy: 'a broken conference is tried once more by the button on the card',
  },
  {
    id: 'U6',
    what: 'a value that is too long makes the create throw',
    edits: [
      {
        file: 'src/gas/shown-conference.ts',
        find: "code !== '' && code.length <= MAX_CODE_CHARS &&",
        replace: "code !== '' &&",
      },
    ],
    caughtBy: 'a passcode that is too long for Calendar is left out, and the link is there',
  },
  {
    id: 'U7',
    what: 'a live trigger calls a function that was renamed',
    edits: [
      {
        file: 'src/sync/triggers.ts',
        find: "export const SYNC_HANDLER = 'syncEvents';",
        replace: "export const SYNC_HANDLER = 'onCalendarChanged';",
      },
    ],
    caughtBy: 'another trigger on the same calendar does not stand in for ours',
  },
  {
    id: 'U8',
    what: 'a create into a full store corrupts it',
    edits: [
      {
        file: 'src/sync/create.ts',
        find: 'if (storeBytes(entries) >= STORE_LIMIT_BYTES) return',
        replace: 'if (storeBytes(entries) < 0) return',
      },
    ],
    caughtBy: { test: 'test/sync/create.test.ts' },
  },
  {
    id: 'U9',
    what: 'a create that throws shows the platform’s error',
    edits: [
      {
        file: 'src/surfaces.ts',
        find: "    return conferenceDataOf({ kind: 'failed', error: 'TEMPORARY' });",
        replace: '    throw thrown;',
      },
    ],
    caughtBy: 'a create into a store that refuses to write says that it may be tried again, and calls nobody',
  },
  {
    id: 'U10',
    what: 'the card of an event hides what the service cannot show of it',
    edits: [
      { file: 'src/sync/event-shown.ts', find: '    return provider.caveats(meeting);', replace: '    return [];' },
    ],
    caughtBy: { test: 'test/sync/event-status.test.ts' },
  },
  {
    id: 'U11',
    what: 'the card of an event calls a conference in step while a change waits',
    edits: [
      {
        file: 'src/gas/event-card.ts',
        find: "if (change !== undefined) return 'Not in step yet.';",
        replace: "if (change !== undefined) return 'In step with this event.';",
      },
    ],
    caughtBy: 'the card tells of a change on its way, since when, and of the outage that holds it up',
  },
  {
    id: 'U12',
    what: 'an app password is kept although the service did not take it',
    edits: [
      {
        file: 'src/gas/passwords.ts',
        find: "return isAnswer ? (objectIn(answer.text) ?? {}) : 'failed';",
        replace: 'return objectIn(answer.text) ?? {};',
      },
    ],
    caughtBy: { test: 'test/gas/passwords.test.ts' },
  },
  {
    id: 'U13',
    what: 'a join link is known by its first letters',
    edits: [
      {
        file: 'src/gas/shown-conference.ts',
        find: '!isJoinLink(uri)',
        replace: "!uri?.startsWith('https://')",
      },
    ],
    caughtBy: { test: 'test/gas/conference-data.test.ts' },
  },
  {
    id: 'U14',
    what: 'a request that begins like an allowed address may leave it by dots',
    edits: [
      {
        file: 'src/gas/http.ts',
        find: String.raw` && !/\/(\.|%2e){1,2}(\/|$)/i.test(path)`,
        replace: '',
      },
    ],
    caughtBy: { test: 'test/gas/http.test.ts' },
  },
  {
    id: 'U15',
    what: 'an error in a provider’s own code is told as a refusal of the service',
    edits: [
      {
        file: 'src/sync/event-status.ts',
        find: "  if (todo.ownFault) return 'own-fault';\n",
        replace: '',
      },
    ],
    caughtBy: { test: 'test/sync/provider-fault.test.ts' },
  },
  {
    id: 'U16',
    what: 'what an error says of a meeting stands in the log',
    edits: [
      {
        file: 'src/sync/provider-fault.ts',
        find: 'words.has(word.toLowerCase()) ? LEFT_OUT : word',
        replace: 'word',
      },
    ],
    caughtBy: { test: 'test/sync/provider-fault.test.ts' },
  },
];
