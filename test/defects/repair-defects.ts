/** Defects of putting a new link into an event. */
import type { Defect } from './defect';

const DEAD_LINKS = { test: 'test/sync/dead-links.test.ts' };

export const repairDefects: Defect[] = [
  {
    id: 'L1',
    what: 'events are written whether the operator allows it or not',
    edits: [
      {
        file: 'src/core/repair.ts',
        find: "policies.brokenLinks !== 'repair' || binding.guest ||",
        replace: "policies.brokenLinks === 'neither' || binding.guest ||",
      },
    ],
    caughtBy: 'no event is ever written: not at a create, not at an edit, not when a conference is lost',
  },
  {
    id: 'L2',
    what: 'after a person was faster the event is written without another look at what they did',
    edits: [
      {
        file: 'src/sync/write-link.ts',
        find: 'if (!isRepairable(again, binding, context.calendarId)) return',
        replace: "if (again.id === '') return",
      },
    ],
    caughtBy: DEAD_LINKS,
  },
  {
    id: 'L3',
    what: 'a link that keeps breaking is replaced for ever',
    edits: [
      {
        file: 'src/sync/repair.ts',
        find: 'const repairs = (binding.repairs ?? 0) + 1;',
        replace: 'const repairs = 1;',
      },
    ],
    caughtBy: DEAD_LINKS,
  },
  {
    id: 'L4',
    what: 'what Google refuses is tried again and again',
    edits: [
      {
        file: 'src/sync/write-link.ts',
        find: "return code === 'google-unavailable' ||",
        replace: "return code !== 'event-changed' ||",
      },
    ],
    caughtBy: DEAD_LINKS,
  },
  {
    id: 'L5',
    what: 'a new conference that did not get into the event is forgotten',
    edits: [
      {
        file: 'src/sync/repair.ts',
        find: 'state.fold(found, deps.policies);',
        replace:
          'state.fold(found, deps.policies);\n  const made = state.ledger.ofConference({ solution, conference: conference.id });',
      },
      {
        file: 'src/sync/repair.ts',
        find: "todo: newToDo('settle', nowMs, nowMs + LOOK_AFTER_MS) });",
        replace: "todo: { ...newToDo('settle', nowMs), parked: made.length > 0 } });",
      },
    ],
    caughtBy: DEAD_LINKS,
  },
  {
    id: 'L6',
    what: "a guest's copy is given a new conference",
    edits: [
      {
        file: 'src/core/repair.ts',
        find: "!== 'repair' || binding.guest ||",
        replace: "!== 'repair' ||",
      },
      {
        file: 'src/core/repair.ts',
        find: 'isOrganisersCopy(row, calendarId) && showsConference',
        replace: 'showsConference',
      },
    ],
    caughtBy: DEAD_LINKS,
  },
  {
    id: 'L7',
    what: 'the event is written over whatever it is by now',
    edits: [{ file: 'src/gas/calendar-service.ts', find: "options, { 'If-Match': etag })", replace: 'options)' }],
    caughtBy: { test: 'test/gas/put-conference.test.ts' },
  },
];
