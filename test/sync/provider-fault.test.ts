/** An error in a provider's own code: who is told of it, and what of the meeting is not. */
import { conferenceLines } from '../../src/gas/event-card';
import type { Provider } from '../../src/ports/provider';
import type { Solution } from '../../src/sync/deps';
import { readEventStatus } from '../../src/sync/event-status';
import { faultOf } from '../../src/sync/provider-fault';
import { CALENDAR_ID, SOLUTION } from '../support/core-world';
import { type SyncWorld, syncWorld } from '../support/sync-world';

function worldWith(own: Partial<Provider>): SyncWorld {
  const world = syncWorld();
  const solution = world.deps.solutions.get(SOLUTION) as Solution;
  world.deps.solutions = new Map([[SOLUTION, { ...solution, provider: { ...solution.provider, ...own } }]]);
  return world;
}

function throwing(message = 'Invalid time value'): never {
  throw new RangeError(message);
}

const faultsOf = ({ log }: SyncWorld) => log.lines.filter(({ event }) => event === 'provider-fault');
const cardOf = ({ deps, clock }: SyncWorld) =>
  readEventStatus(deps, { calendarId: CALENDAR_ID, eventId: 'ev1' }).flatMap((conference) =>
    conferenceLines(conference, 'Daily', clock.nowMs()),
  );

describe("an error in a provider's own code", () => {
  it('stands in the log with its name and message, and without what the meeting holds', () => {
    const world = worldWith({
      update: (_id, { title }) =>
        throwing(`Cannot place ${title.toUpperCase()} of anna@example.com: "Plan" is no time`),
    });
    world.book('ev1', { summary: 'Secret merger' });
    world.pass();
    expect(faultsOf(world)).toEqual([
      {
        ...{ event: 'provider-fault', kind: 'update', solution: SOLUTION, conference: expect.any(String) },
        ...{ error: 'RangeError', message: 'Cannot place … … of … … is no time' },
      },
    ]);
  });

  it('is called a fault of the add-on on the card, until the provider has taken the change', () => {
    const world = syncWorld();
    const { provider, ...rest } = world.deps.solutions.get(SOLUTION) as Solution;
    const broken = { ...provider, update: () => throwing() };
    world.deps.solutions = new Map([[SOLUTION, { ...rest, provider: broken }]]);
    world.book();
    world.pass();
    expect(cardOf(world)[1]).toBe(
      'A change of just now was set aside: a fault of the add-on. “Check and repair now” tries again.',
    );
    world.deps.solutions = new Map([[SOLUTION, { ...rest, provider }]]);
    world.sweep(true);
    expect(cardOf(world)[0]).toBe('In step with this event.');
  });

  it('is not what a later refusal of the service is told as', () => {
    const world = syncWorld();
    const { provider, ...rest } = world.deps.solutions.get(SOLUTION) as Solution;
    world.deps.solutions = new Map([[SOLUTION, { ...rest, provider: { ...provider, update: () => throwing() } }]]);
    world.book();
    world.pass();
    world.deps.solutions = new Map([[SOLUTION, { ...rest, provider }]]);
    world.meet.script = () => ({ status: 422, headers: { 'content-type': 'application/json' }, text: '{}' });
    world.sweep(true);
    expect(cardOf(world)[1]).toContain('Daily refused it');
  });

  it('is a fault of the add-on also where an end failed', () => {
    const world = worldWith({ cancel: () => throwing() });
    const id = world.book();
    world.pass();
    world.calendar.remove(CALENDAR_ID, 'ev1');
    world.pass();
    for (let hour = 0; hour < 3; hour++) {
      world.clock.advance(3_600_000);
      world.sweep();
    }
    expect(faultsOf(world)[0]).toMatchObject({ kind: 'cancel', error: 'RangeError', message: 'Invalid time value' });
    expect(cardOf(world)).toContain(
      'It could not be ended: a fault of the add-on. “Check and repair now” tries again.',
    );
    expect(world.meet.conferences.get(id)).toBeDefined();
  });

  it('fails a create, and is logged, also where the provider is no generator', () => {
    const world = worldWith({ create: () => throwing('boom') });
    expect(world.create()).toMatchObject({ kind: 'failed' });
    expect(faultsOf(world)).toMatchObject([{ kind: 'create', error: 'RangeError', message: 'boom' }]);
  });

  it('keeps no card from being shown, and is told on it', () => {
    const world = worldWith({ caveats: () => throwing() });
    world.book();
    world.pass();
    expect(cardOf(world)).toContain('What cannot be shown of it is not known: a fault of the add-on.');
    expect(faultsOf(world)).toMatchObject([{ kind: 'caveats', error: 'RangeError' }]);
  });
});

describe('what is logged of an error', () => {
  it.each<[string, unknown, object]>([
    ['anything that can be thrown', 'boom', { error: 'Error', message: 'It says nothing.' }],
    ['an error without words', new TypeError(), { error: 'TypeError', message: 'It says nothing.' }],
    ['a name from another realm', { name: 'RangeError', message: 'x' }, { error: 'RangeError', message: 'x' }],
    ['a long message', new Error('x'.repeat(900)), { error: 'Error', message: 'x'.repeat(200) }],
    [
      'an address',
      new Error('https://meet.example.com/secret and ann@example.com'),
      { error: 'Error', message: '… and …' },
    ],
  ])('is its name and message: %s', (_, thrown, said) => {
    expect(faultOf(thrown, [])).toEqual(said);
  });

  it('leaves out each word of the meeting, whatever its case and script', () => {
    const texts = ['Größe 会議室 planen', 'Der ganze Plan', 'ben@example.com'];
    expect(faultOf(new Error('größe of 会議室: ganze ben'), texts).message).toBe('… of …: … …');
  });
});
