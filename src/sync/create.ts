/**
 * Creates a conference while a person waits: no lock, no sync, one read, two writes, one provider request
 * (the very first one reads twice).
 *
 * The intent is written first, so that an execution that dies after the provider has answered leaves a trace for the
 * sweep. The event may not exist yet: the conference gets placeholder data, and the first sync fills it in. Once the
 * provider has made the conference nothing that follows can make the create fail.
 *
 * Google: https://developers.google.com/workspace/add-ons/calendar/conferencing/create-conference
 */
import type { Meeting, Moment } from '../core/meeting';
import { FORBIDDEN, OWN_FAULT } from '../core/outcome';
import { HOUR_MS, MINUTE_MS } from '../core/policies';
import { withoutRefused } from '../core/refusal';
import { sealedText } from '../core/stamp';
import { localTimeIn } from '../core/zone';
import type { CreateResult } from '../ports/people';
import type { CreateOutcome } from '../ports/provider';
import { startBudget } from './budget';
import { couldFollow } from './consent';
import type { Solution, SyncDeps } from './deps';
import { deadTriggers, SWEEP_NAME } from './heartbeat';
import type { Intent } from './intents';
import { doneEntry, intentEntry } from './intents';
import type { Ended } from './provider-client';
import { begun, runOperations } from './provider-client';
import { faultOf, textsOf } from './provider-fault';
import { calendarKey, readCalendarRecords } from './sync-tokens';
import { isOfFields } from './tell';
import { expectedNotes, tendTriggers } from './triggers';
import { isReadable, OWNER_KEY, ownerIn, SCHEMA, SCHEMA_KEY, STORE_LIMIT_BYTES, storeBytes } from './user-state';

/** Google ends the callback after 30 s and its review wants 5; a second try is not begun after this. */
const RETRY_WITHIN_MS = 2_000;
/** Google: a conference id holds at most 512 characters. */
const MAX_ID_CHARS = 512;
const CREATE_BUDGET_MS = 20_000;

export function createConference(
  deps: SyncDeps,
  solutionId: string,
  calendarId: string,
  eventId: string,
): CreateResult {
  const startMs = deps.clock.nowMs();
  const solution = deps.solutions.get(solutionId);
  if (!couldFollow(deps)) return withoutConsent(deps);
  if (solution === undefined || !calendarId || !eventId) return failed('UNKNOWN', deps, 'bad-call');
  const entries = deps.store.readAll();
  if (storeBytes(entries) >= STORE_LIMIT_BYTES) return failed('PERMANENT', deps, 'store-full');
  // Nobody would follow a conference whose memory no pass can read.
  if (!isReadable(entries)) return failed('PERMANENT', deps, 'state-unreadable');

  const account = accountMark(solution, deps);
  const intent: Intent = {
    word: deps.randomWord(),
    calendarId,
    eventId,
    solution: solutionId,
    bornMs: startMs,
    ...(account !== undefined && { account }),
  };
  const word = ownerIn(entries);
  const drawn = word === undefined ? deps.randomWord() : undefined;
  if (drawn !== undefined && entries[SCHEMA_KEY] !== undefined) deps.log({ event: 'memory-damaged', code: 'owner' });
  const first = drawn === undefined ? {} : { [OWNER_KEY]: drawn, [SCHEMA_KEY]: SCHEMA };
  const known = isWatched(entries, calendarId, startMs);
  const notes = known ? {} : expectedNotes(calendarId, entries, startMs);
  deps.store.write({ ...first, ...notes, ...intentEntry(intent) });

  const tend = () => {
    if (!known) tendTriggers(deps, { ...entries, ...notes }, startMs, calendarId);
  };
  const outcome = askProvider(deps, solution, intent, startMs);
  if (outcome.kind !== 'created') return refused(outcome, solution, intent, tend, deps);

  const { conference } = outcome;
  if (!isUsableId(conference.id)) return unusable(intent, deps);
  safely(deps, () => deps.store.write(intentEntry({ ...intent, conference: conference.id })));
  tend();
  deps.log({ event: 'create', end: 'created', solution: solutionId, ms: deps.clock.nowMs() - startMs });
  const stamped = { solution: solutionId, conference: conference.id };
  const owner = word ?? wordThatStands(drawn as string, deps);
  return { kind: 'created', conference, stamp: { ...stamped, owner: deps.seal(owner, sealedText(stamped)) } };
}

/** Read here, the grant need not be read again for its token. */
export function accountMark({ providerName }: Solution, { grants }: SyncDeps): string | undefined {
  return grants.personal.includes(providerName) ? grants.accountOf(providerName)?.mark : undefined;
}

/** Two first creates at once draw two words, and the one written last stands. By now the provider has taken its time. */
function wordThatStands(drawn: string, deps: SyncDeps): string {
  try {
    return deps.store.readAll()[OWNER_KEY] ?? drawn;
  } catch {
    return drawn;
  }
}

/** The sweep reads every calendar hourly. One that was not read for so long may have lost its triggers, sweep and all. */
const UNREAD_TOO_LONG_MS = 45 * MINUTE_MS;

/** Asked with what was read already: looking at the triggers would cost every create a call. */
function isWatched(entries: Readonly<Record<string, string>>, calendarId: string, nowMs: number): boolean {
  const key = calendarKey(calendarId);
  const record = readCalendarRecords(entries).get(key);
  if (record === undefined || nowMs - (record.readMs ?? 0) >= UNREAD_TOO_LONG_MS) return false;
  return ![SWEEP_NAME, key].some(deadTriggers(entries, nowMs));
}

/** Asks the provider, once more if it failed quickly; the idempotency key makes the second try harmless where it can. */
export function askProvider(
  deps: SyncDeps,
  solution: Solution,
  intent: Intent,
  startMs: number,
): CreateOutcome | Ended {
  let meeting = placeholder(deps, intent.bornMs);
  const budget = startBudget(deps.clock, CREATE_BUDGET_MS);
  const ask = () => {
    const job = {
      provider: solution.providerName,
      operation: begun(() => solution.provider.create(meeting, intent.word)),
      threw: (thrown: unknown) =>
        deps.log({
          event: 'provider-fault',
          kind: 'create',
          solution: intent.solution,
          ...faultOf(thrown, textsOf(meeting)),
        }),
    };
    return runOperations<CreateOutcome>([job], deps.http, budget)[0] as CreateOutcome | Ended;
  };
  const first = ask();
  // The service may not know the zone; it was not made then, and a person is waiting.
  const isAgainInUtc = mayNotKnowZone(first) && meeting.start.timeZone !== 'UTC';
  if (isAgainInUtc) meeting = withoutRefused(meeting, ['zone'], meeting.title);
  const outcome = isAgainInUtc ? ask() : first;
  const again = outcome.kind === 'unavailable' && solution.provider.capabilities.idempotency === 'key';
  if (!again || deps.clock.nowMs() - startMs >= RETRY_WITHIN_MS) return outcome;
  const second = ask();
  // A refusal of the second try says nothing about the first, which may have been carried out.
  return second.kind === 'created' || !isUnknown(outcome) ? second : outcome;
}

function mayNotKnowZone(outcome: CreateOutcome | Ended): boolean {
  if (outcome.kind !== 'refused' || outcome.code === OWN_FAULT) return false;
  return isOfFields(outcome) && (outcome.of?.includes('zone') ?? true);
}

function refused(
  outcome: Exclude<CreateOutcome | Ended, { kind: 'created' }>,
  { providerName }: Solution,
  intent: Intent,
  tend: () => void,
  deps: SyncDeps,
): CreateResult {
  // Without an answer that is understood the conference may exist: the intent stays, and the sweep, if there is one,
  // finds out.
  if (!isUnknown(outcome)) safely(deps, () => deps.store.write(doneEntry(intent.word)));
  else {
    safely(deps, () => deps.store.write(intentEntry({ ...intent, failed: true })));
    tend();
  }
  switch (outcome.kind) {
    case 'unavailable':
    case 'limited':
      return failed('TEMPORARY', deps, outcome.kind);
    case 'unauthorised':
      return unauthorised(providerName, deps);
    case 'refused':
      return failed(outcome.code === FORBIDDEN ? 'PERMISSION_DENIED' : 'PERMANENT', deps, outcome.code);
  }
}

/** May the conference exist although the create did not say so? */
export function isUnknown(outcome: CreateOutcome | Ended): boolean {
  if (outcome.kind === 'unavailable') return !('undone' in outcome);
  return outcome.kind === 'refused' && outcome.code === OWN_FAULT;
}

/** In an address `.` and `..` lead to what is beside the conference or above it, however they are written. */
export function isUsableId(id: string): boolean {
  return id !== '' && id.length <= MAX_ID_CHARS && id !== '.' && id !== '..' && !/[\p{Cc}\p{Cs}]/u.test(id);
}

/** An id that Calendar, the ledger or an address cannot hold: the conference cannot be followed, so it is not handed out. */
function unusable(intent: Intent, deps: SyncDeps): CreateResult {
  safely(deps, () => deps.store.write(doneEntry(intent.word)));
  return failed('PERMANENT', deps, 'unusable-id');
}

/** Nobody would follow the link: the person is sent to where they allow what is missing. Nothing was asked of anybody. */
function withoutConsent(deps: SyncDeps): CreateResult {
  return signIn(deps.authorisation.consentUrl(), 'PERMISSION_DENIED', 'no-consent', deps);
}

/** The person can help that by connecting; where no person's grant is asked for, only the operator can. */
function unauthorised(providerName: string, deps: SyncDeps): CreateResult {
  return signIn(deps.grants.connectUrl(providerName), 'PERMANENT', 'unauthorised', deps);
}

function signIn(connectUrl: string | undefined, otherwise: PlainError, code: string, deps: SyncDeps): CreateResult {
  if (connectUrl === undefined) return failed(otherwise, deps, code);
  deps.log({ event: 'create', end: 'failed', error: 'AUTHENTICATION', code });
  return { kind: 'failed', error: 'AUTHENTICATION', connectUrl };
}

type PlainError = Exclude<Extract<CreateResult, { kind: 'failed' }>['error'], 'AUTHENTICATION'>;

function failed(error: PlainError, deps: SyncDeps, code: string): CreateResult {
  deps.log({ event: 'create', end: 'failed', error, code });
  return { kind: 'failed', error };
}

const WRITES_AT_MOST = 3;

/**
 * What there is of a conference stands in this write alone, where the create cannot be repeated: a refusal of a moment must
 * not lose it. What fails for good is repaired by the sweep, from the intent.
 */
function safely(deps: SyncDeps, write: () => void): void {
  for (let tries = 1; tries <= WRITES_AT_MOST; tries++) {
    try {
      write();
      return;
    } catch {
      // Once more.
    }
  }
  deps.log({ event: 'create', end: 'intent-unwritten' });
}

/** The next full hour, for one hour. From the intent alone: a repeated create must send the very same body. */
function placeholder(deps: SyncDeps, bornMs: number): Meeting {
  const startMs = Math.ceil(bornMs / HOUR_MS) * HOUR_MS;
  const at = (ms: number): Moment => {
    const local = localTimeIn(deps.scriptZone, ms);
    return local === undefined
      ? { ms, local: new Date(ms).toISOString().slice(0, 19), timeZone: 'UTC' }
      : { ms, local, timeZone: deps.scriptZone };
  };
  return {
    title: deps.policies.placeholderTitle,
    description: '',
    start: at(startMs),
    end: at(startMs + HOUR_MS),
    recurrence: [],
    guests: [],
  };
}
