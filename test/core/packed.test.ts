import fc from 'fast-check';
import type { Binding, BindingState, ToDo } from '../../src/core/binding';
import { packBinding, unpackBinding } from '../../src/core/packed';
import { bindingOf, NOW_MS, toDo } from '../support/core-world';

const MINUTE_MS = 60_000;

/** Every character that means something in the packed form, and some that need more than a byte. */
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom('|', '\n', '%', '%25', '%7C', '%0A', ',', 'a', 'ü', '会', '😀', ' ') }),
  fc.string({ unit: 'grapheme' }),
);
const word = text.filter((value) => value !== '');
const time = (unitMs: number) => fc.integer({ min: 0, max: 40_000_000 }).map((units) => units * unitMs);

const anyToDo = fc.record(
  {
    kind: fc.constantFrom('deliver' as const, 'settle' as const, 'repair' as const),
    attempts: fc.nat(1_000),
    notBeforeMs: time(1_000),
    sinceMs: time(1_000),
    parked: fc.boolean(),
    missed: fc.boolean(),
    ownFault: fc.constant(true as const),
  },
  { requiredKeys: ['kind', 'attempts', 'notBeforeMs', 'sinceMs', 'parked', 'missed'] },
) as fc.Arbitrary<ToDo>;

const anyBinding: fc.Arbitrary<Binding> = fc.record(
  {
    calendar: word,
    eventId: word,
    solution: word,
    conference: word,
    state: fc.constantFrom<BindingState>('pending', 'live', 'ending', 'away', 'broken'),
    delivered: text,
    endsMs: time(MINUTE_MS),
    bornMs: time(MINUTE_MS),
    series: word,
    lengthMs: fc.integer({ min: 1, max: 100_000 }).map((minutes) => minutes * MINUTE_MS),
    guest: fc.boolean(),
    unread: fc.constant(true as const),
    unlisted: fc.constant(true as const),
    unmarked: fc.constant(true as const),
    strayed: fc.constant(true as const),
    mayHaveStrayed: fc.constant(true as const),
    vanished: fc.constant(true as const),
    endAsked: fc.constant(true as const),
    master: word,
    repairs: fc.integer({ min: 1, max: 9 }),
    unfollowed: fc.integer({ min: 1, max: 999 }),
    lookMs: fc.integer({ min: 1, max: 40_000_000 }).map((minutes) => minutes * MINUTE_MS),
    differs: fc.constantFrom('t.AAAAAA', 'tw.a-b_c9'),
    account: fc.constantFrom('0', 'A', 'z'),
    unknownTo: fc.constantFrom('0', 'z', '-'),
    todo: anyToDo,
  },
  {
    requiredKeys: ['calendar', 'eventId', 'solution', 'conference', 'state', 'delivered', 'endsMs', 'bornMs', 'guest'],
  },
) as fc.Arbitrary<Binding>;

describe('a packed binding', () => {
  it('comes back as it was, whatever characters its ids hold', () => {
    fc.assert(
      fc.property(anyBinding, (binding) => {
        expect(unpackBinding(packBinding(binding))).toEqual(binding);
      }),
      { numRuns: 500 },
    );
  });

  it('is the same line in every version: the stores hold what an earlier one wrote', () => {
    const binding = bindingOf({
      state: 'ending',
      guest: true,
      delivered: 'AAAAAA',
      series: 'ser',
      lengthMs: 3_600_000,
      todo: toDo({ kind: 'settle', attempts: 3, parked: true, missed: true }),
    });
    expect(packBinding(binding)).toBe(
      'calKEY|ev1|example-meet|conf1|eg|AAAAAA|ho00o|hnyro|ser|s,3,tfy0w0,tfy0w0,pm|1o',
    );
    expect(packBinding(bindingOf({ unread: true, todo: toDo() }))).toBe(
      'calKEY|ev1|example-meet|conf1|lu||ho00o|hnyro||d,0,tfy0w0,tfy0w0,',
    );
    expect(packBinding(bindingOf({ todo: toDo({ attempts: 1, parked: true, ownFault: true }) }))).toBe(
      'calKEY|ev1|example-meet|conf1|l||ho00o|hnyro||d,1,tfy0w0,tfy0w0,pf',
    );
    const repaired = bindingOf({ state: 'broken', unlisted: true, unmarked: true, repairs: 2 });
    expect(packBinding({ ...repaired, todo: toDo({ kind: 'repair' }) })).toBe(
      'calKEY|ev1|example-meet|conf1|bnx||ho00o|hnyro||r,0,tfy0w0,tfy0w0,||2',
    );
    expect(packBinding(bindingOf({ strayed: true, endAsked: true, master: 'ser_R1' }))).toBe(
      'calKEY|ev1|example-meet|conf1|loq||ho00o|hnyro|||||||||ser_R1',
    );
    expect(unpackBinding('cal|ev|sol|conf|b')).toEqual({
      ...{ calendar: 'cal', eventId: 'ev', solution: 'sol', conference: 'conf', state: 'broken' },
      ...{ guest: false, delivered: '', endsMs: 0, bornMs: 0 },
    });
  });

  it('is one line', () => {
    fc.assert(
      fc.property(anyBinding, (binding) => {
        expect(packBinding(binding)).not.toContain('\n');
      }),
      { numRuns: 200 },
    );
  });

  it('keeps times to the minute, and times of a to-do to the second, rounded up', () => {
    const binding = bindingOf({ endsMs: NOW_MS + 1, todo: toDo({ notBeforeMs: NOW_MS + 1 }) });
    expect(unpackBinding(packBinding(binding))).toMatchObject({
      endsMs: NOW_MS + MINUTE_MS,
      todo: { notBeforeMs: NOW_MS + 1_000 },
    });
  });

  it('takes less than 130 bytes for an ordinary event, to-do included', () => {
    const ordinary = bindingOf({
      calendar: 'LHTxI4',
      eventId: '7ck3v2q0p5m8n1r4t6u9s0d2f4',
      conference: 'k7d-9fm2-xq4',
      delivered: 'AbCdEfGhIjKlMnOpQr',
    });
    const bytes = (binding: Binding) => Buffer.byteLength(packBinding(binding));
    expect(bytes(ordinary)).toBeLessThan(95);
    expect(bytes({ ...ordinary, todo: toDo({ attempts: 5 }) })).toBeLessThan(130);
  });

  it.each([
    ['nothing', ''],
    ['a line without a conference', 'cal|ev|sol'],
    ['a line with an empty conference', 'cal|ev|sol||l'],
    ['a line with an empty solution', 'cal|ev||conf|l'],
    ['a line with an empty event', 'cal||sol|conf|l'],
    ['a line with an empty calendar', '|ev|sol|conf|l'],
    ['an unknown state', 'cal|ev|sol|conf|x'],
    ['a line without a state', 'cal|ev|sol|conf'],
    ['something else', '{"calendar":"cal"}'],
  ])('is not guessed at: %s', (_name, line) => {
    expect(unpackBinding(line)).toBeUndefined();
  });
});
