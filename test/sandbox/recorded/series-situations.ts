/** What somebody's calendar told of a series, by a sync token, after each thing that can be done to one. */
import { ANA, type CalendarRoom, weekly } from '../calendar/calendar-room';
import { COMPASS, edits, hour, type Situation, splits, TEXT, toldAfter, WITH_TOKEN } from './situation';

const ENDLESS = { recurrence: ['RRULE:FREQ=WEEKLY'] };
const series = (room: CalendarRoom): string => room.insert(ANA, weekly(ENDLESS)).id;
const SERIES = 'series, sequence 0: whole recurrence';
const OCCURRENCE = 'whole originalStartTime recurringEventId';

const told = (name: string, does: string, rows: string[], play: Situation['play']): Situation => ({
  ...{ recordings: [`compass/${name}.json`], does, source: COMPASS, envelope: WITH_TOKEN, rows, etags: 1, play },
});

export const SERIES_SITUATIONS: Situation[] = [
  told('series-create', 'made a series', [SERIES], (room) => toldAfter(room, () => void series(room))),
  told(
    'occurrence-move-and-rename',
    'moved one occurrence and gave it a title and a text of its own',
    [SERIES, 'occurrence, sequence 1: whole description originalStartTime recurringEventId'],
    (room) => {
      const id = series(room);
      return toldAfter(room, () => void edits(room, `${id}_20260126T090000Z`, { ...TEXT, ...hour('2026-01-26', 20) }));
    },
  ),
  told(
    'split-rename',
    'gave this and the following occurrences another title and text',
    [SERIES, 'half, sequence 0: whole description recurrence'],
    (room) => {
      const id = series(room);
      return toldAfter(room, () => void splits(room, id, TEXT));
    },
  ),
  told(
    'split-rename-with-exceptions-before',
    'renamed this and the following in a series with two moved occurrences before',
    [
      SERIES,
      `occurrence, sequence 1: ${OCCURRENCE}`,
      `occurrence, sequence 1: ${OCCURRENCE}`,
      'half, sequence 0: whole recurrence',
    ],
    (room) => {
      const id = series(room);
      for (const day of ['19', '26']) edits(room, `${id}_202601${day}T090000Z`, hour(`2026-01-${day}`, 16));
      return toldAfter(room, () => void splits(room, id, { summary: 'Other' }));
    },
  ),
  {
    ...told(
      'split-with-time-change',
      'gave this and the following another title, text and time',
      [SERIES, 'series, sequence 1: whole description recurrence'],
      (room) => {
        const id = series(room);
        return toldAfter(room, () => void splits(room, id, { ...TEXT, ...hour('2026-02-02', 15) }));
      },
    ),
    kinds: true,
  },
  told(
    'split-again',
    'cut a second half, which had got another time before, once more by title and text',
    ['series, sequence 1: whole description recurrence', 'half, sequence 1: whole description recurrence'],
    (room) => {
      const { id } = splits(room, series(room), { ...TEXT, ...hour('2026-02-02', 15) });
      return toldAfter(room, () => void splits(room, id, { summary: 'Third' }, '2026-02-16T14:00:00Z'));
    },
  ),
  told(
    'all-events-rename',
    'retitled "all events" of a series with a renamed occurrence and a second half',
    [
      'series, sequence 0: whole description recurrence',
      'occurrence, sequence 0: whole description originalStartTime recurringEventId',
      'half, sequence 0: whole description recurrence',
    ],
    (room) => {
      const id = series(room);
      edits(room, `${id}_20260112T090000Z`, { summary: 'First' });
      splits(room, id, { summary: 'Half' });
      return toldAfter(room, () => void edits(room, id, TEXT));
    },
  ),
  told(
    'occurrence-delete',
    'deleted one occurrence',
    [SERIES, 'cancelled occurrence: etag id kind originalStartTime recurringEventId status'],
    (room) => {
      const id = series(room);
      return toldAfter(room, () => void room.delete(ANA, `${id}_20260126T090000Z`));
    },
  ),
  told(
    'delete-this-and-following-exception-beyond',
    'deleted this and the following, one of which was deleted before',
    [SERIES, 'cancelled: etag id kind status'],
    (room) => {
      const id = series(room);
      room.delete(ANA, `${id}_20260209T090000Z`);
      const recurrence = ['RRULE:FREQ=WEEKLY;UNTIL=20260201T225959Z'];
      return toldAfter(room, () => void edits(room, id, { recurrence }));
    },
  ),
  told('series-delete', 'deleted a series', ['cancelled: etag id kind status'], (room) => {
    const id = series(room);
    return toldAfter(room, () => void room.delete(ANA, id));
  }),
  {
    recordings: ['compass/cancelled-occurrence-rows.json'],
    does: 'read occurrences that were deleted long ago, of a series as it was and of one cut short',
    source: '2021, SwitchbackTech/compass',
    envelope: '',
    rows: [
      'cancelled occurrence: etag id kind originalStartTime recurringEventId status',
      'cancelled: etag id kind status',
    ],
    play: (room) => {
      const [whole, cut] = [series(room), series(room)];
      const answer = toldAfter(room, () => {
        room.delete(ANA, `${whole}_20260209T090000Z`);
        room.delete(ANA, `${cut}_20260209T090000Z`);
        edits(room, cut, { recurrence: ['RRULE:FREQ=WEEKLY;UNTIL=20260201T225959Z'] });
      }) as { items: Array<{ status: string }> };
      return answer.items.filter(({ status }) => status === 'cancelled');
    },
  },
  {
    recordings: ['northworld/cancelled-occurrence.json'],
    does: 'read a deleted occurrence of a second half, whose id begins with the first one’s',
    source: '2015, northworld/google_calendar',
    envelope: '',
    rows: ['cancelled occurrence: etag id kind originalStartTime recurringEventId status'],
    play: (room) => {
      const id = series(room);
      splits(room, id, TEXT);
      const one = `${id}_20260209T090000Z`;
      const answer = toldAfter(room, () => void room.delete(ANA, one)) as { items: Array<{ id: string }> };
      return answer.items.find((row) => row.id === one);
    },
  },
];
