/**
 * A stage: three people, their calendars, the add-on under test, and what a person can see of its conferences.
 *
 * A scenario speaks as users do and asserts what they would see. It is a value, so that the same scenario can be played
 * with the add-on as it is and with a defect put back (test/defects).
 */
import type { ConferenceRecord } from '../../sandbox/conference/conference';
import type { ConferenceExchange } from '../../sandbox/conference/server';
import type { EventHandle, NewEvent, Person } from '../../sandbox/editor/person';
import type { Inputs } from '../../sandbox/editor/side-panel';
import type { AddOn } from '../../sandbox/script/host';
import { createWorld, type World, type WorldOptions } from '../../sandbox/whole-world';
import type { Json, JsonObject } from '../../sandbox/world/json';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
export const SOLUTION = 'example-meet';

export interface Scenario {
  /** A true sentence in the present tense. */
  name: string;
  options?: Omit<WorldOptions, 'addOn'>;
  play(stage: Stage): void;
}

/** The scenario as it is, and once more under each of these settings of what nobody knows about Google. */
export function underEach(settings: ReadonlyArray<Record<string, unknown>>, scenario: Scenario): Scenario[] {
  const variants = settings.map((switches) => ({
    ...scenario,
    name: `${scenario.name} (${Object.entries(switches)
      .map(([name, value]) => `${name}: ${value}`)
      .join(', ')})`,
    options: { ...scenario.options, switches: { ...scenario.options?.switches, ...switches } },
  }));
  return [scenario, ...variants];
}

export class Stage {
  readonly world: World;
  readonly ana: Person;
  readonly ben: Person;
  readonly cleo: Person;

  constructor(
    private readonly addOn: AddOn,
    private readonly options: Omit<WorldOptions, 'addOn'> = {},
  ) {
    this.world = createWorld({ ...options, addOn });
    this.ana = this.world.addUser('ana@example.com', { timeZone: 'Europe/Zurich' });
    this.ben = this.world.addUser('ben@example.com', { timeZone: 'Europe/Zurich' });
    this.cleo = this.world.addUser('cleo@example.com', { timeZone: 'America/New_York' });
  }

  /** Tuesday 10 to 11 in Zurich with our conference, saved and followed for the first time. */
  readonly meeting = (changes: Partial<NewEvent> = {}, person = this.ana): EventHandle => {
    const event = person.createsEvent({ ...TUESDAY, conference: SOLUTION, ...changes });
    this.world.settle();
    return event;
  };

  /** The same stage before anything happened on it. */
  readonly again = (): Stage => new Stage(this.addOn, this.options);

  /** A calendar of Ana's beside her primary one. Its id. */
  readonly newCalendar = (settings: { timeZone?: string } = {}): string => {
    const request = { method: 'calendars.insert', params: {}, body: { summary: 'Team', ...settings } };
    return (this.world.calendar.handle(this.ana.email, request).body as { id: string }).id;
  };

  /** Lets somebody into one of Ana's calendars. */
  readonly share = (calendarId: string, person: Person, role = 'writer'): void => {
    this.api(this.ana, 'acl.insert', { calendarId }, { role, scope: { type: 'user', value: person.email } });
  };

  /** What another program does through the Calendar API, as `person`. Throws what Google refuses. */
  readonly api = (person: Person, method: string, params: Record<string, unknown>, body?: unknown): JsonObject => {
    const answer = this.world.calendar.handle(person.email, { method, params, ...(body !== undefined && { body }) });
    if (answer.status >= 300) throw new Error(`${method}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return (answer.body ?? {}) as JsonObject;
  };

  /** Things happen, and no trigger says so. */
  readonly unnoticed = <T>(act: () => T): T => {
    this.world.faults.always('trigger', { kind: 'drop' });
    const result = act();
    this.world.settle();
    this.world.faults.clear('trigger');
    return result;
  };

  /** One firing of a calendar's trigger, now. */
  readonly fires = (calendarId: string, person = this.ana): void => {
    this.world.script.run(person.email, 'syncEvents', [{ authMode: 'FULL', calendarId }], 'trigger');
  };

  /** The titles of the conferences that can be joined now, in alphabetical order. */
  readonly titles = (): string[] => {
    return this.live()
      .map(({ title }) => title)
      .sort();
  };

  /** All that the add-on's home card says. */
  readonly cardOf = (person = this.ana): string => {
    return JSON.stringify(this.world.script.run(person.email, 'showHome', [{}], 'card'));
  };

  /** The add-on's home card, to be read or clicked. */
  readonly homeOf = (person = this.ana): Json => {
    const result = this.world.runCard(this.world.panel.home(person.email));
    if (!result.ok) throw new Error(JSON.stringify(result));
    return result.value;
  };

  /** The card that the add-on shows beside an event. */
  readonly eventCardOf = (event: { calendarId: string; eventId: string }, person = this.ana): Json => {
    const result = this.world.runCard(this.world.panel.event(person.email, event));
    if (!result.ok) throw new Error(JSON.stringify(result));
    return result.value;
  };

  /** Ana clicks a button on a card. What the add-on answers. */
  readonly clicks = (card: Json, button: string, inputs: Inputs = {}): string => {
    const click = this.world.panel.click(this.ana.email, card, button, inputs);
    if ('opens' in click) throw new Error(`The button opens ${click.opens}.`);
    return JSON.stringify(this.world.runCard(click));
  };

  /** The conferences that can be joined now. */
  readonly live = (): ConferenceRecord[] => {
    return this.world.conferences.conferences();
  };

  /** The one conference that can be joined now. */
  readonly only = (): ConferenceRecord => {
    const [first, ...others] = this.live();
    if (first === undefined || others.length > 0) throw new Error(`${this.live().length} conferences instead of one.`);
    return first;
  };

  /** Calls that change something at the conference server, since the last time this was asked. */
  readonly newWrites = (): ConferenceExchange[] => {
    const all = this.world.conferences.requests().filter((exchange) => exchange.method !== 'GET');
    const fresh = all.slice(this.writesSeen);
    this.writesSeen = all.length;
    return [...fresh];
  };

  private writesSeen = 0;

  /** The service calls of everything that runs while `act` does: service and method, as the trace names them. */
  readonly callsIn = (act: () => void): string[] => {
    const before = this.world.trace.entries().at(-1)?.seq ?? 0;
    act();
    return this.world.trace
      .entries(before)
      .filter((entry) => entry.kind === 'service')
      .map((entry) =>
        entry.text
          .split(' ')
          .slice(0, entry.text.startsWith('Calendar ') ? 2 : 1)
          .join(' '),
      );
  };

  /** Lets triggers that are due run, then an hour pass, so that the sweep runs too. */
  readonly anHourLater = (): void => {
    this.world.settle();
    this.world.advance(HOUR_MS + 2 * MINUTE_MS);
  };

  /** How the executions of `handler` ended, since the beginning: `ends`, `threw …`, `killed: …`. */
  readonly executions = (handler: string): string[] => {
    return this.world.trace
      .entries()
      .filter((entry) => entry.kind === 'execution' && entry.text.startsWith(`${handler} `))
      .map((entry) => entry.text.slice(handler.length + 1))
      .filter((text) => !text.includes(' begins '));
  };

  /** The add-on's own log lines of one kind, since the beginning. */
  readonly logged = (event: string): Array<Record<string, unknown>> => {
    return this.world.trace
      .entries()
      .filter((entry) => entry.kind === 'log')
      .map((entry) => parseLog(entry.text))
      .filter((line) => line.event === event);
  };
}

export const TUESDAY: NewEvent = {
  summary: 'Design review',
  start: '2026-03-03T10:00:00',
  end: '2026-03-03T11:00:00',
  timeZone: 'Europe/Zurich',
};

export const WEEKLY = { ...TUESDAY, recurrence: ['RRULE:FREQ=WEEKLY;COUNT=8'] };

function parseLog(text: string): Record<string, unknown> {
  const from = text.indexOf('{');
  try {
    return from === -1 ? {} : (JSON.parse(text.slice(from)) as Record<string, unknown>);
  } catch {
    return {};
  }
}
