import { CalendarRoom } from '../calendar/calendar-room';
import { CALENDAR_SITUATIONS } from './calendar-situations';
import { EVENT_SITUATIONS } from './event-situations';
import { isOfTheGuide, NOT_PLAYED, recorded, recordingNames, recordingsFound } from './recordings';
import { lineOf, REFUSALS } from './refusals';
import { SERIES_SITUATIONS } from './series-situations';
import { shapeOf, without } from './shape';
import type { Situation } from './situation';

const SITUATIONS = [...SERIES_SITUATIONS, ...EVENT_SITUATIONS, ...CALENDAR_SITUATIONS];

/** The rows to compare: all, or which kinds there are. */
const listed = ({ kinds }: Situation, rows: string[]) => (kinds ? [...new Set(rows)].sort() : rows);

/** What the table says, without what is set aside. */
function expected(situation: Situation) {
  const aside = new Set(situation.aside?.fields);
  const kept = (line: string) => {
    const [kind, ...fields] = line.split(' ');
    return [kind, ...fields.filter((name) => !aside.has(name.replace(/^-/, '')))].join(' ');
  };
  const row = (line: string) => {
    const [head, fields] = line.split(': ') as [string, string];
    const shown = aside.has('sequence') ? head.replace(/, sequence \d+/, '') : head;
    return `${shown}: ${kept(`: ${fields}`).slice(2)}`;
  };
  return {
    envelope: situation.envelope === '' ? [] : situation.envelope.split(' ').sort(),
    rows: listed(situation, situation.rows.map(row)),
    ...(situation.etags !== undefined && { etags: situation.etags }),
  };
}

function shown(situation: Situation, body: unknown) {
  const aside = situation.aside?.fields ?? [];
  const shape = shapeOf(without(aside, body));
  // A field that is set aside is not missed either.
  const rows = shape.rows.map((line) => aside.reduce((text, name) => text.replace(` -${name}`, ''), line));
  return {
    envelope: aside.includes('envelope') ? [] : shape.envelope,
    rows: listed(situation, rows),
    ...(situation.etags !== undefined && { etags: shape.etags }),
  };
}

describe('the sandbox answers as Google answered when somebody', () => {
  it.each(SITUATIONS.map((situation) => [situation.does, situation] as const))('%s', (_does, situation) => {
    const body = situation.play(new CalendarRoom());
    expect(shown(situation, JSON.parse(JSON.stringify(body)))).toEqual(expected(situation));
  });

  it.each(REFUSALS.map((refusal) => [refusal.does, refusal] as const))('%s', (_does, { play, refusal }) => {
    expect(lineOf(play(new CalendarRoom()).body)).toBe(refusal);
  });
});

const whereFound = recordingsFound ? describe : describe.skip;

whereFound('the recordings show what the table says of them', () => {
  const files = SITUATIONS.flatMap((situation) => situation.recordings.map((file) => [file, situation] as const));

  it.each(files)('%s', (file, situation) => {
    expect(shown(situation, recorded(file))).toEqual(expected(situation));
  });

  it.each(REFUSALS.map(({ recording, refusal }) => [recording, refusal]))('%s', (file, refusal) => {
    expect(lineOf(recorded(file))).toBe(refusal);
  });

  it('are all played, or it is said why not', () => {
    const played = [...files.map(([file]) => file), ...REFUSALS.map(({ recording }) => recording)];
    const known = [...played, ...Object.keys(NOT_PLAYED)];
    expect(known.filter((file, i) => known.indexOf(file) !== i)).toEqual([]);
    expect(
      recordingNames()
        .filter((file) => !isOfTheGuide(file))
        .sort(),
    ).toEqual(known.sort());
  });
});
