/** Mistakes about what is not told, and about what a provider refuses. */
import type { Defect } from './defect';

export const untoldDefects: Defect[] = [
  {
    id: 'N1',
    what: 'guests that Google left out are written as none',
    edits: [
      { file: 'src/core/meeting.ts', find: 'hidden || row.attendeesOmitted === true ||', replace: 'hidden ||' },
      {
        file: 'src/sync/pass.ts',
        find: 'withAllGuests(rows, state, context, deps, budget)',
        replace: '[...rows]',
      },
    ],
    caughtBy: { test: 'test/sync/omitted-guests.test.ts' },
  },
  {
    id: 'N2',
    what: 'an event that turns private uninvites everybody',
    edits: [{ file: 'src/core/meeting.ts', find: 'guests: hidden || row', replace: 'guests: row' }],
    caughtBy: { test: 'test/core/not-told.test.ts' },
  },
  {
    id: 'N3',
    what: 'a field that was refused is told again with every change',
    edits: [
      {
        file: 'src/core/diff.ts',
        find: 'const left = leftBy(standing(refusalsOf(ledger, of), meeting));',
        replace: 'const left = leftBy([]);',
      },
    ],
    caughtBy: { test: 'test/core/refusal.test.ts' },
  },
  {
    id: 'N4',
    what: 'a field that was refused is never told again',
    edits: [
      {
        file: 'src/core/refusal.ts',
        find: 'return refusals.filter((one) => one.digest === digestOf(meeting, one.field));',
        replace: 'return refusals.filter((one) => digestOf(meeting, one.field) !== undefined);',
      },
    ],
    caughtBy: { test: 'test/sync/refused-field.test.ts' },
  },
  {
    id: 'N5',
    what: 'a title that nobody can see is told as it is',
    edits: [{ file: 'src/core/meeting.ts', find: "UNSEEN.test(summary) ? '' : ", replace: '' }],
    caughtBy: { test: 'test/core/meeting.test.ts' },
  },
];
