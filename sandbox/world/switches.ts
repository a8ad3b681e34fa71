/**
 * One switch for each thing nobody outside Google knows. The add-on must be right under every setting.
 *
 * Each switch names its row in docs/platform-facts.md; the default is the setting that evidence favours, or the
 * unkinder one where there is none.
 */
interface SwitchDefinition<T> {
  /** Row of docs/platform-facts.md. */
  fact: string;
  /** What it decides, as a question. */
  question: string;
  values: readonly T[];
  default: T;
}

function define<T>(definition: SwitchDefinition<T>): SwitchDefinition<T> {
  return definition;
}

export const SWITCHES = {
  apiWritesFireTriggers: define({
    fact: 'trigger-on-api-write',
    question: 'Does a write through the Calendar API (by anyone, the add-on included) fire EventUpdated triggers?',
    values: [true, false],
    default: true,
  }),
  tombstoneKeepsConference: define({
    fact: 'tombstone-detail',
    question: 'Does a cancelled row on the organiser calendar, listed with showDeleted, still carry conferenceData?',
    values: [false, true],
    default: false,
  }),
  orderByYieldsToken: define({
    fact: 'bootstrap-orderby',
    question: 'Does a list with orderBy end in a nextSyncToken?',
    values: [false, true],
    default: false,
  }),
  updatedMinYieldsToken: define({
    fact: 'bootstrap-updatedmin',
    question: 'Does a list with updatedMin end in a nextSyncToken?',
    values: [false, true],
    default: false,
  }),
  garbageTokenStatus: define({
    fact: 'garbage-token',
    question: 'Which status answers a sync token that Google never issued?',
    values: [400, 410],
    default: 410,
  }),
  seriesDeletionReportsExceptions: define({
    fact: 'series-deletion-rows',
    question: 'Does deleting a series report each stored exception as cancelled, beside its master?',
    values: [true, false],
    default: true,
  }),
  splitCopiesConference: define({
    fact: 'split-conference',
    question: 'Does "this and following" in the editor copy conferenceData to the new series?',
    values: [true, false],
    default: true,
  }),
  duplicateCallsCreate: define({
    fact: 'duplicate-create',
    question: 'Does duplicating an event in the editor call onCreateFunction again, instead of copying the conference?',
    values: [false, true],
    default: false,
  }),
  errorDetails: define({
    fact: 'error-details',
    question: "Does the advanced service's exception carry `details` beside its message?",
    values: [true, false],
    default: true,
  }),
  moveKeepsId: define({
    fact: 'move-id',
    question: 'Does an event moved to another calendar keep its id there?',
    values: [true, false],
    default: true,
  }),
  fetchAllRejectsWhole: define({
    fact: 'fetchall-rejects',
    question: 'Does one network fault in UrlFetchApp.fetchAll throw away the whole batch?',
    values: [true, false],
    default: true,
  }),
  rsvpBumpsSequence: define({
    fact: 'rsvp-sequence',
    question: "Does a guest's answer raise the event's sequence?",
    values: [false, true],
    default: false,
  }),
} as const;

export type SwitchName = keyof typeof SWITCHES;
export type SwitchSettings = { -readonly [K in SwitchName]: (typeof SWITCHES)[K]['values'][number] };

/** The defaults, with `given` laid over them. Throws on an unknown name or value, saying which are allowed. */
export function switchSettings(given: Partial<Record<string, unknown>> = {}): SwitchSettings {
  const settings = Object.fromEntries(
    Object.entries(SWITCHES).map(([name, definition]) => [name, definition.default]),
  ) as SwitchSettings;
  for (const [name, value] of Object.entries(given)) {
    const definition = SWITCHES[name as SwitchName] as SwitchDefinition<unknown> | undefined;
    if (definition === undefined) {
      throw new RangeError(`Unknown switch "${name}". Known: ${Object.keys(SWITCHES).join(', ')}.`);
    }
    if (!definition.values.includes(value)) {
      throw new RangeError(`Switch ${name} takes ${definition.values.join(' or ')}, not ${String(value)}.`);
    }
    (settings as Record<string, unknown>)[name] = value;
  }
  return settings;
}
