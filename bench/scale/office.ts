/** One user with many conferences, a guest, and a clock that the measurement moves. */
import type { EventHandle, NewEvent, Person } from '../../sandbox/editor/person';
import type { AddOn, ExecutionResult } from '../../sandbox/script/host';
import type { OracleEvent } from '../../sandbox/simulation/day';
import { differences, references } from '../../sandbox/simulation/oracle';
import { createWorld, DEFAULT_NOW, type World, type WorldOptions } from '../../sandbox/whole-world';
import { VirtualClock } from '../../sandbox/world/clock';
import { Random } from '../../sandbox/world/random';
import { HOUR_MS, MINUTE_MS } from '../bench-world';
import { Overlap } from './overlap';
import { Tally } from './tally';

const ZONE = 'Europe/Zurich';
const GUEST = 'ben@example.com';
/** Made between two passes; the conference server takes 600 requests a minute. */
const BATCH = 100;
/** Every tenth event has a guest. */
const INVITED_EVERY = 10;

export class Office {
  readonly clock = new VirtualClock(Date.parse(DEFAULT_NOW));
  readonly world: World;
  readonly overlap: Overlap;
  readonly random: Random;
  readonly ana: Person;
  readonly ben: Person;
  /** Ana's meetings with a conference, oldest first. */
  readonly meetings: EventHandle[] = [];
  /** Ana's events without one. */
  readonly foreign: EventHandle[] = [];

  constructor(addOn: AddOn, options: Pick<WorldOptions, 'switches'> = {}) {
    this.world = createWorld({ seed: 'scale', ...options, addOn, clock: this.clock, latency: 'typical' });
    this.random = new Random('scale/office');
    this.overlap = new Overlap(this.world, this.clock);
    this.ana = this.world.addUser('ana@example.com', { timeZone: ZONE });
    this.ben = this.world.addUser(GUEST, { timeZone: ZONE });
  }

  /** Makes conferences until there are so many, follows each once, and lets the traces of making them be cleared away. */
  fill(conferences: number): void {
    this.unnoticed(() => {
      while (this.meetings.length < conferences) {
        for (let i = 0; i < BATCH && this.meetings.length < conferences; i++) this.meetings.push(this.makes());
        this.clock.moveTo(this.clock.nowMs() + MINUTE_MS);
        this.runs('syncEvents');
      }
      this.clearAway();
    });
  }

  /** Events of Ana's that are none of the add-on's business. */
  fillForeign(events: number): void {
    this.unnoticed(() => {
      while (this.foreign.length < events) this.foreign.push(this.makesForeign());
      this.runs('syncEvents');
    });
  }

  makes(changes: Partial<NewEvent> = {}): EventHandle {
    const number = this.meetings.length;
    return this.ana.createsEvent({
      ...at(number, `Meeting ${number}`),
      conference: this.world.editor.solutions[0]?.id as string,
      ...(number % INVITED_EVERY === 0 && { guests: [GUEST] }),
      ...changes,
    });
  }

  makesForeign(): EventHandle {
    return this.ana.createsEvent(at(this.foreign.length, `Something else ${this.foreign.length}`));
  }

  /** Ana moves the meeting to half an hour later; the provider ought to hear of it. */
  shifts(event: EventHandle, tally: Tally): void {
    const startMs = event.startMs + 30 * MINUTE_MS;
    this.ana.drags(event, instant(startMs), instant(startMs + HOUR_MS));
    tally.expect(conferenceOf(event));
  }

  renames(event: EventHandle, tally: Tally): void {
    this.ana.edits(event, { summary: `Renamed ${this.random.text(8)}` });
    tally.expect(conferenceOf(event));
  }

  /** `count` of Ana's meetings, none twice; only those with a guest if wanted. */
  pick(count: number, invited = false): EventHandle[] {
    const from = this.meetings.filter((_, i) => !invited || i % INVITED_EVERY === 0);
    for (let i = from.length - 1; i > 0; i--) {
      const j = this.random.int(i + 1);
      [from[i], from[j]] = [from[j] as EventHandle, from[i] as EventHandle];
    }
    return from.slice(0, count);
  }

  /** Runs one of the add-on's functions at once, in this thread and in no time of the world's. */
  runs(handler: string): ExecutionResult {
    return this.world.script.run(this.ana.email, handler, [{ calendarId: this.ana.email }], 'trigger');
  }

  /** Things happen, and no trigger of a calendar says so. */
  unnoticed(act: () => void): void {
    this.world.faults.always('trigger.syncEvents', { kind: 'drop' });
    act();
    this.world.faults.clear('trigger.syncEvents');
  }

  /** Lets what is under way come to an end. */
  async rest(): Promise<void> {
    await this.overlap.run(10 * MINUTE_MS);
  }

  tally(): Tally {
    return new Tally(this.world);
  }

  get stateBytes(): number {
    const entries = Object.entries(this.world.script.userProperties(this.ana.email));
    return entries.reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0);
  }

  /** Events whose conference is missing or not as the event is, and conferences that no event refers to. */
  wrong(): { lost: string[]; orphans: string[] } {
    const referred = references(this.rows());
    const live = new Map(this.world.conferences.conferences().map((conference) => [conference.id, conference]));
    const lost = [...referred].flatMap(([id, events]) => {
      const conference = live.get(id);
      // Of several events that share a conference one drives it.
      const agrees = conference !== undefined && events.some((event) => differences(conference, event).length === 0);
      return agrees ? [] : [id];
    });
    return { lost, orphans: [...live.keys()].filter((id) => !referred.has(id)) };
  }

  /** The hours after a burst of creates, in which their traces are removed: one sweep an hour, in no time of the world's. */
  private clearAway(): void {
    const used = () =>
      Object.entries(this.world.script.userProperties(this.ana.email)).some(([, value]) => value === '');
    for (let hours = 0; used() && hours < 200; hours++) {
      this.clock.moveTo(this.clock.nowMs() + HOUR_MS);
      this.runs('sweepHourly');
    }
  }

  private rows(): OracleEvent[] {
    const rows: OracleEvent[] = [];
    let pageToken: string | undefined;
    do {
      const params = {
        calendarId: this.ana.email,
        showDeleted: true,
        maxResults: 2500,
        ...(pageToken && { pageToken }),
      };
      const answer = this.world.calendar.handle(this.ana.email, { method: 'events.list', params }, 'editor');
      const body = answer.body as { items: OracleEvent[]; nextPageToken?: string };
      for (const item of body.items) rows.push({ ...item, calendarId: this.ana.email });
      pageToken = body.nextPageToken;
    } while (pageToken !== undefined);
    return rows;
  }
}

export function conferenceOf(event: EventHandle): string {
  return event.conference?.conferenceId as string;
}

/** An hour on one of 200 days, months from now. */
function at(number: number, summary: string): NewEvent {
  const day = new Date(Date.UTC(2026, 8, 1 + (number % 200))).toISOString().slice(0, 10);
  return { summary, start: `${day}T10:00:00`, end: `${day}T11:00:00`, timeZone: ZONE };
}

function instant(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
