/** Defects of judgement: what changed, what it means, which conference goes with which event. */
import type { Defect } from './defect';

export const planningDefects: Defect[] = [
  {
    id: 'P1',
    what: 'the grace period is zero',
    edits: [
      {
        file: 'src/core/plan.ts',
        find: 'const dueMs = context.nowMs + context.policies.graceMinutes * MINUTE_MS;',
        replace: 'const dueMs = context.nowMs;',
      },
    ],
    caughtBy: 'an event restored from the bin within the grace period keeps its conference',
  },
  {
    id: 'P2',
    what: 'references to a conference are not counted',
    edits: [
      {
        file: 'src/core/settle.ts',
        find: '.filter((other) => bindingKey(other) !== bindingKey(binding) && other.series === undefined);',
        replace: ".filter((other) => bindingKey(other) === '');",
      },
      {
        file: 'src/core/plan.ts',
        find: "return action.kind !== 'cancel' || !others.some(isReference);",
        replace: "return action.kind !== 'cancel' || others.length >= 0;",
      },
    ],
    caughtBy: 'two events made from one share the conference until the last of them is gone',
  },
  {
    id: 'P3',
    what: 'occurrences of another series of the same conference are forgotten, too',
    edits: [
      {
        file: 'src/core/ledger.ts',
        find: 'binding.calendar === calendar && binding.series === masterId',
        replace: 'binding.calendar === calendar && binding.series !== undefined',
      },
    ],
    caughtBy: { test: 'test/core/ledger.test.ts' },
  },
  {
    id: 'P4',
    what: 'the driver of a shared conference is never handed over',
    edits: [
      {
        file: 'src/core/plan.ts',
        find: '  if (driver === undefined) return;\n  const delivered',
        replace: '  if (driver === undefined || bindings.length > 0) return;\n  const delivered',
      },
    ],
    caughtBy: 'two events made from one share the conference until the last of them is gone',
  },
  {
    id: 'P5',
    what: 'a conference is ended without looking whether the event is back',
    edits: [
      {
        file: 'src/core/settle.ts',
        find: '  if (showsConference(row, binding)) return planRow(row, ledger, diff, plan);\n',
        replace: '',
      },
    ],
    caughtBy: { test: 'test/core/settle.test.ts' },
  },
  {
    id: 'P6',
    what: 'an event that moved out of sight loses its conference',
    edits: [
      {
        file: 'src/core/settle.ts',
        find: "return policies.vanishedEvents === 'keep' && endAsked !== true;",
        replace: 'return policies === undefined && endAsked !== true;',
      },
    ],
    caughtBy: 'an event moved to a calendar that nobody watches keeps its conference',
  },
  {
    id: 'P7',
    what: 'a guest’s copy that goes away ends the conference of an event that changed hands',
    edits: [
      {
        file: 'src/core/plan.ts',
        find: '  if (binding.guest) letGo(ledger.get(bindingKey(binding)) as Binding, ledger);\n',
        replace: '',
      },
    ],
    caughtBy: { test: 'test/core/plan.test.ts' },
  },
  {
    id: 'P8',
    what: 'guests’ answers are part of the fingerprint',
    edits: [
      { file: 'src/gas/calendar-service.ts', find: "'id,status,summary,", replace: "'id,etag,status,summary," },
      {
        file: 'src/core/meeting.ts',
        find: "    title: (hidden ? '' : titleOf(row)) || rules.placeholderTitle,",
        replace: "    title: (hidden ? '' : titleOf(row)) || rules.placeholderTitle,\n    ...{ etag: row.etag },",
      },
      {
        file: 'src/core/fingerprint.ts',
        find: '      return meeting.title;',
        replace: '      return meeting.title + (meeting as { etag?: string }).etag;',
      },
    ],
    caughtBy: 'answers of guests cost no call to the conference server',
  },
  {
    id: 'P9',
    what: 'the fingerprint knows the instant and not the zone',
    edits: [
      {
        file: 'src/core/fingerprint.ts',
        find: "const at = 'ms' in point ? point.ms : point.date;",
        replace: "if ('ms' in point) return String(point.ms);\n  const at = point.date;",
      },
    ],
    caughtBy: 'another zone at the same instant is a change the conference is told of',
  },
  {
    id: 'P10',
    what: 'of a recurrence only the rule is compared',
    edits: [
      {
        file: 'src/core/fingerprint.ts',
        find: "return meeting.recurrence.join('\\n');",
        replace: "return meeting.recurrence.filter((line) => line.startsWith('RRULE')).join('\\n');",
      },
    ],
    caughtBy: { test: 'test/core/fingerprint.test.ts' },
  },
  {
    id: 'P11',
    what: 'an occurrence is named by where it is, not by its slot',
    edits: [
      {
        file: 'src/core/meeting.ts',
        find: 'const original = row.originalStartTime;',
        replace: 'const original = row.start ?? row.originalStartTime;',
      },
    ],
    caughtBy: 'moving one Tuesday moves that occurrence and nothing else',
  },
  {
    id: 'P12',
    what: 'private events show their titles',
    edits: [
      {
        file: 'src/core/meeting.ts',
        find: "privateEvents === 'time-only' && (visibility",
        replace: 'privateEvents === undefined && (visibility',
      },
    ],
    caughtBy: 'a private event passes on its time and not its title',
  },
  {
    id: 'P13',
    what: 'a series without end is taken to end with its first occurrence',
    edits: [
      {
        file: 'src/core/series.ts',
        find: 'if (lastMs === undefined) return 0;',
        replace: 'if (lastMs === undefined) continue;',
      },
    ],
    caughtBy: { test: 'test/core/series.test.ts' },
  },
  {
    id: 'P14',
    what: 'events that have no end are forgotten',
    edits: [
      {
        file: 'src/sync/sweep.ts',
        find: 'if (binding.endsMs !== 0 && binding.endsMs < endedBeforeMs)',
        replace: 'if (binding.endsMs < endedBeforeMs)',
      },
    ],
    caughtBy: 'a conference in an event that is never saved ends after a day',
  },
  {
    id: 'P15',
    what: 'what is set aside is forgotten',
    edits: [
      {
        file: 'src/core/outcome.ts',
        find: '  return {\n    ...binding,\n    // Without an answer',
        replace:
          '  if (parked) {\n    const { todo: _given, ...rest } = binding;\n    return rest;\n  }\n  return {\n    ...binding,\n    // Without an answer',
      },
    ],
    caughtBy: { test: 'test/core/outcome.test.ts' },
  },
  {
    id: 'P16',
    what: 'a conference is called lost at the first "not found"',
    edits: [
      {
        file: 'src/core/outcome.ts',
        find: '  } else if (binding.todo?.missed !== true) {',
        replace: '  } else if (binding.todo === undefined) {',
      },
    ],
    caughtBy: 'a conference that the provider lost is not called lost at the first answer',
  },
  {
    id: 'P17',
    what: 'an event without details is taken for one without a conference',
    edits: [
      {
        file: 'src/core/diff.ts',
        find: "} else if (binding.state !== 'pending' && binding.state !== 'ending' && row.organizer !== undefined) {",
        replace: "} else if (binding.state !== 'pending' && binding.state !== 'ending') {",
      },
    ],
    caughtBy: { test: 'test/core/diff.test.ts' },
  },
  {
    id: 'P18',
    what: 'the local time is written in the calendar’s zone',
    edits: [
      {
        file: 'src/core/meeting.ts',
        find: 'const local = localTimeIn(wanted, ms);',
        replace: 'const local = localTimeIn(calendarZone, ms);',
      },
    ],
    caughtBy: 'a change of time zone reaches the conference',
  },
  {
    id: 'P19',
    what: 'an exception of a series counts as an event of its own',
    edits: [
      {
        file: 'src/core/diff.ts',
        find: '  if (row.recurringEventId === undefined) return false;\n',
        replace: "  if (row.recurringEventId !== '') return false;\n",
      },
    ],
    caughtBy: { test: 'test/core/diff.test.ts' },
  },
  {
    id: 'P20',
    what: 'what was sent without an answer counts as not done',
    edits: [
      {
        file: 'src/core/outcome.ts',
        find: "outcome.kind === 'unavailable' || context.inParts === true",
        replace: 'context.inParts === true',
      },
    ],
    caughtBy: 'an update whose answer was lost and that is taken back meanwhile is taken back at the server, too',
  },
  {
    id: 'P21',
    what: 'the first half of a split series drives until a day after its UNTIL',
    edits: [
      {
        file: 'src/core/series.ts',
        find: '  if (rule.UNTIL !== undefined) return lastStartBefore(rule, start);',
        replace: '  if (rule.UNTIL !== undefined) return (icalTimeMs(rule.UNTIL) ?? 0) + UNSURE_MS;',
      },
    ],
    caughtBy: 'a daily series that is split shows its second half before that begins, a weekly one on working days too',
  },
  {
    id: 'P22',
    what: 'an occurrence with a row of its own counts as changed',
    edits: [
      {
        file: 'src/core/diff.ts',
        find: ' || (isUntold && !context.inDoubt && isAsRuled(occurrence, series))',
        replace: '',
      },
    ],
    caughtBy: 'an answer to one occurrence of a series that lies where its rule has it costs no call',
  },
  {
    id: 'P23',
    what: 'an event that went out of sight is forgotten while a copy shows its conference',
    edits: [
      {
        file: 'src/core/ledger.ts',
        find: "  ledger.put({ ...rest, state: 'away' });\n",
        replace: '',
      },
    ],
    caughtBy: 'a copy that is deleted leaves the conference to its original in a calendar that nobody watches',
  },
  {
    id: 'P24',
    what: 'a series that lost its conference is forgotten at once while others share it',
    edits: [
      {
        file: 'src/core/plan.ts',
        find: 'if (isSeries || !ledger.ofConference(binding)',
        replace: 'if (!ledger.ofConference(binding)',
      },
    ],
    caughtBy:
      'a moved occurrence keeps the conference that its series lost, also when the second half of the split goes (seriesChangesWhole: false)',
  },
  {
    id: 'P25',
    what: 'a conference is ended although an event out of sight shares it',
    edits: [
      {
        file: 'src/core/settle.ts',
        find: 'if (keeps && (away.length > 0 || hasStrayed(binding, look))) {',
        replace: 'if (keeps && hasStrayed(binding, look)) {',
      },
    ],
    caughtBy: 'a copy that is deleted leaves the conference to its original in a calendar that nobody watches',
  },
  {
    id: 'P26',
    what: 'a whole day counts as unchanged in a calendar of another zone',
    edits: [
      {
        file: 'src/core/fingerprint.ts',
        find: "const at = 'ms' in point ? point.ms : point.date;",
        replace: "if ('date' in point) return point.date;\n  const at = point.ms;",
      },
    ],
    caughtBy: { test: 'test/core/fingerprint.test.ts' },
  },
];
