/** No noise: what changes nothing that a conference service keeps costs it no request. */
import { EditorRefusal } from '../editor/draft';
import type { TraceEntry } from '../world/trace';
import { invitedTo, withOccurrence } from './choosing';
import type { Day } from './day';
import { allRows, references } from './oracle';

/**
 * On a quiet calendar a pass lists each calendar once and asks nobody anything else. But of several events on one
 * conference the next one takes over when the first is over: that is a change, though nobody makes it.
 */
export function noiseOfQuiet(day: Day, hour: () => void): string[] {
  const { world } = day;
  const before = world.trace.entries().at(-1)?.seq ?? 0;
  hour();
  const texts = world.trace.entries(before);
  const found: string[] = [];
  const shared = sharedConferences(day);
  const requests = texts.filter(({ kind }) => kind === 'internet');
  const told = requests.filter(({ text }) => !shared.some((id) => text.includes(id)));
  const looks = looksIn(day, told);
  const asked = told.filter((entry) => !looks.includes(entry));
  if (asked.length > 0)
    found.push(`a quiet hour made ${asked.length} requests to the provider, first: ${asked[0]?.text}`);
  const gets = texts.filter(({ kind, text }) => kind === 'service' && text.startsWith('Calendar events.get'));
  if (gets.length > requests.length - asked.length) found.push(`a quiet hour looked at ${gets.length} events`);
  const lists = texts.filter(({ kind, text }) => kind === 'service' && text.startsWith('Calendar events.list'));
  const calendars = world.script.triggers().filter(({ source }) => source === 'CALENDAR').length;
  const passes = texts.filter(({ kind, text }) => kind === 'execution' && text.includes(' begins ')).length;
  // Where Calendar serves empty pages, a list is more than one call.
  if (world.switches.emptyPages !== 'anywhere' && lists.length > calendars * passes) {
    found.push(`a quiet hour made ${lists.length} list calls in ${passes} passes over ${calendars} watched calendars`);
  }
  return found;
}

/**
 * Everybody who is invited answers, some to one occurrence, and colours change: the conferences have nothing to learn.
 *
 * But for two kinds: of several events on one conference the next one takes over once the first is over, which shows when
 * one of them is looked at; and what a service has refused is offered again whenever its event changes.
 */
export function noiseOfAnswers(day: Day, hour: () => void): string[] {
  if (!day.random.chance(OF_DAYS)) return [];
  const { world } = day;
  const earlier = world.trace.entries();
  const before = earlier.at(-1)?.seq ?? 0;
  const shared = sharedConferences(day);
  const refused = earlier.filter(({ kind, text }) => kind === 'internet' && REFUSED.test(text)).map(pathIn);
  // Of a series without any occurrence nobody sees anything that could be answered or coloured.
  const empty = new Set(allRows(day).flatMap(({ id, isEmpty }) => (isEmpty ? id : [])));
  for (const event of day.events.filter(({ isDeleted, eventId }) => !isDeleted && !empty.has(eventId))) {
    for (const { person } of invitedTo(day, event)) attempt(() => person.replies(event, 'accepted', 'all'));
    attempt(() => event.owner.person.edits(event, { colorId: '7' }, 'all'));
  }
  withOccurrence(day, (owner, place) => {
    for (const { person } of invitedTo(day, place)) attempt(() => person.replies(place, 'tentative', 'this'));
    attempt(() => owner.person.edits(place, { colorId: '3' }, 'this'));
  });
  hour();
  const requests = world.trace.entries(before).filter(({ kind }) => kind === 'internet');
  const excused = requests.filter((entry) => refused.includes(pathIn(entry))).map(({ by }) => by);
  const looks = looksIn(day, requests);
  const asked = requests.filter(
    (entry) => !excused.includes(entry.by) && !looks.includes(entry) && !shared.some((id) => entry.text.includes(id)),
  );
  return asked.length === 0
    ? []
    : [`answers and colours made ${asked.length} requests to the provider, first: ${asked[0]?.text}`];
}

/** Another hour of every day would be a tenth of the time that a campaign takes. */
const OF_DAYS = 0.25;

/** Shortly before it begins a conference may be looked at, once; it costs nothing there, and changes nothing. */
function looksIn(day: Day, requests: readonly TraceEntry[]): TraceEntry[] {
  const ids = [...references(allRows(day)).keys()];
  const looked = new Set<string>();
  return requests.filter((entry) => {
    const id =
      / -> 2\d\d$/.test(entry.text) && entry.text.startsWith('GET ') && ids.find((one) => entry.text.includes(one));
    if (!id || looked.has(id)) return false;
    looked.add(id);
    return true;
  });
}

/** Those that several events refer to. */
function sharedConferences(day: Day): string[] {
  return [...references(allRows(day))].filter(([, events]) => events.length > 1).map(([id]) => id);
}

/** Refused for good, as it was. */
const REFUSED = / -> 4(00|22)$/;

function pathIn({ text }: TraceEntry): string {
  return text.split(' ')[1] as string;
}

/** A refused deed is none. */
function attempt(deed: () => unknown): void {
  try {
    deed();
  } catch (thrown) {
    if (!(thrown instanceof EditorRefusal)) throw thrown;
  }
}
