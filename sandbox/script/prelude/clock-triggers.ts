/**
 * ScriptApp.newTrigger(...).timeBased(): collects the wish; the host decides what is allowed.
 * Source: developers.google.com/apps-script/reference/script/clock-trigger-builder
 */
import { call, exception, mismatch } from './host';
import { simulated } from './net';

/** What the host tells of a trigger. */
export interface WireTrigger {
  uid: string;
  handler: string;
  source: 'CALENDAR' | 'CLOCK';
  calendarId?: string;
}

type ClockBuilder = GoogleAppsScript.Script.ClockTriggerBuilder;
type Trigger = GoogleAppsScript.Script.Trigger;
type Members = Exclude<keyof ClockBuilder, 'atDate' | 'everyWeeks' | 'onMonthDay' | 'onWeekDay'>;

export function clockTriggerBuilder(handler: string, made: (wire: WireTrigger) => Trigger): ClockBuilder {
  const wish: Record<string, number | string> = {};
  const set =
    (field: string) =>
    (...args: [number]): ClockBuilder => {
      if (typeof args[0] !== 'number') throw mismatch(`ScriptApp.ClockTriggerBuilder.${field}`, args);
      wish[field] = args[0];
      return self as ClockBuilder;
    };
  const self: Pick<ClockBuilder, Members> = simulated<Pick<ClockBuilder, Members>>('ClockTriggerBuilder', {
    everyMinutes: set('everyMinutes'),
    everyHours: set('everyHours'),
    everyDays: set('everyDays'),
    atHour: set('atHour'),
    nearMinute: set('nearMinute'),
    after: set('after'),
    at(date) {
      wish.at = Number(date);
      return self as ClockBuilder;
    },
    inTimezone(zone) {
      wish.inTimezone = String(zone);
      return self as ClockBuilder;
    },
    create() {
      if (Object.keys(wish).length === 0) throw exception('You must specify when the trigger should run.');
      return made(call<WireTrigger>('scriptApp.createClockTrigger', handler, wish));
    },
  });
  return self as ClockBuilder;
}
