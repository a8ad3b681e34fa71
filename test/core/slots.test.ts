/** Whether a rule surely puts an occurrence into a slot, as the ids of occurrences name it. */
import { Ledger } from '../../src/core/ledger';
import type { Meeting } from '../../src/core/meeting';
import { hasSlot } from '../../src/core/slots';
import { bindingOf, deliveredAs, ours, read } from '../support/core-world';

const ZURICH = { ms: Date.parse('2026-03-02T11:00:00Z'), local: '2026-03-02T12:00:00', timeZone: 'Europe/Zurich' };
const timed = (...recurrence: string[]) => ({ start: ZURICH, recurrence }) as unknown as Meeting;
const whole = (...recurrence: string[]) =>
  ({ start: { date: '2026-03-02', timeZone: 'Europe/Zurich' }, recurrence }) as unknown as Meeting;

describe('a slot', () => {
  it.each<[string, Meeting, string]>([
    ['is the first', timed('RRULE:FREQ=WEEKLY'), '20260302T110000Z'],
    ['is a week on', timed('RRULE:FREQ=WEEKLY'), '20260309T110000Z'],
    ['is at the same hour once the clocks have changed', timed('RRULE:FREQ=WEEKLY'), '20260330T100000Z'],
    ['is the last that COUNT allows', timed('RRULE:FREQ=DAILY;COUNT=8'), '20260309T110000Z'],
    ['is the last on or before UNTIL', timed('RRULE:FREQ=DAILY;UNTIL=20260309T110000Z'), '20260309T110000Z'],
    ['is one of several days a week', timed('RRULE:FREQ=WEEKLY;BYDAY=MO,WE'), '20260304T110000Z'],
    ['is beside dates that are left out', timed('RRULE:FREQ=DAILY', 'EXDATE:20260305T110000Z'), '20260309T110000Z'],
    ['is a whole day', whole('RRULE:FREQ=WEEKLY'), '20260309'],
  ])('that %s is there', (_name, meeting, slot) => {
    expect(hasSlot(meeting, slot)).toBe(true);
  });

  it.each<[string, Meeting, string]>([
    ['lies before the first', timed('RRULE:FREQ=DAILY'), '20260301T110000Z'],
    ['is at another hour', timed('RRULE:FREQ=DAILY'), '20260309T100000Z'],
    ['is at the old hour once the clocks have changed', timed('RRULE:FREQ=WEEKLY'), '20260330T110000Z'],
    ['is on another day', timed('RRULE:FREQ=WEEKLY'), '20260310T110000Z'],
    ['is one more than COUNT allows', timed('RRULE:FREQ=DAILY;COUNT=7'), '20260309T110000Z'],
    ['comes after UNTIL', timed('RRULE:FREQ=DAILY;UNTIL=20260309T105959Z'), '20260309T110000Z'],
    ['is a whole day of a series with hours', timed('RRULE:FREQ=DAILY'), '20260309'],
    ['has an hour in a series of whole days', whole('RRULE:FREQ=DAILY'), '20260309T110000Z'],
    ['belongs to a rule that is not known here', timed('RRULE:FREQ=YEARLY'), '20270302T110000Z'],
    ['may be one of another rule', timed('RRULE:FREQ=DAILY', 'RRULE:FREQ=WEEKLY'), '20260309T110000Z'],
    ['may be a date of its own', timed('RRULE:FREQ=DAILY', 'RDATE:20260309T110000Z'), '20260309T110000Z'],
    ['cannot be read', timed('RRULE:FREQ=DAILY'), 'moved'],
    ['has no rule', timed(), '20260302T110000Z'],
    ['ends with what is no time', timed('RRULE:FREQ=DAILY;UNTIL=soon'), '20260309T110000Z'],
    ['is counted further than anybody counts', timed('RRULE:FREQ=DAILY;COUNT=9999'), '20290302T110000Z'],
  ])('that %s is not surely there', (_name, meeting, slot) => {
    expect(hasSlot(meeting, slot)).toBe(false);
  });
});

describe('what a provider was told of an occurrence', () => {
  const SECOND = 'ev1_20260609T070000Z';
  const ruled = (rule: string) => ours({ recurrence: [`RRULE:${rule}`] });
  const rememberedAfter = (rule: string) => {
    const series = bindingOf({ delivered: deliveredAs(ruled('FREQ=WEEKLY')), endsMs: 0 });
    const ledger = new Ledger([series, bindingOf({ eventId: SECOND, series: 'ev1', delivered: 'AAAAAA' })]);
    read(ruled(rule), ledger);
    return ledger.all().map(({ delivered, unread }) => [delivered === 'AAAAAA', unread]);
  };

  it('is forgotten when the rule leaves its slot, and the series is read for it: the provider may have dropped it', () => {
    expect(rememberedAfter('FREQ=MONTHLY')).toEqual([
      [false, true],
      [false, undefined],
    ]);
  });

  it('is remembered when the rule keeps its slot', () => {
    expect(rememberedAfter('FREQ=DAILY')).toEqual([
      [false, undefined],
      [true, undefined],
    ]);
  });
});
