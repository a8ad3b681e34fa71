/** What people touch: the conferencing menu and the cards. */
import { compose, config } from './compose';
import { isAddOnError } from './core/errors';
import type { Row } from './core/row';
import {
  type Connection,
  homeCard,
  keptName,
  listed,
  settingsCard,
  settingsResponse,
  troubleCard,
  updatedCard,
} from './gas/cards';
import { conferenceDataOf } from './gas/conference-data';
import { consentSection } from './gas/consent-section';
import { eventCard } from './gas/event-card';
import { enteredText, type FormEvent } from './gas/form-inputs';
import { connectPage } from './gas/pages';
import { passwordFields, passwordSection, pasted } from './gas/password-form';
import { consoleLog } from './gas/platform';
import type { EventPlace } from './ports/event-status';
import type { Status } from './ports/people';
import type { Duty } from './ports/platform';
import { whoseIs } from './sync/accounts';
import { connect, enterPassword } from './sync/connect';
import { FOLLOWING, heldBack } from './sync/consent';
import { createConference } from './sync/create';
import type { SyncDeps } from './sync/deps';
import type { EndKept } from './sync/end-kept';
import { endKept } from './sync/end-kept';
import { readEventStatus, unfollowedIn } from './sync/event-status';
import { followFrom } from './sync/lost-calendars';
import type { PassEnd } from './sync/pass';
import { readOnce } from './sync/read-once';
import { readStatus } from './sync/status';
import { runSweep } from './sync/sweep';
import { tendTriggers } from './sync/triggers';

const NOT_NOW = 'Google did not answer just now; nothing is lost. Please try again in a moment.';

/** The argument of a conference solution's onCreateFunction. */
export interface CreateArgument {
  eventData?: { calendarId?: string; eventId?: string };
}

/** Never throws: a person who waits for a link gets one of Google's error types instead. */
export function createFor(
  solution: string,
  argument?: CreateArgument,
): GoogleAppsScript.Conference_Data.ConferenceData {
  try {
    const { calendarId = '', eventId = '' } = argument?.eventData ?? {};
    return conferenceDataOf(createConference(compose(), solution, calendarId, eventId));
  } catch (thrown) {
    // The name of an error of ours is its code; a message of the platform's might hold anything.
    const code = isAddOnError(thrown) ? thrown.code : 'unexpected';
    consoleLog()({ event: 'create', end: 'threw', code, error: String((thrown as Partial<Error> | null)?.name) });
    return conferenceDataOf({ kind: 'failed', error: 'TEMPORARY' });
  }
}

/** Runs what no person waits for. A failure that is known stands in the log; any other goes on to Google's error report. */
export function quietly(work: (deps: SyncDeps) => unknown): void {
  try {
    work(compose());
  } catch (thrown) {
    if (!isAddOnError(thrown)) throw thrown;
    noteStopped(thrown);
  }
}

export function home(composed: SyncDeps): GoogleAppsScript.Card_Service.Card {
  const deps = readOnce(composed);
  lookAfterTriggers(deps);
  return homeView(deps);
}

/** Without leave to be run by triggers the calendars are read whenever the person is there. */
function readWhileHere(deps: SyncDeps): void {
  const { authorisation } = deps;
  if (!authorisation.lacks('triggers') || authorisation.lacks('calendar')) return;
  inWords(() => runSweep(deps, { repair: false, by: 'person' }), undefined);
}

function consentSections({ authorisation }: SyncDeps, ...more: Duty[]) {
  const section = consentSection(authorisation, [...FOLLOWING, ...more]);
  return section === undefined ? [] : [section];
}

/** The name of an error of ours is its code; a message of the platform's might hold anything. */
function noteStopped(thrown: unknown): void {
  const known = isAddOnError(thrown) ? { code: thrown.code, remedy: thrown.remedy } : { code: 'unexpected' };
  consoleLog()({ event: 'stopped', ...known });
}

/** Whoever pressed a button is told in words, whatever went wrong. */
function inWords<End>(act: () => End, otherwise: End): End {
  try {
    return act();
  } catch (thrown) {
    noteStopped(thrown);
    return otherwise;
  }
}

/** A person opens a card: what follows their calendars is looked after. Whatever comes of that, they see the card. */
function lookAfterTriggers(deps: SyncDeps): void {
  const startMs = deps.clock.nowMs();
  inWords(() => tendTriggers(deps, deps.store.readAll(), startMs), undefined);
  readWhileHere(deps);
}

function homeView(deps: SyncDeps): GoogleAppsScript.Card_Service.Card {
  const nowMs = deps.clock.nowMs();
  const consent = consentSections(deps);
  try {
    const held = heldBack(deps);
    const read = readStatus(deps.store, nowMs, (binding, state) => whoseIs(binding, state, deps));
    const status = { ...read, ...(held && { held }) };
    const wanted = wantedConnections(deps, status);
    const solved = new Set(wanted.flatMap(({ provider }) => solutionsOf(provider).map(({ id }) => id)));
    const pauses = status.pauses.filter(({ solution, reason }) => reason !== 'unauthorised' || !solved.has(solution));
    const [connections, forms] = formsApart(deps, connectable(deps, wanted), 'home');
    return homeCard(config.name, { ...status, pauses }, nowMs, connections, [...consent, ...forms], nameOf);
  } catch (thrown) {
    noteStopped(thrown);
    return troubleCard(config.name, isAddOnError(thrown) ? thrown.message : NOT_NOW, consent);
  }
}

/** What Google gives when an event is opened. An event that was never saved has no id. */
export interface OpenedEvent {
  calendar?: {
    calendarId?: string;
    id?: string;
    recurringEventId?: string;
    /** As the event shows it, with `currentEventAccess` that allows reading. */
    conferenceData?: Row['conferenceData'];
  };
}

export function opened(composed: SyncDeps, { calendar }: OpenedEvent): GoogleAppsScript.Card_Service.Card {
  const deps = readOnce(composed);
  lookAfterTriggers(deps);
  const { calendarId = '', id = '', recurringEventId: seriesId } = calendar ?? {};
  const place = calendarId === '' || id === '' ? undefined : { calendarId, eventId: id, ...(seriesId && { seriesId }) };
  if (place !== undefined) inWords(() => followFrom(deps, place), undefined);
  return eventView(deps, place, calendar?.conferenceData);
}

function eventView(
  deps: SyncDeps,
  place?: EventPlace,
  shown?: Row['conferenceData'],
): GoogleAppsScript.Card_Service.Card {
  const consent = consentSections(deps, 'open-event');
  try {
    if (place === undefined && deps.authorisation.lacks('open-event')) {
      return troubleCard(config.name, 'Which event is open cannot be told here now.', consent);
    }
    const conferences = place === undefined ? [] : readEventStatus(deps, place);
    const unfollowed = conferences.length === 0 ? unfollowedIn(shown, deps) : undefined;
    return eventCard(config.name, conferences, deps.clock.nowMs(), nameOf, place, consent, unfollowed);
  } catch (thrown) {
    noteStopped(thrown);
    return troubleCard(config.name, isAddOnError(thrown) ? thrown.message : NOT_NOW, consent);
  }
}

/** A solution as people know it. */
function nameOf(solution: string): string {
  return config.solutions.find(({ id }) => id === solution)?.name ?? solution;
}

/** The button beside a conference that was kept on doubt. */
export function keptEnded(deps: SyncDeps, event?: ActionEvent): GoogleAppsScript.Card_Service.ActionResponse {
  const { solution = '', conference = '' } = parametersOf(event);
  const what = keptName({ solution, conference }, nameOf);
  let end: EndKept | 'stopped' = 'stopped';
  quietly((own) => {
    end = endKept(own, { solution, conference });
  });
  const notice = {
    ended: `${what} has ended.`,
    ends: `${what} ends as soon as ${nameOf(solution)} can be told.`,
    'in-use': `${what} was not ended: an event has it.`,
    stopped: 'It could not be done now; nothing is lost. Please try again later.',
    busy: 'A sync is running just now. Please try again in a moment.',
    unauthorised: 'Please allow this add-on to see your events first.',
  };
  return updatedCard(home(deps), notice[end]);
}

/** From the home card, or from the card of the event that its button names. */
export function repair(deps: SyncDeps, event?: ActionEvent): GoogleAppsScript.Card_Service.ActionResponse {
  const end = inWords<PassEnd | 'stopped'>(() => runSweep(deps, { repair: true, by: 'person' }), 'stopped');
  const notice = {
    stopped: 'It could not be done now; nothing is lost. Please try again later.',
    done: deps.authorisation.lacks('provider')
      ? 'Your events were read. What is to be told waits for you.'
      : 'Checked.',
    busy: 'A sync is running just now.',
    unauthorised: 'Please allow this add-on to see your events first.',
  };
  const { calendarId, eventId, seriesId } = parametersOf(event);
  const place = calendarId && eventId ? { calendarId, eventId, ...(seriesId && { seriesId }) } : undefined;
  return updatedCard(place === undefined ? homeView(deps) : eventView(deps, place), notice[end]);
}

export function settings(composed: SyncDeps): GoogleAppsScript.Card_Service.UniversalActionResponse {
  const deps = readOnce(composed);
  lookAfterTriggers(deps);
  return settingsResponse(settingsView(deps));
}

function settingsView(deps: SyncDeps): GoogleAppsScript.Card_Service.Card {
  const { graceMinutes, unsavedHours, privateEvents, keepEndedDays } = deps.policies;
  const choices = [
    `A conference ends ${graceMinutes} minutes after its event was deleted or the conference was taken off.`,
    `A conference chosen in an event that is never saved ends after ${unsavedHours} hours.`,
    privateEvents === 'time-only'
      ? 'Of private events only the time is passed on.'
      : 'Private events are passed on like all others.',
    `Events are remembered for ${keepEndedDays} days after their end. No titles and no addresses of guests are stored.`,
  ];
  const { personal, passwords } = deps.grants;
  const connections = personal
    .filter((provider) => deps.grants.isConnected(provider))
    .map((provider) => {
      const account = deps.grants.accountOf(provider)?.name;
      return { ...connectionTo(provider), ...(account !== undefined && { account }) };
    });
  const forms =
    passwords.length === 0
      ? []
      : formsApart(deps, connectable(deps, wantedConnections(deps, statusOf(deps))), 'settings')[1];
  return settingsCard(config.name, choices, connections, forms);
}

/** A person comes back from a provider. Never throws: they stand before a page of Google's. */
export function connected(deps: SyncDeps, answer: Readonly<Record<string, string>>): GoogleAppsScript.HTML.HtmlOutput {
  // The attempt is not used up: once that is allowed, the same page is loaded again.
  if (deps.authorisation.lacks('provider')) return connectPage(config.name, 'not-allowed', [config.name]);
  const completion = connect(deps, answer);
  const provider = 'provider' in completion ? completion.provider : undefined;
  const names = provider === undefined ? [config.name] : connectionTo(provider).names;
  const account = completion.kind === 'connected' ? completion.account : undefined;
  return connectPage(config.name, completion.kind, names, account);
}

/** What Google gives to a card's button. */
export interface ActionEvent extends FormEvent {
  commonEventObject?: FormEvent['commonEventObject'] & { parameters?: Record<string, string> };
  parameters?: Record<string, string>;
}

function parametersOf(event?: ActionEvent): Record<string, string> {
  return event?.commonEventObject?.parameters ?? event?.parameters ?? {};
}

export function signedOut(deps: SyncDeps, event?: ActionEvent): GoogleAppsScript.Card_Service.ActionResponse {
  const { provider = '' } = parametersOf(event);
  const { names } = connectionTo(provider);
  const service = listed(names);
  const notice = {
    disconnected: `${service} is disconnected.`,
    untold: `${service} is disconnected here. Please take this app’s access away in your account there as well.`,
    busy: 'A sync is running just now. Please try again in a moment.',
  };
  const end = inWords(() => deps.grants.disconnect(provider), 'busy');
  return updatedCard(settingsView(deps), notice[end]);
}

/** A person has filled in a form for a login and an app password. */
export function entered(deps: SyncDeps, event?: ActionEvent): GoogleAppsScript.Card_Service.ActionResponse {
  const { provider = '', card } = parametersOf(event);
  const fields = passwordFields(provider);
  const textIn = (field: string) => pasted(enteredText(event, field));
  const pair = { user: textIn(fields.user), password: textIn(fields.password) };
  const service = listed(connectionTo(provider).names);
  const notice = {
    connected: `${service} is connected.`,
    refused: `${service} does not take this login name with this app password.`,
    failed: `${service} could not be asked just now. Please try again in a moment.`,
    busy: 'A sync is running just now. Please try again in a moment.',
  };
  const end = inWords(() => enterPassword(deps, provider, pair), 'failed');
  return updatedCard(card === 'home' ? homeView(deps) : settingsView(deps), notice[end]);
}

/** Without a state that can be read there is still who is connected. */
function statusOf({ store, clock }: SyncDeps): Pick<Status, 'pauses'> {
  try {
    return readStatus(store, clock.nowMs());
  } catch (thrown) {
    noteStopped(thrown);
    return { pauses: [] };
  }
}

/** Connections by consent, and the forms of those that want a login and an app password. */
function formsApart(deps: SyncDeps, wanted: ReadonlyArray<Connection & { url: string }>, card: 'home' | 'settings') {
  const isForm = ({ provider }: Connection) => deps.grants.passwords.includes(provider);
  const forms = wanted.filter(isForm).map(({ url, ...one }) => passwordSection({ ...one, makeUrl: url, card }));
  return [wanted.filter((one) => !isForm(one)), forms] as const;
}

/** Nobody can connect to a service that this add-on may not ask; what is to be allowed first stands on the card. */
function connectable<T>({ authorisation }: SyncDeps, wanted: readonly T[]): readonly T[] {
  return authorisation.lacks('provider') ? [] : wanted;
}

function solutionsOf(provider: string) {
  return config.solutions.filter((solution) => solution.provider === provider);
}

function connectionTo(provider: string): Connection {
  return { provider, names: solutionsOf(provider).map(({ name }) => name) };
}

/** Where a person has no grant, or one that the provider does not accept. */
function wantedConnections(deps: SyncDeps, status: Pick<Status, 'pauses'>): Array<Connection & { url: string }> {
  const refused = new Set(
    status.pauses.filter(({ reason }) => reason === 'unauthorised').map(({ solution }) => solution),
  );
  return deps.grants.personal
    .filter((provider) => !deps.grants.isConnected(provider) || solutionsOf(provider).some(({ id }) => refused.has(id)))
    .flatMap((provider) => {
      const url = deps.grants.connectUrl(provider);
      return url === undefined ? [] : [{ ...connectionTo(provider), url }];
    });
}
