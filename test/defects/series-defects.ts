/** Defects about series: dates left out, series of which nothing is left, the hour that the clocks skip, long jobs. */
import type { Defect } from './defect';

export const seriesDefects: Defect[] = [
  {
    id: 'E1',
    what: 'dates that a series leaves out are told to nobody',
    edits: [
      {
        file: 'src/core/plan-row.ts',
        find: '  return [...actions, ...planLeftOut(row, ledger, diff, plan)];',
        replace: '  return actions;',
      },
    ],
    caughtBy: 'a date that another program leaves out is cancelled, and the others stay as they are',
  },
  {
    id: 'E2',
    what: 'dates left out are a part of the rule, also where they are told one by one',
    edits: [
      {
        file: 'src/core/left-out.ts',
        find: "if (occurrences === 'none' || !meeting",
        replace: "if (occurrences !== 'none' || !meeting",
      },
    ],
    caughtBy: { test: 'test/core/left-out.test.ts' },
  },
  {
    id: 'E3',
    what: 'a date that is put in again stays cancelled',
    edits: [
      {
        file: 'src/core/plan-row.ts',
        find: '        ledger.put({ ...series, unread: true });',
        replace: '        ledger.put(series);',
      },
    ],
    caughtBy: 'a date that is left out no longer is where its rule has it',
  },
  {
    id: 'E4',
    what: 'a series of which nothing is left keeps its conference',
    edits: [
      {
        file: 'src/sync/empty-series.ts',
        find: '    if (hasOccurrences !== false) continue;',
        replace: '    if (hasOccurrences !== undefined) continue;',
      },
    ],
    caughtBy: 'a series of which every occurrence was deleted, one by one, ends its conference',
  },
  {
    id: 'E5',
    what: 'a series of which nothing was left is not looked at again before it ends',
    edits: [
      {
        file: 'src/sync/looks.ts',
        find: '    if (isAnyLeft === false) return',
        replace: '    if (isAnyLeft !== undefined) return',
      },
    ],
    caughtBy: { test: 'test/sync/empty-series.test.ts' },
  },
  {
    id: 'E6',
    what: 'a series that ends beyond what Google expands counts as empty',
    edits: [
      {
        file: 'src/core/plan-row.ts',
        find: 'return endsMs !== 0 && endsMs <= nowMs + SURELY_EXPANDED_MS;',
        replace: 'return endsMs + 0 * nowMs * SURELY_EXPANDED_MS >= 0;',
      },
    ],
    caughtBy: { test: 'test/sync/empty-series.test.ts' },
  },
  {
    id: 'E7',
    what: 'a series is told from the hour that the clocks skip',
    edits: [
      {
        file: 'src/providers/repetition.ts',
        find: '      if (shown === time) return',
        replace: '      if (shown !== undefined) return',
      },
    ],
    caughtBy: { test: 'test/providers/zoom-recurrence.test.ts' },
  },
  {
    id: 'E8',
    what: 'what is unfinished waits as if it had failed',
    edits: [
      {
        file: 'src/core/outcome.ts',
        find: '    todo: isOfAction ? { ...todo, notBeforeMs: context.nowMs } : todo,',
        replace:
          '    todo: isOfAction ? { ...todo, attempts: todo.attempts + 1, notBeforeMs: context.nowMs + HOUR_MS } : todo,',
      },
    ],
    caughtBy: { test: 'test/sync/unfinished.test.ts' },
  },
  {
    id: 'E9',
    what: 'a request that our own time cut off counts as an outage of the provider',
    edits: [
      {
        file: 'src/sync/act.ts',
        find: "  if (!('outOfTime' in outcome)) return outcome;",
        replace: "  if (!('outOfTime' in outcome) || action.kind !== 'cancel') return outcome as Outcome;",
      },
    ],
    caughtBy: { test: 'test/sync/unfinished.test.ts' },
  },
  {
    id: 'E10',
    what: 'an occurrence that had the conference alone goes on driving its series',
    edits: [
      {
        file: 'src/core/told-occurrences.ts',
        find: "(one) => one.state === 'live' && conferenceKey(one) === conferenceKey(series)",
        replace: '(one) => conferenceKey(one) !== conferenceKey(series)',
      },
    ],
    caughtBy: { test: 'test/core/alone-occurrences.test.ts' },
  },
];
