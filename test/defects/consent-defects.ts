/** Defects of what a person allows, and of the manifest that asks for it. */
import type { Defect } from './defect';

export const consentDefects: Defect[] = [
  {
    id: 'A1',
    what: 'a link is handed out whatever the person allows',
    edits: [
      {
        file: 'src/sync/create.ts',
        find: '  if (!couldFollow(deps)) return withoutConsent(deps);\n',
        replace: '',
      },
    ],
    caughtBy: 'no link is handed out without script.scriptapp, and it is once that is allowed',
  },
  {
    id: 'A2',
    what: 'sync asks for scopes that it does not need',
    edits: [
      {
        file: 'src/gas/consent.ts',
        find: 'const missing = DUTIES.filter((duty) => !SCOPES[duty].some(isGranted));',
        replace:
          'const missing = DUTIES.filter((duty) => !SCOPES[duty].every(isGranted) || !isGranted(AUTH + "calendar.addons.execute"));',
      },
    ],
    caughtBy: 'without calendar.addons.execute, which following does not need, a link is handed out and followed',
  },
  {
    id: 'A3',
    what: 'a service is told although the person has not allowed it, and each try is counted',
    edits: [
      {
        file: 'src/sync/act.ts',
        find: "  if (deps.authorisation.lacks('provider')) return { ...report, left: current.length };\n",
        replace: '',
      },
    ],
    caughtBy: { test: 'test/sync/consent.test.ts' },
  },
  {
    id: 'A4',
    what: 'cards do not say what is not allowed',
    edits: [
      {
        file: 'src/gas/consent-section.ts',
        find: '  if (lacking.length === 0) return undefined;\n',
        replace: '  if (lacking.length > -1) return undefined;\n',
      },
    ],
    caughtBy: 'no link is handed out without calendar.events.readonly, and it is once that is allowed',
  },
  {
    id: 'A5',
    what: 'without leave to run by triggers nothing is read when a card is opened',
    edits: [
      {
        file: 'src/surfaces.ts',
        find: "  if (!authorisation.lacks('triggers') || authorisation.lacks('calendar')) return;\n",
        replace: "  if (authorisation.lacks('triggers') || authorisation.lacks('calendar')) return;\n",
      },
    ],
    caughtBy: 'without leave to run by triggers the calendar is read when a card is opened',
  },
  {
    id: 'A6',
    what: 'a Google without sync tokens is asked the same for ever',
    edits: [
      {
        file: 'src/sync/sync-tokens.ts',
        find: 'const isEnough = tokenless + 1 >= TOKENLESS_LISTS && plainness < 2;',
        replace: 'const isEnough = tokenless + 1 >= TOKENLESS_LISTS && plainness > 2;',
      },
    ],
    caughtBy: 'a Google that names no place to go on from is asked more plainly, until it does',
  },
  {
    id: 'A7',
    what: 'focus times are not read',
    edits: [
      {
        file: 'src/gas/calendar-service.ts',
        find: "const EVENT_TYPES = ['default', 'focusTime', 'outOfOffice', 'workingLocation'];",
        replace: "const EVENT_TYPES = ['default'];",
      },
    ],
    caughtBy: 'a conference that Calendar lets a person choose for a focus time follows it',
  },
];
