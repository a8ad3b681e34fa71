/** Defects of reading: lists, pages, calendars that are lost, triggers and grants. */
import type { Defect } from './defect';

export const readingDefects: Defect[] = [
  {
    id: 'R1',
    what: 'a page without rows ends the list',
    edits: [
      {
        file: 'src/sync/read-delta.ts',
        find: '    if (pageToken === undefined) {\n      const full',
        replace: '    if (pageToken === undefined || page.rows.length === 0) {\n      const full',
      },
    ],
    caughtBy: { test: 'test/sync/read-delta.test.ts' },
  },
  {
    id: 'R2',
    what: 'the first list asks for other rows than the later ones',
    edits: [
      {
        file: 'src/gas/calendar-service.ts',
        find: '{ ...query, ...at }',
        replace: '{ ...query, ...at, singleEvents: at.syncToken === undefined }',
      },
    ],
    caughtBy: 'a weekly series is one conference with the same rule',
  },
  {
    id: 'R3',
    what: 'the first list does not ask for deleted events',
    edits: [
      {
        file: 'src/gas/calendar-service.ts',
        find: '    showDeleted: true,\n    singleEvents: false,',
        replace: '    showDeleted: false,\n    singleEvents: false,',
      },
    ],
    caughtBy: 'an edit that has arrived leaves nothing to be done',
  },
  {
    id: 'R4',
    what: '404 on a list is taken for an expired token',
    edits: [
      {
        file: 'src/core/errors.ts',
        find: "    return operation === 'list'\n      ? addOnError('calendar-lost', 'park',",
        replace: "    return operation === 'list'\n      ? addOnError('sync-token-expired', 'resync',",
      },
    ],
    caughtBy: 'a Google that says 404 of the calendar for a while ends nothing, and what happened meanwhile arrives',
  },
  {
    id: 'R5',
    what: 'an empty full list is believed at once',
    edits: [{ file: 'src/sync/reconcile.ts', find: '(rows.length === 0 ? HOUR_MS : 0)', replace: '0' }],
    caughtBy: { test: 'test/sync/reconcile.test.ts' },
  },
  {
    id: 'R6',
    what: 'an event that Google would not show just now is taken for gone',
    edits: [
      {
        file: 'src/sync/due.ts',
        find: "if (isAddOnError(seen) && seen.code !== 'event-absent') {",
        replace: 'if (isAddOnError(seen) && seen.code === undefined) {',
      },
    ],
    caughtBy: 'an event that Google does not show when it is looked at again is not taken for deleted by an error',
  },
  {
    id: 'R7',
    what: 'events of a calendar that is lost are looked at, and found missing',
    edits: [
      {
        file: 'src/sync/pass.ts',
        find: 'if (record === undefined || record.lostSinceMs !== undefined) return undefined;',
        replace: 'if (record === undefined) return undefined;',
      },
    ],
    caughtBy: 'a conference with an undelivered edit outlives the loss of its calendar',
  },
  {
    id: 'R8',
    what: 'an exception is judged before its series',
    edits: [
      {
        file: 'src/sync/pass.ts',
        find: 'for (const rows of [delta.rows.filter((row) => !isOccurrence(row)), delta.rows.filter(isOccurrence)]) {',
        replace:
          'for (const rows of [delta.rows.filter(isOccurrence), delta.rows.filter((row) => !isOccurrence(row))]) {',
      },
    ],
    caughtBy: 'a series moved to another calendar takes its conference and its moved occurrences along',
  },
  {
    id: 'R9',
    what: 'occurrences that were changed before the conference was chosen are never read',
    edits: [
      {
        file: 'src/sync/pass.ts',
        find: '  actions.push(...readOccurrences(actions, state, deps, budget, contextOf));\n',
        replace: '',
      },
    ],
    caughtBy:
      'occurrences that were changed before the conference was chosen are known to it on a calendar read before, too',
  },
  {
    id: 'R10',
    what: 'the end of an event is settled although a calendar it may have moved to was not read',
    edits: [
      {
        file: 'src/sync/due.ts',
        find: "binding.todo?.kind === 'settle' ? allRead :",
        replace: "binding.todo?.kind === 'settle' ? read.size > 0 :",
      },
    ],
    caughtBy: { test: 'test/sync/due.test.ts' },
  },
  {
    id: 'R12',
    what: 'a row that cannot be worked with stops the pass',
    edits: [
      {
        file: 'src/sync/pass.ts',
        find: '      } catch {\n        parkEvent(row.id, context, state.ledger);',
        replace:
          '      } catch (thrown) {\n        if (row.id) throw thrown;\n        parkEvent(row.id, context, state.ledger);',
      },
    ],
    caughtBy: { test: 'test/sync/pass.test.ts' },
  },
  {
    id: 'R13',
    what: 'the sweep reads only the calendar that was read last',
    edits: [
      {
        file: 'src/sync/sweep.ts',
        find: 'const end = runPass(deps, ids, (state, budget) => {',
        replace: 'const end = runPass(deps, ids.slice(-1), (state, budget) => {',
      },
    ],
    caughtBy: 'edits on two calendars whose triggers are lost are both followed within the hour',
  },
  {
    id: 'R14',
    what: 'the hourly trigger is not made',
    edits: [
      {
        file: 'src/sync/triggers.ts',
        find: "  if (!all.some(isSweep)) attempt(report, 'sweep', () => deps.triggers.everyHour(SWEEP_HANDLER), deps);",
        replace: "  if (all.some(isSweep)) deps.log({ event: 'sweep-there' });",
      },
    ],
    caughtBy: 'an edit whose trigger is lost is followed within the hour',
  },
  {
    id: 'R15',
    what: 'nobody asks whether the grant still stands',
    edits: [
      {
        file: 'src/sync/pass.ts',
        find: 'if (!deps.authorisation.granted()) {',
        replace: 'if (deps.authorisation === undefined) {',
      },
      {
        file: 'src/sync/sweep.ts',
        find: 'if (!deps.authorisation.granted()) {',
        replace: 'if (deps.authorisation === undefined) {',
      },
    ],
    caughtBy: { test: 'test/sync/pass.test.ts' },
  },
  {
    id: 'R16',
    what: 'events are missed in every list, not only in a full one',
    edits: [
      {
        file: 'src/sync/pass.ts',
        find: 'if (delta.full) reconcile(delta.rows, state.ledger, context);',
        replace: 'reconcile(delta.rows, state.ledger, context);',
      },
    ],
    caughtBy: { simulation: 3 },
  },
  {
    id: 'R17',
    what: 'an event is taken for deleted without another look at it',
    edits: [
      {
        file: 'src/sync/due.ts',
        find: 'const seen = deps.calendar.get(context.calendarId, binding.eventId);',
        replace: "const seen = { id: binding.eventId, status: 'cancelled', start: {} };",
      },
    ],
    caughtBy: { simulation: 3 },
  },
];
