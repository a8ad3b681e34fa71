/**
 * Joins the rooms of the sandbox into one world: users, their calendars, the add-on they installed, the conference
 * server it talks to, and time.
 *
 * With a virtual clock (the default) nothing happens by itself: `advance` and `settle` run what is due. With a clock of
 * one's own, whoever made it drives `script` and asks `nextDueMs`. Same options, same trace, byte for byte.
 */
import { CalendarService } from './calendar/service';
import type { CalendarDeps } from './calendar/types';
import { ConferenceServer } from './conference/server';
import type { ConferenceSolution } from './editor/conference-answer';
import { type CreateCall, Editor } from './editor/editor';
import { Grid } from './editor/grid';
import { Occurrences } from './editor/occurrences';
import { Person } from './editor/person';
import { type CardCall, SidePanel } from './editor/side-panel';
import { type AddOn, type ExecutionResult, type ScriptDeps, ScriptHost } from './script/host';
import { Agenda } from './world/agenda';
import { type Clock, type Due, VirtualClock } from './world/clock';
import { Faults } from './world/faults';
import { Internet } from './world/internet';
import { Random } from './world/random';
import { MemoryRecords, type Records } from './world/records';
import { type SwitchSettings, switchSettings } from './world/switches';
import { Trace } from './world/trace';

/** Monday morning, in a week without a clock change in Europe or America. */
export const DEFAULT_NOW = '2026-03-02T08:00:00Z';

/** Where the conference server stands in the sandbox's internet. */
export const CONFERENCE_HOST = 'meet.example.com';

export interface WorldOptions {
  seed?: string;
  /** Where virtual time begins, RFC 3339. */
  now?: string;
  /** A clock that moves by itself, instead of virtual time. */
  clock?: Clock;
  switches?: Partial<Record<string, unknown>>;
  records?: Records;
  addOn?: AddOn;
  /** How long calls take in virtual time. Default 'none'. */
  latency?: 'none' | 'typical';
  quota?: NonNullable<CalendarDeps['quota']>;
  /** How scripts are run; the default is as Google does. */
  script?: Pick<ScriptDeps, 'contexts' | 'computeLimitMs'>;
}

export interface UserOptions {
  displayName?: string;
  /** IANA name; default UTC. */
  timeZone?: string;
}

export class World {
  readonly clock: Clock;
  readonly records: Records;
  readonly random: Random;
  readonly trace = new Trace();
  readonly faults = new Faults();
  readonly switches: SwitchSettings;
  readonly calendar: CalendarService;
  readonly internet: Internet;
  readonly conferences: ConferenceServer;
  readonly conferenceHost = CONFERENCE_HOST;
  readonly editor: Editor;
  readonly grid: Grid;
  readonly panel: SidePanel;
  private readonly host: ScriptHost | undefined;
  private readonly agenda: Agenda | undefined;
  private readonly dues: Due[] = [];
  private readonly people = new Map<string, Person>();

  constructor(options: WorldOptions) {
    const virtual = options.clock === undefined ? new VirtualClock(startMs(options.now)) : undefined;
    this.clock = options.clock ?? (virtual as VirtualClock);
    this.records = options.records ?? new MemoryRecords();
    this.random = new Random(bootSeed(this.records, options.seed ?? 'lockstep'));
    this.switches = switchSettings(options.switches);
    const { clock, records, random, switches, faults, trace } = this;
    const shared = { clock, records, switches, faults, trace };
    this.calendar = new CalendarService({
      ...shared,
      random: random.fork('calendar'),
      ...(options.quota && { quota: options.quota }),
    });
    this.internet = new Internet({ clock, faults, trace });
    this.conferences = new ConferenceServer({ clock, records, random: random.fork('conference') });
    this.internet.add(CONFERENCE_HOST, this.conferences);
    this.agenda = virtual && new Agenda(virtual, this.dues);
    this.host = options.addOn && this.install(options.addOn, options);
    const { calendar } = this;
    const solutions = solutionsOf(options.addOn);
    this.editor = new Editor({ ...shared, random: random.fork('editor'), calendar, solutions });
    this.grid = new Grid({ calendar, clock, trace });
    const covers = (user: string, scopes: readonly string[]) => this.host?.authorization.covers(user, scopes) ?? true;
    this.panel = new SidePanel({ calendar, switches, covers, manifest: options.addOn?.manifest });
  }

  /** The Apps Script host; throws in a world without an add-on. */
  get script(): ScriptHost {
    if (this.host === undefined) throw new Error('This world has no add-on: pass one to createWorld({ addOn }).');
    return this.host;
  }

  /** Whether an add-on is installed. */
  get hasAddOn(): boolean {
    return this.host !== undefined;
  }

  /** Makes an account with its primary calendar; one that is there stays as it is. */
  addUser(email: string, options: UserOptions = {}): Person {
    this.calendar.createAccount({ email, ...options });
    return this.user(email);
  }

  /** An administrator gives somebody another primary address: the same person, calendar and grants under it. */
  renameUser(email: string, address: string): Person {
    const former = this.userEmail(email);
    this.calendar.renameAccount(former, address);
    this.host?.moveUser(former, address.toLowerCase());
    this.people.delete(email);
    return this.user(address.toLowerCase());
  }

  /**
   * Somebody leaves: the account ends with its calendars and all that scripts kept for it.
   * @param successor who gets the events to come; the id of their new calendar is returned.
   */
  removeUser(email: string, successor?: string): string | undefined {
    const former = this.userEmail(email);
    const calendarId = this.calendar.deleteAccount(former, successor && this.userEmail(successor));
    this.host?.moveUser(former, undefined);
    this.people.delete(email);
    return calendarId;
  }

  /** Somebody with an account. */
  user(email: string): Person {
    const known = this.people.get(email);
    if (known !== undefined) return known;
    const { editor, grid, calendar } = this;
    const occurrences = new Occurrences(calendar);
    const runCreate = (call: CreateCall) => this.runCreate(call);
    const person = new Person(this.userEmail(email), { editor, grid, occurrences, runCreate });
    this.people.set(email, person);
    return person;
  }

  /** The address as its account has it. Throws RangeError for nobody's. */
  userEmail(email: string): string {
    const accounts = this.calendar.accounts();
    const found = accounts.find((account) => account.email === email.toLowerCase());
    if (found !== undefined) return found.email;
    throw new RangeError(
      `There is no user ${email}. There are: ${accounts.map((account) => account.email).join(', ')}.`,
    );
  }

  /** Runs onCreateFunction in process, as the user whose editor asked. */
  runCreate({ user, functionName, args }: CreateCall): ExecutionResult {
    return this.script.run(user, functionName, args, 'create');
  }

  /** Runs a function that a card asked for, in process. */
  runCard({ user, functionName, args }: CardCall): ExecutionResult {
    return this.panel.shown(this.script.run(user, functionName, args, 'card'));
  }

  /** Lets virtual time pass, running all that is due on the way, in order. Returns how many pieces of work ran. */
  advance(ms: number): number {
    return this.virtual().advance(ms);
  }

  /** Runs until no trigger firing is due within the next minutes. Bounded. */
  settle(): number {
    return this.virtual().settle();
  }

  /** When the next piece of work is due, or undefined. */
  nextDueMs(): number | undefined {
    const times = this.dues.map((due) => due.nextDueMs()).filter((ms) => ms !== undefined);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  private virtual(): Agenda {
    if (this.agenda === undefined) throw new Error('This world runs on a clock that moves by itself.');
    return this.agenda;
  }

  private install(addOn: AddOn, { latency = 'none', script }: WorldOptions): ScriptHost {
    const { clock, records, switches, faults, trace, calendar, internet } = this;
    const host = new ScriptHost({
      addOn,
      calendar,
      internet,
      records,
      clock,
      random: this.random.fork('script'),
      switches,
      faults,
      trace,
      latency,
      ...script,
      elapse: (ms) => this.agenda?.elapse(ms),
    });
    this.dues.push(host);
    calendar.onChange((change) => host.calendarChanged(change));
    return host;
  }
}

/** A world with its users still to come: `addUser`. */
export function createWorld(options: WorldOptions = {}): World {
  return new World(options);
}

/** What the manifest puts into the conferencing menu. */
function solutionsOf(addOn: AddOn | undefined): ConferenceSolution[] {
  return (addOn?.manifest.addOns?.calendar?.conferenceSolution ?? []).map((solution) => ({
    ...solution,
    id: String(solution.id),
  }));
}

/** A world opened again on kept records must not draw the same ids again: each opening has a seed of its own. */
function bootSeed(records: Records, seed: string): string {
  const boots = records.get<number>('world', 'boots') ?? 0;
  records.put('world', 'boots', boots + 1);
  return boots === 0 ? seed : `${seed}/boot-${boots}`;
}

function startMs(now = DEFAULT_NOW): number {
  const ms = Date.parse(now);
  if (Number.isNaN(ms)) throw new RangeError(`createWorld: "${now}" is no time. Write it as 2026-03-02T08:00:00Z.`);
  return ms;
}
