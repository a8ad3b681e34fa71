/**
 * `npm start -- --story`: a short day, played headlessly in virtual time, told as it happens.
 *
 * Guarantees: same options, same text. It knows no add-on: it uses the first solution of whatever is installed.
 */
import { resolve } from 'node:path';
import type { EventHandle } from '../editor/person';
import { openWorld, readAddOn } from './open-world';
import { type Options, UsageError } from './options';
import { Teller } from './teller';

/** Monday morning in Zurich, 08:00. */
const BEGINS = '2026-03-02T07:00:00Z';
const OWN_ADD_ON_DIR = resolve(__dirname, '../../dist');
const MINUTE_MS = 60_000;

const [ANA, BEN] = ['ana@example.com', 'ben@example.com'];

/** Plays the story and says it line by line. Throws UsageError when the add-on cannot be loaded. */
export async function playStory(options: Options, say: (line: string) => void): Promise<void> {
  const addOn = readAddOn(options, OWN_ADD_ON_DIR);
  const world = openWorld({ options: { ...options, users: [] }, addOn, now: BEGINS });
  const solution = world.editor.solutions[0];
  if (solution === undefined)
    throw new UsageError('The add-on has no conference solution, so there is no story to play.');
  const [ana, ben] = [world.user(ANA), world.user(BEN)];
  const teller = new Teller(world, say);
  teller.title(solution.name);

  let review = undefined as unknown as EventHandle;
  teller.scene(`Ana plans a design review and picks ${solution.name} before she saves it.`, () => {
    const draft = ana.drafts({
      summary: 'Design review',
      start: '2026-03-03T10:00:00',
      end: '2026-03-03T11:00:00',
      timeZone: 'Europe/Zurich',
      guests: [BEN, 'cleo@example.com'],
      conference: solution.id,
    });
    world.advance(MINUTE_MS);
    review = ana.saves(draft);
  });
  teller.scene('Ben accepts. That is noise: nobody needs to tell the conference server.', () => {
    ben.replies(review, 'accepted');
  });
  teller.scene('Ana moves it to 14:00 and gives it a better title.', () => {
    ana.edits(review, { summary: 'Design review: the editor' });
    ana.drags(review, '2026-03-03T14:00:00+01:00', '2026-03-03T15:00:00+01:00');
  });
  teller.scene('It is such a success that she makes it weekly.', () => {
    ana.edits(review, { recurrence: ['RRULE:FREQ=WEEKLY;COUNT=8'] });
  });
  teller.scene('The Tuesday after next does not suit anybody. She cancels that one.', () => {
    ana.deletes(ana.occurrence(review, '2026-03-17'), 'this');
  });
  teller.scene('The conference server goes down, just as Ana moves the whole series to 15:00.', () => {
    world.faults.always(`internet.${world.conferenceHost}`, { kind: 'status', status: 503 });
    const shown = ana.occurrence(review, '2026-03-24');
    ana.drags(shown, '2026-03-24T15:00:00+01:00', '2026-03-24T16:00:00+01:00', 'all');
  });
  teller.scene('Half an hour later it is back. Nobody does anything; an hour and a half goes by.', () => {
    world.advance(30 * MINUTE_MS);
    world.faults.clear();
    world.advance(90 * MINUTE_MS);
  });
  teller.scene('The project is cancelled. Ana deletes the series.', () => {
    ana.deletes(review, 'all');
    world.settle();
    world.advance(2 * 60 * MINUTE_MS);
  });
  teller.end();
}
