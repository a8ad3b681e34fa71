/** Whoever may share a calendar may write any rule into an event. Counted is what is looked at, never time. */
import fc from 'fast-check';
import type { Meeting } from '../../src/core/meeting';
import { endOf } from '../../src/core/series';
import { beginsInStep, countUntil, nextStart, repetitionOf, ruleOf } from '../../src/providers/repetition';
import { datesAskedIn } from '../support/steps';

const RULE_CHARS = 8_192;
const NOW_MS = Date.parse('2026-06-01T09:00:00Z');
const START = { ms: NOW_MS, local: '2026-06-01T11:00:00', timeZone: 'Europe/Zurich' };

const numbers = fc.oneof(
  fc.integer(),
  fc.integer({ min: 1, max: 9 }),
  fc.constantFrom('1e9', '0', '-3', '2.5', 'x', ''),
);
const days = fc
  .tuple(fc.integer({ min: -5, max: 5 }), fc.constantFrom('MO', 'FR', 'SU', 'XX'))
  .map((pair) => pair.join(''));
const many = <T>(part: fc.Arbitrary<T>) =>
  fc
    .tuple(fc.array(part, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 2_000 }))
    .map(([parts, times]) => Array.from({ length: times }, (_, i) => parts[i % parts.length]).join(','));
const parts = fc.record(
  {
    FREQ: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY', 'HOURLY', 'SECONDLY', 'SOMETIMES'),
    INTERVAL: numbers,
    COUNT: numbers,
    UNTIL: fc.constantFrom('99991231T000000Z', '99991231', '20991231T235959', '19000101', '00010101', 'never'),
    BYDAY: many(days),
    BYMONTHDAY: many(fc.integer({ min: -40, max: 40 })),
    BYMONTH: many(fc.integer({ min: 0, max: 13 })),
    BYSETPOS: numbers,
    WKST: fc.constantFrom('MO', 'SU', 'XX'),
  },
  { requiredKeys: ['FREQ'] },
);
const anyRule = parts.map((rule) =>
  `RRULE:${Object.entries(rule)
    .map(([name, value]) => `${name}=${value}`)
    .join(';')}`.slice(0, RULE_CHARS),
);
const firsts = fc.constantFrom('2026-06-01', '2028-02-29', '1970-01-01', '9999-12-01');

const meetingOf = (recurrence: string[], first: string): Meeting => {
  const at = (hour: string) => ({ ms: Date.parse(`${first}T${hour}Z`), local: `${first}T${hour}`, timeZone: 'UTC' });
  return { title: 'Plan', description: '', start: at('09:00:00'), end: at('10:00:00'), recurrence, guests: [] };
};

describe('any rule of eight kilobytes', () => {
  it('has its end judged after a few hundred looks at the calendar', () => {
    fc.assert(
      fc.property(anyRule, firsts, (rule, first) => {
        const meeting = meetingOf([rule], first);
        let endMs = Number.NaN;
        const asked = datesAskedIn(() => {
          endMs = endOf(meeting);
        });
        expect(asked).toBeLessThan(4_000);
        expect(endMs).not.toBeNaN();
      }),
      { numRuns: 400 },
    );
  });

  it('is walked at a vendor no further than there are dates of its own', () => {
    fc.assert(
      fc.property(anyRule, numbers, (line, most) => {
        const rule = { ...ruleOf(line), INTERVAL: '100000' };
        const repetition = repetitionOf(rule, START);
        if (repetition === undefined) return;
        const asked = datesAskedIn(() => {
          beginsInStep(repetition, START);
          countUntil(repetition, START, '99991231T000000Z', Number(most) || 50);
          nextStart(repetition, START, NOW_MS);
        });
        expect(asked).toBeLessThan(1_000);
      }),
      { numRuns: 300 },
    );
  });

  it('of which many stand in one event costs no more than their number', () => {
    const rules = Array.from({ length: 100 }, () => 'RRULE:FREQ=MONTHLY;INTERVAL=100000;UNTIL=99991231;BYMONTHDAY=31');
    expect(datesAskedIn(() => endOf(meetingOf(rules, '2026-06-01')))).toBeLessThan(100 * 400);
  });
});
