/**
 * `npm start -- --story`: a short day, played headlessly in virtual time, told as it happens.
 *
 * Guarantees: same options, same text. It knows no add-on: it uses the first solution of whatever is installed.
 */
import { resolve } from 'node:path';
import type { EventHandle, Person } from '../editor/person';
import type { World } from '../whole-world';
import { openWorld, readAddOn } from './open-world';
import { type Options, UsageError } from './options';
import { Teller } from './teller';

/** Monday in Zurich, 08:00. */
const BEGINS = '2026-03-02T07:00:00Z';
const OWN_ADD_ON_DIR = resolve(__dirname, '../../dist');

const [ANA, BEN, CLEO] = ['ana@example.com', 'ben@example.com', 'cleo@example.com'];

/** Plays the story and says it line by line. Throws UsageError when the add-on cannot be loaded. */
export function playStory(options: Options, say: (line: string) => void): void {
  const addOn = readAddOn(options, OWN_ADD_ON_DIR);
  const world = openWorld({ options: { ...options, users: [] }, addOn, now: BEGINS });
  const solution = world.editor.solutions[0];
  if (solution === undefined)
    throw new UsageError('The add-on has no conference solution, so there is no story to play.');
  const teller = new Teller(world, say);
  teller.title(`A short day with ${solution.name}. No minute of it is waited for.`);
  const [ana, ben] = [world.user(ANA), world.user(BEN)];
  const review = morning(teller, ana, ben, solution);
  midday(teller, ana, review, world);
  teller.scene(
    '14:00',
    'The project is cancelled. Ana deletes the series: an undo may follow, so the conference waits.',
    () => {
      ana.deletes(review, 'all');
    },
  );
  teller.scene('17:00', 'Nobody undid it. The day is over.', () => undefined);
  teller.end();
}

function morning(teller: Teller, ana: Person, ben: Person, { id, name }: { id: string; name: string }): EventHandle {
  let review = undefined as unknown as EventHandle;
  teller.scene('08:00', `Ana plans a review and picks ${name}. The event is not even saved yet.`, () => {
    const draft = ana.drafts({
      summary: 'Design review',
      start: '2026-03-03T10:00:00',
      end: '2026-03-03T11:00:00',
      timeZone: 'Europe/Zurich',
      guests: [BEN, CLEO],
      conference: id,
    });
    review = ana.saves(draft);
  });
  teller.scene('08:20', 'Ben accepts. The conference does not care, so nobody tells it.', () => {
    ben.replies(review, 'accepted');
  });
  teller.scene('08:45', 'Ana moves the review to the afternoon.', () => {
    ana.drags(review, '2026-03-03T14:00:00+01:00', '2026-03-03T15:00:00+01:00');
  });
  teller.scene('09:30', 'It is worth repeating. She makes it weekly.', () => {
    ana.edits(review, { recurrence: ['RRULE:FREQ=WEEKLY;COUNT=8'] });
  });
  teller.scene('10:10', 'Tuesday the 17th suits nobody. She cancels that one, and only that one.', () => {
    ana.deletes(ana.occurrence(review, '2026-03-17'), 'this');
  });
  return review;
}

function midday(teller: Teller, ana: Person, review: EventHandle, world: World): void {
  teller.scene('11:15', 'The conference server goes down, just as Ana gives the series a better name.', () => {
    world.faults.always(`internet.${world.conferenceHost}`, { kind: 'status', status: 503 });
    ana.edits(ana.occurrence(review, '2026-03-24'), { summary: 'Review of the editor' }, 'all');
  });
  teller.scene('11:40', 'It is back. Nobody needs to know that it was away.', () => {
    world.faults.clear();
  });
}
