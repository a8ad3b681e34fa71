/** Defects about events that left sight: what tells that one has ended, who is asked, and what is remembered of it. */
import type { Defect } from './defect';

const WHEREABOUTS = 'src/core/whereabouts.ts';
const SETTLE = 'src/core/settle.ts';
const PLAN = 'src/core/plan.ts';
const LOOKS = 'src/sync/looks.ts';
const letGo = { test: 'test/core/let-go.test.ts' };
const unseen = { test: 'test/core/unseen-copies.test.ts' };
const asked = { test: 'test/sync/whereabouts.test.ts' };

const verdicts: Defect[] = [
  {
    id: 'W1',
    what: 'details in a tombstone are taken for a deletion',
    edits: [
      {
        file: WHEREABOUTS,
        find: '} else if (isOrganisersCopy(look.row, calendarId)) return true;',
        replace: '} else if (look.row.organizer !== undefined || look.row.start !== undefined) return true;',
      },
    ],
    caughtBy:
      'a conference is let go, not ended, when its event went where Lockstep cannot look, and the home card says so',
  },
  {
    id: 'W2',
    what: 'that a seen event is not found any more is taken for a deletion',
    edits: [{ file: WHEREABOUTS, find: 'if (wasNeverSeen(binding)) return true;', replace: 'return true;' }],
    caughtBy:
      'a conference is let go, not ended, when its event went where Lockstep cannot look, and the home card says so (movedTombstone: absent)',
  },
  {
    id: 'W3',
    what: 'the event of a conference made in place of a dead one counts as never saved',
    edits: [
      {
        file: WHEREABOUTS,
        find: "return state === 'pending' && repairs === undefined;",
        replace: "return state === 'pending';",
      },
    ],
    caughtBy: letGo,
  },
  {
    id: 'W4',
    what: 'an occurrence is judged without its series',
    edits: [
      {
        file: WHEREABOUTS,
        find: "return (look.kind === 'row' ? look.row.recurringEventId : undefined) ?? masterOf(binding);",
        replace: 'return undefined;',
      },
    ],
    caughtBy: asked,
  },
  {
    id: 'W5',
    what: 'an occurrence counts as cancelled whoever organises its series',
    edits: [
      {
        file: WHEREABOUTS,
        find: 'if (look.series !== undefined && isOrganisersCopy(look.series, calendarId)) return true;',
        replace: 'if (look.series !== undefined) return true;',
      },
    ],
    caughtBy: letGo,
  },
  {
    id: 'W6',
    what: 'a guest’s copy on another calendar ends the conference',
    edits: [
      {
        file: WHEREABOUTS,
        find: 'return speaker !== undefined && isOrganisersCopy(speaker, calendarId);',
        replace: 'return speaker !== undefined;',
      },
    ],
    caughtBy: letGo,
  },
  {
    id: 'W7',
    what: 'one calendar says that it has ended, although another shows it with the conference',
    edits: [
      {
        file: WHEREABOUTS,
        find: 'return ended && !elsewhere.some((one) => isLife(one, binding));',
        replace: 'return ended;',
      },
    ],
    caughtBy: letGo,
  },
  {
    id: 'W28',
    what: 'an event that was deleted elsewhere before this one was made under its name ends the conference of this one',
    edits: [{ file: WHEREABOUTS, find: 'isOrganisers(one) && !isOlder(one, binding)', replace: 'isOrganisers(one)' }],
    caughtBy: letGo,
  },
  {
    id: 'W8',
    what: 'occurrences that keep the conference on another calendar are not looked at',
    edits: [{ file: WHEREABOUTS, find: 'return [row, ...occurrences].some(', replace: 'return [row].some(' }],
    caughtBy: letGo,
  },
  {
    id: 'W9',
    what: 'an event counts as known on another calendar because of a guest’s copy',
    edits: [
      {
        file: WHEREABOUTS,
        find: 'isReference(other) && !other.guest && bindingKey',
        replace: 'isReference(other) && bindingKey',
      },
    ],
    caughtBy: letGo,
  },
  {
    id: 'W10',
    what: 'who asks for the end of a conference ends it for those who still have it',
    edits: [
      { file: SETTLE, find: 'if (others.some(isReference)) {', replace: 'if (keeps && others.some(isReference)) {' },
      { file: SETTLE, find: 'if (ending.length > 0) {', replace: 'if (keeps && ending.length > 0) {' },
    ],
    caughtBy: letGo,
  },
];

const questions: Defect[] = [
  {
    id: 'W11',
    what: 'other calendars are not asked what became of an event',
    edits: [
      {
        file: LOOKS,
        find: 'from.places.filter(({ calendar }) => calendar !== home.calendar).slice(0, MAX_PLACES);',
        replace: '[] as DiffContext[];',
      },
    ],
    caughtBy: 'an event moved between watched calendars and deleted there before anything is read ends its conference',
  },
  {
    id: 'W12',
    what: 'only ids are asked for, no iCalUIDs',
    edits: [
      {
        file: LOOKS,
        find: '[...byIds, { way: byName, places: [...others, home] }]',
        replace: 'byIds',
      },
    ],
    caughtBy:
      'an event moved between watched calendars and deleted there before anything is read ends its conference (moveKeepsId: false)',
  },
  {
    id: 'W13',
    what: 'an event that may have come back under another id is not asked for on its own calendar',
    edits: [{ file: LOOKS, find: 'places: [...others, home] }', replace: 'places: others }' }],
    caughtBy: asked,
  },
  {
    id: 'W14',
    what: 'an event that was imported is asked for by a name that it does not have',
    edits: [{ file: WHEREABOUTS, find: 'return row?.iCalUID ?? `', replace: 'return `' }],
    caughtBy: asked,
  },
  {
    id: 'W15',
    what: 'a calendar that cannot be asked just now counts as one that knows nothing',
    edits: [
      {
        file: LOOKS,
        find: 'if (rows === undefined || isAddOnError(rows)) return rows;',
        replace: 'if (rows === undefined || isAddOnError(rows)) return undefined;',
      },
    ],
    caughtBy: asked,
  },
];

const memories: Defect[] = [
  {
    id: 'W16',
    what: 'that a conference has been out of sight is forgotten when its event comes back',
    edits: [{ file: PLAN, find: "  if (before.state === 'away') seen.strayed = true;\n", replace: '' }],
    caughtBy: unseen,
  },
  {
    id: 'W17',
    what: 'that an event was away for a while is forgotten as soon as it is back',
    edits: [{ file: PLAN, find: '  if (vanished) seen.mayHaveStrayed = true;\n', replace: '' }],
    caughtBy: 'a copy made while its original was away for an hour keeps its link when the original changes to Meet',
  },
  {
    id: 'W18',
    what: 'that a calendar in sight tells where the event was is passed over',
    edits: [
      {
        file: 'src/core/plan-row.ts',
        find: 'if (plan.isOfFullList !== true) noteWhereItWas(row.id, ledger, plan);',
        replace: '',
      },
    ],
    caughtBy: letGo,
  },
  {
    id: 'W26',
    what: 'a full list that shows what an event left behind long ago tells where it was just now',
    edits: [
      {
        file: 'src/core/plan-row.ts',
        find: 'if (plan.isOfFullList !== true) noteWhereItWas',
        replace: 'noteWhereItWas',
      },
    ],
    caughtBy: letGo,
  },
  {
    id: 'W27',
    what: 'what an event left where it came from tells where it was since',
    edits: [
      {
        file: WHEREABOUTS,
        find: "return row.id !== eventId || Date.parse(row.updated ?? '') >= bornMs + MINUTE_MS;",
        replace: 'return true;',
      },
    ],
    caughtBy:
      'a copy made while its original was away for an hour is not forgotten for what its original left elsewhere before',
  },
  {
    id: 'W19',
    what: 'what was away for a while has a clean past on the calendar that it moves to',
    edits: [{ file: PLAN, find: 'if (mayBeUnseen(same))', replace: "if (same.state === 'away')" }],
    caughtBy: unseen,
  },
  {
    id: 'W29',
    what: 'an event that has been out of sight and drops the conference takes that knowledge along',
    edits: [
      {
        file: PLAN,
        find: 'if (ending.strayed) forgetUnseen(ending, ledger);',
        replace: 'if (ending.strayed) dropConference(ending, ledger);',
      },
    ],
    caughtBy: unseen,
  },
  {
    id: 'W20',
    what: 'an event that has been out of sight is forgotten where the calendar that it moved to was read first',
    edits: [
      {
        file: SETTLE,
        find: 'if (isElsewhere(binding, look, ledger)) leave(binding, look, ledger);',
        replace: 'if (isElsewhere(binding, look, ledger)) dropConference(binding, ledger);',
      },
    ],
    caughtBy: unseen,
  },
  {
    id: 'W21',
    what: 'a copy for which there is no room does not keep the conference',
    edits: [{ file: PLAN, find: '    noteStrayed(change, ledger);\n', replace: '' }],
    caughtBy: unseen,
  },
  {
    id: 'W22',
    what: 'what left sight is forgotten when, by its old time, it is long over',
    edits: [
      {
        file: 'src/sync/sweep.ts',
        find: '  if (mayBeUnseen(binding)) forgetUnseen(binding, ledger);\n  else dropConference',
        replace: '  dropConference',
      },
    ],
    caughtBy: { test: 'test/sync/unseen-copies.test.ts' },
  },
  {
    id: 'W23',
    what: 'the conferences of a calendar that is lost for good are ended with their copies',
    edits: [
      {
        file: 'src/sync/sweep.ts',
        find: 'if (binding.calendar === key) forgetUnseen(binding, state.ledger);',
        replace: 'if (binding.calendar === key) state.ledger.drop(binding);',
      },
    ],
    caughtBy: { test: 'test/sync/unseen-copies.test.ts' },
  },
  {
    id: 'W24',
    what: 'a conference that a person wanted ended counts as never out of sight when its event is back',
    edits: [{ file: 'src/sync/end-kept.ts', find: 'strayed: true, endAsked: true', replace: 'endAsked: true' }],
    caughtBy: { test: 'test/sync/unseen-copies.test.ts' },
  },
  {
    id: 'W25',
    what: 'a person cannot end what is kept on doubt',
    edits: [{ file: 'src/sync/end-kept.ts', find: 'strayed: true, endAsked: true', replace: 'strayed: true' }],
    caughtBy: asked,
  },
];

export const whereaboutsDefects: Defect[] = [...verdicts, ...questions, ...memories];
