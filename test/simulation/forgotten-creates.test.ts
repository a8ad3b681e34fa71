/** What the checks excuse of a create that failed: what was made in it, where all that was known of it is damaged. */
import { join } from 'node:path';
import { loadAddOn } from '../../sandbox/script/host';
import { castDay } from '../../sandbox/simulation/cast';
import { remember } from '../../sandbox/simulation/choosing';
import type { Day, Player } from '../../sandbox/simulation/day';
import { disagreements, Watch } from '../../sandbox/simulation/invariants';
import { MISFORTUNES } from '../../sandbox/simulation/misfortunes';
import { noteFailedCreate } from '../../sandbox/simulation/moving';

const HOUR_MS = 3_600_000;
const addOn = loadAddOn(join(__dirname, '../../dist'));
const damage = MISFORTUNES.find(([name]) => name === 'property damaged')?.[1] as (day: Day) => void;

/** A day in which the answers to both tries of a create are lost. */
function withFailedCreate(): { day: Day; watch: Watch; made: string } {
  const day = castDay('1', addOn, 'default');
  const watch = new Watch(day);
  const [owner] = day.players as [Player];
  day.world.faults.next(`internet.${day.service.host}`, { kind: 'lost-answer' }, 2);
  const start = new Date(day.world.clock.nowMs() + 48 * HOUR_MS).toISOString();
  const end = new Date(day.world.clock.nowMs() + 49 * HOUR_MS).toISOString();
  const event = { summary: 'Review', start, end, conference: day.solution };
  noteFailedCreate(day, remember(day, owner, owner.person.createsEvent(event)));
  const [made, ...others] = day.service.conferences() ?? [];
  expect(others).toEqual([]);
  return { day, watch, made: made?.id as string };
}

const intents = ({ world, players: [owner] }: Day) =>
  Object.keys(world.script.userProperties((owner as Player).person.email)).filter((name) => name.includes('.intent.'));

function quiet({ world }: Day): void {
  for (let hour = 0; hour < 30; hour++) world.advance(HOUR_MS);
}

describe('a conference that a create made, and told nobody of', () => {
  it('may live on where all that was known of the create is damaged', () => {
    const { day, watch, made } = withFailedCreate();
    expect(disagreements(day, watch)).toEqual([`conference ${made} lives on without an event`]);
    for (let strikes = 0; day.forgotten.size === 0 && strikes < 100; strikes++) damage(day);
    expect([...day.forgotten]).toEqual([made]);
    quiet(day);
    expect(disagreements(day, watch)).toEqual([]);
  });

  it('ends where the create is still known, and nothing else is excused', () => {
    const { day, watch } = withFailedCreate();
    expect(intents(day)).toHaveLength(1);
    quiet(day);
    expect(day.service.conferences()).toEqual([]);
    expect(disagreements(day, watch)).toEqual([]);
    expect([...day.forgotten]).toEqual([]);
  });
});
