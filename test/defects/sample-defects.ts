/**
 * S1 to S19: the defects of the sample in Google's documentation (docs/platform-facts.md names the page), each brought
 * into our own code at the place that keeps it out.
 */
import type { Defect } from './defect';

export const sampleDefects: Defect[] = [
  {
    id: 'S1',
    what: 'one sync token for all calendars of a user',
    edits: [
      {
        file: 'src/sync/sync-tokens.ts',
        find: 'return digest(calendarId.toLowerCase());',
        replace: "return digest(calendarId === '' ? '' : 'all');",
      },
    ],
    caughtBy: 'two calendars of one user are followed side by side',
  },
  {
    id: 'S2',
    what: 'an event without a conference is a TypeError',
    edits: [
      {
        file: 'src/core/stamp.ts',
        find: 'const given = row.conferenceData?.parameters?.addOnParameters;',
        replace: 'const given = row.conferenceData!.parameters!.addOnParameters;',
      },
    ],
    caughtBy: 'events without a conference, and conferences of others, are left alone',
  },
  {
    id: 'S3',
    what: 'the lost negation: an edit of a live event takes the delete branch',
    edits: [
      {
        file: 'src/core/diff.ts',
        find: "} else if (binding.state !== 'pending' && binding.state !== 'ending' && row.organizer !== undefined) {",
        replace: '}\n    if (row.organizer !== undefined) {',
      },
    ],
    caughtBy: 'an edit that has arrived leaves nothing to be done',
  },
  {
    id: 'S4',
    what: 'only rows that still show a conference are handed on',
    edits: [
      {
        file: 'src/sync/pass.ts',
        find: '[rows.filter((row) => !isOccurrence(row)), ',
        replace: '[rows.filter((row) => !isOccurrence(row) && row.conferenceData !== undefined), ',
      },
    ],
    caughtBy: 'deleting the event ends its conference after the grace period, not at once',
  },
  {
    id: 'S5',
    what: 'no memory of which event had which conference: taking it off is invisible',
    edits: [
      {
        file: 'src/core/diff.ts',
        find: "row.organizer !== undefined) {\n      changes.push({ kind: 'conference-dropped', binding, isSeries: (row.recurrence?.length ?? 0) > 0 });",
        replace: 'row.organizer !== undefined) {',
      },
    ],
    caughtBy: 'switching the event to Meet ends the conference',
  },
  {
    id: 'S6',
    what: 'the first list is ordered, so that it never yields a token',
    edits: [
      {
        file: 'src/gas/calendar-service.ts',
        find: '{ ...queries[plainness], ...at }',
        replace: "{ ...queries[plainness], ...at, ...(at.syncToken ? {} : { orderBy: 'updated' }) }",
      },
    ],
    caughtBy: 'only the first read of a calendar is a full one',
  },
  {
    id: 'S7',
    what: 'after a 410 only what changed in the last 24 hours is read',
    edits: [
      {
        file: 'src/gas/calendar-service.ts',
        find: '{ ...queries[plainness], ...at }',
        replace:
          '{ ...queries[plainness], ...at, ...(at.syncToken ? {} : { updatedMin: new Date(Date.now() - 86_400_000).toISOString() }) }',
      },
    ],
    caughtBy: 'an expired sync token loses nothing: edits and deletions of a three-day gap are found',
  },
  {
    id: 'S8',
    what: 'an expired token is recognised by an exact English sentence only',
    edits: [
      {
        file: 'src/core/errors.ts',
        find: 'if (status === 410) {',
        replace: "if (message === 'Sync token is no longer valid, a full sync is required.') {",
      },
    ],
    caughtBy: 'an expired sync token is recognised when the exception carries no details',
  },
  {
    id: 'S9',
    what: 'unbounded recursion on 410',
    edits: [
      {
        file: 'src/sync/read-delta.ts',
        find: 'return isAnew ? readPages(calendar, record.id, undefined, reading) : delta;',
        replace: 'return isAnew ? readDelta(calendar, record, budget, nowMs) : delta;',
      },
    ],
    caughtBy: 'a Google that calls every list out of date is asked twice and no more',
  },
  {
    id: 'S10',
    what: 'a trigger is taken for ours by its calendar alone',
    edits: [
      {
        file: 'src/sync/triggers.ts',
        find: "kind === 'calendar' && handler === SYNC_HANDLER && calendarId !== undefined",
        replace: 'calendarId !== undefined',
      },
    ],
    caughtBy: 'another trigger on the same calendar does not stand in for ours',
  },
  {
    id: 'S11',
    what: 'no lock: two passes interleave, and the older token overwrites the newer',
    edits: [{ file: 'src/gas/platform.ts', find: 'held = lock.tryLock(waitMs);', replace: 'held = true;' }],
    caughtBy: 'triggers that overlap deliver each change once, and the last word stands',
  },
  {
    id: 'S12a',
    what: 'one event that fails stops the whole calendar',
    edits: [
      {
        file: 'src/sync/act.ts',
        find: 'const outcome = outcomes[i] as Outcome;',
        replace:
          "const outcome = outcomes[i] as Outcome;\n    if (outcome.kind === 'refused' || 'refused' in outcome) throw new Error('The provider refused.');",
      },
    ],
    caughtBy: 'one conference that the server refuses does not hold up the others',
  },
  {
    id: 'S12b',
    what: 'a failure is swallowed and the token moves on',
    edits: [
      {
        file: 'src/core/outcome.ts',
        find: '  } else {\n    ledger.put(withAllButLeft(postponed(binding, outcome, context), action, outcome, context));',
        replace:
          '  } else {\n    const { todo: _lost, ...rest } = binding;\n    ledger.put({ ...rest, delivered: action.wanted });',
      },
    ],
    caughtBy: 'an edit made while the conference server is down arrives once it is back',
  },
  {
    id: 'S13',
    what: 'no time budget',
    edits: [
      {
        file: 'src/sync/budget.ts',
        find: 'allows: (reserveMs = COMMIT_RESERVE_MS) => leftMs() > reserveMs',
        replace: 'allows: (_reserveMs = 0) => leftMs() > Number.NEGATIVE_INFINITY',
      },
    ],
    caughtBy: 'a Google and a server that take their time are not asked beyond the time of an execution',
  },
  {
    id: 'S14',
    what: 'a cancelled occurrence is treated like a deleted series',
    edits: [
      {
        file: 'src/core/diff.ts',
        find: 'return [...diffGone(alone), ...diffOccurrence(row, ledger, context)];',
        replace: 'return diffGone([...alone, ...ledger.ofEvent(context.calendar, row.recurringEventId as string)]);',
      },
    ],
    caughtBy: 'cancelling one Tuesday leaves the series conference alone and cancels that occurrence',
  },
  {
    id: 'S15',
    what: "no organiser check: a guest's copy drives the host's conference",
    edits: [
      {
        file: 'src/core/diff.ts',
        find: 'if (stamp === undefined || known || stamp.owner !== context.ownerMark(stamp)) return changes;',
        replace: 'if (stamp === undefined || known) return changes;',
      },
      {
        file: 'src/core/diff.ts',
        find: 'if (!isOrganisersCopy(row, context.calendarId) || belongsToSeries(row, stamp, ledger, context)) return changes;',
        replace: 'if (belongsToSeries(row, stamp, ledger, context)) return changes;',
      },
    ],
    caughtBy: 'a copy that another person made of an event lets them end nothing',
  },
  {
    id: 'S16',
    what: 'a conference is known by the name of its solution',
    edits: [
      {
        file: 'src/core/stamp.ts',
        find: 'const solution = parameters?.[STAMP_KEYS.solution];',
        replace:
          "const shown = (row.conferenceData?.conferenceSolution as { name?: string } | undefined)?.name;\n  const solution = shown === 'Example Meet' ? parameters?.[STAMP_KEYS.solution] : undefined;",
      },
      {
        file: 'src/gas/calendar-service.ts',
        find: "'conferenceData(conferenceId,parameters)'",
        replace: "'conferenceData(conferenceId,conferenceSolution,parameters)'",
      },
    ],
    caughtBy: 'a solution that gets another name still follows its old conferences',
  },
  {
    id: 'S17',
    what: 'a failing trigger set-up makes the create fail after the provider made the conference',
    edits: [
      {
        file: 'src/sync/create.ts',
        find: '    if (!known) tendTriggers(deps, { ...entries, ...notes }, startMs, calendarId);',
        replace: "    if (!known) deps.triggers.watchCalendar('syncEvents', calendarId);",
      },
    ],
    caughtBy: 'with the cap of triggers reached, a create still gives a link',
  },
  {
    id: 'S18',
    what: 'a lost trigger is never made again',
    edits: [
      {
        file: 'src/sync/sweep.ts',
        find: 'const triggers = keepTriggers(ids, deps, entries, !isTriggers);',
        replace: 'const triggers = keepTriggers([], { ...deps, triggers: { ...deps.triggers, all: () => [] } });',
      },
    ],
    caughtBy: 'a trigger that was doubled or lost is put right by the sweep',
  },
  {
    id: 'S19',
    what: 'no recognition of what is known already: every row of ours costs a call',
    edits: [
      {
        file: 'src/core/fingerprint.ts',
        find: 'const isComparable = delivered.length === wanted.length;',
        replace: 'const isComparable = false;',
      },
    ],
    caughtBy: 'answers of guests cost no call to the conference server',
  },
  {
    id: 'S20',
    what: 'a trigger that is listed is taken for one that works',
    edits: [
      {
        file: 'src/sync/triggers.ts',
        find: '  } else if (isDead(name)) {',
        replace: '  } else if (isDead(name) && listed.length > 1) {',
      },
    ],
    caughtBy: 'with all triggers disabled the next conference brings new ones, and what was missed is followed',
  },
  {
    id: 'S21',
    what: 'a trigger is taken for dead because its calendar could not be read',
    edits: [
      {
        file: 'src/sync/heartbeat.ts',
        find: 'const signMs = Math.max(ownMs, beat.sweepMs ?? 0) || (record === undefined',
        replace: 'const signMs = (record === undefined',
      },
    ],
    caughtBy:
      'no trigger is taken for dead in days of triggers that work, calendars that cannot be read and missing grants',
  },
];
