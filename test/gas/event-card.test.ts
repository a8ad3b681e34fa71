/** The words on the card of an event, for every way a conference can stand. */

import { MEETING_FIELDS } from '../../src/core/meeting';
import type { Refusable } from '../../src/core/refusal';
import { conferenceLines } from '../../src/gas/event-card';
import type { EventConference } from '../../src/ports/event-status';

const NOW_MS = Date.parse('2026-03-02T10:00:00Z');
const ORDINARY: EventConference = {
  solution: 'rooms',
  state: 'in-step',
  isGuests: false,
  keeps: new Set(['title', 'time']),
  caveats: [],
};
const linesOf = (over: Partial<EventConference>) => conferenceLines({ ...ORDINARY, ...over }, 'Rooms', NOW_MS);
const ALL: EventConference['keeps'] = new Set(MEETING_FIELDS);
const RETOLD = 'What was refused is told again when it changes. “Check and repair now” tries at once.';
const refused = (...fields: Refusable[]) => fields.map((field) => ({ field, code: 'x' }));
const HOUR_AGO = { sinceMs: NOW_MS - 3_600_000, attempts: 3 };

describe('the card of an event', () => {
  it.each<[string, Partial<EventConference>, string[]]>([
    ['in step', {}, ['In step with this event.', 'Rooms is told of: title and time.']],
    [
      'whose calendar was not read for hours',
      { unreadSinceMs: NOW_MS - 5 * 3_600_000 },
      [
        'In step when the calendar was last read, 5 hours ago; what has changed since is not known.',
        'Rooms is told of: title and time.',
      ],
    ],
    [
      'with a service that keeps nothing',
      { keeps: new Set() },
      ['In step with this event.', 'Rooms is told nothing of the event; the link stays the same.'],
    ],
    [
      'with what cannot be shown',
      { caveats: ['Rooms has no years.'] },
      ['In step with this event.', 'Rooms has no years.', 'Rooms is told of: title and time.'],
    ],
    [
      'with a change that waits behind a pause',
      { change: HOUR_AGO, pause: { reason: 'limited', untilMs: NOW_MS + 60_000 } },
      [
        'Not in step yet.',
        'A change of 60 minutes ago is on its way to Rooms.',
        'The conference service asked us to slow down. Trying again in 1 min; nothing is lost.',
        'Rooms is told of: title and time.',
      ],
    ],
    [
      'whose service does not take the person’s grant',
      { change: HOUR_AGO, pause: { reason: 'unconnected', untilMs: NOW_MS } },
      [
        'Not in step yet.',
        'A change of 60 minutes ago is on its way to Rooms.',
        'Rooms waits for you: connect your account on the first page of this panel. Nothing is lost.',
        'Rooms is told of: title and time.',
      ],
    ],
    [
      'that is not read now, for want of consent',
      { held: 'reading', change: HOUR_AGO },
      ['Its event is not read now: what changes there reaches it once you allow that.'],
    ],
    [
      'that cannot be told now, for want of consent',
      { held: 'telling', change: HOUR_AGO },
      [
        'Not in step yet.',
        'A change of 60 minutes ago waits until you allow what is missing.',
        'Rooms is told of: title and time.',
      ],
    ],
    [
      'that was made before consent was taken back',
      { state: 'waits-for-save', held: 'telling' },
      ['Made for this event. It is told the title and the time once you allow what is missing.'],
    ],
    [
      'that ends once there is consent',
      { state: 'leaves', held: 'reading' },
      ['Taken off this event. It ends once you allow what is missing, unless it comes back.'],
    ],
    [
      'that is replaced once there is consent',
      { state: 'is-replaced', held: 'telling' },
      ['Rooms does not have this conference any more. The event is given a new one once you allow what is missing.'],
    ],
    [
      'of a guest, whatever this person allows',
      { isGuests: true, held: 'reading' },
      ['The organiser’s add-on keeps this conference in step.'],
    ],
    [
      'with a change that was refused',
      { change: { ...HOUR_AGO, setAside: 'refused' } },
      [
        'Not in step yet.',
        'A change of 60 minutes ago was set aside: Rooms refused it. “Check and repair now” tries again.',
        'Rooms is told of: title and time.',
      ],
    ],
    [
      'with a title that was refused',
      { refused: [{ field: 'title', code: 'zoom-300' }] },
      [
        'In step with this event but for what was refused.',
        'Rooms refused this title (zoom-300), so it shows another one.',
        RETOLD,
        'Rooms is told of: time.',
      ],
    ],
    [
      'with a change on the way, and a description and guests that were refused',
      { change: HOUR_AGO, keeps: ALL, refused: refused('description', 'guests') },
      [
        'Not in step yet.',
        'A change of 60 minutes ago is on its way to Rooms.',
        'Rooms refused this description (x), so it shows another one, or none.',
        'Rooms refused this list of guests (x), so it has another one.',
        RETOLD,
        'Rooms is told of: title, time and repetition.',
      ],
    ],
    [
      'with a time that was refused',
      { refused: refused('time') },
      [
        'In step with this event but for what was refused.',
        'Rooms refused this time (x), so it shows another one.',
        RETOLD,
        'Rooms is told of: title.',
      ],
    ],
    [
      'with a time zone that was refused',
      { refused: refused('zone') },
      [
        'In step with this event but for what was refused.',
        'Rooms refused this time zone (x), so it shows the times in UTC.',
        RETOLD,
        'Rooms is told of: title and time.',
      ],
    ],
    [
      'of a series whose time zone and repetition were refused',
      { refused: refused('zone', 'recurrence'), isSeries: true },
      [
        'In step with this event but for what was refused.',
        'Rooms refused this time zone (x), so it does not have the dates of this series; its link serves all of them.',
        'Rooms refused this repetition (x), so it does not have the dates of this series; its link serves all of them.',
        RETOLD,
        'Rooms is told of: title and time.',
      ],
    ],
    [
      'that is private',
      { withheld: 'private' },
      ['In step with this event.', 'This event is private: its title is kept from Rooms.', 'Rooms is told of: time.'],
    ],
    [
      'that is private, with a service that has guests',
      { withheld: 'private', keeps: ALL },
      [
        'In step with this event.',
        'This event is private: its title and description are kept from Rooms.',
        'Because it is private Rooms is not told of its guests; whoever was invited there before still is.',
        'Rooms is told of: time and repetition.',
      ],
    ],
    [
      'that is private, with a service that has guests only',
      { withheld: 'private', keeps: new Set(['guests']) },
      [
        'In step with this event.',
        'Because it is private Rooms is not told of its guests; whoever was invited there before still is.',
        'Rooms is told nothing of the event; the link stays the same.',
      ],
    ],
    [
      'with guests whom Google does not show',
      { withheld: 'guests', keeps: new Set(['guests']) },
      [
        'In step with this event.',
        'Google does not show all guests of this event, so nobody is taken off at Rooms.',
        'Rooms is told of: guests.',
      ],
    ],
    [
      'with a change that nobody answered',
      { change: { ...HOUR_AGO, setAside: 'no-answer' } },
      [
        'Not in step yet.',
        'A change of 60 minutes ago was set aside: Rooms did not take it in 3 tries. “Check and repair now” tries again.',
        'Rooms is told of: title and time.',
      ],
    ],
    [
      'of somebody else’s',
      { isGuests: true },
      ['The organiser’s add-on keeps this conference in step.', 'Rooms is told of: title and time.'],
    ],
    ['that ends', { state: 'leaves', change: HOUR_AGO }, ['Taken off this event. It ends soon, unless it comes back.']],
    [
      'that could not be ended',
      { state: 'leaves', change: { ...HOUR_AGO, setAside: 'refused' } },
      [
        'Taken off this event. It ends soon, unless it comes back.',
        'It could not be ended: Rooms refused it. “Check and repair now” tries again.',
      ],
    ],
    [
      'that is not there any more',
      { state: 'broken', change: HOUR_AGO },
      ['Rooms does not have this conference any more. Take it off the event and add it again.'],
    ],
    [
      'being replaced',
      { state: 'is-replaced', change: HOUR_AGO },
      ['Rooms does not have this conference any more. The event is given a new one.'],
    ],
    [
      'out of sight',
      { state: 'elsewhere', caveats: ['Rooms has no years.'] },
      ['This event is out of our sight, so its conference is left as it is.'],
    ],
  ])('tells of a conference %s', (_, over, lines) => {
    expect(linesOf(over)).toEqual(lines);
  });
});
