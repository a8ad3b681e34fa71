/** What every day brings: an office day, and an event that everybody answers. */
import type { Reply } from '../../sandbox/editor/grid';
import type { EventHandle } from '../../sandbox/editor/person';
import type { AddOn } from '../../sandbox/script/host';
import { HOUR_MS, MINUTE_MS } from '../bench-world';
import { Office } from './office';
import { measured, type Result } from './result';

const DAY_MS = 24 * HOUR_MS;
const WORKING_MS = 9 * HOUR_MS;

/** Half of the changes are answers of guests, a quarter are edits of other events, a quarter are edits of meetings. */
export async function officeDay(addOn: AddOn, { conferences = 1_000, changes = 60 } = {}): Promise<Result> {
  const office = new Office(addOn);
  office.fill(conferences);
  office.fillForeign(changes / 4);
  await office.rest();
  const result = await measured(`an office day of ${changes} changes`, office, DAY_MS, (tally, beginMs) => {
    const somewhen = () => beginMs + office.random.int(WORKING_MS);
    const invited = office.pick(changes / 2, true);
    for (let i = 0; i < changes / 2; i++) {
      const event = invited[i % invited.length] as EventHandle;
      office.overlap.at(somewhen(), () => office.ben.replies(event, replyOf(i, invited.length)));
    }
    for (const event of office.foreign.slice(0, changes / 4)) {
      office.overlap.at(somewhen(), () => void office.ana.edits(event, { summary: 'Something else again' }));
    }
    for (const [i, event] of office.pick(changes / 4).entries()) {
      office.overlap.at(somewhen(), () => office[i % 2 === 0 ? 'renames' : 'shifts'](event, tally));
    }
  });
  await office.overlap.close();
  return result;
}

/** Guests of one event who cannot make up their minds. */
export async function answers(addOn: AddOn, { conferences = 1_000, guests = 50, answers = 300 } = {}): Promise<Result> {
  const office = new Office(addOn);
  office.fill(conferences);
  const people = Array.from({ length: guests }, (_, i) => office.world.addUser(`guest${i}@example.com`));
  let event = undefined as unknown as EventHandle;
  office.unnoticed(() => {
    event = office.makes({ guests: people.map(({ email }) => email) });
    office.runs('syncEvents');
  });
  const what = `${answers} answers to one event in an hour`;
  await office.rest();
  const result = await measured(what, office, 2 * HOUR_MS, (_, beginMs) => {
    for (let i = 0; i < answers; i++) {
      const person = people[i % guests] as (typeof people)[number];
      office.overlap.at(beginMs + (i * 60 * MINUTE_MS) / answers, () => person.replies(event, replyOf(i, guests)));
    }
  });
  await office.overlap.close();
  return result;
}

/** Another one than last time, if every one of `many` is answered in turn. */
function replyOf(i: number, many: number): Reply {
  return Math.floor(i / many) % 2 === 0 ? 'accepted' : 'declined';
}
