/**
 * ScriptApp: triggers, authorization, state tokens.
 * Source: developers.google.com/apps-script/reference/script
 */
import { clockTriggerBuilder, type WireTrigger } from './clock-triggers';
import { enumeration, whenRead } from './enums';
import { call, exception, mismatch } from './host';
import { simulated } from './net';

type App = GoogleAppsScript.Script.ScriptApp;
type Trigger = GoogleAppsScript.Script.Trigger;
type Enumerations = Pick<App, 'AuthMode' | 'AuthorizationStatus' | 'EventType' | 'TriggerSource' | 'WeekDay'>;
/** The published types lack what came with consent to single scopes (apps-script/reference/script/script-app). */
type AuthorizationInfo = GoogleAppsScript.Script.AuthorizationInfo & { getAuthorizedScopes(): string[] | null };
type AuthMode = GoogleAppsScript.Script.AuthMode;
type Consent = {
  getAuthorizationInfo(authMode: AuthMode, oAuthScopes?: string[]): AuthorizationInfo;
  requireScopes(authMode: AuthMode, oAuthScopes: string[]): void;
  requireAllScopes(authMode: AuthMode): void;
};
type Members =
  | keyof Enumerations
  | 'deleteTrigger'
  | 'getAuthorizationInfo'
  | 'getOAuthToken'
  | 'getProjectTriggers'
  | 'getScriptId'
  | 'getService'
  | 'invalidateAuth'
  | 'newStateToken'
  | 'newTrigger'
  | 'requireAllScopes'
  | 'requireScopes';

function enumerations(): Enumerations {
  return whenRead<Enumerations>({
    AuthMode: () => enumeration<App['AuthMode']>('AuthMode', ['NONE', 'CUSTOM_FUNCTION', 'LIMITED', 'FULL']),
    AuthorizationStatus: () =>
      enumeration<App['AuthorizationStatus']>('AuthorizationStatus', ['REQUIRED', 'NOT_REQUIRED']),
    EventType: () =>
      enumeration<App['EventType']>('EventType', [
        'CLOCK',
        'ON_OPEN',
        'ON_EDIT',
        'ON_FORM_SUBMIT',
        'ON_CHANGE',
        'ON_EVENT_UPDATED',
      ]),
    TriggerSource: () =>
      enumeration<App['TriggerSource']>('TriggerSource', ['SPREADSHEETS', 'CLOCK', 'FORMS', 'DOCUMENTS', 'CALENDAR']),
    WeekDay: () =>
      enumeration<App['WeekDay']>('Weekday', [
        'SUNDAY',
        'MONDAY',
        'TUESDAY',
        'WEDNESDAY',
        'THURSDAY',
        'FRIDAY',
        'SATURDAY',
      ]),
  });
}

function newTrigger(handler: string, made: (wire: WireTrigger) => Trigger): GoogleAppsScript.Script.TriggerBuilder {
  type Builder = GoogleAppsScript.Script.TriggerBuilder;
  return simulated<Pick<Builder, 'forUserCalendar' | 'timeBased'>>('TriggerBuilder', {
    timeBased: () => clockTriggerBuilder(handler, made),
    forUserCalendar(...args: [calendarId: string]) {
      if (typeof args[0] !== 'string') throw mismatch('ScriptApp.TriggerBuilder.forUserCalendar', args);
      let event: string | null = null;
      const self: GoogleAppsScript.Script.CalendarTriggerBuilder = simulated('CalendarTriggerBuilder', {
        onEventUpdated() {
          event = 'ON_EVENT_UPDATED';
          return self;
        },
        create() {
          if (event === null) throw exception('You must specify an event type before calling create().');
          return made(call<WireTrigger>('scriptApp.createCalendarTrigger', handler, args[0]));
        },
      });
      return self;
    },
  }) as Builder;
}

function newStateToken(): GoogleAppsScript.Script.StateTokenBuilder {
  const args: Record<string, string> = {};
  let method: string | null = null;
  let timeoutSeconds: number | null = null;
  const self: GoogleAppsScript.Script.StateTokenBuilder = simulated('StateTokenBuilder', {
    withMethod(name: string) {
      method = String(name);
      return self;
    },
    withArgument(name: string, value: string) {
      args[String(name)] = String(value);
      return self;
    },
    withTimeout(seconds: number) {
      timeoutSeconds = seconds;
      return self;
    },
    createToken: () => call<string>('scriptApp.createStateToken', method, args, timeoutSeconds),
  });
  return self;
}

function consent(enums: Enumerations): Consent {
  return {
    getAuthorizationInfo(_authMode: AuthMode, oAuthScopes?: string[]) {
      const info = call<{ status: 'REQUIRED' | 'NOT_REQUIRED'; url: string | null; authorized: string[] | null }>(
        'scriptApp.getAuthorizationInfo',
        oAuthScopes ?? null,
      );
      return simulated<AuthorizationInfo>('AuthorizationInfo', {
        getAuthorizationStatus: () => enums.AuthorizationStatus[info.status],
        getAuthorizationUrl: () => info.url as string,
        getAuthorizedScopes: () => info.authorized,
      });
    },
    requireScopes: (_authMode: AuthMode, oAuthScopes: string[]) => call('scriptApp.requireAuthorization', oAuthScopes),
    requireAllScopes: () => call('scriptApp.requireAuthorization', null),
  };
}

export function scriptApp(): Pick<App, Members> {
  const enums = enumerations();
  const uids = new WeakMap<object, string>();
  const trigger = (wire: WireTrigger): Trigger => {
    const self = simulated<Trigger>('Trigger', {
      getUniqueId: () => wire.uid,
      getHandlerFunction: () => wire.handler,
      getEventType: () => (wire.source === 'CLOCK' ? enums.EventType.CLOCK : enums.EventType.ON_EVENT_UPDATED),
      getTriggerSource: () => enums.TriggerSource[wire.source],
      // Clock triggers have no source. The published type says string; the platform says null.
      getTriggerSourceId: () => (wire.calendarId ?? null) as string,
    });
    uids.set(self, wire.uid);
    return self;
  };
  return simulated<Pick<App, Members>>(
    'ScriptApp',
    Object.assign(enums, {
      newTrigger(...args: [handler: string]) {
        if (typeof args[0] !== 'string' || args[0] === '') throw mismatch('ScriptApp.newTrigger', args);
        return newTrigger(args[0], trigger);
      },
      getProjectTriggers: () => call<WireTrigger[]>('scriptApp.getProjectTriggers').map(trigger),
      deleteTrigger(...args: [trigger: Trigger]) {
        const uid = typeof args[0] === 'object' && args[0] !== null ? uids.get(args[0]) : undefined;
        if (uid === undefined) throw mismatch('ScriptApp.deleteTrigger', args);
        call('scriptApp.deleteTrigger', uid);
      },
      ...consent(enums),
      invalidateAuth: () => call('scriptApp.invalidateAuth'),
      getOAuthToken: () => call<string>('scriptApp.getOAuthToken'),
      getScriptId: () => call<string>('scriptApp.getScriptId'),
      getService: () =>
        simulated<Pick<GoogleAppsScript.Script.Service, 'getUrl' | 'isEnabled'>>('Service', {
          getUrl: () => call<string>('scriptApp.getServiceUrl'),
          isEnabled: () => call<string | null>('scriptApp.getServiceUrl') !== null,
        }) as GoogleAppsScript.Script.Service,
      newStateToken,
    }),
  );
}
