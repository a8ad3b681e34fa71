/** Apps Script's stores, lock, clock, triggers and log behind the ports of ports/platform.ts. */
import { addOnError } from '../core/errors';
import type {
  Clock,
  Log,
  Marks,
  PassLock,
  RandomWord,
  Seal,
  StateStore,
  TriggerInfo,
  TriggerPort,
} from '../ports/platform';

/** One user's properties of this script: nobody else's executions see them. */
export function userProperties(): StateStore {
  const properties = () => PropertiesService.getUserProperties();
  return {
    readAll: () => properties().getProperties(),
    write(entries) {
      try {
        properties().setProperties(entries, false);
      } catch {
        // The platform's sentence may be in the user's language; which limit it was does not change what to do.
        throw addOnError(
          'store-refused',
          'retry-later',
          'The property store refused a write; nothing after it was done.',
        );
      }
    },
    remove: (key) => {
      properties().deleteProperty(key);
    },
  };
}

/** The user lock guards exactly what the user properties hold. It is let go by the platform if the execution dies. */
export function userLock(): PassLock {
  let lock: GoogleAppsScript.Lock.Lock | undefined;
  let held = false;
  return {
    tryTake(waitMs = 0) {
      lock = LockService.getUserLock();
      held = lock.tryLock(waitMs);
      return held;
    },
    isHeld: () => held,
    release() {
      held = false;
      lock?.releaseLock();
    },
  };
}

/**
 * As long as Google keeps anything there. The next pass may be the next hour's, or a later one; what it finds in doubt, no
 * store could hold. https://developers.google.com/apps-script/reference/cache/cache
 */
const MARK_SECONDS = 21_600;
const MARK_PREFIX = 'lockstep.mark.';

/** A cache that fails costs a hint, and must not cost a pass. */
export function cacheMarks(): Marks {
  return {
    put(name) {
      hint(() => CacheService.getUserCache().put(MARK_PREFIX + name, '1', MARK_SECONDS), undefined);
    },
    take: (names) => (names.length === 0 ? [] : hint(() => takeMarks(names), [])),
  };
}

function takeMarks(names: readonly string[]): string[] {
  const cache = CacheService.getUserCache();
  const found = Object.keys(cache.getAll(names.map((name) => MARK_PREFIX + name)));
  if (found.length > 0) cache.removeAll(found);
  return found.map((key) => key.slice(MARK_PREFIX.length));
}

function hint<T>(call: () => T, otherwise: T): T {
  try {
    return call();
  } catch {
    return otherwise;
  }
}

export function machineClock(): Clock {
  return { nowMs: () => Date.now() };
}

export function projectTriggers(): TriggerPort {
  return {
    all: () => ScriptApp.getProjectTriggers().map(triggerInfo),
    watchCalendar: (handler, calendarId) => {
      ScriptApp.newTrigger(handler).forUserCalendar(calendarId).onEventUpdated().create();
    },
    everyHour: (handler) => {
      ScriptApp.newTrigger(handler).timeBased().everyHours(1).create();
    },
    remove(id) {
      const trigger = ScriptApp.getProjectTriggers().find((candidate) => candidate.getUniqueId() === id);
      if (trigger !== undefined) ScriptApp.deleteTrigger(trigger);
    },
  };
}

function triggerInfo(trigger: GoogleAppsScript.Script.Trigger): TriggerInfo {
  // Enum members are compared by name: it is what they stringify to.
  const source = String(trigger.getTriggerSource());
  const type = String(trigger.getEventType());
  const calendarId = trigger.getTriggerSourceId();
  return {
    id: trigger.getUniqueId(),
    handler: trigger.getHandlerFunction(),
    kind: source === 'CALENDAR' && type === 'ON_EVENT_UPDATED' ? 'calendar' : source === 'CLOCK' ? 'clock' : 'other',
    ...(calendarId && { calendarId }),
  };
}

export function uuidWord(): RandomWord {
  return () => Utilities.getUuid().replace(/-/g, '').slice(0, 20);
}

const SEAL_CHARS = 22;

/** HMAC-SHA256, cut to 132 bits. */
export function hmacSeal(): Seal {
  return (secret, text) =>
    Utilities.base64EncodeWebSafe(Utilities.computeHmacSha256Signature(text, secret, Utilities.Charset.UTF_8)).slice(
      0,
      SEAL_CHARS,
    );
}

/** One JSON line. Ids, numbers and words of our own only: LogLine has no room for a title or an address. */
export function consoleLog(): Log {
  return (line) => (line.message === undefined ? console.log : console.error)(JSON.stringify(line));
}

export function scriptZone(): string {
  return Session.getScriptTimeZone() || 'UTC';
}
