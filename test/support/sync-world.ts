/** The shell over fakes: one user, one calendar, the sample vendor. What a test does not set is ordinary. */
import { DEFAULT_POLICIES } from '../../src/core/policies';
import type { Row } from '../../src/core/row';
import type { Grants } from '../../src/ports/grants';
import type { Authorisation, Duty } from '../../src/ports/platform';
import { exampleMeet } from '../../src/providers/example-meet';
import { createConference } from '../../src/sync/create';
import type { SyncDeps } from '../../src/sync/deps';
import { runPass } from '../../src/sync/pass';
import { runSweep } from '../../src/sync/sweep';
import { UserState } from '../../src/sync/user-state';
import { CALENDAR_ID, eventRow, NOW_MS, SOLUTION, stamped } from './core-world';
import { FakeCalendars } from './fake-calendar';
import { FakeMeet } from './fake-meet';
import { FakeClock, FakeLock, FakeLog, FakeMarks, FakeTriggers } from './fake-platform';
import { FakeStore } from './fake-store';

/** No provider asks for a person's own grant. */
const noGrants: Grants = {
  personal: [],
  accountOf: () => undefined,
  isConnected: () => false,
  connectUrl: () => undefined,
  complete: () => ({ kind: 'stale' }),
  disconnect: () => 'disconnected',
  passwords: [],
  enter: () => 'failed',
};

/** A person's consent, all of it but for these duties. */
export function consentLacking(...duties: Duty[]): Authorisation {
  return {
    lacks: (duty) => duties.includes(duty),
    consentUrl: () => (duties.length === 0 ? undefined : 'https://script.google.com/consent'),
  };
}

export function syncWorld(over: Partial<SyncDeps> = {}) {
  const store = new FakeStore();
  const lock = new FakeLock();
  const marks = new FakeMarks();
  const clock = new FakeClock(NOW_MS);
  const triggers = new FakeTriggers();
  const calendar = new FakeCalendars();
  const meet = new FakeMeet();
  const log = new FakeLog();
  calendar.add(CALENDAR_ID);
  let words = 0;
  const provider = exampleMeet({ baseUrl: 'https://meet.example.com/v1', auth: { kind: 'none' } });
  const deps: SyncDeps = {
    calendar,
    store,
    lock,
    marks,
    clock,
    triggers,
    authorisation: consentLacking(),
    http: meet,
    grants: noGrants,
    randomWord: () => `word${++words}`,
    seal: (secret) => secret,
    log: log.log,
    solutions: new Map([[SOLUTION, { id: SOLUTION, providerName: 'meet', provider }]]),
    policies: DEFAULT_POLICIES,
    scriptZone: 'Europe/Zurich',
    ...over,
  };
  const state = () => new UserState(store.readAll());
  return {
    deps,
    store,
    lock,
    marks,
    clock,
    triggers,
    calendar,
    meet,
    log,
    state,
    bindings: () => state().ledger.all(),
    create: (eventId = 'ev1', calendarId = CALENDAR_ID) => createConference(deps, SOLUTION, calendarId, eventId),
    pass: (...ids: string[]) => runPass(deps, ids.length > 0 ? ids : [CALENDAR_ID], 'calendar'),
    sweep: (repair = false) => runSweep(deps, { repair, by: repair ? 'person' : 'trigger' }),
    /** Creates a conference for the event and puts the event, with it, into the calendar: what a person does. */
    book(eventId = 'ev1', row: Partial<Row> = {}): string {
      const result = createConference(deps, SOLUTION, CALENDAR_ID, eventId);
      if (result.kind !== 'created') throw new Error(`The create failed: ${result.error}.`);
      const { conference, stamp } = result;
      calendar.put(CALENDAR_ID, eventRow({ id: eventId, conferenceData: stamped(conference.id, stamp.owner), ...row }));
      return conference.id;
    },
    /** The same event with its conference, changed. */
    edit(eventId: string, conferenceId: string, row: Partial<Row>): void {
      const owner = store.entries.get('lockstep.owner') ?? '';
      calendar.put(CALENDAR_ID, eventRow({ id: eventId, conferenceData: stamped(conferenceId, owner), ...row }));
    },
  };
}

export type SyncWorld = ReturnType<typeof syncWorld>;
