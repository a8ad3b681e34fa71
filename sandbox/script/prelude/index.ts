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

/** Not there in Apps Script; a bare V8 context brings them. Source: developers.google.com/apps-script/guides/v8-runtime */
const ABSENT = ['SharedArrayBuffer', 'Atomics'];

function define(name: string, make: () => unknown): void {
  Object.defineProperty(globalThis, name, {
    configurable: true,
    enumerable: false,
    get() {
      const value = make();
      Object.defineProperty(globalThis, name, { value, configurable: true, writable: true, enumerable: false });
      return value;
    },
    set(value: unknown) {
      Object.defineProperty(globalThis, name, { value, configurable: true, writable: true, enumerable: false });
    },
  });
}

/**
 * Makes these names globals that throw when they are used. They stand on an object behind the global one: to define so
 * many properties on a context's global object takes longer than a whole quiet execution.
 */
function standIn(names: readonly string[]): void {
  const services: Record<string, object> = {};
  for (const name of names) services[name] = unsimulated(name);
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
  offerStart(start);
}

install();
