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
    caughtBy: 'no title, address, description, passcode or token stands in any log line or in the stored state',
  },
  {
    id: 'U5',
    what: 'the button "Check and repair now" repairs nothing',
    edits: [
      {
        file: 'src/sync/sweep.ts',
        find: '    if (options.repair) unparkAll(state.ledger, deps.clock.nowMs());\n',
        replace: '',
      },
    ],
    caughtBy: 'a broken conference is tried once more by the button on the card',
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
];
