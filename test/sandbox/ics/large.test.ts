import { importInto } from '../../../sandbox/ics/import';
import { parseIcs } from '../../../sandbox/ics/parse';
import { Random } from '../../../sandbox/world/random';
import { type Dialect, exportOf } from './dialects';
import { ANN, annsCalendar, BERLIN } from './written';

describe.each<[Dialect]>([['google'], ['outlook'], ['apple']])(
  'an export of 2,000 events in the dialect of %s',
  (dialect) => {
    const { events, exceptions, text } = exportOf(dialect, 2_000, new Random(dialect));

    it('is read whole, in seconds', () => {
      const parsed = parseIcs(text, BERLIN);
      expect(parsed.events).toHaveLength(events);
      expect(parsed.events.flatMap((event) => event.exceptions)).toHaveLength(exceptions);
      expect(
        parsed.events.every(
          ({ event }) => (event as { start: { timeZone: string } }).start.timeZone === 'Europe/Berlin',
        ),
      ).toBe(true);
      expect(parsed.warnings.filter((warning) => !warning.includes('reminders'))).toEqual([]);
    });

    it('comes onto a calendar whole, and a second import finds nothing to do', () => {
      const { calendar, events: listed } = annsCalendar();
      const parsed = parseIcs(text, BERLIN);
      expect(importInto(calendar, ANN, ANN, parsed)).toMatchObject({
        added: events,
        occurrences: { changed: exceptions },
      });
      expect(listed()).toHaveLength(Math.min(2_500, events + exceptions));
      expect(importInto(calendar, ANN, ANN, parsed)).toMatchObject({
        unchanged: events,
        occurrences: { changed: exceptions },
      });
    }, 30_000);
  },
);
