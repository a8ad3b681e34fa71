/**
 * Joins the parts of the Calendar engine. No rule of its own.
 *
 * Chance is drawn from a stream that a counter of starts selects, so that ids never come twice over a restart.
 */

import { Zones } from '../world/zones';
import { AccountChanges } from './account-changes';
import { AclRequests } from './acl-requests';
import { CalendarListRequests } from './calendar-list';
import { CalendarRequests } from './calendar-requests';
import { CalendarStore } from './calendar-store';
import { Composer } from './compose';
import { ConferenceGate } from './conference';
import { EventLister } from './event-list';
import { EventStore } from './event-store';
import { EventWrites } from './event-writes';
import { ListRequests } from './list-requests';
import { Meetings } from './meetings';
import { Mover } from './move';
import { Occurrences } from './occurrences';
import { Pages } from './pages';
import { Recurrences } from './recurrence';
import type { EventRow } from './row';
import { SeriesSplitter } from './series-split';
import { SeriesWide } from './series-wide';
import { Tokens } from './tokens';
import type { CalendarDeps } from './types';

const META = 'calendar.meta';

export class Engine {
  readonly calendars: CalendarStore;
  readonly store: EventStore;
  readonly zones = new Zones();
  readonly occurrences: Occurrences;
  readonly meetings: Meetings;
  readonly lister: EventLister;
  readonly writes: EventWrites;
  readonly mover: Mover;
  readonly splitter: SeriesSplitter;
  readonly lists: ListRequests;
  readonly pages: Pages;
  readonly calendarRequests: CalendarRequests;
  readonly calendarList: CalendarListRequests;
  readonly acl: AclRequests;
  readonly accountChanges: AccountChanges;

  constructor(
    readonly deps: CalendarDeps,
    onWrite: (row: EventRow) => void,
  ) {
    const { records, clock, switches } = deps;
    const starts = (records.get<number>(META, 'starts') ?? 0) + 1;
    records.put(META, 'starts', starts);
    const random = deps.random.fork(`calendar/${starts}`);
    const salt = records.get<string>(META, 'salt') ?? random.text(16);
    records.put(META, 'salt', salt);
    const nowMs = () => clock.nowMs();
    const { zones } = this;
    const recurrences = new Recurrences(zones);
    const calendars = new CalendarStore(records);
    const store = new EventStore({
      ...{ records, onWrite, nowMs },
      counterFloor: (id) => calendars.calendar(id)?.collectedTo ?? 0,
      wholeSeries: () => switches.seriesChangesWhole,
    });
    const occurrences = new Occurrences(store, recurrences, zones, (id) => calendars.calendar(id)!);
    const meetings = new Meetings({ store, calendars, occurrences, zones, switches, nowMs });
    const composer = new Composer(
      zones,
      recurrences,
      new ConferenceGate(random.fork('meet'), salt, () => switches.addOnConferenceByApi),
    );
    const writes = new EventWrites({
      ...{ store, calendars, meetings, occurrences, composer, switches, nowMs },
      random: random.fork('ids'),
      wide: new SeriesWide(store, meetings, switches),
    });
    const lister = new EventLister({ store, occurrences, zones, switches, nowMs });
    const tokens = new Tokens(salt);
    const pages = new Pages(records, tokens, random.fork('pages'), () => switches.emptyPages);
    this.calendars = calendars;
    this.store = store;
    this.occurrences = occurrences;
    this.meetings = meetings;
    this.lister = lister;
    this.writes = writes;
    this.mover = new Mover(writes, zones, switches);
    this.splitter = new SeriesSplitter(writes, zones, switches);
    this.pages = pages;
    this.lists = new ListRequests({ store, calendars, lister, occurrences, pages, tokens, zones, switches, nowMs });
    this.calendarRequests = new CalendarRequests({
      ...{ calendars, store, meetings, zones, nowMs },
      random: random.fork('calendars'),
      cancel: (row) => writes.cancel(row),
    });
    this.calendarList = new CalendarListRequests(calendars);
    this.acl = new AclRequests(calendars);
    this.accountChanges = new AccountChanges({
      ...{ calendars, store, occurrences, switches, nowMs, mover: this.mover },
      random: random.fork('transfers'),
    });
  }
}
