/** An import into a scratch calendar in memory, which tells what Calendar will refuse before anything is written. */
import { CalendarService } from '../calendar/service';
import { VirtualClock } from '../world/clock';
import { Faults } from '../world/faults';
import { Random } from '../world/random';
import { MemoryRecords } from '../world/records';
import { switchSettings } from '../world/switches';
import { Trace } from '../world/trace';
import { CalendarWriter, WriteRefused } from './calendar-writer';
import { IcsError } from './ics-error';
import type { ImportedEvent, ImportedException, LeftOut } from './parse';

export interface Rehearsed {
  /** What Calendar takes. */
  events: ImportedEvent[];
  /** What it does not: events, and single exceptions of events that it takes. */
  refused: LeftOut[];
}

/** @param timeZone IANA name of the zone of the calendar that the events are for. */
export function rehearse(viewer: string, timeZone: string, given: readonly ImportedEvent[]): Rehearsed {
  const scratch = new CalendarService({
    records: new MemoryRecords(),
    clock: new VirtualClock(0),
    random: new Random('rehearsal'),
    switches: switchSettings(),
    faults: new Faults(),
    trace: new Trace(),
    quota: 'off',
  });
  scratch.createAccount({ email: viewer, timeZone });
  const rehearsed: Rehearsed = { events: [], refused: [] };
  for (const event of given) rehearseOne(new CalendarWriter(scratch, viewer, viewer), event, rehearsed);
  return rehearsed;
}

/** Again without the exception that was refused, until the rest is taken. */
function rehearseOne(writer: CalendarWriter, given: ImportedEvent, { events, refused }: Rehearsed): void {
  for (let event = given; ; ) {
    try {
      writer.bring(event);
      events.push(event);
      return;
    } catch (problem) {
      if (!(problem instanceof WriteRefused)) throw problem;
      const bad = event.exceptions.find(({ line }) => line === problem.line);
      refused.push(refusedBy(problem, event, bad));
      if (bad === undefined) return;
      event = { ...event, exceptions: event.exceptions.filter((one) => one !== bad) };
    }
  }
}

function refusedBy(problem: WriteRefused, event: ImportedEvent, exception: ImportedException | undefined): LeftOut {
  const told = `Calendar refuses this entry: ${problem.message}`;
  const error = new IcsError(problem.line, told, 'Mend it, or take it out.');
  const body = exception?.change ?? event.event;
  const title = body === 'cancelled' ? undefined : (body.summary as string | undefined);
  return {
    line: problem.line,
    ...(title !== undefined && { title }),
    uid: event.iCalUID,
    ...(exception !== undefined && { ofSeries: true }),
    error,
  };
}
