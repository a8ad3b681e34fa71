/** What each execution asks of Google and of the provider, for what people do most. */
import type { AddOn } from '../sandbox/script/host';
import { BenchWorld, CALL_KINDS, type CallKind, HOUR_MS, MINUTE_MS, type Ran } from './bench-world';
import { type Cell, table } from './table';

const KINDS = Object.keys(CALL_KINDS) as CallKind[];

/** Played in this order in one world, so that each finds what those before it left. */
const STEPS: ReadonlyArray<[what: string, act: (bench: BenchWorld) => void]> = [
  ['the first conference of a user', (bench) => void bench.makes(1)],
  ['a later conference', (bench) => void bench.makes(2, { guests: ['ben@example.com'] })],
  ['a conference for a saved event', (bench) => saved(bench)],
  ['an RSVP', (bench) => bench.ben.replies(eventOf(bench, 2), 'accepted')],
  ['another colour', (bench) => void bench.ana.edits(eventOf(bench, 1), { colorId: '5' })],
  ['a new title', (bench) => void bench.ana.edits(eventOf(bench, 1), { summary: 'Meeting 1, renamed' })],
  ['an event without a conference', (bench) => void bench.makes(3, NO_CONFERENCE)],
  ['a deletion: the event is gone', (bench) => bench.ana.deletes(eventOf(bench, 2))],
  ['a deletion: the grace period is over', (bench) => void bench.world.advance(HOUR_MS + MINUTE_MS)],
  ['an hour in which nothing happened', (bench) => void bench.world.advance(HOUR_MS)],
];

const NO_CONFERENCE = { conference: undefined } as unknown as { conference: string };

export function callsPerPass(addOn: AddOn): string {
  const bench = new BenchWorld(addOn);
  const rows = STEPS.flatMap(([what, act]) =>
    rowsOf(
      what,
      bench.watch(() => act(bench)),
    ),
  );
  return table(['what happens', 'execution', ...KINDS], rows, 2);
}

function rowsOf(what: string, runs: readonly Ran[]): Cell[][] {
  if (runs.length === 0) return [[what, 'none', ...KINDS.map(() => '')]];
  return runs.map(({ name, calls }, i) => [
    i === 0 ? what : '',
    `\`${name}\``,
    ...KINDS.map((kind) => (calls[kind] === 0 ? '' : calls[kind])),
  ]);
}

function saved(bench: BenchWorld): void {
  const event = bench.makes(4, NO_CONFERENCE);
  bench.world.settle();
  bench.ana.choosesConference(event, bench.world.editor.solutions[0]?.id as string);
}

/** Ana's event that was made with this number. */
function eventOf({ world, ana }: BenchWorld, number: number): { calendarId: string; eventId: string } {
  const request = { method: 'events.list', params: { calendarId: ana.email } };
  const { items } = world.calendar.handle(ana.email, request).body as { items: Array<{ id: string; summary: string }> };
  const found = items.find(({ summary }) => summary.startsWith(`Meeting ${number}`));
  return { calendarId: ana.email, eventId: found?.id as string };
}
