/**
 * ScriptApp: triggers, authorization, state tokens, identity of the project.
 */
import type { Json } from '../../world/json';
import { SCOPES } from '../authorization';
import { type ClockWish, checkClockWish, heldBack } from '../clock-schedule';
import { ScriptException } from '../exceptions';
import { DEFAULT_STATE_TOKEN_SECONDS, MAX_STATE_TOKEN_SECONDS } from '../limits';
import type { Caller, Service } from '../service';
import type { TriggerRecord, Triggers } from '../triggers';

/** What a state token stands for. */
export interface StateToken {
  user: string;
  method: string;
  args: Record<string, string>;
  expiresMs: number;
}

function wire({ uid, handler, source, calendarId }: TriggerRecord): Json {
  return { uid, handler, source, ...(calendarId !== undefined && { calendarId }) };
}

/** 'primary' is refused here (observed), and so is a calendar the user cannot see. */
function createCalendarTrigger(triggers: Triggers, execution: Caller, [handler, calendarId]: Json[]): Json {
  const id = String(calendarId);
  const { calendar } = execution.runtime;
  const answer = calendar.handle(execution.user, { method: 'calendars.get', params: { calendarId: id } });
  if (id === 'primary' || answer.status !== 200) {
    throw new ScriptException(`Failed to create trigger: calendar ${id} was not found or cannot be watched.`);
  }
  return wire(
    triggers.create({
      user: execution.user,
      handler: String(handler),
      source: 'CALENDAR',
      calendarId: id.toLowerCase(),
    }),
  );
}

function createClockTrigger(triggers: Triggers, execution: Caller, [handler, given]: Json[]): Json {
  const { addOn, clock, switches } = execution.runtime;
  const isAddOn = addOn.manifest.addOns !== undefined;
  const wish = given as ClockWish;
  checkClockWish(wish, isAddOn);
  const held = heldBack(wish, clock.nowMs(), isAddOn && switches.addOnOneShotsAtMostHourly);
  const timeZone = wish.inTimezone ?? addOn.manifest.timeZone ?? 'UTC';
  const scheduled = held.everyDays === undefined ? held : { ...held, inTimezone: timeZone };
  return wire(triggers.create({ user: execution.user, handler: String(handler), source: 'CLOCK', clock: scheduled }));
}

function createStateToken(execution: Caller, [method, args, seconds]: Json[]): string {
  if (typeof method !== 'string') throw new ScriptException('withMethod must be called before createToken.');
  const timeoutSeconds = (seconds as number | null) ?? DEFAULT_STATE_TOKEN_SECONDS;
  if (!(timeoutSeconds > 0 && timeoutSeconds <= MAX_STATE_TOKEN_SECONDS)) {
    throw new ScriptException(`Argument is out of range: seconds, 1 to ${MAX_STATE_TOKEN_SECONDS}`);
  }
  const { records, clock, addOn } = execution.runtime;
  const token = execution.random.text(43, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_');
  const expiresMs = clock.nowMs() + timeoutSeconds * 1000;
  const stood: StateToken = { user: execution.user, method, args: args as Record<string, string>, expiresMs };
  records.put(`script.state-token/${addOn.scriptId}`, token, stood);
  return token;
}

/** The scopes of a call that names some. */
function named(scopes: Json | undefined): string[] | undefined {
  return Array.isArray(scopes) ? scopes.map(String) : undefined;
}

export function scriptAppService(triggers: Triggers): Service {
  const scopes = SCOPES.scriptApp;
  return {
    'scriptApp.getProjectTriggers': {
      api: 'ScriptApp.getProjectTriggers',
      scopes,
      run: (execution) => triggers.list(execution.user).map(wire),
      note: (_args, answer) => `-> ${(answer as Json[]).length}`,
    },
    'scriptApp.createCalendarTrigger': {
      api: 'ScriptApp.newTrigger.forUserCalendar',
      scopes,
      run: (execution, args) => createCalendarTrigger(triggers, execution, args),
      note: ([handler]) => String(handler),
    },
    'scriptApp.createClockTrigger': {
      api: 'ScriptApp.newTrigger.timeBased',
      scopes,
      run: (execution, args) => createClockTrigger(triggers, execution, args),
      note: ([handler]) => String(handler),
    },
    'scriptApp.deleteTrigger': {
      api: 'ScriptApp.deleteTrigger',
      scopes,
      run(execution, [uid]) {
        triggers.remove(execution.user, String(uid));
        return undefined;
      },
    },
    'scriptApp.getAuthorizationInfo': {
      api: 'ScriptApp.getAuthorizationInfo',
      run: (execution, [scopes]) => ({ ...execution.runtime.authorization.info(execution.user, named(scopes)) }),
      note: (_args, answer) => `-> ${(answer as { status: string }).status}`,
    },
    'scriptApp.requireAuthorization': {
      api: 'ScriptApp.requireScopes',
      run(execution, [scopes]) {
        execution.runtime.authorization.requireGranted(execution.user, named(scopes));
        return undefined;
      },
    },
    'scriptApp.invalidateAuth': {
      api: 'ScriptApp.invalidateAuth',
      run(execution) {
        execution.runtime.authorization.revoke(execution.user);
        return undefined;
      },
    },
    'scriptApp.getOAuthToken': {
      api: 'ScriptApp.getOAuthToken',
      free: true,
      run: (execution) => `sandbox-token-of-${execution.user}`,
    },
    'scriptApp.getScriptId': { api: 'ScriptApp.getScriptId', free: true, run: (e) => e.runtime.addOn.scriptId },
    'scriptApp.getServiceUrl': {
      api: 'ScriptApp.getService',
      free: true,
      run({ runtime: { addOn } }) {
        if (addOn.manifest.webapp === undefined) return null;
        return `https://script.google.com/macros/s/${addOn.scriptId}/exec`;
      },
    },
    'scriptApp.createStateToken': { api: 'ScriptApp.newStateToken', run: createStateToken },
  };
}
