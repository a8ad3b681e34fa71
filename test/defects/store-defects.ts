/** Defects of memory: the order of writing, the lock, marks and intents. */
import type { Defect } from './defect';

export const storeDefects: Defect[] = [
  {
    id: 'D1',
    what: 'the sync token is written before the ledger',
    edits: [
      {
        file: 'src/sync/user-state.ts',
        find: '    if (Object.keys(first).length > 0) store.write(first);\n',
        replace: '',
      },
      {
        file: 'src/sync/user-state.ts',
        find: '    if (Object.keys(last).length > 0) store.write(last);',
        replace:
          '    if (Object.keys(last).length > 0) store.write(last);\n    if (Object.keys(first).length > 0) store.write(first);',
      },
    ],
    caughtBy: { test: 'test/sync/user-state.test.ts' },
  },
  {
    id: 'D2',
    what: 'the ledger is not written when the sync token is',
    edits: [
      {
        file: 'src/sync/user-state.ts',
        find: '    if (Object.keys(first).length > 0) store.write(first);\n\n    const last: Record<string, string> = {};',
        replace: '    const last: Record<string, string> = {};',
      },
      {
        file: 'src/sync/user-state.ts',
        find: '    if (Object.keys(last).length > 0) store.write(last);',
        replace: '    store.write(Object.keys(last).length > 0 ? last : first);',
      },
    ],
    caughtBy: { simulation: 3 },
  },
  {
    id: 'D3',
    what: 'the lock is not let go, and the next round of the same execution waits for itself',
    edits: [
      {
        file: 'src/sync/pass.ts',
        find: '    } finally {\n      deps.lock.release();\n    }',
        replace: '    } finally {\n      deps.marks.take([]);\n    }',
      },
    ],
    caughtBy: { test: 'test/sync/pass.test.ts' },
  },
  {
    id: 'D4',
    what: 'the lock is let go as soon as the state is read',
    edits: [
      {
        file: 'src/sync/pass.ts',
        find: 'state = new UserState(deps.store.readAll());',
        replace: 'state = new UserState(deps.store.readAll());\n      deps.lock.release();',
      },
    ],
    caughtBy: 'triggers that overlap deliver each change once, and the last word stands',
  },
  {
    id: 'D5',
    what: 'whoever holds the lock never looks for marks',
    edits: [
      {
        file: 'src/sync/pass.ts',
        find: "if (marked.length === 0) return 'done';",
        replace: "if (marked.length >= 0) return 'done';",
      },
    ],
    caughtBy: { test: 'test/sync/pass.test.ts' },
  },
  {
    id: 'D6',
    what: 'whoever finds the lock taken leaves no mark',
    edits: [
      {
        file: 'src/sync/pass.ts',
        find: '  for (const name of names) deps.marks.put(name);\n  if (deps.lock.tryTake(patienceMs(deps))) {',
        replace: '  if (deps.lock.tryTake(patienceMs(deps))) {',
      },
    ],
    caughtBy: { test: 'test/sync/pass.test.ts' },
  },
  {
    id: 'D7',
    what: 'the intent is written after the call',
    edits: [
      {
        file: 'src/sync/create.ts',
        find: 'deps.store.write({ ...first, ...notes, ...intentEntry(intent) });',
        replace: 'deps.store.write({ ...first, ...notes });',
      },
    ],
    caughtBy: 'a create that is killed right after the provider answered leaves no conference behind',
  },
  {
    id: 'D8',
    what: 'an intent is used up although nobody knows what became of the create',
    edits: [
      {
        file: 'src/sync/create.ts',
        find: 'if (!isUnknown(outcome)) safely(',
        replace: 'if (outcome.kind !== undefined) safely(',
      },
    ],
    caughtBy: 'a create whose answer is lost leaves no conference behind',
  },
  {
    id: 'D9',
    what: 'the key of a create is drawn anew for each attempt',
    edits: [
      {
        file: 'src/sync/create.ts',
        find: 'solution.provider.create(meeting, intent.word)',
        replace: 'solution.provider.create(meeting, deps.randomWord())',
      },
    ],
    caughtBy: 'a create whose first answer is lost gives one conference, not two',
  },
  {
    id: 'D10',
    what: 'the owner word is drawn anew for each conference',
    edits: [
      {
        file: 'src/sync/create.ts',
        find: 'const owner = word ?? wordThatStands(drawn as string, deps);',
        replace: 'const owner = deps.randomWord();',
      },
    ],
    caughtBy: 'an event moved to another watched calendar keeps its conference, and is followed there',
  },
  {
    id: 'D11',
    what: 'no mark is left while a provider is called',
    edits: [
      {
        file: 'src/sync/dead-pass.ts',
        find: '  for (const name of names) deps.marks.put(name);\n  try',
        replace: '  try',
      },
    ],
    caughtBy: 'a server that hangs does not lose the edit, and does not kill pass after pass',
  },
  {
    id: 'D12',
    what: 'a state that a newer version wrote is read as if it were ours',
    edits: [
      {
        file: 'src/sync/user-state.ts',
        find: '    checkSchema(entries);\n    const memory',
        replace: '    const memory',
      },
    ],
    caughtBy: 'a state that a newer version wrote is left untouched, and the add-on says what to do',
  },
  {
    id: 'D13',
    what: 'a shard grows without a limit',
    edits: [
      {
        file: 'src/sync/shards.ts',
        find: 'export const SHARD_LIMIT_BYTES = 8_000;',
        replace: 'export const SHARD_LIMIT_BYTES = 80_000;',
      },
      { file: 'src/sync/shards.ts', find: 'const FILL_BYTES = 7_000;', replace: 'const FILL_BYTES = 70_000;' },
    ],
    caughtBy: { test: 'test/sync/user-state.test.ts' },
  },
  {
    id: 'D14',
    what: 'addresses of calendars are told apart by case',
    edits: [
      {
        file: 'src/sync/sync-tokens.ts',
        find: 'return digest(calendarId.toLowerCase());',
        replace: 'return digest(calendarId);',
      },
    ],
    caughtBy: { test: 'test/sync/triggers.test.ts' },
  },
  {
    id: 'D15',
    what: 'a conference created in an unsaved event is never given up',
    edits: [
      {
        file: 'src/sync/intents.ts',
        find: "newToDo('settle', intent.bornMs, intent.bornMs + (intent.failed ? 0 : policies.unsavedHours) * HOUR_MS)",
        replace:
          "newToDo('deliver', intent.bornMs, intent.failed ? 0 * policies.unsavedHours * HOUR_MS : intent.bornMs)",
      },
    ],
    caughtBy: 'a conference in an event that is never saved ends after a day',
  },
  {
    id: 'D16',
    what: 'only the first shard is read again',
    edits: [
      {
        file: 'src/sync/shards.ts',
        find: 'Object.keys(entries).filter((key) => key.startsWith(SHARD_PREFIX))',
        replace: 'Object.keys(entries).filter((key) => key === SHARD_PREFIX + 0)',
      },
    ],
    caughtBy: { test: 'test/sync/user-state.test.ts' },
  },
  {
    id: 'D17',
    what: 'what a killed pass told its provider is believed to be undone',
    edits: [
      {
        file: 'src/sync/pass.ts',
        find: '  if (state.inDoubt) distrust(delta.rows, state, context);\n',
        replace: '',
      },
    ],
    caughtBy:
      'changes taken back after a pass that was killed while it told the server of them are taken back at the server, too',
  },
  {
    id: 'D18',
    what: 'a create trusts that a calendar it knows is watched',
    edits: [
      {
        file: 'src/sync/create.ts',
        find: 'nowMs - (record.readMs ?? 0) >= UNREAD_TOO_LONG_MS) return false;\n  return ![SWEEP_NAME, key].some(deadTriggers(entries, nowMs));',
        replace: 'nowMs < 0) return false;\n  return record !== undefined;',
      },
    ],
    caughtBy: 'uninstalling ends nothing; installed again, what happened meanwhile is found after the next create',
  },
  {
    id: 'D19',
    what: 'what is in doubt is forgotten after an hour, just before the sweep',
    edits: [{ file: 'src/gas/platform.ts', find: 'MARK_SECONDS = 21_600', replace: 'MARK_SECONDS = 3_600' }],
    caughtBy:
      'changes taken back after a pass that could not write down what it told are taken back at the server, too',
  },
  {
    id: 'D20',
    what: 'what is in doubt waits for a row that does not come',
    edits: [
      {
        file: 'src/sync/dead-pass.ts',
        find: 'const todo = isOwed ? newToDo',
        replace: 'const todo = !isOwed ? newToDo',
      },
    ],
    caughtBy: { test: 'test/sync/dead-pass.test.ts' },
  },
  {
    id: 'D21',
    what: 'what has failed often waits until the sweep after the next',
    edits: [
      {
        file: 'src/sync/sweep.ts',
        find: '    bringForward(state.ledger, deps.clock.nowMs());\n',
        replace: '',
      },
    ],
    caughtBy: { test: 'test/sync/sweep.test.ts' },
  },
  {
    id: 'D22',
    what: 'a shard that was cut is read as if it were whole',
    edits: [
      {
        file: 'src/sync/memory.ts',
        find: 'return expected !== undefined && (text === undefined || digest(text) !== expected);',
        replace: 'return expected !== undefined && text === undefined && digest(name) === expected;',
      },
    ],
    caughtBy:
      'a part of the ledger that is damaged is told of, made anew, and its conferences end with their events (cut)',
  },
  {
    id: 'D23',
    what: 'an event of which two passes have died is judged again',
    edits: [{ file: 'src/sync/in-hand.ts', find: 'DEATHS_TO_SET_ASIDE = 2', replace: 'DEATHS_TO_SET_ASIDE = 99' }],
    caughtBy: { test: 'test/sync/in-hand.test.ts' },
  },
  {
    id: 'D24',
    what: 'occurrences that lie behind take the room of those ahead',
    edits: [
      {
        file: 'src/core/bounds.ts',
        find: 'return dropBehind(series, ledger, nowMs) < MAX_OCCURRENCES;',
        replace: 'return nowMs < 0;',
      },
    ],
    caughtBy: { test: 'test/core/bounds.test.ts' },
  },
  {
    id: 'D25',
    what: 'a create hands out conferences while the state is another version’s',
    edits: [
      {
        file: 'src/sync/create.ts',
        find: '  if (!isReadable(entries)) return',
        replace: '  if (!isReadable({})) return',
      },
    ],
    caughtBy:
      'while the memory is a newer version’s nothing is changed, no conference is handed out, and the cards say why',
  },
];
