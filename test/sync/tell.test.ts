/** How a refusal is narrowed down: a provider that takes meetings by field, and one that takes them as a whole only. */
import { MEETING_FIELDS, type Meeting, type MeetingField, projectMeeting } from '../../src/core/meeting';
import { FORBIDDEN, type Outcome } from '../../src/core/outcome';
import { DEFAULT_POLICIES } from '../../src/core/policies';
import { type Refusable, type Refusal, refusalOf } from '../../src/core/refusal';
import type { Row } from '../../src/core/row';
import type { Operation, Provider } from '../../src/ports/provider';
import { tellMeeting, tellOccurrence } from '../../src/sync/tell';
import { bindingOf, eventRow } from '../support/core-world';

type Refuses = (meeting: Meeting, fields: readonly MeetingField[]) => Outcome | undefined;

const SERIES = { recurrence: ['RRULE:FREQ=WEEKLY'] };
const meetingOf = (over: Partial<Row> = {}) =>
  projectMeeting(
    eventRow({ description: 'Agenda', attendees: [{ email: 'ben@example.com' }], ...over }),
    'Europe/Zurich',
    DEFAULT_POLICIES,
  ) as Meeting;

/** Tells `meeting` of these fields, and gives what came of it, what was asked, and with which keys. */
function tell(
  refuses: Refuses,
  fields: readonly MeetingField[],
  over: Partial<Row> = {},
  known: readonly Refusal[] = [],
) {
  const asked: Array<{ meeting: Meeting; fields: readonly MeetingField[]; key: string }> = [];
  const provider: Pick<Provider, 'update'> = {
    *update(_id, meeting, told, key): Operation<Outcome> {
      yield* [];
      asked.push({ meeting, fields: told, key });
      return refuses(meeting, told) ?? { kind: 'done' };
    },
  };
  const meeting = meetingOf(over);
  const action = { kind: 'update', binding: bindingOf(), meeting, fields: [...fields], wanted: '' } as const;
  const step = tellMeeting(provider, { ...action, fields: [...fields] }, known, 'Meeting', 'key').next();
  return { outcome: step.value as Outcome, asked, told: asked.map((one) => one.fields.join()) };
}

const REFUSED: Outcome = { kind: 'refused', code: 'x-1' };
const besides = (...fields: Refusable[]) => ({
  kind: 'done',
  refused: fields.map((field) => ({ field, code: 'x-1' })),
});
/** Refuses whatever tells of one of these. */
const byField =
  (...guilty: MeetingField[]): Refuses =>
  (_meeting, fields) =>
    guilty.some((field) => fields.includes(field)) ? REFUSED : undefined;

describe('a meeting of which the provider refuses a field', () => {
  it.each<MeetingField>(['title', 'description', 'guests'])(
    'is told without the %s, by leaving out one after the other',
    (field) => {
      const { outcome, asked } = tell(byField(field), ['title', 'description', 'time', 'guests']);
      expect(outcome).toEqual(besides(field));
      expect(asked.at(-1)?.fields).not.toContain(field);
      expect(asked.at(-1)?.fields).toHaveLength(3);
    },
  );

  it('is told without its time', () => {
    const { outcome, told } = tell(byField('time'), ['title', 'time']);
    expect(outcome).toEqual(besides('time'));
    expect(told).toEqual(['title,time', 'time', 'title,time', 'title']);
  });

  it('is told without two of them', () => {
    const { outcome, told } = tell(byField('title', 'guests'), ['title', 'description', 'time', 'guests']);
    expect(outcome).toEqual(besides('title', 'guests'));
    expect(told.at(-1)).toBe('description,time');
  });

  it('is told with placeholders where all of it goes at once', () => {
    const whole: Refuses = ({ title }) => (title === 'Plan' ? REFUSED : undefined);
    const { outcome, asked } = tell(whole, ['title', 'time']);
    expect(outcome).toEqual(besides('title'));
    expect(asked.at(-1)?.meeting).toMatchObject({ title: 'Meeting', description: 'Agenda' });
  });

  it('is not told at all when nothing else changed, and asked about once', () => {
    const { outcome, told } = tell(byField('title'), ['title']);
    expect(outcome).toEqual(besides('title'));
    expect(told).toEqual(['title']);
  });

  it('is tried each time under another key: the bodies differ', () => {
    const { asked } = tell(byField('time'), ['title', 'time']);
    expect(asked[0]?.key).toBe('key');
    expect(new Set(asked.map(({ key }) => key)).size).toBe(asked.length);
  });

  it('is told again without what was refused before and has not changed', () => {
    const known = [refusalOf(meetingOf(), 'title', 'x-1')];
    const { outcome, asked } = tell(() => undefined, ['time'], {}, known);
    expect(outcome).toEqual({ kind: 'done' });
    expect(asked).toMatchObject([{ fields: ['time'], meeting: { title: 'Meeting' } }]);
  });
});

describe('a zone that the provider does not know', () => {
  const unknown: Refuses = ({ start }, fields) =>
    fields.includes('time') && start.timeZone !== 'UTC' ? REFUSED : undefined;

  it('gives way to instants for a single meeting', () => {
    const { outcome, asked } = tell(unknown, ['title', 'time']);
    expect(outcome).toEqual(besides('zone'));
    expect(asked.at(-1)).toMatchObject({
      fields: ['title', 'time'],
      meeting: { title: 'Plan', start: { local: '2026-06-02T07:00:00', timeZone: 'UTC' } },
    });
  });

  it('gives way to no fixed time for a series', () => {
    const { outcome, asked } = tell(unknown, ['time', 'recurrence'], SERIES);
    expect(outcome).toEqual(besides('recurrence'));
    expect(asked.at(-1)?.meeting).toMatchObject({ withoutFixedTime: true, recurrence: [] });
  });

  it('is told in instants at once as long as it is known to be refused', () => {
    const { told, asked } = tell(unknown, ['time'], {}, [refusalOf(meetingOf(), 'zone', 'x')]);
    expect(told).toEqual(['time']);
    expect(asked[0]?.meeting.start.timeZone).toBe('UTC');
  });
});

describe('an answer that names what is wrong', () => {
  const naming = (...of: Refusable[]): Outcome => ({ kind: 'refused', code: 'x-1', of });

  it('saves the search', () => {
    const { outcome, told } = tell(
      (_meeting, fields) => (fields.includes('guests') ? naming('guests') : undefined),
      ['title', 'description', 'time', 'guests'],
    );
    expect(outcome).toEqual(besides('guests'));
    expect(told).toHaveLength(2);
  });

  it('may name one field after the other', () => {
    const { outcome, told } = tell(
      ({ start }, fields) =>
        fields.includes('title') ? naming('title') : start.timeZone === 'UTC' ? undefined : naming('zone'),
      ['title', 'time'],
    );
    expect(outcome).toEqual(besides('title', 'zone'));
    expect(told).toEqual(['title,time', 'time', 'time']);
  });

  it('that names the wrong one is searched on', () => {
    const { outcome } = tell(
      (_meeting, fields) => (fields.includes('time') ? naming('title') : undefined),
      ['title', 'description', 'time'],
    );
    expect(outcome).toMatchObject({ kind: 'done', refused: [{ field: 'time' }] });
  });

  it.each<[string, Outcome]>([
    ['nobody may', { kind: 'refused', code: FORBIDDEN }],
    ['it is no field', { kind: 'refused', code: 'x-1', of: [] }],
  ])('and says that %s is the end of it', (_name, refusal) => {
    const { outcome, told } = tell(() => refusal, ['title', 'time']);
    expect(outcome).toEqual(refusal);
    expect(told).toHaveLength(1);
  });
});

describe('a provider that refuses whatever it is told', () => {
  it('of several fields is not said to refuse each of them, and is asked nine times at most', () => {
    const { outcome, told } = tell(() => REFUSED, MEETING_FIELDS, SERIES);
    expect(outcome).toEqual(REFUSED);
    expect(told.length).toBeLessThanOrEqual(9);
  });

  it('of one field is said to refuse that', () => {
    expect(tell(() => REFUSED, ['description']).outcome).toEqual(besides('description'));
    expect(tell(() => REFUSED, ['time']).outcome).toEqual(besides('time'));
    expect(tell(() => REFUSED, ['time', 'recurrence'], SERIES).outcome).toEqual(besides('time'));
  });
});

describe('whatever else happens on the way', () => {
  it.each<Outcome>([
    { kind: 'unavailable' },
    { kind: 'limited', retryAfterMs: 1_000 },
    { kind: 'unauthorised' },
    { kind: 'gone' },
  ])('ends it, and blames no field: %j', (fault) => {
    const outcomes = [REFUSED, fault];
    const { outcome, told } = tell(() => outcomes.shift(), ['title', 'time']);
    expect(outcome).toEqual(fault);
    expect(told).toHaveLength(2);
  });

  it('keeps what the provider itself found out, and another link', () => {
    const link = { id: 'conf1', joinUrl: 'https://meet.example.com/j/2' };
    const own: Outcome = { kind: 'done', link, refused: [{ field: 'guests', code: 'x-2' }] };
    const { outcome } = tell((_meeting, fields) => (fields.includes('title') ? REFUSED : own), ['title', 'guests']);
    expect(outcome).toEqual({
      kind: 'done',
      link,
      refused: [
        { field: 'guests', code: 'x-2' },
        { field: 'title', code: 'x-1' },
      ],
    });
  });
});

describe('an occurrence', () => {
  const { start, end } = meetingOf();
  const MOVED = { slot: '2026-06-02T07:00:00Z', time: { start, end } };
  function tellOne(
    refuses: (zone: string | undefined) => Outcome | undefined,
    occurrence = MOVED,
    known: Refusal[] = [],
  ) {
    const zones: Array<string | undefined> = [];
    const provider: Pick<Provider, 'updateOccurrence'> = {
      *updateOccurrence(_id, { time }): Operation<Outcome> {
        yield* [];
        zones.push(time?.start.timeZone);
        return refuses(time?.start.timeZone) ?? { kind: 'done' };
      },
    };
    return { outcome: tellOccurrence(provider, 'conf1', occurrence, known, 'key').next().value as Outcome, zones };
  }

  it('whose zone is not known is told in UTC, and at once where that is known', () => {
    const unknown = (zone?: string) => (zone === 'UTC' ? undefined : REFUSED);
    expect(tellOne(unknown)).toEqual({ outcome: { kind: 'done' }, zones: ['Europe/Zurich', 'UTC'] });
    expect(tellOne(unknown, MOVED, [refusalOf(meetingOf(), 'zone', 'x')]).zones).toEqual(['UTC']);
  });

  it('that is cancelled, or that nobody may move, is refused at once', () => {
    expect(tellOne(() => REFUSED, { slot: MOVED.slot } as typeof MOVED).zones).toHaveLength(1);
    expect(tellOne(() => ({ kind: 'refused', code: FORBIDDEN })).zones).toHaveLength(1);
  });
});
