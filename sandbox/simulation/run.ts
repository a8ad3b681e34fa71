/**
 * One simulated day: a seed decides who plays, what they do, what goes wrong and when; then comes quiet, and the promises
 * are checked. Same seed, same trace, byte for byte.
 */
import { createHash } from 'node:crypto';
import type { AddOn } from '../script/host';
import { castDay, type Day, type SwitchChoice } from './cast';
import { doSomething } from './deeds';
import { disagreements, leaks, noiseOfQuiet, Watch } from './invariants';
import { endMisfortunes, strikeOnce } from './misfortunes';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Long enough for grace periods, pauses, back-off and unsaved events to come to their end. */
const QUIET_HOURS = 30;

export interface RunOptions {
  hours: number;
  switches: SwitchChoice;
  /** Deeds of a day. */
  deeds?: number;
  /** Told each deed, misfortune and finding as it happens. */
  tell?(line: string, day: Day): void;
}

export interface RunReport {
  seed: string;
  /** Of every trace entry, in order. */
  hash: string;
  violations: string[];
  /** Kinds of misfortune that were planned. */
  misfortunes: string[];
  deeds: number;
  executions: number;
}

export function runDay(seed: string, addOn: AddOn, options: RunOptions): RunReport {
  const day = castDay(seed, addOn, options.switches);
  const hash = createHash('sha256');
  let executions = 0;
  day.world.trace.onEntry((entry) => {
    if (entry.kind === 'execution') executions++;
    hash.update(`${entry.atMs} ${entry.kind} ${entry.by} ${entry.text}\n`);
  });
  const watch = new Watch(day);
  const tell = (line: string) => options.tell?.(line, day);
  const misfortunes = new Set<string>();
  const deeds = playHours(day, options, watch, misfortunes, tell);

  endMisfortunes(day);
  tell('all is well again; quiet begins');
  for (const { draft, owner } of day.drafts.splice(0)) owner.person.discards(draft);
  day.world.settle();
  watch.afterStep();
  for (let hour = 0; hour < QUIET_HOURS; hour++) {
    day.world.advance(HOUR_MS);
    watch.afterStep();
  }
  tell('the quiet is over; the promises are checked');
  const violations = [
    ...watch.violations,
    ...disagreements(day, watch),
    ...noiseOfQuiet(day, () => day.world.advance(HOUR_MS)),
    ...leaks(day),
  ];
  return {
    seed,
    hash: hash.digest('hex'),
    violations,
    misfortunes: [...misfortunes],
    deeds,
    executions: executions / 2,
  };
}

function playHours(
  day: Day,
  options: RunOptions,
  watch: Watch,
  misfortunes: Set<string>,
  tell: (line: string) => void,
): number {
  const { random, world } = day;
  const wanted = options.deeds ?? 8 + random.int(24);
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
    const deed = doSomething(day);
    if (deed !== undefined) done++;
    tell(deed ?? 'somebody tries what Calendar refuses');
    // Now and then several things happen before anything can react.
    if (random.chance(0.3)) continue;
    world.advance(random.chance(0.2) ? random.int(3_000) : Math.floor(random.next() * 2 * everyMs));
    watch.afterStep();
  }
  return done;
}
