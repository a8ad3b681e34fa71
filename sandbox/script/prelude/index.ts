/**
 * What stands in every execution's context before the add-on's first line: Google's services as far as we imitate
 * them, and nothing that Apps Script lacks. Each service is built when it is first touched.
 */
import { cacheService } from './cache';
import { calendarService } from './calendar';
import { cardService } from './card-service';
import { takeOverTimeAndChance } from './clock';
import { conferenceDataService } from './conference-data';
import { logger, scriptConsole } from './console';
import { call, offerStart } from './host';
import { htmlService } from './html-service';
import { lockService } from './lock';
import { unsimulated } from './net';
import { propertiesService } from './properties';
import { start } from './run';
import { scriptApp } from './script-app';
import { session } from './session';
import { urlFetchApp } from './url-fetch';
import { utilities } from './utilities';

/** What the host says of the project; agreed with context.ts of the host. */
interface Boot {
  timeZone: string;
  /** The name under which the manifest enables the advanced Calendar service, or null. */
  calendarSymbol: string | null;
  /** Symbols of libraries and of other advanced services: present at Google, not simulated here. */
  otherSymbols: string[];
}

/** Globals every Apps Script project has and we do not imitate. Source: the service list of the reference. */
const NOT_SIMULATED = [
  'AdminDirectory AdsApp AnalyticsApp BigQuery Browser CalendarApp Charts Classroom ContactsApp ContentService',
  'DataStudioApp DocumentApp Docs Drive DriveApp FormApp Gmail GmailApp GroupsApp Jdbc LanguageApp LinearOptimizationService',
  'MailApp Maps MimeType People PeopleApp ScriptProperties Sheets SitesApp Slides SlidesApp SpreadsheetApp Tasks',
  'UserProperties XmlService',
].join(' ');

/**
 * A bare V8 context brings them, Apps Script does not: developers.google.com/apps-script/guides/v8-runtime. Its console
 * is a service.
 */
const ABSENT = ['SharedArrayBuffer', 'Atomics', 'console'];

/**
 * Google's services stand on an object behind the global one: to define so many properties on a context's global object
 * takes longer than a whole quiet execution. Each is made when it is first read.
 */
const services: Record<string, unknown> = {};

function define(name: string, make: () => unknown): void {
  const settle = (value: unknown, on: object) => {
    Object.defineProperty(on, name, { value, configurable: true, writable: true, enumerable: false });
    return value;
  };
  Object.defineProperty(services, name, {
    configurable: true,
    enumerable: false,
    get: () => settle(make(), services),
    set: (value: unknown) => settle(value, globalThis),
  });
}

/** Makes these names globals that throw when they are used. */
function standIn(names: readonly string[]): void {
  for (const name of names) services[name] = unsimulated(name);
}

function putBehindGlobal(): void {
  Object.setPrototypeOf(services, Object.getPrototypeOf(globalThis) as object);
  Object.setPrototypeOf(globalThis, services);
}

function install(): void {
  const scope = globalThis as unknown as Record<string, unknown>;
  const boot = call<Boot>('project.boot');
  for (const name of ABSENT) delete scope[name];
  takeOverTimeAndChance(boot.timeZone);
  define('console', scriptConsole);
  define('Logger', logger);
  define('PropertiesService', propertiesService);
  define('CacheService', cacheService);
  define('LockService', lockService);
  define('ScriptApp', scriptApp);
  define('UrlFetchApp', urlFetchApp);
  define('Utilities', utilities);
  define('Session', session);
  define('ConferenceDataService', conferenceDataService);
  define('CardService', cardService);
  define('HtmlService', htmlService);
  standIn([...NOT_SIMULATED.split(' '), ...boot.otherSymbols]);
  if (boot.calendarSymbol !== null) define(boot.calendarSymbol, calendarService);
  putBehindGlobal();
  offerStart(start);
}

install();
