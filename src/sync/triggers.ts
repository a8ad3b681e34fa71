/**
 * Trigger management: one EventUpdated trigger per calendar, one hourly trigger, no doubles.
 *
 * A trigger is ours only if handler, event type and calendar agree; calendars are compared without case. Google allows
 * 20 triggers per user and script: a calendar that gets none is read by the hourly sweep.
 *
 * Google: https://developers.google.com/workspace/add-ons/calendar/conferencing/sync-calendar-changes
 */
import type { TriggerInfo } from '../ports/platform';
import type { SyncDeps } from './deps';
import { calendarKey } from './sync-tokens';

/** Live triggers call these by name: never rename them. */
export const SYNC_HANDLER = 'syncEvents';
export const SWEEP_HANDLER = 'sweepHourly';

export interface TriggerReport {
  made: number;
  removed: number;
  /** Keys of calendars that got no trigger. */
  refused: string[];
}

/** Makes the triggers what they ought to be for exactly these calendars. Never throws: a refusal is reported. */
export function keepTriggers(calendarIds: readonly string[], deps: SyncDeps): TriggerReport {
  const report: TriggerReport = { made: 0, removed: 0, refused: [] };
  const wanted = new Map(calendarIds.map((id) => [calendarKey(id), id]));
  const seen = new Set<string>();
  let swept = false;
  const all = readTriggers(deps);
  if (all === undefined) return report;
  for (const trigger of all) {
    if (isSweep(trigger) && !swept) {
      swept = true;
      continue;
    }
    const key = watchedKey(trigger);
    if (key !== undefined && wanted.has(key) && !seen.has(key)) {
      seen.add(key);
      continue;
    }
    if (key !== undefined || isSweep(trigger)) remove(report, trigger, deps);
  }
  // The sweep first: it is what finds everything else that is missing.
  if (!swept) attempt(report, 'sweep', () => deps.triggers.everyHour(SWEEP_HANDLER), deps);
  for (const [key, id] of wanted) {
    if (!seen.has(key)) attempt(report, key, () => deps.triggers.watchCalendar(SYNC_HANDLER, id), deps);
  }
  return report;
}

/** After a create: adds what is missing, removes nothing, and never lets the create fail. */
export function addTriggers(calendarId: string, deps: SyncDeps): void {
  const all = readTriggers(deps);
  if (all === undefined) return;
  const report: TriggerReport = { made: 0, removed: 0, refused: [] };
  // The sweep first: should this execution die here, it finds what else is missing.
  if (!all.some(isSweep)) attempt(report, 'sweep', () => deps.triggers.everyHour(SWEEP_HANDLER), deps);
  if (!all.some((trigger) => watchedKey(trigger) === calendarKey(calendarId))) {
    attempt(report, calendarKey(calendarId), () => deps.triggers.watchCalendar(SYNC_HANDLER, calendarId), deps);
  }
}

function readTriggers(deps: SyncDeps): TriggerInfo[] | undefined {
  try {
    return deps.triggers.all();
  } catch {
    deps.log({ event: 'triggers-unreadable' });
    return undefined;
  }
}

function isSweep(trigger: TriggerInfo): boolean {
  return trigger.kind === 'clock' && trigger.handler === SWEEP_HANDLER;
}

function watchedKey(trigger: TriggerInfo): string | undefined {
  const ours = trigger.kind === 'calendar' && trigger.handler === SYNC_HANDLER && trigger.calendarId !== undefined;
  return ours ? calendarKey(trigger.calendarId as string) : undefined;
}

function remove(report: TriggerReport, trigger: TriggerInfo, deps: SyncDeps): void {
  try {
    deps.triggers.remove(trigger.id);
    report.removed++;
  } catch {
    // Most likely another execution was faster; a double that stays is met again by the next sweep.
    deps.log({ event: 'trigger-stays' });
  }
}

function attempt(report: TriggerReport, name: string, make: () => void, deps: SyncDeps): void {
  try {
    make();
    report.made++;
  } catch {
    report.refused.push(name);
    deps.log({ event: 'trigger-refused', calendar: name });
  }
}
