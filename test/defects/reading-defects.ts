/** Defects of reading: lists, pages, calendars that are lost, triggers and grants. */
import type { Defect } from './defect';

export const readingDefects: Defect[] = [
  {
    id: 'R1',
    what: 'a page without rows ends the list',
    edits: [
      {
        file: 'src/sync/read-delta.ts',
        find: 'if (next === undefined) return { ...part,',
        replace: 'if (next === undefined || page.rows.length === 0) return { ...part,',
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
        find: '{ ...queries[plainness], ...at }',
        replace: '{ ...queries[plainness], ...at, singleEvents: at.syncToken === undefined }',
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
        find: '{ maxResults: 2500, showDeleted: true, singleEvents: false }',
        replace: '{ maxResults: 2500, showDeleted: false, singleEvents: false }',
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
    edits: [{ file: 'src/sync/reconcile.ts', find: '(isEmpty ? HOUR_MS : 0)', replace: '0' }],
    caughtBy: { test: 'test/sync/reconcile.test.ts' },
  },
  {
    id: 'R6',
    what: 'an event that Google would not show just now is taken for gone',
    edits: [
      {
        file: 'src/sync/looks.ts',
        find: "isAddOnError(answer) && answer.code === 'event-absent' ? undefined",
        replace: 'isAddOnError(answer) ? undefined',
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
    caughtBy: { test: 'test/sync/due.test.ts' },
  },
  {
    id: 'R8',
    what: 'an exception is judged before its series',
    edits: [
      {
        file: 'src/sync/pass.ts',
        find: 'for (const kind of [rows.filter((row) => !isOccurrence(row)), rows.filter(isOccurrence)]) {',
        replace: 'for (const kind of [rows.filter(isOccurrence), rows.filter((row) => !isOccurrence(row))]) {',
      },
    ],
    caughtBy: { test: 'test/sync/list-parts.test.ts' },
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
    caughtBy: { test: 'test/sync/read-occurrences.test.ts' },
  },
  {
    id: 'R10',
    what: 'the end of an event is settled although a calendar it may have moved to was not read',
    edits: [
      {
        file: 'src/sync/due.ts',
        find: "binding.todo?.kind === 'settle'\n        ? allRead\n",
        replace: "binding.todo?.kind === 'settle'\n        ? read.size > 0\n",
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
        find: 'runPass(deps, [...ids, ...triggers.found], isTriggers',
        replace: 'runPass(deps, ids.slice(-1), isTriggers',
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
        find: '    calendarId === undefined ? triggers.everyHour(SWEEP_HANDLER) :',
        replace: '    calendarId === undefined ? undefined :',
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
        find: "if (round === 1 && deps.authorisation.lacks('calendar')) {",
        replace: 'if (deps.authorisation === undefined) {',
      },
      {
        file: 'src/sync/sweep.ts',
        find: "if (deps.authorisation.lacks('calendar')) {",
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
        find: 'if (delta.full && isWhole) reconcile(',
        replace: 'reconcile(',
      },
    ],
    caughtBy: { test: 'test/sync/pass.test.ts' },
  },
  {
    id: 'R17',
    what: 'an event is taken for deleted without another look at it',
    edits: [
      {
        file: 'src/sync/looks.ts',
        find: 'leftOutIn(binding, home, from) ?? ask(from, (calendar) => calendar.get(home.calendarId, binding.eventId))',
        replace: "{ id: binding.eventId, status: 'cancelled', organizer: { self: true } }",
      },
    ],
    caughtBy: { test: 'test/sync/due.test.ts' },
  },
  {
    id: 'R18',
    what: 'what a part of a full list does not show is looked for at once',
    edits: [
      {
        file: 'src/sync/reconcile.ts',
        find: 'if (goesOn !== undefined) mark(binding, isMissing, ledger);\n    else if',
        replace: 'if',
      },
    ],
    caughtBy: { test: 'test/sync/list-parts.test.ts' },
  },
  {
    id: 'R19',
    what: 'what earlier parts of a list have shown is forgotten',
    edits: [
      {
        file: 'src/sync/reconcile.ts',
        find: '(isFirst || binding.unlisted === true)',
        replace: '(isFirst || binding.todo === undefined)',
      },
    ],
    caughtBy: { test: 'test/sync/list-parts.test.ts' },
  },
  {
    id: 'R20',
    what: 'a list that takes too long begins again in each pass',
    edits: [
      {
        file: 'src/sync/read-delta.ts',
        find: 'return isFresh && goesOn.pages < MAX_PAGES ? goesOn : undefined;',
        replace: 'return isFresh && goesOn.pages < 0 ? goesOn : undefined;',
      },
    ],
    caughtBy:
      'a calendar of two thousand events that Google lists slowly is read in parts, and what happened in a gap is found',
  },
  {
    id: 'R21',
    what: 'the place in a list is stored although not all of the part could be judged',
    edits: [
      {
        file: 'src/sync/pass.ts',
        find: 'const goesOn = isWhole ? delta.goesOn :',
        replace: 'const goesOn = isWhole || delta.goesOn ? delta.goesOn :',
      },
    ],
    caughtBy: { test: 'test/sync/list-parts.test.ts' },
  },
  {
    id: 'R22',
    what: 'an exception is taken for an event of its own when its series stands on a later part',
    edits: [
      {
        file: 'src/sync/pass.ts',
        find: 'const isPart = !delta.isFirst || delta.goesOn !== undefined;',
        replace: 'const isPart = delta.rows.length < 0;',
      },
    ],
    caughtBy: { test: 'test/sync/list-parts.test.ts' },
  },
  {
    id: 'R23',
    what: 'a calendar with another zone is read on as if it had the old one',
    edits: [
      {
        file: 'src/sync/read-delta.ts',
        find: 'const isAnew = isTokensFault(delta) || hasOtherZone(record, delta);',
        replace: 'const isAnew = isTokensFault(delta);',
      },
    ],
    caughtBy: { test: 'test/sync/read-delta.test.ts' },
  },
  {
    id: 'R24',
    what: 'a calendar whose token Google calls an invalid value, and no more says, is never read again',
    edits: [
      {
        file: 'src/sync/read-delta.ts',
        find: "(delta.code === 'sync-token-expired' || delta.code === 'request-wrong')",
        replace: "delta.code === 'sync-token-expired'",
      },
    ],
    caughtBy: 'a sync token that is garbage is replaced by one full read, and deletions before it are found',
  },
  {
    id: 'R25',
    what: 'a calendar whose owner has another address is not found again',
    edits: [
      {
        file: 'src/sync/lost-calendars.ts',
        find: 'if (!state.calendars.has(calendarKey(address))) found.add(address);',
        replace: 'found.delete(address);',
      },
    ],
    caughtBy: 'an event goes on being followed, and ends, when the address of its organiser is changed',
  },
];
