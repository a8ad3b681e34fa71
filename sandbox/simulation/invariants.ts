/**
 * The promises, as they can be checked from outside: calendars, conference server, stored properties and log. Written
 * from what is promised to people and from Google's documentation; no add-on is imported or read.
 */
import type { TraceEntry } from '../world/trace';
import { CANARY } from './choosing';
import type { Conference, Day, OracleEvent } from './day';
import { wasNeverSeen } from './moving';
import { allRows, references } from './oracle';
import { isToAnother } from './signing-in';

/** Requests that make no conference although they are sent to its service. */
const SIGN_IN = /\/(access_token|authorize|token) -> /;
/** Google: 500 kB a store, 9 kB a value. */
const STORE_BYTES = 500_000;
const VALUE_BYTES = 9_216;

/** Watches for what must never happen, not even for a moment. */
export class Watch {
  readonly violations: string[] = [];
  /** Conferences that were cancelled while nothing referred to them. An event restored later points at nothing. */
  readonly endedRightly = new Set<string>();
  private known: ReadonlySet<string> = new Set();

  constructor(private readonly day: Day) {
    day.onPause = () => this.afterStep();
  }

  /** After every step: no conference was cancelled that a live event of its owner refers to. */
  afterStep(): void {
    const live = new Set(this.day.service.conferences()?.map(({ id }) => id));
    const gone = [...this.known].filter((id) => !live.has(id));
    this.known = live;
    if (gone.length === 0) return;
    const referred = references(allRows(this.day));
    for (const id of gone) {
      // From where an add-on stands, an event that went before it could be read has never been there.
      if (referred.get(id)?.every((event) => wasNeverSeen(this.day, event)) ?? true) this.endedRightly.add(id);
      else this.violations.push(`conference ${id} was cancelled although a live event refers to it`);
    }
  }
}

/** When all has been quiet and every sweep has run: provider and calendar agree. */
export function disagreements(day: Day, watch: Watch): string[] {
  const rows = allRows(day);
  const referred = references(rows);
  const found: string[] = [];
  const served = day.service.conferences();
  if (served === undefined) return found;
  const live = new Map(served.map((conference) => [conference.id, conference]));
  const alone = [...live.values()]
    .filter(({ id }) => !referred.has(id) && !day.outOfSight.has(id) && !day.forgotten.has(id))
    .filter((conference) => canBeKnown(day, conference));
  // What was made for a create that failed is for an event; of which one, only the add-on knows.
  const untold = alone.filter((one) => isMadeUntold(day, one)).slice(0, day.failedOutOfSight);
  for (const one of alone) if (!untold.includes(one)) found.push(`conference ${one.id} lives on without an event`);
  for (const [id, events] of referred) {
    const conference = live.get(id);
    if (conference === undefined) {
      if (!watch.endedRightly.has(id)) found.push(`an event refers to conference ${id}, which does not exist`);
    } else if (!day.outOfSight.has(id) && isFollowed(day, events) && !isDenied(day, id))
      found.push(...closest(conference, events, rows, day));
  }
  return found;
}

/** What the trace tells of the execution that made a conference; of all that did so at that moment, if there are several. */
function makingOf({ world, service }: Day, { madeMs }: Conference): TraceEntry[] {
  const entries = world.trace.entries();
  const posts = entries.filter(({ kind, text, atMs }) => {
    return kind === 'internet' && atMs >= madeMs && text.startsWith(`POST ${service.host}/`) && !SIGN_IN.test(text);
  });
  const makers = posts.filter(({ atMs }) => atMs === posts[0]?.atMs).map(({ by }) => by);
  return [...new Set(makers)].flatMap((maker) => {
    const [first, last] = entries.filter(({ kind, by }) => kind === 'execution' && by === maker);
    return entries.filter(({ seq }) => first && seq >= first.seq && seq <= (last ?? first).seq);
  });
}

/** Made by no create that told somebody of it: by one that was killed or failed, or by a sweep. */
function isMadeUntold(day: Day, conference: Conference): boolean {
  const making = makingOf(day, conference).map(({ text }) => text);
  const isCreates = making.some((text) => text.includes(' (create) begins for '));
  return !isCreates || making.some((text) => / killed: |"event":"create","end":"failed"/.test(text));
}

/**
 * The provider has not said twice that there is no such conference. And where a create cannot be repeated, nothing
 * disturbed it.
 */
function canBeKnown(day: Day, conference: Conference): boolean {
  const isStray = !day.service.repeatsCreates && makingOf(day, conference).some(isDisturbance);
  return !isDenied(day, conference.id) && !isStray;
}

/**
 * The provider has said twice, and last, that there is no such conference. Then it counts as gone, and its event's card
 * shows that. What it says of an occurrence is about that alone, and what it says to another account about none.
 */
function isDenied(day: Day, conferenceId: string): boolean {
  const answers = day.world.trace
    .entries()
    .filter(({ kind, text }) => {
      return kind === 'internet' && text.includes(conferenceId) && !text.includes('/occurrences/');
    })
    .filter((answer) => !isToAnother(day, answer, conferenceId));
  const last = answers.slice(-2);
  return last.length === 2 && last.every(({ text }) => / -> 4(04|10)$/.test(text));
}

function isDisturbance({ kind, text }: TraceEntry): boolean {
  return kind === 'fault' || (kind === 'internet' && !/ -> 20\d$/.test(text));
}

/** A conference is followed on calendars that somebody in the day has the add-on watch. */
function isFollowed(day: Day, events: readonly OracleEvent[]): boolean {
  const watched = new Set(day.world.script.triggers().map(({ calendarId }) => calendarId?.toLowerCase()));
  return events.every(({ calendarId }) => watched.has(calendarId.toLowerCase()));
}

/** With several events on one conference, it shows one of them. */
function closest(
  conference: Conference,
  events: readonly OracleEvent[],
  rows: readonly OracleEvent[],
  day: Day,
): string[] {
  const each = events.map((event) => conference.differences(event, rows, day));
  if (each.some((found) => found.length === 0)) return [];
  return (each[0] ?? []).map((what) => `conference ${conference.id} of event ${events[0]?.id}: ${what}`);
}

/** State within its bounds, and nothing personal in it or in any log line. */
export function leaks(day: Day): string[] {
  const found: string[] = [];
  const addresses = day.players.map(({ person }) => person.email);
  for (const { person } of day.players) {
    const stored = day.world.script.userProperties(person.email);
    const text = JSON.stringify(stored);
    if (Buffer.byteLength(text) > STORE_BYTES) found.push(`the store of ${person.email} is over its bound`);
    for (const [key, value] of Object.entries(stored)) {
      if (Buffer.byteLength(value) > VALUE_BYTES) found.push(`property ${key} is over its bound`);
    }
    if (text.includes(CANARY)) found.push('a title or a description stands in the store');
  }
  for (const { kind, text } of day.world.trace.entries()) {
    if (kind !== 'log') continue;
    if (text.includes(CANARY)) found.push(`a title or a description stands in a log line: ${text}`);
    if (addresses.some((address) => text.includes(address))) found.push(`an address stands in a log line: ${text}`);
  }
  return found;
}
