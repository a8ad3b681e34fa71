import fc from 'fast-check';
import { importInto } from '../../../sandbox/ics/import';
import { IcsError, type ParsedIcs, parseIcs } from '../../../sandbox/ics/parse';
import { ANN, annsCalendar, BERLIN, liveEvents, SAMPLE } from './written';

/** Reads `text` and imports it: the events that are then on a calendar that was empty, or the error. */
function outcomeOf(text: string): { parsed: ParsedIcs; onCalendar: number } | IcsError {
  const { calendar, events } = annsCalendar();
  let parsed: ParsedIcs;
  try {
    parsed = parseIcs(text, BERLIN);
    importInto(calendar, ANN, ANN, parsed);
  } catch (problem) {
    if (!(problem instanceof IcsError)) throw problem;
    expect(events()).toEqual([]);
    return problem;
  }
  return { parsed, onCalendar: events().filter(({ recurringEventId }) => recurringEventId === undefined).length };
}

/** Either a complaint about a line that is there, or every entry of the file on the calendar. */
function isWholeOrNothing(text: string): void {
  const outcome = outcomeOf(text);
  const lines = text.split(/\r\n|\n|\r/);
  if (outcome instanceof IcsError) {
    expect(outcome.line).toBeGreaterThanOrEqual(1);
    expect(outcome.line).toBeLessThanOrEqual(lines.length);
    return;
  }
  const { parsed, onCalendar } = outcome;
  const entries = lines.filter((line) => /^BEGIN:VEVENT\s*$/i.test(line)).length;
  const doubled = parsed.warnings.flatMap(
    (warning) => /^(\d+) × entries were in the file more than once/.exec(warning)?.[1] ?? [],
  );
  const read =
    parsed.events.length +
    parsed.events.flatMap(({ exceptions }) => exceptions).length +
    doubled.map(Number).reduce((a, b) => a + b, 0);
  expect(read).toBe(entries);
  // An exception that no longer fits its series stands beside it.
  expect(onCalendar).toBeGreaterThanOrEqual(liveEvents(parsed));
}

describe('a sample that came to harm', () => {
  const runs = { numRuns: 100, seed: 20260302 };

  it('by being cut off anywhere is refused, naming the line', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: SAMPLE.length - 'ENDAR\r\n'.length - 1 }), (length) => {
        const outcome = outcomeOf(SAMPLE.slice(0, length));
        expect(outcome).toBeInstanceOf(IcsError);
      }),
      runs,
    );
  });

  it('by other characters in place of some is refused or imported whole', () => {
    const character = fc.oneof(
      fc.constantFrom(':', ';', '=', ',', '"', '\\', '\n', '\r\n ', '0', '9', 'Z', 'T', '\u0000', ''),
      fc.string({ minLength: 1, maxLength: 2, unit: 'binary' }),
    );
    const change = fc.tuple(fc.integer({ min: 0, max: SAMPLE.length - 1 }), character);
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const text = changes.reduce((now, [at, by]) => now.slice(0, at) + by + now.slice(at + 1), SAMPLE);
        isWholeOrNothing(text);
      }),
      runs,
    );
  });

  it('by lines lost, doubled or swapped is refused or imported whole', () => {
    const lines = SAMPLE.split('\r\n');
    const at = fc.integer({ min: 0, max: lines.length - 1 });
    const change = fc.tuple(fc.constantFrom('lose' as const, 'double' as const, 'swap' as const), at, at);
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const harmed = [...lines];
        for (const [what, one, other] of changes) {
          if (what === 'lose') harmed.splice(one, 1);
          else if (what === 'double') harmed.splice(one, 0, harmed[one] ?? '');
          else [harmed[one], harmed[other]] = [harmed[other] ?? '', harmed[one] ?? ''];
        }
        isWholeOrNothing(harmed.join('\r\n'));
      }),
      runs,
    );
  });
});
