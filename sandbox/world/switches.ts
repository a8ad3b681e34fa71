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
    default: 400,
  }),
  seriesDeletionReportsExceptions: define({
    fact: 'series-deletion-rows',
    question: 'Does deleting a series report each stored exception as cancelled, beside its master?',
    values: [true, false],
    default: true,
  }),
  emptySeriesStay: define({
    fact: 'series-of-nothing',
    question: 'Does a series live on when its last occurrence is deleted, one by one?',
    values: [true, false],
    default: true,
  }),
  splitCopiesConference: define({
    fact: 'split-conference',
    question: 'Does "this and following" in the editor copy conferenceData to the new series?',
    values: [true, false],
    default: true,
  }),
  splitTellsReset: define({
    fact: 'split-reset',
    question: 'Is an exception that "this and following" puts back told as cancelled in the next incremental list?',
    values: [true, false],
    default: true,
  }),
  allEventsReach: define({
    fact: 'all-events',
    question:
      'What does a new title or text for "all events" reach: exceptions and other halves too, or the series alone?',
    values: ['family', 'series'],
    default: 'family',
  }),
  privacyIsSeriesWide: define({
    fact: 'series-privacy',
    question: 'Does making one occurrence private make its whole series private?',
    values: [true, false],
    default: true,
  }),
  duplicateCallsCreate: define({
    fact: 'duplicate-create',
    question: 'Does duplicating an event in the editor call onCreateFunction again, instead of copying the conference?',
    values: [false, true],
    default: false,
  }),
  createGetsSeriesId: define({
    fact: 'editor-create-occurrence',
    question: "Is onCreateFunction told the series' id when the editor shows one of its occurrences?",
    values: [false, true],
    default: false,
  }),
  failedCreateRemovesConference: define({
    fact: 'editor-failed-then-save',
    question: 'Does saving after a failed creation take off the conference that the event had?',
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
  cancelledOccurrenceKeepsDetails: define({
    fact: 'tombstone-occurrence',
    question: 'Do get and a list with showDeleted tell all of a cancelled occurrence of a live series?',
    values: [true, false],
    default: true,
  }),
  guestTombstone: define({
    fact: 'tombstone-guest',
    question: "What do get and a list with showDeleted tell of a guest's copy that the organiser deleted or withdrew?",
    values: ['whole', 'bare'],
    default: 'whole',
  }),
  trimmedException: define({
    fact: 'trimmed-exception',
    question: 'What do get and a list with showDeleted tell of an exception that its shortened series no longer has?',
    values: ['bare', 'detailed'],
    default: 'bare',
  }),
  guestsLeftOut: define({
    fact: 'guests-left-out',
    question:
      'Do answers leave out guests unasked (without maxAttendees): none, those of lists, those of a get as well?',
    values: ['none', 'lists', 'all'],
    default: 'none',
  }),
  movedTombstone: define({
    fact: 'moved-tombstone',
    question: 'What do get and a list with showDeleted tell of an event that was moved to another calendar?',
    values: ['detailed', 'bare', 'placeholder', 'absent'],
    default: 'detailed',
  }),
  moveAnswers: define({
    fact: 'move-answer',
    question: 'Which row does events.move answer: what is left on the source, or what came to the destination?',
    values: ['source', 'destination'],
    default: 'source',
  }),
  formerAddressAnswers: define({
    fact: 'renamed-address',
    question: 'Does the Calendar API find a primary calendar under the address that its owner had before?',
    values: [false, true],
    default: false,
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
  guestEditsFlowBack: define({
    fact: 'guest-edits',
    question: "Where guestsCanModify is set, does a guest's edit of shared fields reach the organiser and everybody?",
    values: [true, false],
    default: true,
  }),
  masterEditReachesExceptions: define({
    fact: 'series-edit-exceptions',
    question: "Does an edit of a whole series change a stored exception that still had the series' old value?",
    values: [true, false],
    default: true,
  }),
  seriesChangesWhole: define({
    fact: 'series-family',
    question: 'Does a change of a series or of one occurrence list the series and all its exceptions, with one etag?',
    values: [true, false],
    default: true,
  }),
  emptyPages: define({
    fact: 'empty-pages',
    question: 'Are pages of long lists, or of any list, served empty with a nextPageToken?',
    values: [true, false, 'anywhere'],
    default: true,
  }),
  filtersYieldToken: define({
    fact: 'bootstrap-filters',
    question: 'Does a list with q, iCalUID or an extended-property filter end in a nextSyncToken?',
    values: [false, true],
    default: false,
  }),
  eventTypesYieldToken: define({
    fact: 'bootstrap-event-types',
    question: 'Does a list of some event types end in a nextSyncToken?',
    values: [true, false],
    default: true,
  }),
  fieldsYieldToken: define({
    fact: 'bootstrap-fields',
    question: 'Does a list with a fields mask that names nextSyncToken end in one?',
    values: [true, false],
    default: true,
  }),
  statusEventsTakeConferences: define({
    fact: 'status-events',
    question: 'May a person choose a conference for a focus time, an absence or a working location?',
    values: [false, true],
    default: false,
  }),
  seedWindowKept: define({
    fact: 'seed-window',
    question: 'Do incremental lists leave out live events outside the timeMin and timeMax of the seeding list?',
    values: [false, true],
    default: false,
  }),
  changedQueryStatus: define({
    fact: 'changed-query',
    question: 'What answers a sync token sent with another query than the one it came from (singleEvents, eventTypes)?',
    values: ['served', 400, 410],
    default: 'served',
  }),
  addOnTriggerLimitMs: define({
    fact: 'add-on-trigger-limit',
    question: 'How long may an installable trigger of an add-on run, in milliseconds?',
    values: [30_000, 360_000],
    default: 30_000,
  }),
  triggersCoalesce: define({
    fact: 'trigger-coalescing',
    question: 'Is a change merged into a firing of the same trigger that has not run yet?',
    values: [false, true],
    default: false,
  }),
  lockObjectsContend: define({
    fact: 'lock-objects',
    question: 'Do two Lock objects of one execution contend with each other?',
    values: [true, false],
    default: true,
  }),
  addOnOneShotsAtMostHourly: define({
    fact: 'add-on-one-shots',
    question: "Is an add-on's one-shot clock trigger put off to an hour after its creation?",
    values: [true, false],
    default: true,
  }),
  propertyValueLimitBytes: define({
    fact: 'property-value-limit',
    question: 'How many bytes may a property value hold: as documented, or as somebody measured?',
    values: [9216, 8066],
    default: 9216,
  }),
  addOnConferenceByApi: define({
    fact: 'conference-by-api',
    question: "What becomes of an add-on's conference that is written through the API: refused, kept, or kept bare?",
    values: ['refused', 'accepted', 'unstamped'],
    default: 'refused',
  }),
  scopeRefusal: define({
    fact: 'scope-refusal',
    question:
      'How is a call refused whose scope a person left unticked: two wordings of Apps Script, or the API itself?',
    values: ['permission', 'specified', 'by-api'],
    default: 'permission',
  }),
  missingScopesPromptFirst: define({
    fact: 'scopes-prompt',
    question: "Does Google ask for the missing scopes before it runs an add-on's card or create function?",
    values: [false, true],
    default: false,
  }),
  authorizedScopesListed: define({
    fact: 'scopes-listed',
    question: 'Does getAuthorizedScopes() list what is granted while something else is missing, or answer null?',
    values: [true, false],
    default: true,
  }),
  openEventNeedsScope: define({
    fact: 'scopes-open-event',
    question: 'Is an add-on told nothing of the open event while the scope to read it is not granted?',
    values: [false, true],
    default: false,
  }),
  unlistedLinks: define({
    fact: 'open-link',
    question:
      'Which addresses of a card are refused unless openLinkUrlPrefixes has them (the last: none without a list)?',
    values: ['links', 'links-and-authorizations', 'links-if-listed'],
    default: 'links',
  }),
  formInputsUnderEmptyKey: define({
    fact: 'form-input-key',
    question: 'Does what a person entered on a card stand below an empty key of its field, or at the field itself?',
    values: [true, false],
    default: true,
  }),
  conferenceNeedsId: define({
    fact: 'conference-without-id',
    question: 'Is a conference without an id refused when it is built?',
    values: [false, true],
    default: false,
  }),
  listsBecomeText: define({
    fact: 'bridge-text',
    question: 'Does a service that takes text take a list for its text too, as it takes a number?',
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
    const definition = (Object.hasOwn(SWITCHES, name) ? SWITCHES[name as SwitchName] : undefined) as
      | SwitchDefinition<unknown>
      | undefined;
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
