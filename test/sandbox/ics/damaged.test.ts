import fc from 'fast-check';
import { importInto } from '../../../sandbox/ics/import';
import { IcsError, parseIcs } from '../../../sandbox/ics/parse';
import { ANN, annsCalendar, BERLIN, liveEvents, SAMPLE } from './written';

/** Reads `text` and imports it: what came of it on a calendar that was empty, or the error. */
function outcomeOf(text: string) {
  const { calendar, events } = annsCalendar();
  try {
    const parsed = parseIcs(text, BERLIN);
    const { leftOut } = importInto(calendar, ANN, ANN, parsed);
    const onCalendar = events().filter(({ recurringEventId }) => recurringEventId === undefined).length;
    return { parsed, leftOut, onCalendar };
  } catch (problem) {
    if (!(problem instanceof IcsError)) throw problem;
    expect(events()).toEqual([]);
    return problem;
  }
}

/** Either a complaint about a line that is there, or every entry of the file on the calendar or named as left out. */
function isAccountedFor(text: string): void {
  const outcome = outcomeOf(text);
  const lines = text.split(/\r\n|\n|\r/);
  if (outcome instanceof IcsError) {
    expect(outcome.line).toBeGreaterThanOrEqual(1);
    expect(outcome.line).toBeLessThanOrEqual(lines.length);
    return;
  }
  const { parsed, leftOut, onCalendar } = outcome;
  const told = new Set([
    ...parsed.events.flatMap(({ line, exceptions }) => [line, ...exceptions.map((exception) => exception.line)]),
    ...leftOut.map(({ line }) => line),
  ]);
  const goesOn = (i: number) => /^[ \t]/.test(lines[i + 1] ?? '');
  const entries = lines.flatMap((line, i) => (/^BEGIN:VEVENT\s*$/i.test(line) && !goesOn(i) ? [i + 1] : []));
  const doubled = parsed.warnings.flatMap(
    (warning) => /^(\d+) × entries were in the file more than once/.exec(warning)?.[1] ?? [],
  );
  expect(entries.filter((line) => !told.has(line))).toHaveLength(Number(doubled[0] ?? 0));
  // An exception that no longer fits its series stands beside it.
  const refused = leftOut.length - parsed.leftOut.length;
  expect(onCalendar).toBeGreaterThanOrEqual(liveEvents(parsed) - refused);
}

describe('a sample that came to harm', () => {
  const runs = { numRuns: 100, seed: 20260302 };

  it('by being cut off anywhere keeps the entries before, and says that it ends there', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: SAMPLE.length - 'ENDAR\r\n'.length - 1 }), (length) => {
        const outcome = outcomeOf(SAMPLE.slice(0, length));
        const error = outcome instanceof IcsError ? outcome : outcome.leftOut.at(-1)?.error;
        expect(error?.sentence).toMatch(length < 15 ? /VCALENDAR|empty|no property/ : /The file ends here, but BEGIN:/);
      }),
      runs,
    );
  });

  it('by other characters in place of some is refused, or each entry is imported or named', () => {
    const character = fc.oneof(
      fc.constantFrom(':', ';', '=', ',', '"', '\\', '\n', '\r\n ', '0', '9', 'Z', 'T', '\u0000', ''),
      fc.string({ minLength: 1, maxLength: 2, unit: 'binary' }),
    );
    const change = fc.tuple(fc.integer({ min: 0, max: SAMPLE.length - 1 }), character);
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const text = changes.reduce((now, [at, by]) => now.slice(0, at) + by + now.slice(at + 1), SAMPLE);
        isAccountedFor(text);
      }),
      runs,
    );
  });

  it('by lines lost, doubled or swapped is refused, or each entry is imported or named', () => {
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
        isAccountedFor(harmed.join('\r\n'));
      }),
      runs,
    );
  });
});
