/** A store that is nearly full, and then full. */
import type { EventHandle } from '../../sandbox/editor/person';
import { HOUR_MS } from '../bench-world';
import { conferenceOf, type Office } from './office';
import { measured, type Result } from './result';
import type { Tally } from './tally';

/** So many creates leave no more behind than one sweep removes. */
const AN_HOUR = 50;

/** What people do, one after the other, with so many conferences there. */
export async function nearlyFull(office: Office): Promise<Result[]> {
  const count = office.meetings.length.toLocaleString('en-GB');
  const [answered, edited, deleted] = [office.pick(1, true)[0], ...office.pick(2)] as [
    EventHandle,
    EventHandle,
    EventHandle,
  ];
  const acts: Array<[what: string, act: (tally: Tally) => void]> = [
    ['an answer', () => office.ben.replies(answered, 'accepted')],
    ['an edit', (tally) => office.renames(edited, tally)],
    ['a deletion', (tally) => deletes(office, deleted, tally)],
    ['a create', () => void office.meetings.push(office.makes())],
  ];
  const results: Result[] = [];
  for (const [what, act] of acts) {
    await office.rest();
    results.push(await measured(`${count} conferences: ${what}`, office, 2 * HOUR_MS, act));
  }
  office.meetings.splice(office.meetings.indexOf(deleted), 1);
  return results;
}

export interface Full {
  /** So many conferences fitted. */
  conferences: number;
  stateBytes: number;
  /** What the person who wanted one more was shown, and what the home card says. */
  shown: string;
  card: string;
  results: Result[];
}

/** Creates until there is a refusal; then looks whether what is there is still followed. */
export async function untilFull(office: Office): Promise<Full> {
  let refused: EventHandle | undefined;
  office.unnoticed(() => {
    while (refused === undefined) {
      for (let i = 0; i < AN_HOUR && refused === undefined; i++) {
        const event = office.makes();
        if (event.shown === undefined) office.meetings.push(event);
        else refused = event;
      }
      if (refused !== undefined) break;
      office.clock.moveTo(office.clock.nowMs() + HOUR_MS);
      office.runs('sweepHourly');
    }
  });
  const { stateBytes } = office;
  const card = JSON.stringify(office.world.script.run(office.ana.email, 'showHome', [{}], 'card'));
  await office.rest();
  const edit = await measured('full: an edit', office, HOUR_MS / 2, (tally) =>
    office.renames(office.pick(1)[0] as EventHandle, tally),
  );
  const deletion = await measured('full: a deletion', office, 2 * HOUR_MS, (tally) =>
    deletes(office, office.pick(1)[0] as EventHandle, tally),
  );
  const said = /[^">]*memory[^"<]*/.exec(card)?.[0] ?? '';
  return {
    conferences: office.meetings.length,
    stateBytes,
    shown: refused?.shown ?? '',
    card: said,
    results: [edit, deletion],
  };
}

function deletes(office: Office, event: EventHandle, tally: Tally): void {
  tally.expect(conferenceOf(event));
  office.ana.deletes(event);
}
