/**
 * One simulated day: a seed decides who plays, what they do, what goes wrong and when; then comes quiet, and the promises
 * are checked. Same seed, same trace, byte for byte.
 */
import { createHash } from 'node:crypto';
import { watched } from '../script/context';
import type { AddOn } from '../script/host';
import type { Trace } from '../world/trace';
import { openChangedEvents } from './at-vendor';
import { castDay, type SwitchChoice } from './cast';
import { linksInVain } from './consent';
import type { Day } from './day';
import { doSomething } from './deeds';
import { disagreements, leaks, Watch } from './invariants';
import { endMisfortunes, strikeOnce } from './misfortunes';
import { noiseOfAnswers, noiseOfQuiet } from './noise';
import type { ServiceName } from './services/all';
import { everybodyComesBack } from './signing-in';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Real time in which any day is played; more, and a script computes without end. */
const DAY_LIMIT_MS = 120_000;
/** An unsaved event's conference is expected to wait a day; grace periods, pauses and back-off are shorter. */
export const QUIET_HOURS = 30;
/** What a card has found at a service is put right with the next hourly run. */
const HOURS_AFTER_CARDS = 2;
/** Characters of the trace that are digested at a time. */
const DIGEST_CHARS = 1 << 16;

export interface RunOptions {
  hours: number;
  /** Hours after it in which nothing happens: the add-on's longest wait must come to its end in them. Default 30. */
  quietHours?: number;
  switches: SwitchChoice;
  /** Where the add-on makes its conferences; default: the sample's own server. */
  service?: ServiceName;
  /** How the add-on's executions are run, default 'fresh'; the trace must be the same. */
  contexts?: 'fresh' | 'kept';
  /** Told each deed, misfortune and finding as it happens. */
  tell?(line: string, day: Day): void;
}

export interface RunReport {
  seed: string;
  /** Of every trace entry, in order. */
  hash: string;
  violations: string[];
  /** Hosts that the add-on asked and that nobody imitates: of such a day nothing can be said. */
  strangers: string[];
  /** Kinds of misfortune that were planned. */
  misfortunes: string[];
  deeds: number;
  executions: number;
}

/** Throws only for a defect of the sandbox, and for a script that computes without end. */
export function runDay(seed: string, addOn: AddOn, options: RunOptions): RunReport {
  return watched(DAY_LIMIT_MS, () => playDay(seed, addOn, options));
}

function playDay(seed: string, addOn: AddOn, options: RunOptions): RunReport {
  const day = castDay(seed, addOn, options.switches, options.contexts, options.service);
  const digest = new TraceDigest(day.world.trace);
  const watch = new Watch(day);
  const tell = (line: string) => options.tell?.(line, day);
  const misfortunes = new Set<string>();
  const deeds = playHours(day, options, watch, misfortunes, tell);

  endMisfortunes(day);
  tell('all is well again; quiet begins');
  for (const { draft, owner } of day.drafts.splice(0)) owner.person.discards(draft);
  day.world.settle();
  watch.afterStep();
  const quietHours = (options.quietHours ?? QUIET_HOURS) + (isDisabledAgain(day) ? HOURS_UNTIL_RENEWED : 0);
  for (let hour = 0; hour < quietHours; hour++) {
    day.world.advance(HOUR_MS);
    openCards(day);
    watch.afterStep();
  }
  everybodyComesBack(day, () => {
    day.world.advance(HOUR_MS);
    watch.afterStep();
  });
  openChangedEvents(day);
  if (day.changedAtVendor.size > 0) {
    for (let hour = 0; hour < HOURS_AFTER_CARDS; hour++) day.world.advance(HOUR_MS);
    watch.afterStep();
  }
  tell('the quiet is over; the promises are checked');
  const strangers = day.world.internet.strangers();
  if (strangers.length > 0) return { ...report(seed, digest, misfortunes, deeds), violations: [], strangers };
  const violations = [
    ...watch.violations,
    ...disagreements(day, watch),
    ...noiseOfQuiet(day, () => day.world.advance(HOUR_MS)),
    ...noiseOfAnswers(day, () => day.world.advance(HOUR_MS)),
    ...leaks(day),
  ];
  return { ...report(seed, digest, misfortunes, deeds), violations, strangers };
}

function report(seed: string, digest: TraceDigest, misfortunes: Set<string>, deeds: number) {
  return { seed, hash: digest.hex(), misfortunes: [...misfortunes], deeds, executions: digest.executions };
}

/** What Google disables over and over is not made over and over: a trigger is replaced once a day at most. */
const HOURS_UNTIL_RENEWED = 25;

/** Was a trigger disabled, and then another one for the same purpose? */
function isDisabledAgain({ world }: Day): boolean {
  const disabled = world.trace
    .entries()
    .filter(({ kind, text }) => kind === 'trigger' && text.endsWith(' is disabled'));
  const purposes = disabled.map(({ by, text }) => `${by} ${text}`);
  return new Set(purposes).size < purposes.length;
}

/** A trigger that Google has disabled can be replaced only where a person has come. */
function openCards({ world, players }: Day): void {
  if (!world.panel.hasHome()) return;
  for (const { person, hasAddOn } of players) if (hasAddOn) world.runCard(world.panel.home(person.email));
}

/** Of every entry, in order. */
class TraceDigest {
  /** Executions that have begun. */
  executions = 0;
  private readonly hash = createHash('sha256');
  private pending = '';

  constructor(trace: Trace) {
    trace.onEntry(({ atMs, kind, by, text }) => {
      if (kind === 'execution' && text.includes(' begins for ')) this.executions++;
      this.pending += `${atMs} ${kind} ${by} ${text}\n`;
      if (this.pending.length < DIGEST_CHARS) return;
      this.hash.update(this.pending);
      this.pending = '';
    });
  }

  hex(): string {
    return this.hash.update(this.pending).digest('hex');
  }
}

function playHours(
  day: Day,
  options: RunOptions,
  watch: Watch,
  misfortunes: Set<string>,
  tell: (line: string) => void,
): number {
  const { random, world } = day;
  const wanted = 8 + random.int(24);
  const everyMs = (options.hours * HOUR_MS) / wanted;
  // A third of the days are untroubled: what goes wrong there went wrong by itself.
  const trouble = random.chance(0.33) ? 0 : random.next() * 0.5;
  let done = 0;
  for (let i = 0; i < wanted; i++) {
    if (random.chance(trouble)) {
      const name = strikeOnce(day);
      misfortunes.add(name);
      tell(`misfortune: ${name}`);
    }
    const before = world.trace.entries().at(-1)?.seq ?? 0;
    const deed = doSomething(day);
    watch.violations.push(...linksInVain(day, before));
    if (deed !== undefined) done++;
    tell(deed ?? 'somebody tries what Calendar refuses');
    // Now and then several things happen before anything can react.
    if (random.chance(0.3)) continue;
    world.advance(random.chance(0.2) ? random.int(3_000) : Math.floor(random.next() * 2 * everyMs));
    watch.afterStep();
  }
  return done;
}
